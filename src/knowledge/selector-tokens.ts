/** What is wrong with a selector, a port, a flow or a condition; `offset` counts characters from the start of the text, from 0. */
export class SelectorError extends Error {
  override readonly name = 'SelectorError';

  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** The pieces that selectors and ports are made of, each with its offset in the text. */
export type Token = { readonly offset: number } & TokenBody;

type TokenBody =
  /** A word: `.name`, or a root. */
  | { readonly kind: 'name'; readonly name: string }
  /** `{a,b.c[]}`: several ways on. */
  | { readonly kind: 'either'; readonly choices: readonly (readonly Token[])[] }
  /** `*` */
  | { readonly kind: 'any' }
  /** `<secret>`: any member whose name the lexicon puts under this kind. */
  | { readonly kind: 'class'; readonly name: string }
  /** `[]` */
  | { readonly kind: 'element' }
  /** `()` */
  | { readonly kind: 'call' }
  /** `(n)` and `(n..)` */
  | { readonly kind: 'argument'; readonly index: number; readonly rest: boolean }
  /** `(this)` */
  | { readonly kind: 'receiver' }
  /** `->m` */
  | { readonly kind: 'receives'; readonly index: number }
  /** `->()` */
  | { readonly kind: 'returns' };

/** A name, one of the engine's own places (`%rejected`), the name that argument n is (`%(n)`), or the key that it is to a store (`%key(n)`). */
const NAME = /%(?:(?:key)?\(\d+\)|[a-z]+)|[A-Za-z0-9_$](?:[\w$]|-(?=[A-Za-z0-9]))*/y;
const KIND = /[a-z][a-z.-]*/y;
const NUMBER = /\d+/y;

/**
 * Splits `root step step…`, where steps are `.name`, `.*`, `.{a,b.c}`, `.<kind>`, `[]`, `()`, `(n)`, `(n..)`, `(this)`, `->m`, `->()`.
 * `base` is added to every offset. Throws `SelectorError`.
 */
export function tokenize(text: string, base = 0): readonly Token[] {
  const tokenizer = new Tokenizer(text, base);
  const tokens = tokenizer.steps();
  tokenizer.end();
  return tokens;
}

/** Recursive descent; `#offset` is where it stands in the text. */
class Tokenizer {
  #offset = 0;

  constructor(
    readonly text: string,
    readonly base: number,
  ) {}

  end(): void {
    if (this.#offset < this.text.length) this.#fail("expected '.', '[]', '(' or '->'");
  }

  /** A word or an argument, and the steps behind it. */
  steps(): readonly Token[] {
    const tokens: Token[] = this.#at('(') ? [] : [this.#word()];
    for (;;) {
      const start = this.#offset;
      if (this.#take('[]')) tokens.push(this.#token(start, { kind: 'element' }));
      else if (this.#at('.')) {
        this.#offset++;
        // `this.[]` is as good as `this[]`.
        if (!this.#at('[')) tokens.push(this.#word());
      } else if (this.#at('(')) tokens.push(this.#parenthesis());
      else if (this.#take('->()')) tokens.push(this.#token(start, { kind: 'returns' }));
      else if (this.#take('->')) {
        const index = Number(this.#match(NUMBER, "a parameter number or '()'"));
        tokens.push(this.#token(start, { kind: 'receives', index }));
      } else return tokens;
    }
  }

  #word(): Token {
    const start = this.#offset;
    if (this.#take('*')) return this.#token(start, { kind: 'any' });
    if (this.#take('<')) {
      const name = this.#match(KIND, 'a kind');
      this.#expect('>');
      return this.#token(start, { kind: 'class', name });
    }
    if (!this.#at('{')) return this.#token(start, { kind: 'name', name: this.#match(NAME, 'a name') });
    const choices: (readonly Token[])[] = [];
    do {
      this.#offset++;
      while (this.#at(' ')) this.#offset++;
      choices.push(this.steps());
    } while (this.#at(','));
    this.#expect('}');
    return this.#token(start, { kind: 'either', choices });
  }

  #parenthesis(): Token {
    const start = this.#offset++;
    if (this.#take(')')) return this.#token(start, { kind: 'call' });
    if (this.#take('this')) {
      this.#expect(')');
      return this.#token(start, { kind: 'receiver' });
    }
    const index = Number(this.#match(NUMBER, "an argument number, 'this' or ')'"));
    const rest = this.#take('..');
    this.#expect(')');
    return this.#token(start, { kind: 'argument', index, rest });
  }

  #token(start: number, body: TokenBody): Token {
    return { offset: this.base + start, ...body };
  }

  #at(text: string): boolean {
    return this.text.startsWith(text, this.#offset);
  }

  #take(text: string): boolean {
    if (!this.#at(text)) return false;
    this.#offset += text.length;
    return true;
  }

  #match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.text);
    if (!match) return this.#fail(`expected ${what}`);
    this.#offset += match[0].length;
    return match[0];
  }

  #expect(text: string): void {
    if (!this.#take(text)) this.#fail(`expected '${text}'`);
  }

  #fail(message: string): never {
    const { length } = this.text;
    const found = this.#offset < length ? `but found '${this.text[this.#offset]}'` : 'but the text ends';
    throw new SelectorError(`${message} ${found}`, this.base + this.#offset);
  }
}
