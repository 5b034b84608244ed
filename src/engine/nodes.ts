import type { Program } from './program.js';

/** The numbers of the nodes that every program has: one a slot, two more a function, one a module variable. */
export class Nodes {
  readonly #base: Int32Array;
  readonly #variables: number;
  readonly count: number;

  constructor(program: Program) {
    this.#base = new Int32Array(program.functionCount + 1);
    for (let fn = 0; fn < program.functionCount; fn++) this.#base[fn + 1] = this.#base[fn]! + program.functionOf(fn).slots + 2;
    this.#variables = this.#base[program.functionCount]!;
    this.count = this.#variables + program.variableCount;
  }

  /** Of slot 0 of a function; those of its further slots follow. */
  base(fn: number): number {
    return this.#base[fn]!;
  }

  slot(fn: number, slot: number): number {
    return this.#base[fn]! + slot;
  }

  returned(fn: number): number {
    return this.#base[fn + 1]! - 2;
  }

  yielded(fn: number): number {
    return this.#base[fn + 1]! - 1;
  }

  variable(variable: number): number {
    return this.#variables + variable;
  }
}
