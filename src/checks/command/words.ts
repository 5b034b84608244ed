import type { Span } from '../../core/span.js';

/** A word of a command line, unquoted, and where it is written. */
export interface Word {
  readonly text: string;
  locate(): Span;
}

/** Where a piece (offset, length) of the text that is split stands in the file. */
export type Locate = (offset: number, length: number) => Span;

/**
 * Splits shell text into simple commands, each a list of words: quotes, escapes, comments, line continuations, `&&`, `||`, `;`, `|`, `&`,
 * parentheses, here-documents (skipped: they are data). Commands in `$( )` and backticks are listed too. Never fails: an open quote ends
 * with the text.
 */
export function splitCommands(text: string, locate: Locate, limit: number): Word[][] {
  return new Splitter(text, locate, { words: limit }, 0).run(0, text.length);
}

/** Substitutions within substitutions that are still read. */
const DEPTH = 8;

class Splitter {
  readonly #commands: Word[][] = [];
  #words: Word[] = [];
  /** Terminators of here-documents that start behind the current line. */
  #hereDocuments: string[] = [];

  constructor(
    private readonly text: string,
    private readonly locate: Locate,
    private readonly left: { words: number },
    private readonly depth: number,
  ) {}

  run(start: number, end: number): Word[][] {
    let at = start;
    while (at < end && this.left.words > 0) at = this.#step(at, end);
    this.#finish();
    return this.#commands;
  }

  #step(at: number, end: number): number {
    const c = this.text[at]!;
    if (c === '\\' && (this.text[at + 1] === '\n' || this.text.startsWith('\r\n', at + 1))) {
      return this.text.indexOf('\n', at) + 1;
    }
    if (c === ' ' || c === '\t' || c === '\r') return at + 1;
    if (c === '\n') {
      this.#finish();
      return this.#skipHereDocuments(at + 1, end);
    }
    if (c === '#') {
      const newline = this.text.indexOf('\n', at);
      return newline < 0 ? end : Math.min(newline, end);
    }
    if (this.text.startsWith('<<<', at)) return at + 3;
    if (this.text.startsWith('<<', at)) return this.#hereDocument(at + 2, end);
    if (';&|()'.includes(c)) {
      this.#finish();
      return at + 1;
    }
    if (c === '<' || c === '>') return at + 1;
    return this.#word(at, end);
  }

  #word(start: number, end: number): number {
    let value = '';
    let at = start;
    while (at < end) {
      const c = this.text[at]!;
      if (' \t\r\n;&|()<>'.includes(c)) break;
      if (c === "'") {
        const close = this.#closing("'", at + 1, end);
        value += this.text.slice(at + 1, close);
        at = close + 1;
      } else if (c === '"') {
        const close = this.#closing('"', at + 1, end);
        value += this.#doubleQuoted(at + 1, close);
        at = close + 1;
      } else if (c === '\\') {
        if (this.text[at + 1] === '\n') break;
        value += this.text[at + 1] ?? '';
        at += 2;
      } else if (c === '$' && this.text[at + 1] === '{' && this.text[at + 2] === '{') {
        // A workflow expression is one opaque piece.
        const close = this.text.indexOf('}}', at);
        const stop = close < 0 || close > end ? end : close + 2;
        value += this.text.slice(at, stop);
        at = stop;
      } else if ((c === '$' && this.text[at + 1] === '(') || c === '`') {
        const stop = this.#substitution(at, end);
        value += this.text.slice(at, stop);
        at = stop;
      } else {
        value += c;
        at++;
      }
    }
    const length = Math.max(1, Math.min(at, end) - start);
    this.#words.push({ text: value, locate: () => this.locate(start, length) });
    this.left.words--;
    return Math.max(at, start + 1);
  }

  #closing(quote: string, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const c = this.text[at];
      if (c === '\\' && quote === '"') at++;
      else if (quote === '"' && c === '$' && this.text[at + 1] === '(') at = this.#substitution(at, end) - 1;
      else if (c === quote) return at;
    }
    return end;
  }

  #doubleQuoted(start: number, end: number): string {
    return this.text
      .slice(start, end)
      .replace(/\\(["\\$`\n])/g, (_, escaped: string) => (escaped === '\n' ? '' : escaped));
  }

  /** Reads `$(…)` or backticks, lists the commands within, and returns the offset behind it. */
  #substitution(at: number, end: number): number {
    const tick = this.text[at] === '`';
    const start = at + (tick ? 1 : 2);
    const close = tick ? this.#closing('`', start, end) : this.#parenthesis(start, end);
    if (this.left.words > 0 && this.depth < DEPTH) {
      const inner = new Splitter(this.text, this.locate, this.left, this.depth + 1).run(start, close);
      this.#commands.push(...inner);
    }
    return Math.min(close + 1, end);
  }

  #parenthesis(from: number, end: number): number {
    let depth = 1;
    let quote = '';
    for (let at = from; at < end; at++) {
      const c = this.text[at]!;
      if (c === '\\') at++;
      else if (quote) quote = c === quote ? '' : quote;
      else if (c === "'" || c === '"') quote = c;
      else if (c === '(') depth++;
      else if (c === ')' && --depth === 0) return at;
    }
    return end;
  }

  #hereDocument(at: number, end: number): number {
    const match = /^-?\s*(["']?)([\w.-]{1,100})\1/.exec(this.text.slice(at, Math.min(end, at + 120)));
    if (!match) return at;
    this.#hereDocuments.push(match[2]!);
    return at + match[0].length;
  }

  #skipHereDocuments(at: number, end: number): number {
    let from = at;
    for (const terminator of this.#hereDocuments.splice(0)) {
      while (from < end) {
        const newline = this.text.indexOf('\n', from);
        const stop = newline < 0 || newline > end ? end : newline;
        const line = this.text.slice(from, stop).trim();
        from = Math.min(stop + 1, end);
        if (line === terminator) break;
      }
    }
    return from;
  }

  #finish(): void {
    if (this.#words.length) this.#commands.push(this.#words);
    this.#words = [];
  }
}
