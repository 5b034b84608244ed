import { wildcard } from '../glob.js';

/** The references in the `${{ }}` expressions of a text, as dotted names: `github.event.issue.body`, with the offset of the expression. */
export interface Reference {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** Calls whose result is true or false: what they are asked of does not get through. */
const TESTS = /\b(?:contains|startsWith|endsWith)\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/gi;
const COMPARISON = /[\w.[\]'-]+\s*[!=]=\s*(?:'[^']*'|[\w.]+)|'[^']*'\s*[!=]=\s*[\w.[\]'-]+/g;

export function references(text: string): Reference[] {
  const found: Reference[] = [];
  for (const match of text.matchAll(/\$\{\{(.*?)\}\}/gs)) {
    const body = match[1]!.replace(TESTS, ' ').replace(COMPARISON, ' ');
    for (const name of names(body)) found.push({ name, offset: match.index, length: match[0].length });
  }
  return found;
}

/** Dotted names outside of string literals; `a['b']` is read as `a.b`. */
function names(body: string): string[] {
  const plain = body.replace(/\[\s*'([\w-]+)'\s*\]/g, '.$1').replace(/'[^']*'/g, ' ');
  return plain.match(/[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_*][\w-]*|\*)|\[\d+\])*/g) ?? [];
}

/** Whether a name is covered by a pattern, or is a whole of which the pattern names a part: `github.event.issue` holds its body. */
export function holds(name: string, pattern: string): boolean {
  const lower = name.toLowerCase().replace(/\[\d+\]/g, '.*');
  return wildcard(lower, pattern) || pattern.startsWith(`${lower}.`) || wildcard(pattern, lower);
}
