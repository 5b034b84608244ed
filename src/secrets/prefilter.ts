/** Called for each keyword that ends at `end` (exclusive), in the order of the ends, longer keywords first. */
export type KeywordVisitor = (keyword: number, end: number) => void;

/** Characters are looked up by their low byte, so that the automaton runs over bytes. */
const WIDTH = 256;
const SMALLEST_SCRATCH = 1 << 16;

/**
 * Finds all keywords in one pass over a text, ASCII letters compared without regard to case: an Aho-Corasick automaton, flattened
 * into one table. States that end a keyword have the highest numbers, so the inner loop is two loads and one comparison.
 *
 * Characters beyond Latin-1 are taken for their low byte: a keyword may be reported where none is, and none is missed. Callers look at
 * the text anyway.
 */
export class Prefilter {
  readonly #next: Uint16Array;
  /** First state that ends a keyword. */
  readonly #firstFinal: number;
  /** Keywords per final state, longest first, in state order. */
  readonly #outputs: readonly (readonly number[])[];
  /** Holds the bytes of the text that is scanned; grows to the longest text. */
  #scratch = Buffer.alloc(SMALLEST_SCRATCH);

  /** `keywords` must be non-empty ASCII strings; the visitor is told their index. */
  constructor(readonly keywords: readonly string[]) {
    const trie = buildTrie(keywords.map((keyword) => keyword.toLowerCase()));
    const order = finalStatesLast(trie);
    this.#firstFinal = order.firstFinal;
    this.#outputs = order.states.slice(order.firstFinal).map((state) => trie[state]!.outputs);
    this.#next = flatten(trie, order);
  }

  scan(text: string, visit: KeywordVisitor): void {
    if (text.length > this.#scratch.length) this.#scratch = Buffer.alloc(text.length * 2);
    const bytes = this.#scratch;
    const length = bytes.write(text, 0, 'latin1');
    const next = this.#next;
    const firstFinal = this.#firstFinal;
    let state = 0;
    for (let i = 0; i < length; i++) {
      state = next[(state << 8) | bytes[i]!]!;
      if (state < firstFinal) continue;
      for (const keyword of this.#outputs[state - firstFinal]!) visit(keyword, i + 1);
    }
  }
}

function flatten(trie: readonly TrieState[], order: StateOrder): Uint16Array {
  if (trie.length > 0xffff) throw new RangeError('too many keywords');
  const table = new Uint16Array(trie.length * WIDTH);
  order.states.forEach((state, position) => {
    for (const [code, target] of completeTransitions(trie, state)) {
      if (code >= 128) throw new RangeError('keywords must be ASCII');
      table[position * WIDTH + code] = order.position[target]!;
      if (code >= 97 && code <= 122) table[position * WIDTH + code - 32] = order.position[target]!;
    }
  });
  return table;
}

interface TrieState {
  readonly children: Map<number, number>;
  failure: number;
  outputs: number[];
}

interface StateOrder {
  /** Trie states in table order. */
  readonly states: readonly number[];
  /** Table position of each trie state. */
  readonly position: readonly number[];
  readonly firstFinal: number;
}

/** The keyword trie with failure links; outputs include those of the failure chain. */
function buildTrie(keywords: readonly string[]): TrieState[] {
  const trie: TrieState[] = [{ children: new Map(), failure: 0, outputs: [] }];
  keywords.forEach((keyword, index) => {
    let state = 0;
    for (let i = 0; i < keyword.length; i++) {
      const code = keyword.charCodeAt(i);
      let child = trie[state]!.children.get(code);
      if (child === undefined) {
        child = trie.push({ children: new Map(), failure: 0, outputs: [] }) - 1;
        trie[state]!.children.set(code, child);
      }
      state = child;
    }
    trie[state]!.outputs.push(index);
  });
  const queue = [...trie[0]!.children.values()];
  for (const state of queue) {
    for (const [code, child] of trie[state]!.children) {
      trie[child]!.failure = transition(trie, trie[state]!.failure, code);
      queue.push(child);
    }
    trie[state]!.outputs.push(...trie[trie[state]!.failure]!.outputs);
  }
  return trie;
}

function transition(trie: readonly TrieState[], from: number, code: number): number {
  for (let state = from; ; state = trie[state]!.failure) {
    const child = trie[state]!.children.get(code);
    if (child !== undefined) return child;
    if (state === 0) return 0;
  }
}

/** All transitions that do not lead to the root: the state's own, then those of its failure chain. */
function completeTransitions(trie: readonly TrieState[], from: number): Map<number, number> {
  const transitions = new Map<number, number>();
  for (let state = from; ; state = trie[state]!.failure) {
    for (const [code, child] of trie[state]!.children) if (!transitions.has(code)) transitions.set(code, child);
    if (state === 0) return transitions;
  }
}

function finalStatesLast(trie: readonly TrieState[]): StateOrder {
  const all = trie.map((_, state) => state);
  const plain = all.filter((state) => trie[state]!.outputs.length === 0);
  const states = [...plain, ...all.filter((state) => trie[state]!.outputs.length > 0)];
  const position: number[] = [];
  states.forEach((state, index) => {
    position[state] = index;
  });
  return { states, position, firstFinal: plain.length };
}
