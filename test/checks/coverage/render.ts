import { stringify } from 'yaml';

/** A tree of settings as a fixture writes it. */
export type Tree = null | boolean | number | string | readonly Tree[] | { readonly [key: string]: Tree };

/** Writes a tree in the format that a file's name stands for; a text as it is. */
export function render(path: string, tree: Tree): string {
  if (typeof tree === 'string') return tree;
  if (/\.(?:jsonc?|json5|mcp|code-workspace)$/.test(path)) return JSON.stringify(tree, undefined, 2);
  if (/\.ya?ml$/.test(path)) return stringify(tree);
  if (/\.(?:md|prompty)$/.test(path)) return `---\n${stringify(tree)}---\n\nText.\n`;
  const entries = Object.entries(tree as { readonly [key: string]: Tree });
  if (path.endsWith('.toml')) return entries.map(([key, value]) => `${keyOf(key)} = ${inline(value)}\n`).join('');
  return entries.map(([key, value]) => `${key}=${String(value)}\n`).join('');
}

/** The first file that each alternative of a path pattern stands for: `a.json` and `a.yaml` for `a.{json,yaml}` below any folder. */
export function samplesOf(glob: string): string[] {
  return expand(glob).map((path) => {
    const sample = path.replaceAll('**/', '').replaceAll('*', 'x').replaceAll('?', 'x');
    // Markdown is read only where settings may stand at its head.
    return sample === 'x.md' ? '.claude/agents/x.md' : sample;
  });
}

/** `{a,b}c` → `ac`, `bc`. */
export function expand(pattern: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(pattern);
  if (!match) return [pattern];
  const [, before, choices, after] = match;
  return choices!.split(',').flatMap((choice) => expand(before! + choice + after!));
}

/** A value of a TOML file on one line. */
function inline(tree: Tree): string {
  if (Array.isArray(tree)) return `[${tree.map(inline).join(', ')}]`;
  if (typeof tree !== 'object' || tree === null) return JSON.stringify(tree);
  return `{ ${Object.entries(tree as { readonly [key: string]: Tree })
    .map(([key, value]) => `${keyOf(key)} = ${inline(value)}`)
    .join(', ')} }`;
}

function keyOf(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}
