import type { Span } from '../../core/span.js';
import type { PlacedTest, SettingCheck } from '../check.js';
import { launchOf } from '../command/command-line.js';
import { applies, type FileContext } from '../file-context.js';
import type { Hit } from '../hit.js';
import { launchPredicate } from '../predicates/predicates.js';
import { type Node, textOf } from '../tree.js';
import { type Found, find, printPath } from '../tree-path.js';
import { testNode } from './test-node.js';

/** All settings checks on one file. */
export function checkSettings(context: FileContext): Hit[] {
  return context.checks.settings.flatMap((check) => {
    const root = applies(check, context) ? context.tree() : undefined;
    return root ? documents(root).flatMap((document) => checkDocument(check, document, context)) : [];
  });
}

/** A file of several documents is checked one by one. */
function documents(root: Node): readonly Node[] {
  return root.kind === 'sequence' && root.items.every((item) => item.kind === 'mapping')
    ? [root, ...root.items]
    : [root];
}

function checkDocument(check: SettingCheck, root: Node, context: FileContext): Hit[] {
  const entries = check.each.flatMap((pattern) => find(root, pattern));
  return entries.flatMap((entry) => {
    if (!check.with.every((condition) => holds(condition, entry))) return [];
    if (check.without.some((condition) => holds(condition, entry))) return [];
    return check.find.flatMap((pattern) => {
      const found = pattern.steps.length > 0 ? find(entry.node, pattern) : [entry];
      return found.flatMap((each) => hitsAt(check, entry, each, context));
    });
  });
}

function holds(condition: PlacedTest, entry: Found): boolean {
  const found = condition.at.flatMap((pattern) => (pattern.steps.length > 0 ? find(entry.node, pattern) : [entry]));
  if (condition.test.present === false) return found.length === 0;
  return found.some((node) => testNode(node, condition.test));
}

function hitsAt(check: SettingCheck, entry: Found, found: Found, context: FileContext): Hit[] {
  if (!testNode(found, check.test)) return [];
  const path = printPath(found === entry ? entry.path : [...entry.path, ...found.path]);
  const make = (span: Span, text: string): Hit => ({
    check,
    span,
    // Items have no name of their own: their text tells them apart, also after others were added above.
    element: path.endsWith('[]') || found.node.kind !== 'scalar' ? `${path}.${text}` : path,
    values: { value: textOf(found.node) ?? '', text, key: found.key, path, name: entry.key },
    decision: check.decision ? `${check.decision} ${printPath(entry.path)} ${entry.node.span.start}` : '',
    related: [],
  });
  const predicates = (check.test.is ?? []).flatMap((name) => launchPredicate(name) ?? []);
  if (predicates.length === 0) {
    // A mapping or list is shown by its key: its value may be long.
    const span = found.node.kind === 'scalar' ? found.node.span : found.keySpan;
    return [make(span, textOf(found.node) ?? found.key)];
  }
  const launch = launchOf(found.node, context.text, context.checks, context.limits.commandWords);
  if (!launch) return [];
  return predicates
    .flatMap((predicate) => predicate(launch, context.facts))
    .map((word) => make(word.locate(), word.text));
}
