import type { FileSyntax } from './file-context.js';

/** A value as it stands in the text, without its quotes. */
export interface ReadValue {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Behind the closing quote. */
  readonly after: number;
  readonly quoted: boolean;
}

/** Longer values are data, not credentials. */
const VALUE_LIMIT = 4_096;

/**
 * Reads a quoted literal that starts at `at`: single, double or back quotes, or a quote that is itself escaped (code inside a JSON
 * string). Undefined where there is none, where it does not end on its line, or where it is longer than any credential.
 */
export function readQuoted(text: string, at: number): ReadValue | undefined {
  const escaped = text[at] === '\\';
  const opening = escaped ? at + 1 : at;
  const quote = text[opening];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const start = opening + 1;
  if (text[start] === quote && text[start + 1] === quote) return undefined;
  const limit = Math.min(text.length, start + VALUE_LIMIT);
  for (let i = start; i < limit; i++) {
    const character = text[i];
    if (character === '\n' || character === '\r') return undefined;
    if (character === '\\') {
      if (escaped && text[i + 1] === quote) return value(text, start, i, i + 2, true);
      i++;
    } else if (character === quote && !escaped) {
      return value(text, start, i, i + 1, true);
    }
  }
  return undefined;
}

/** Reads a bare value up to the end of the line, or to what ends a value in this syntax. Undefined for an empty one. */
export function readBare(text: string, at: number, syntax: FileSyntax, until?: string): ReadValue | undefined {
  let end = at;
  const limit = Math.min(text.length, at + VALUE_LIMIT);
  while (end < limit) {
    const character = text[end]!;
    if (character === '\n' || character === '\r' || character === until) break;
    if (isBareEnd(character, text[end + 1], syntax)) break;
    end++;
  }
  if (end === limit && limit < text.length) return undefined;
  while (end > at && /[\s,;]/.test(text[end - 1]!)) end--;
  return end > at ? value(text, at, end, end, false) : undefined;
}

/** Reads a bare value inside a literal, up to a quote, a blank or an escape. */
export function readEmbedded(text: string, at: number): ReadValue | undefined {
  const limit = Math.min(text.length, at + VALUE_LIMIT);
  let end = at;
  while (end < limit && !/[\s"'`\\;&|,<>)}\]]/.test(text[end]!)) end++;
  return end > at && end < limit ? value(text, at, end, end, false) : undefined;
}

function isBareEnd(character: string, next: string | undefined, syntax: FileSyntax): boolean {
  if (character === ' ' || character === '\t') {
    return syntax === 'shell' || syntax === 'text' || next === '#' || next === ';';
  }
  if (syntax === 'shell' || syntax === 'text') return '"\'`;&|<>)'.includes(character);
  if (syntax === 'yaml') return (character === ',' && next === ' ') || character === '}';
  return character === '\\' && next === 'n';
}

function value(text: string, start: number, end: number, after: number, quoted: boolean): ReadValue {
  return { text: text.slice(start, end), start, end, after, quoted };
}
