const EMPTY = -1;

/** A set of pairs of non-negative int32, in one flat array (open addressing). */
export class PairSet {
  #slots: Int32Array;
  #mask: number;
  #size = 0;

  constructor(capacity = 1 << 12) {
    this.#slots = new Int32Array(capacity * 2).fill(EMPTY);
    this.#mask = capacity - 1;
  }

  /** Adds a pair. Returns whether it was new. */
  add(first: number, second: number): boolean {
    const slots = this.#slots;
    let at = hash(first, second) & this.#mask;
    while (slots[at * 2] !== EMPTY) {
      if (slots[at * 2] === first && slots[at * 2 + 1] === second) return false;
      at = (at + 1) & this.#mask;
    }
    slots[at * 2] = first;
    slots[at * 2 + 1] = second;
    if (++this.#size * 2 > this.#mask) this.#grow();
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    const capacity = old.length;
    this.#slots = new Int32Array(capacity * 2).fill(EMPTY);
    this.#mask = capacity - 1;
    this.#size = 0;
    for (let i = 0; i < old.length; i += 2) if (old[i] !== EMPTY) this.add(old[i]!, old[i + 1]!);
  }
}

function hash(first: number, second: number): number {
  let h = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  h ^= h >>> 15;
  return Math.imul(h, 0xc2b2ae35) ^ (h >>> 13);
}
