/** A growing list of int32. */
export class IntList {
  data: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.data = new Int32Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.data.length) {
      const bigger = new Int32Array(this.data.length * 2);
      bigger.set(this.data);
      this.data = bigger;
    }
    this.data[this.length] = value;
    return this.length++;
  }
}

/** For each node a linked list of pairs, all in three flat arrays. */
export class Adjacency {
  readonly #heads: IntList;
  readonly #next = new IntList(4096);
  readonly #first = new IntList(4096);
  readonly #second = new IntList(4096);

  constructor(nodes: number) {
    this.#heads = new IntList(Math.max(nodes, 16));
    this.grow(nodes);
  }

  grow(nodes: number): void {
    while (this.#heads.length < nodes) this.#heads.push(-1);
  }

  add(node: number, first: number, second: number): void {
    const at = this.#next.push(this.#heads.data[node]!);
    this.#first.push(first);
    this.#second.push(second);
    this.#heads.data[node] = at;
  }

  /** The index of the node's newest pair, -1 for none. */
  head(node: number): number {
    return this.#heads.data[node]!;
  }

  next(at: number): number {
    return this.#next.data[at]!;
  }

  first(at: number): number {
    return this.#first.data[at]!;
  }

  second(at: number): number {
    return this.#second.data[at]!;
  }
}
