import { IntList } from './int-list.js';

/** What the tracker follows: the abstract values that can be called, or on which something can be called. */
export enum TokenKind {
  /** data: global function number */
  Function,
  /** data: global class number */
  Class,
  /** data: global class number */
  Instance,
  /** data: API state */
  Api,
  /** data: running number of the allocation site */
  Object,
  /** data: file */
  Module,
  /** data: running number; a function that a model hands out: the setter of a state, `resolve` of a promise. */
  Callable,
}

/** Numbers tokens densely: one number for each kind with its data. */
export class TokenTable {
  readonly #kinds = new IntList();
  readonly #data = new IntList();
  readonly #numbers = new Map<number, number>();
  readonly #sites = new Map<number, number>();
  #objects = 0;

  kind(token: number): TokenKind {
    return this.#kinds.data[token]!;
  }

  data(token: number): number {
    return this.#data.data[token]!;
  }

  of(kind: TokenKind, data: number): number {
    const key = data * 8 + kind;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const token = this.#kinds.push(kind);
    this.#data.push(data);
    this.#numbers.set(key, token);
    return token;
  }

  /** The token, where one was made before. */
  find(kind: TokenKind, data: number): number | undefined {
    return this.#numbers.get(data * 8 + kind);
  }

  /** A fresh object. */
  object(): number {
    return this.of(TokenKind.Object, this.#objects++);
  }

  /** The object that is allocated at a place of a file; `place` is the offset of an instruction, or any number that is none. */
  site(file: number, place: number): number {
    const key = file * 0x4000000 + place;
    let token = this.#sites.get(key);
    if (token === undefined) {
      token = this.object();
      this.#sites.set(key, token);
    }
    return token;
  }
}
