/** What the source of a regular expression tells of the texts that match it as a whole. */

/** A text of a few harmless characters from its beginning to its end, which is no path and no address: `^[\w-]+$`. */
const WORD = /^\^(?:\[(?!\^)[^\].\s/]+\]|\\[wd])(?:[+*]|\{\d+(?:,\d*)?\})\$$/;

/** Characters that mean nothing to a shell, a statement or a program. */
const HARMLESS = /^[\w@%+=:,./-]$/;

export function isWordPattern(source: string): boolean {
  return WORD.test(source) && isPlainPattern(source);
}

/**
 * Whether all characters of a matching text mean nothing to a shell, a statement or a program: the expression goes from the beginning to the end, and
 * names nothing but letters, digits and `_@%+=:,./-`, one by one or in classes. Not understood is not plain.
 */
export function isPlainPattern(source: string): boolean {
  if (!source.startsWith('^') || !source.endsWith('$') || source.endsWith('\\$')) return false;
  const body = source.slice(1, -1);
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const c = body[i]!;
    if (c === '\\') {
      if (!isHarmlessEscape(body[++i] ?? '')) return false;
    } else if (c === '[') {
      const close = closingOf(body, i);
      if (close < 0 || !isHarmlessClass(body.slice(i + 1, close))) return false;
      i = close;
    } else if (c === '(') {
      depth++;
      // Look-arounds only narrow; `(?:` only groups.
      if (body[i + 1] === '?') i = Math.max(i, body.indexOf(':', i) === i + 2 ? i + 2 : i + 1);
    } else if (c === ')') depth--;
    else if (c === '{') i = body.indexOf('}', i) < 0 ? body.length : body.indexOf('}', i);
    // Another branch at the top is not held by the anchors.
    else if (c === '|' ? depth === 0 : !/[?*+]/.test(c) && (c === '.' || !HARMLESS.test(c))) return false;
  }
  return true;
}

function closingOf(body: string, open: number): number {
  for (let i = open + 1; i < body.length; i++) {
    if (body[i] === '\\') i++;
    else if (body[i] === ']') return i;
  }
  return -1;
}

/** `a-z0-9_.\-`: single characters, ranges of letters and of digits, escapes. */
function isHarmlessClass(text: string): boolean {
  if (text.startsWith('^') || text === '') return false;
  const rest = text
    .replace(/\\(.)/gs, (_, c: string) => (isHarmlessEscape(c) ? '' : '\0'))
    .replace(/a-z|A-Z|\d-\d|a-f|A-F/g, '');
  // A hyphen stands for itself only at the ends: between two characters it is a range over others.
  return [...rest].every((c) => HARMLESS.test(c)) && !/.-./.test(rest);
}

/** What may stand behind a backslash. */
function isHarmlessEscape(c: string): boolean {
  return /^[wdbB]$/.test(c) || (/^[^A-Za-z0-9\s]$/.test(c) && HARMLESS.test(c));
}
