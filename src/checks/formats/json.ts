import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node } from '../tree.js';
import type { Budget, ParsedTree, TreeProblem } from './parsed-tree.js';

/** JSON, with comments and trailing commas allowed; what is broken is left out and the first error is reported. */
export function parseJson(text: string, budget: Budget): ParsedTree {
  const errors: ParseError[] = [];
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const root = parseTree(start ? ` ${text.slice(1)}` : text, errors, { allowTrailingComma: true });
  const first = errors[0];
  const problem: TreeProblem | undefined = first && {
    offset: first.offset,
    message: `not valid JSON: ${words(printParseErrorCode(first.error))}`,
  };
  return { root: root && convert(root, budget, 0), problem };
}

function convert(node: JsonNode, budget: Budget, depth: number): Node | undefined {
  if (!budget.take(depth)) return undefined;
  const span = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'object') {
    const entries = (node.children ?? []).flatMap((property) => {
      const [key, value] = property.children ?? [];
      const converted = key && value ? convert(value, budget, depth + 1) : undefined;
      if (!key || !converted) return [];
      return [
        { key: String(key.value), keySpan: { start: key.offset, end: key.offset + key.length }, value: converted },
      ];
    });
    return { kind: 'mapping', span, entries };
  }
  if (node.type === 'array') {
    const items = (node.children ?? []).flatMap((item) => convert(item, budget, depth + 1) ?? []);
    return { kind: 'sequence', span, items };
  }
  return { kind: 'scalar', span, value: node.value as string | number | boolean | null };
}

/** `PropertyNameExpected` → `property name expected`. */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
