import type { Entry, MappingNode, Node } from '../tree.js';
import type { Budget, ParsedTree } from './parsed-tree.js';

/** `.env` and INI: `KEY=value` lines, `export` before them, quotes around the value, `[section]` headers, `#` and `;` comments. */
export function parseIni(text: string, budget: Budget): ParsedTree {
  const root: Entry[] = [];
  let section = root;
  let offset = 0;
  for (const line of text.split('\n')) {
    const header = /^\s*\[([^\]]{1,200})\]\s*$/.exec(line);
    if (header) {
      const entries: Entry[] = [];
      const span = { start: offset, end: offset + line.length };
      root.push({ key: header[1]!, keySpan: span, value: { kind: 'mapping', span, entries } });
      section = entries;
    } else {
      const entry = readPair(line, offset);
      if (entry && budget.take(1)) section.push(entry);
    }
    offset += line.length + 1;
  }
  const node: MappingNode = { kind: 'mapping', span: { start: 0, end: text.length }, entries: root };
  return { root: node, problem: undefined };
}

function readPair(line: string, offset: number): Entry | undefined {
  const match = /^(\s*(?:export\s+)?)([\w.-]+)(\s*[=:]\s*)/.exec(line);
  if (!match) return undefined;
  const keyStart = offset + match[1]!.length;
  const valueStart = match[0].length;
  let raw = line.slice(valueStart).trimEnd();
  const quote = raw[0];
  if (quote === '"' || quote === "'") {
    const close = raw.indexOf(quote, 1);
    if (close > 0) raw = raw.slice(0, close + 1);
  } else raw = raw.replace(/\s[#;].*$/, '').trimEnd();
  const value = /^(["']).*\1$/.test(raw) && raw.length > 1 ? raw.slice(1, -1) : raw;
  const node: Node = {
    kind: 'scalar',
    span: { start: offset + valueStart, end: offset + valueStart + raw.length },
    value,
  };
  return { key: match[2]!, keySpan: { start: keyStart, end: keyStart + match[2]!.length }, value: node };
}
