import type { Test } from '../check.js';
import { wildcard } from '../glob.js';
import { isBroadPermission } from '../predicates/permission.js';
import { textPredicate } from '../predicates/predicates.js';
import { textOf } from '../tree.js';
import type { Found } from '../tree-path.js';

/** Whether a node fulfils a test (predicates on command lines apart, see `settings.ts`). */
export function testNode(found: Found, test: Test): boolean {
  const text = textOf(found.node);
  if (test.in && (text === undefined || !test.in.includes(text.trim().toLowerCase()))) return false;
  if (test.matches && (text === undefined || !test.matches.some((pattern) => wildcard(text, pattern)))) return false;
  if (test.key && !test.key.some((pattern) => wildcard(found.key, pattern))) return false;
  if (test.permission) {
    const entry = test.permission.key ? found.key : text;
    if (entry === undefined || !isBroadPermission(entry, test.permission)) return false;
  }
  if (test.not && testNode(found, test.not)) return false;
  return fulfils(text, test.is) && fulfils(found.key, test.keyIs);
}

function fulfils(text: string | undefined, names: readonly string[] = []): boolean {
  return names.every((name) => {
    const predicate = textPredicate(name);
    return predicate === undefined || (text !== undefined && predicate(text));
  });
}
