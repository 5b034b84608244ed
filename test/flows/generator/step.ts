import type { Shape, Variable, Writer } from './writer.js';

/** One step of a program, as numbers: which feature, and what it picks. */
export interface Step {
  readonly feature: number;
  readonly picks: readonly number[];
}

/** A feature of the language: adds to a program what its picks say. */
export interface Feature {
  readonly name: string;
  readonly write: (writer: Writer, pick: Picker) => void;
}

/** Answers a step's questions from its numbers, one after the other; 0 when they are used up. */
export class Picker {
  /** Names of the variables that were picked. */
  readonly picked = new Set<string>();
  #next = 0;

  constructor(
    readonly writer: Writer,
    readonly picks: readonly number[],
  ) {}

  number(below: number): number {
    return (this.picks[this.#next++] ?? 0) % below;
  }

  flag(): boolean {
    return this.number(2) === 1;
  }

  one<T>(...values: readonly T[]): T {
    return values[this.number(values.length)]!;
  }

  /** A variable of a shape, the latest first; a new one where there is none. */
  variable(shape: Shape): Variable {
    const candidates = this.writer.variables.filter((variable) => variable.shape === shape).reverse();
    const candidate = candidates[this.number(Math.max(1, candidates.length))];
    const picked = candidate ?? this.writer.declare(shape, this.fallback(shape));
    this.picked.add(picked.name);
    return picked;
  }

  /** The name of a text variable. */
  text(): string {
    return this.variable('text').name;
  }

  record(): string {
    return this.variable('record').name;
  }

  list(): string {
    return this.variable('list').name;
  }

  /** The name of a text variable that a closure reads from now on. */
  captured(): string {
    const variable = this.variable('text');
    variable.captured = true;
    return variable.name;
  }

  private fallback(shape: Shape): string {
    const [first, second] = [this.text(), this.text()];
    if (shape === 'record') return `{ left: ${first}, right: ${second} }`;
    if (shape === 'list') return `[${first}, ${second}]`;
    return `() => ${this.captured()}`;
  }
}
