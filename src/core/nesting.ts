const QUOTES = `"'`;
const OPENING = '[{(';
const CLOSING = ']})';

/**
 * Whether a text of data (JSON, YAML, TOML) nests brackets or indents lines more deeply than `limit`. Parsers recurse, and what overflows
 * their stack is no exception that can be relied on: a regular expression that is compiled near the end of the stack ends the process.
 * Brackets within quotes do not count; a quote ends with its line.
 */
export function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let quote = '';
  let indent = 0;
  let atStart = true;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '\n' || character === '\r') {
      quote = '';
      indent = 0;
      atStart = true;
    } else if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote) quote = '';
    } else if (atStart && (character === ' ' || character === '\t' || character === '-' || character === '?')) {
      if (++indent > limit) return true;
    } else {
      atStart = false;
      if (QUOTES.includes(character)) quote = character;
      else if (OPENING.includes(character)) {
        if (++depth > limit) return true;
      } else if (CLOSING.includes(character) && depth > 0) depth--;
    }
  }
  return false;
}
