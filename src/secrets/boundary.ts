/** Where tokens may start and end in a text, and what a text mentions. */

export interface Match {
  readonly value: string;
  /** Of the value. */
  readonly start: number;
  readonly matchEnd: number;
}

/** Matches a sticky expression; the value is the first group, or everything. */
export function matchAt(expression: RegExp, text: string, at: number): Match | undefined {
  expression.lastIndex = at;
  const found = expression.exec(text);
  if (!found) return undefined;
  const value = found[1] ?? found[0];
  return { value, start: at + found[0].indexOf(value), matchEnd: at + found[0].length };
}

/** Whether a word mentions another one: long ones anywhere, short ones only between characters that are no letters. */
export function mentions(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (word.length >= 6 || !/[A-Za-z]/.test(word)) return true;
    if (!/[a-z]/.test(text[at - 1] ?? '') && !/[a-z]/.test(text[at + word.length] ?? '')) return true;
  }
  return false;
}

/** A token starts where no word goes on: not behind a letter or digit, unless that ends an escape (`\n`, `%22`), nor inside Base64. */
export function startsFresh(text: string, start: number): boolean {
  if (start === 0 || !isWordCode(text.charCodeAt(start))) return true;
  const previous = text.charCodeAt(start - 1);
  if (isWordCode(previous)) {
    if (previous === 95) return false;
    if (text[start - 2] === '\\' && 'nrt'.includes(text[start - 1]!)) return true;
    return text[start - 3] === '%' && /[0-9A-Fa-f]{2}/.test(text.slice(start - 2, start));
  }
  // the name of a file or host goes on behind a dot
  if (previous === 46) return !/[A-Za-z0-9]/.test(text[start - 2] ?? '');
  if (previous !== 43 && previous !== 47) return true;
  return !/[A-Za-z0-9+/]{40}$/.test(text.slice(Math.max(0, start - 40), start));
}

/** A token ends where no word goes on. */
export function endsFresh(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  return end >= text.length || !(isWordCode(next) || next === 45);
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}
