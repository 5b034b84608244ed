/** A report as JSON text. Characters that would turn the direction of writing, or act on a terminal, are written as `\uXXXX`. */
export function toJson(report: unknown): string {
  const text = JSON.stringify(report, null, 2);
  return `${text.replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** Those that JSON.stringify leaves as they are: C1 controls, marks and overrides of direction, separators, the byte order mark. */
const INVISIBLE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
