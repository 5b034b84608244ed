import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml';
import type { Span } from '../../core/span.js';
import type { Entry, Node, ScalarNode } from '../tree.js';
import type { Budget, ParsedTree } from './parsed-tree.js';

/** YAML 1.2, several documents allowed; aliases and merge keys are expanded within the budget. */
export function parseYaml(text: string, budget: Budget): ParsedTree {
  const documents = parseAllDocuments(text, {
    uniqueKeys: false,
    merge: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const list = Array.isArray(documents) ? documents : [];
  const roots = list.flatMap((document) =>
    document.contents ? (convert(document.contents, document, budget, 0) ?? []) : [],
  );
  const error = list.flatMap((document) => document.errors)[0];
  const problem = error && { offset: error.pos[0], message: `not valid YAML: ${error.message.split('\n', 1)[0]}` };
  const root: Node | undefined =
    roots.length > 1 ? { kind: 'sequence', span: { start: 0, end: text.length }, items: roots } : roots[0];
  return { root, problem };
}

function convert(node: YamlNode, document: Document, budget: Budget, depth: number): Node | undefined {
  if (!budget.take(depth)) return undefined;
  const span = spanOf(node);
  if (isAlias(node)) {
    const target = node.resolve(document);
    // What an anchor holds is shown where it is used: the value stands at the anchor, and the anchor is what one would edit.
    return target ? convert(target, document, budget, depth + 1) : undefined;
  }
  if (isMap(node)) return { kind: 'mapping', span, entries: entries(node, document, budget, depth) };
  if (isSeq(node)) {
    const items = node.items.flatMap((item) =>
      item ? (convert(item as YamlNode, document, budget, depth + 1) ?? []) : [],
    );
    return { kind: 'sequence', span, items };
  }
  return { kind: 'scalar', span, value: isScalar(node) ? plain(node.value) : null };
}

function entries(map: YAMLMap, document: Document, budget: Budget, depth: number): Entry[] {
  const own: Entry[] = [];
  const merged: Entry[] = [];
  for (const { key, value } of map.items as Pair<YamlNode, YamlNode | null>[]) {
    if (!isScalar(key)) continue;
    const keySpan = spanOf(key);
    const converted: Node | undefined = value
      ? convert(value, document, budget, depth + 1)
      : { kind: 'scalar', span: keySpan, value: null };
    if (!converted) continue;
    if (String(key.value) === '<<') {
      const sources = converted.kind === 'sequence' ? converted.items : [converted];
      for (const source of sources) if (source.kind === 'mapping') merged.push(...source.entries);
    } else own.push({ key: String(key.value), keySpan, value: converted });
  }
  const names = new Set(own.map((entry) => entry.key));
  return [...merged.filter((entry) => !names.has(entry.key)), ...own];
}

function spanOf(node: YamlNode): Span {
  return node.range ? { start: node.range[0], end: node.range[1] } : { start: 0, end: 0 };
}

function plain(value: unknown): ScalarNode['value'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : String(value);
}
