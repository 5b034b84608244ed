/**
 * What of the code at a place goes into a fingerprint: enough to tell one leak from the next, and nothing that changes when names of functions,
 * words of messages, blanks, quotes or comments do. `console.log('got', user.email)` has the shape `(',user.email)`.
 *
 * Left out are blanks and comments, what stands in string literals (what stands in the placeholders of a template stays), trailing commas, and
 * the names of what is called. Of a long piece of code nothing is kept: too much of it has nothing to do with the data.
 */
export function callShape(code: string): string {
  if (code.length > LONGEST_CODE) return '';
  const shape = new ShapeReader(code)
    .read()
    .replace(/,(?=[)\]}])/g, '')
    .replace(/[\p{ID_Continue}$.#?!]+(?=\()/gu, '');
  return shape.length > LONGEST_SHAPE ? '' : shape;
}

const LONGEST_CODE = 2_000;
const LONGEST_SHAPE = 200;
const QUOTE = "'";

class ShapeReader {
  #at = 0;

  constructor(readonly code: string) {}

  /** Up to the end, or to the `}` that closes a placeholder of a template. */
  read(isPlaceholder = false): string {
    const { code } = this;
    let shape = '';
    let depth = 0;
    while (this.#at < code.length) {
      const character = code[this.#at]!;
      if (character === '"' || character === "'") shape += this.#string(character);
      else if (character === '`') shape += this.#template();
      else if (code.startsWith('//', this.#at)) this.#skipTo('\n');
      else if (code.startsWith('/*', this.#at)) this.#skipTo('*/');
      else {
        this.#at++;
        if (/\s/.test(character)) continue;
        if (character === '{') depth++;
        if (character === '}' && depth-- === 0 && isPlaceholder) return shape;
        shape += character;
      }
    }
    return shape;
  }

  #string(quote: string): string {
    for (this.#at++; this.#at < this.code.length && this.code[this.#at] !== quote; this.#at++) {
      if (this.code[this.#at] === '\\') this.#at++;
    }
    this.#at++;
    return QUOTE;
  }

  /** A template without placeholders is a string; of another its placeholders stay. */
  #template(): string {
    const placeholders: string[] = [];
    for (this.#at++; this.#at < this.code.length && this.code[this.#at] !== '`'; this.#at++) {
      if (this.code[this.#at] === '\\') this.#at++;
      else if (this.code.startsWith('${', this.#at)) {
        this.#at += 2;
        placeholders.push(this.read(true));
        this.#at--;
      }
    }
    this.#at++;
    return placeholders.length === 0 ? QUOTE : `\`${placeholders.join(',')}\``;
  }

  #skipTo(end: string): void {
    const found = this.code.indexOf(end, this.#at);
    this.#at = found < 0 ? this.code.length : found + end.length;
  }
}
