import type { Program } from './program.js';

/** The numbers of the nodes that every program has: one a slot, two more a function, one a module variable. */
export class Nodes {
  readonly #base: Int32Array;
  readonly #variables: number;
  readonly #code: Int32Array;
  readonly count: number;

  constructor(private readonly program: Program) {
    this.#code = new Int32Array(program.files.length + 1);
    program.files.forEach((file, i) => {
      this.#code[i + 1] = this.#code[i]! + file.code.length;
    });
    this.#base = new Int32Array(program.functionCount + 1);
    for (let fn = 0; fn < program.functionCount; fn++)
      this.#base[fn + 1] = this.#base[fn]! + program.functionOf(fn).slots + 2;
    this.#variables = this.#base[program.functionCount]!;
    this.count = this.#variables + program.variableCount;
  }

  /** The number of an instruction among those of all files (no node). */
  place(fn: number, pc: number): number {
    return this.#code[this.program.functionFile[fn]!]! + pc;
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
