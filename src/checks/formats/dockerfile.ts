import type { Span } from '../../core/span.js';
import type { Entry, Node } from '../tree.js';
import type { Budget, ParsedTree } from './parsed-tree.js';

/**
 * Dockerfile as a mapping of lower-case instructions, each a sequence of their arguments in order: `run: ["npm ci", "npm test"]`. A JSON
 * array becomes a sequence of words; `env` and `arg` become mappings.
 */
export function parseDockerfile(text: string, budget: Budget): ParsedTree {
  const found = new Map<string, { keySpan: Span; items: Node[] }>();
  for (const { keyword, value, span, keySpan } of instructions(text)) {
    if (!budget.take(1)) break;
    const nodes = keyword === 'env' || keyword === 'arg' ? [variables(value, span)] : [argument(value, span)];
    const known = found.get(keyword);
    if (known) known.items.push(...nodes);
    else found.set(keyword, { keySpan, items: nodes });
  }
  const entries: Entry[] = [...found].map(([key, { keySpan, items }]) => {
    const span = items[0]!.span;
    const merged = items.flatMap((item) => (item.kind === 'mapping' ? item.entries : []));
    const variable = key === 'env' || key === 'arg';
    return {
      key,
      keySpan,
      value: variable ? { kind: 'mapping', span, entries: merged } : { kind: 'sequence', span, items },
    };
  });
  return { root: { kind: 'mapping', span: { start: 0, end: text.length }, entries }, problem: undefined };
}

interface Instruction {
  readonly keyword: string;
  /** As written, continuation lines and comments between them included. */
  readonly value: string;
  readonly span: Span;
  readonly keySpan: Span;
}

function* instructions(text: string): Generator<Instruction> {
  let offset = 0;
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const start = offset;
    let line = lines[i]!;
    offset += line.length + 1;
    const head = /^\s*([A-Za-z]+)\s+/.exec(line);
    if (!head || line.trimStart().startsWith('#')) continue;
    let length = line.length;
    while (i + 1 < lines.length && (/\\\s*$/.test(line) || (length > line.length && /^\s*#/.test(line)))) {
      line = lines[++i]!;
      length += line.length + 1;
      offset += line.length + 1;
    }
    const valueStart = start + head[0].length;
    const value = text.slice(valueStart, start + length).trimEnd();
    const keyStart = start + head[0].indexOf(head[1]!);
    yield {
      keyword: head[1]!.toLowerCase(),
      value,
      span: { start: valueStart, end: valueStart + value.length },
      keySpan: { start: keyStart, end: keyStart + head[1]!.length },
    };
  }
}

function argument(value: string, span: Span): Node {
  const flags = /^(?:--[\w-]+(?:=\S*)?\s+)*/.exec(value)![0].length;
  const start = span.start + flags;
  const rest = value.slice(flags);
  if (!rest.startsWith('[')) return { kind: 'scalar', span: { start, end: span.end }, value: rest };
  const items: Node[] = [];
  for (const match of rest.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)) {
    const at = start + match.index;
    items.push({
      kind: 'scalar',
      span: { start: at, end: at + match[0].length },
      value: match[1]!.replace(/\\(.)/g, '$1'),
    });
  }
  return { kind: 'sequence', span: { start, end: span.end }, items };
}

/** `KEY=value KEY2="a b"`, or the old form `KEY value`. */
function variables(value: string, span: Span): Node {
  const entries: Entry[] = [];
  const old = /^([\w.-]+)\s+([^=\s].*)$/.exec(value);
  const pairs = old ? [old] : [...value.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']*)/g)];
  for (const match of pairs) {
    const keyStart = span.start + (match.index ?? 0);
    const raw = match[2]!;
    const start = keyStart + match[0].length - raw.length;
    const text = /^(["']).*\1$/s.test(raw) && raw.length > 1 ? raw.slice(1, -1) : raw;
    const node: Node = { kind: 'scalar', span: { start, end: start + raw.length }, value: text };
    entries.push({ key: match[1]!, keySpan: { start: keyStart, end: keyStart + match[1]!.length }, value: node });
  }
  return { kind: 'mapping', span, entries };
}
