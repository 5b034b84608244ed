import { Adjacency, IntList } from './int-list.js';
import { PairSet } from './pair-set.js';

const NO_TOKENS: readonly number[] = [];
/** In place of a function's number, for reactions that are no instruction. */
const ACTION = -1;

/**
 * An inclusion constraint graph: nodes hold sets of tokens, edges say that one set includes another, listeners are told of each token that
 * a set gains. Sets stop growing at a capacity, so that the fixpoint is linear in the number of edges.
 */
export class PointsTo {
  #count: number;
  readonly #sets: (number[] | undefined)[] = [];
  readonly #edges: Adjacency;
  readonly #listeners: Adjacency;
  readonly #actions: ((token: number) => void)[] = [];
  readonly #seen = new PairSet();
  readonly #queueNode = new IntList();
  readonly #queueToken = new IntList();

  /** @param react called for each token that reaches a node at which the instruction `pc` of function `fn` listens */
  constructor(
    count: number,
    private readonly capacity: number,
    private readonly react: (fn: number, pc: number, token: number) => void,
  ) {
    this.#count = count;
    this.#edges = new Adjacency(count);
    this.#listeners = new Adjacency(count);
  }

  node(): number {
    const node = this.#count++;
    this.#edges.grow(this.#count);
    this.#listeners.grow(this.#count);
    return node;
  }

  tokens(node: number): readonly number[] {
    return this.#sets[node] ?? NO_TOKENS;
  }

  /** to ⊇ {token} */
  add(node: number, token: number): void {
    let set = this.#sets[node];
    if (!set) {
      set = [];
      this.#sets[node] = set;
    } else if (set.length >= this.capacity || set.includes(token)) return;
    set.push(token);
    this.#queueNode.push(node);
    this.#queueToken.push(token);
  }

  /** to ⊇ from */
  edge(from: number, to: number): void {
    if (from === to) return;
    this.#edges.add(from, to, 0);
    const set = this.#sets[from];
    if (set) for (const token of set) this.add(to, token);
  }

  /** to ⊇ from, for edges that may be asked for again. */
  edgeOnce(from: number, to: number): void {
    if (from !== to && this.#seen.add(from, to)) this.edge(from, to);
  }

  /** ∀ token ∈ node: react(fn, pc, token) */
  listen(node: number, fn: number, pc: number): void {
    this.#listeners.add(node, fn, pc);
    const set = this.#sets[node];
    if (set) for (let i = 0, n = set.length; i < n; i++) this.react(fn, pc, set[i]!);
  }

  /** ∀ token ∈ node: action(token) */
  watch(node: number, action: (token: number) => void): void {
    this.#listeners.add(node, ACTION, this.#actions.push(action) - 1);
    const set = this.#sets[node];
    if (set) for (let i = 0, n = set.length; i < n; i++) action(set[i]!);
  }

  /** Propagates until nothing changes. */
  solve(): void {
    for (let head = 0; head < this.#queueNode.length; head++) {
      const node = this.#queueNode.data[head]!;
      const token = this.#queueToken.data[head]!;
      for (let e = this.#edges.head(node); e >= 0; e = this.#edges.next(e)) this.add(this.#edges.first(e), token);
      for (let l = this.#listeners.head(node); l >= 0; l = this.#listeners.next(l)) {
        const fn = this.#listeners.first(l);
        if (fn === ACTION) this.#actions[this.#listeners.second(l)]!(token);
        else this.react(fn, this.#listeners.second(l), token);
      }
    }
    this.#queueNode.length = 0;
    this.#queueToken.length = 0;
  }

  /** Whether something was added since the last `solve`. */
  get pending(): boolean {
    return this.#queueNode.length > 0;
  }
}
