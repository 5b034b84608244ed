import type { Span } from '../core/span.js';
import { wildcard } from './glob.js';
import type { Node } from './tree.js';

/**
 * A path pattern: keys joined by dots, `*` any key or part of one, `[]` any item, `**` any depth, `{a,b}` either, `"a.b"` a key with a
 * dot. An empty pattern is the node itself. A step over a key also goes through sequences of mappings where the pattern says `[]`.
 */
export interface TreePath {
  readonly source: string;
  readonly steps: readonly PathStep[];
}

export type PathStep =
  | { readonly kind: 'key'; readonly names: readonly string[] }
  | { readonly kind: 'item' }
  | { readonly kind: 'any-depth' };

/** A node that a pattern found. */
export interface Found {
  readonly node: Node;
  /** Span of the key under which it stands; of the node itself for an item. */
  readonly keySpan: Span;
  readonly key: string;
  /** Keys from the root of the search, items as `[]`: `permissions.allow[]`. */
  readonly path: readonly string[];
}

/** Parses a pattern. Throws an Error with a sentence about what is wrong. */
export function parseTreePath(source: string): TreePath {
  const steps: PathStep[] = [];
  let at = 0;
  while (at < source.length) {
    if (source.startsWith('[]', at)) {
      steps.push({ kind: 'item' });
      at += 2;
    } else if (source[at] === '.') {
      if (at === 0 || at === source.length - 1 || source[at + 1] === '.')
        throw new Error(`empty step in path '${source}'`);
      at++;
    } else if (source[at] === '"') {
      const close = source.indexOf('"', at + 1);
      if (close < 0) throw new Error(`missing '"' in path '${source}'`);
      steps.push({ kind: 'key', names: [source.slice(at + 1, close)] });
      at = close + 1;
    } else {
      const end = /^(?:\{[^{}]*\}|[^.[\]{}"])+/.exec(source.slice(at))?.[0].length;
      if (!end) throw new Error(`unexpected '${source[at]}' in path '${source}'`);
      const name = source.slice(at, at + end);
      steps.push(name === '**' ? { kind: 'any-depth' } : { kind: 'key', names: alternatives(name) });
      at += end;
    }
  }
  return { source, steps };
}

function alternatives(name: string): string[] {
  const match = /^([^{]*)\{([^}]*)\}(.*)$/.exec(name);
  if (!match) return [name];
  return match[2]!.split(',').flatMap((choice) => alternatives(match[1]! + choice + match[3]!));
}

/** All nodes that a pattern finds, in the order of the text. */
export function find(root: Node, pattern: TreePath): Found[] {
  const found: Found[] = [];
  visit({ node: root, keySpan: root.span, key: '', path: [] }, pattern.steps, 0, found, new Set());
  return found;
}

function visit(at: Found, steps: readonly PathStep[], index: number, found: Found[], seen: Set<Node>): void {
  const step = steps[index];
  if (!step) {
    if (!seen.has(at.node)) found.push(at);
    seen.add(at.node);
    return;
  }
  if (step.kind === 'any-depth') visit(at, steps, index + 1, found, seen);
  const deeper = step.kind === 'any-depth' ? index : index + 1;
  if (at.node.kind === 'mapping' && step.kind !== 'item') {
    for (const entry of at.node.entries) {
      if (step.kind === 'key' && !step.names.some((name) => wildcard(entry.key, name))) continue;
      visit(
        { node: entry.value, keySpan: entry.keySpan, key: entry.key, path: [...at.path, entry.key] },
        steps,
        deeper,
        found,
        seen,
      );
    }
  }
  if (at.node.kind === 'sequence' && step.kind !== 'key') {
    for (const item of at.node.items) {
      visit({ node: item, keySpan: item.span, key: at.key, path: [...at.path, '[]'] }, steps, deeper, found, seen);
    }
  }
}

/** `permissions.allow[]` */
export function printPath(path: readonly string[]): string {
  return path.map((key, i) => (key === '[]' ? key : i === 0 ? key : `.${key}`)).join('');
}
