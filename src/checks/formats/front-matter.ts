import type { Budget, ParsedTree } from './parsed-tree.js';
import { parseYaml } from './yaml.js';

/** The YAML between two `---` lines at the head of a Markdown file: agents, commands and skills keep their settings there. */
export function parseFrontMatter(text: string, budget: Budget): ParsedTree {
  const open = /^\ufeff?---[ \t]*\r?\n/.exec(text)?.[0];
  const close = open === undefined ? -1 : text.indexOf('\n---', open.length - 1);
  if (open === undefined || close < 0) return { root: undefined, problem: undefined };
  // Blanks instead of the first line keep every offset.
  // What is not quite YAML there is common, and read as far as it goes by everything that reads it.
  const { root } = parseYaml(`${open.replace(/[^\r\n]/g, ' ')}${text.slice(open.length, close + 1)}`, budget);
  return { root, problem: undefined };
}
