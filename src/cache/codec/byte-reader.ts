/** Reads what a `ByteWriter` has written, in the same order. */
export class ByteReader {
  #at: number;

  /** @param texts the writer's table */
  constructor(
    readonly bytes: Uint8Array,
    at: number,
    readonly texts: readonly string[],
  ) {
    this.#at = at;
  }

  get offset(): number {
    return this.#at;
  }

  /** Goes on elsewhere: behind what has been read without this reader. */

  byte(): number {
    const value = this.bytes[this.#at++];
    if (value === undefined) throw new RangeError('the bytes end early');
    return value;
  }

  unsigned(): number {
    const { bytes } = this;
    let byte = bytes[this.#at++];
    if (byte === undefined) throw new RangeError('the bytes end early');
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      byte = bytes[this.#at++];
      if (byte === undefined) throw new RangeError('the bytes end early');
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError('a number is too long');
  }

  signed(): number {
    const value = this.unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  index(): number {
    return (this.unsigned() | 0) - 1;
  }

  text(): string {
    const text = this.texts[this.unsigned()];
    if (text === undefined) throw new RangeError('a text is missing');
    return text;
  }

  list<Item>(read: (reader: ByteReader) => Item): Item[] {
    const count = this.#count();
    const items: Item[] = [];
    for (let i = 0; i < count; i++) items.push(read(this));
    return items;
  }

  /** An item takes at least a byte, so that a wrong count is seen before room is made for it. */
  #count(): number {
    const count = this.unsigned();
    if (count > this.bytes.length) throw new RangeError('a list is too long');
    return count;
  }
}
