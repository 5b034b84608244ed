import type { Span } from '../core/span.js';

/**
 * One tree for every configuration format: what a setting is and where in the text it is written. The root of a file with several
 * documents (YAML) is a sequence of them only where there is more than one.
 */
export type Node = MappingNode | SequenceNode | ScalarNode;

export interface MappingNode {
  readonly kind: 'mapping';
  readonly span: Span;
  readonly entries: readonly Entry[];
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly items: readonly Node[];
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly span: Span;
  /** The decoded value: quotes, escapes and block indentation are gone. */
  readonly value: string | number | boolean | null;
}

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node;
}

/** The value of a key of a mapping; of several entries with one key the last, as every reader of such files takes it. */
export function child(node: Node | undefined, key: string): Node | undefined {
  return entryOf(node, key)?.value;
}

export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'mapping') return undefined;
  for (let i = node.entries.length - 1; i >= 0; i--) if (node.entries[i]!.key === key) return node.entries[i];
  return undefined;
}

/** The text of a scalar; undefined for other nodes and for null. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** The entries of a mapping, or none. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === 'mapping' ? node.entries : [];
}

/** The items of a sequence; a scalar or mapping counts as a list of one, as most readers of such files take it. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (!node) return [];
  return node.kind === 'sequence' ? node.items : [node];
}

/**
 * Where in the source a piece of a scalar's decoded text stands. Escapes and indentation make offsets differ, so the piece is found by
 * counting: the n-th occurrence in the decoded text is the n-th occurrence in the source.
 */
export function spanWithin(source: string, node: ScalarNode, offset: number, length: number): Span {
  const decoded = String(node.value);
  const piece = decoded.slice(offset, offset + length).split('\n', 1)[0]!;
  if (piece === '') return node.span;
  let before = 0;
  for (let at = decoded.indexOf(piece); at >= 0 && at < offset; at = decoded.indexOf(piece, at + 1)) before++;
  let at = source.indexOf(piece, node.span.start);
  while (before > 0 && at >= 0 && at < node.span.end) {
    before--;
    at = source.indexOf(piece, at + 1);
  }
  return at >= 0 && at < node.span.end ? { start: at, end: at + piece.length } : node.span;
}
