/**
 * A text that is safe and readable on a terminal: control characters (among them escape sequences), and characters that turn the
 * direction of writing, are shown as `\u{…}` instead of being obeyed. Line breaks and tabs become one blank.
 */
export function printable(text: string): string {
  let result = '';
  for (const character of text.replace(/[\t\r\n]+/g, ' ')) result += printableCharacter(character);
  return result;
}

/** The same for one code point of a code frame, where the caller has dealt with tabs and line breaks. */
export function printableCharacter(character: string): string {
  const codePoint = character.codePointAt(0)!;
  return UNPRINTABLE.some(([first, last]) => codePoint >= first && codePoint <= last)
    ? `\\u{${codePoint.toString(16)}}`
    : character;
}

const UNPRINTABLE: readonly (readonly [first: number, last: number])[] = [
  // C0 and C1 controls
  [0x00, 0x1f],
  [0x7f, 0x9f],
  // marks, overrides and isolates of writing direction, line and paragraph separators
  [0x61c, 0x61c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
  // byte order mark
  [0xfeff, 0xfeff],
  // halves of a surrogate pair that stand alone
  [0xd800, 0xdfff],
];
