/**
 * A place in a source file, as UTF-16 code-unit offsets into the file's text: `start` inclusive, `end` exclusive.
 * Lines and columns are computed only when something is printed (see `LineIndex`).
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a file, the file named by its POSIX path relative to the scan root. */
export interface Location extends Span {
  readonly file: string;
}

/** A one-based line and a one-based column, the column in UTF-16 code units (as SARIF wants it). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Maps offsets of one text to lines and columns. A line ends at LF, CRLF, CR, U+2028 or U+2029, as in ECMAScript. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(readonly text: string) {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || c === 0x2028 || c === 0x2029) this.#starts.push(i + 1);
      else if (c === 13 && text.charCodeAt(i + 1) !== 10) this.#starts.push(i + 1);
    }
  }

  /** The number of lines; a text that ends in a line break counts one empty line behind it. */
  get lineCount(): number {
    return this.#starts.length;
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }

  /** The text of a one-based line, without its line break; empty behind the last line. */
  lineText(line: number): string {
    const start = this.#starts[line - 1];
    if (start === undefined) return '';
    const end = this.#starts[line] ?? this.text.length;
    return this.text.slice(start, end).replace(/[\r\n\u2028\u2029]+$/, '');
  }

  /** The offset at which a one-based line starts. */
  lineStart(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }
}
