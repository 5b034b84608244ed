/** Raised by what cannot be stored (types nested without end): the file is lowered anew the next time. */
export class NotStorable extends Error {
  override readonly name = 'NotStorable';
}

/** Writes numbers in as few bytes as they need, and each text once. */
export class ByteWriter {
  readonly texts: string[] = [];
  readonly #textIds = new Map<string, number>();
  #bytes: Uint8Array;
  #length = 0;

  /** @param capacity how many bytes there will probably be */
  constructor(capacity = 4096) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** All that was written, as a view. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** An unsigned number of 32 bits. */
  unsigned(value: number): void {
    this.#reserve(5);
    const bytes = this.#bytes;
    let rest = value >>> 0;
    while (rest > 0x7f) {
      bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[this.#length++] = rest;
  }

  /** A number of 32 bits that may be negative, and rarely is large. */
  signed(value: number): void {
    this.unsigned((value << 1) ^ (value >> 31));
  }

  /** An index, or NONE. */
  index(value: number): void {
    this.unsigned(value + 1);
  }

  /** Up to eight truth values. */
  flags(...values: readonly boolean[]): void {
    let bits = 0;
    for (let i = 0; i < values.length; i++) if (values[i]) bits |= 1 << i;
    this.byte(bits);
  }

  text(value: string): void {
    let id = this.#textIds.get(value);
    if (id === undefined) {
      id = this.texts.push(value) - 1;
      this.#textIds.set(value, id);
    }
    this.unsigned(id);
  }

  /** Gives texts the first numbers, in their order, repetitions included. */
  seed(texts: readonly string[]): void {
    for (const text of texts) {
      const id = this.texts.push(text) - 1;
      if (!this.#textIds.has(text)) this.#textIds.set(text, id);
    }
  }

  list<Item>(items: readonly Item[], write: (writer: ByteWriter, item: Item) => void): void {
    this.unsigned(items.length);
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (item === undefined) throw new NotStorable();
      write(this, item);
    }
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
