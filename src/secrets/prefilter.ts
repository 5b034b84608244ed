/** Called for each keyword that ends at `end` (exclusive), in the order of where they start, shorter ones first. */
export type KeywordVisitor = (keyword: number, end: number) => void;

/** Characters are looked up by their low byte, so that tables over bytes suffice. */
const WIDTH = 256;
const SMALLEST_SCRATCH = 1 << 16;

/**
 * Finds all keywords in one pass over a text, ASCII letters compared without regard to case. Each pair of neighbouring characters is
 * looked up in a table of the pairs that keywords begin with; only where one does, a trie is walked. Hardly any pair of ordinary text
 * is one, and the look-ups do not wait for one another, which an automaton's would.
 *
 * Characters beyond Latin-1 are taken for their low byte: a keyword may be reported where none is, and none is missed. Callers look at
 * the text anyway.
 */
export class Prefilter {
  /** 1 for two characters, the first in the high byte, that a keyword begins with. */
  readonly #beginnings = new Uint8Array(WIDTH * WIDTH);
  /** The next state by state and character; 0 for none. State 1 is the root. */
  readonly #next: Uint16Array;
  /** The keyword that ends in a state, plus 1; 0 for none. */
  readonly #ends: Uint16Array;
  /** Holds the bytes of the text that is scanned; grows to the longest text. */
  #scratch = Buffer.alloc(SMALLEST_SCRATCH);

  /** `keywords` must be different ASCII strings of at least two characters; the visitor is told their index. */
  constructor(readonly keywords: readonly string[]) {
    const states = 2 + keywords.reduce((sum, keyword) => sum + keyword.length, 0);
    if (states > 0xffff) throw new RangeError('too many keywords');
    this.#next = new Uint16Array(states * WIDTH);
    this.#ends = new Uint16Array(states);
    let count = 2;
    keywords.forEach((keyword, index) => {
      const codes = [...keyword.toLowerCase()].map((character) => character.charCodeAt(0));
      if (codes.length < 2 || codes.some((code) => code >= 128)) throw new RangeError('a keyword is no ASCII word');
      this.#addBeginning(codes[0]!, codes[1]!);
      let state = 1;
      for (const code of codes) {
        const slot = (state << 8) | code;
        if (this.#next[slot] === 0) {
          this.#next[slot] = count;
          this.#next[(state << 8) | upper(code)] = count++;
        }
        state = this.#next[slot]!;
      }
      this.#ends[state] = index + 1;
    });
  }

  scan(text: string, visit: KeywordVisitor): void {
    if (text.length >= this.#scratch.length) this.#scratch = Buffer.alloc(text.length * 2);
    const bytes = this.#scratch;
    const length = bytes.write(text, 0, 'latin1');
    const beginnings = this.#beginnings;
    let pair = 0;
    for (let i = 0; i < length; i++) {
      pair = ((pair << 8) | bytes[i]!) & 0xffff;
      if (beginnings[pair] !== 0) this.#walk(bytes, i - 1, length, visit);
    }
  }

  #walk(bytes: Buffer, start: number, length: number, visit: KeywordVisitor): void {
    let state = 1;
    for (let i = start; i < length; i++) {
      state = this.#next[(state << 8) | bytes[i]!]!;
      if (state === 0) return;
      const keyword = this.#ends[state]!;
      if (keyword !== 0) visit(keyword - 1, i + 1);
    }
  }

  #addBeginning(first: number, second: number): void {
    for (const high of [first, upper(first)])
      for (const low of [second, upper(second)]) this.#beginnings[(high << 8) | low] = 1;
  }
}

/** The code of the capital letter, of any other character itself. */
function upper(code: number): number {
  return code >= 97 && code <= 122 ? code - 32 : code;
}
