import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import type { Span } from '../../core/span.js';
import type { Entry, MappingNode, Node, SequenceNode } from '../tree.js';
import type { Budget, ParsedTree } from './parsed-tree.js';

/** Lines above an error that are left out, one by one, until the rest parses. */
const LINES_BACK = 8;

/**
 * TOML. Tables, dotted keys and arrays of tables become one tree. The parser stops at its first error: what stands above it is read again
 * alone, so that the rest of a broken file still counts.
 */
export function parseToml(text: string, budget: Budget): ParsedTree {
  try {
    return { root: build(parseTOML(text), budget), problem: undefined };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const problem = { offset: error.index, message: `not valid TOML: ${error.message}` };
    return { root: parseAbove(text, error.index, budget), problem };
  }
}

/** Reads what stands above an error. The parser may notice an error lines later than it stands, so a few lines more are left out. */
function parseAbove(text: string, offset: number, budget: Budget): Node | undefined {
  let end = offset;
  for (let line = 0; line < LINES_BACK && end > 0; line++) {
    end = text.lastIndexOf('\n', end - 1) + 1;
    try {
      return build(parseTOML(text.slice(0, end)), budget);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      end--;
    }
  }
  return undefined;
}

interface OpenMapping extends MappingNode {
  readonly entries: Entry[];
}

interface OpenSequence extends SequenceNode {
  readonly items: Node[];
}

function build(program: AST.TOMLProgram, budget: Budget): Node {
  const root: OpenMapping = { kind: 'mapping', span: spanOf(program), entries: [] };
  for (const item of program.body[0].body) {
    if (item.type === 'TOMLKeyValue') {
      assign(root, item, budget, 0);
      continue;
    }
    if (!budget.take(item.key.keys.length)) continue;
    const table = item.kind === 'array' ? openElement(root, item) : open(root, item.key.keys, spanOf(item));
    for (const pair of item.body) assign(table, pair, budget, item.key.keys.length);
  }
  return root;
}

/** `[a.b]`: the mapping at a path, made where it is missing. */
function open(root: OpenMapping, keys: readonly AST.TOMLKey['keys'][number][], span: Span): OpenMapping {
  let at = root;
  for (const key of keys) {
    const found = at.entries.findLast((entry) => entry.key === nameOf(key))?.value;
    const last = found?.kind === 'sequence' ? found.items.at(-1) : found;
    if (last?.kind === 'mapping') at = last as OpenMapping;
    else {
      const made: OpenMapping = { kind: 'mapping', span, entries: [] };
      at.entries.push({ key: nameOf(key), keySpan: spanOf(key), value: made });
      at = made;
    }
  }
  return at;
}

/** `[[a.b]]`: a new mapping at the end of the list at a path. */
function openElement(root: OpenMapping, table: AST.TOMLTable): OpenMapping {
  const keys = table.key.keys;
  const last = keys.at(-1)!;
  const parent = open(root, keys.slice(0, -1), spanOf(table));
  const found = parent.entries.findLast((entry) => entry.key === nameOf(last))?.value;
  const made: OpenMapping = { kind: 'mapping', span: spanOf(table), entries: [] };
  if (found?.kind === 'sequence') (found as OpenSequence).items.push(made);
  else {
    const list: OpenSequence = { kind: 'sequence', span: spanOf(table), items: [made] };
    parent.entries.push({ key: nameOf(last), keySpan: spanOf(last), value: list });
  }
  return made;
}

function assign(table: OpenMapping, pair: AST.TOMLKeyValue, budget: Budget, depth: number): void {
  const keys = pair.key.keys;
  const value = convert(pair.value, budget, depth + keys.length);
  if (!value) return;
  const last = keys.at(-1)!;
  open(table, keys.slice(0, -1), spanOf(pair)).entries.push({ key: nameOf(last), keySpan: spanOf(last), value });
}

function convert(node: AST.TOMLContentNode, budget: Budget, depth: number): Node | undefined {
  if (!budget.take(depth)) return undefined;
  const span = spanOf(node);
  if (node.type === 'TOMLArray') {
    const items = node.elements.flatMap((element) => convert(element, budget, depth + 1) ?? []);
    return { kind: 'sequence', span, items };
  }
  if (node.type === 'TOMLInlineTable') {
    const table: OpenMapping = { kind: 'mapping', span, entries: [] };
    for (const pair of node.body) assign(table, pair, budget, depth + 1);
    return table;
  }
  const value = node.value;
  return {
    kind: 'scalar',
    span,
    value: value instanceof Date ? value.toISOString() : (value as string | number | boolean),
  };
}

function nameOf(key: AST.TOMLKey['keys'][number]): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function spanOf(node: AST.TOMLNode): Span {
  return { start: node.range[0], end: node.range[1] };
}
