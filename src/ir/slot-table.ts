/** The slots of a file's functions, one function behind the other: their names, and whether they are written at more than one place. */
export class SlotTable {
  #names: Int32Array;
  #writes: Uint8Array;
  /** Where the current function's slots begin. */
  first = 0;
  /** How many slots the current function has. */
  count = 0;

  /** @param capacity how many slots there will probably be */
  constructor(capacity: number) {
    this.#names = new Int32Array(capacity);
    this.#writes = new Uint8Array(capacity);
  }

  beginFunction(): void {
    this.first += this.count;
    this.count = 0;
  }

  /** Adds a slot to the current function. `name` is an index into the strings, or NONE. */
  add(name: number): number {
    const row = this.first + this.count;
    if (row === this.#names.length) this.#grow();
    this.#names[row] = name;
    this.#writes[row] = 0;
    return this.count++;
  }

  /** Counts a place that writes a slot of the current function. */
  write(slot: number): void {
    const row = this.first + slot;
    if (this.#writes[row]! < 2) this.#writes[row]!++;
  }

  finish(): { readonly slotNames: Int32Array; readonly slotMutable: Uint8Array } {
    const total = this.first + this.count;
    const slotMutable = this.#writes.slice(0, total);
    for (let row = 0; row < total; row++) slotMutable[row] = slotMutable[row]! >> 1;
    return { slotNames: this.#names.slice(0, total), slotMutable };
  }

  #grow(): void {
    const names = new Int32Array(this.#names.length * 2);
    names.set(this.#names);
    this.#names = names;
    const writes = new Uint8Array(this.#writes.length * 2);
    writes.set(this.#writes);
    this.#writes = writes;
  }
}
