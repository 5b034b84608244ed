import { CALL_ARGUMENTS } from '../../ir/instruction.js';
import type { Program } from '../program.js';
import { TokenKind, type Tracker } from '../tracker.js';
import type { FunctionIndex } from './function-index.js';
import type { Place } from './item.js';

export interface Callers {
  /** Calls of the function. */
  readonly direct: readonly Place[];
  /** Calls to which the function is handed as an argument. */
  readonly handed: readonly (Place & { readonly argument: number })[];
}

const NOBODY: Callers = { direct: [], handed: [] };

/** Who calls each function, and to whom it is handed. */
export class CallerIndex {
  readonly #callers = new Map<number, { direct: Place[]; handed: (Place & { argument: number })[] }>();

  constructor(program: Program, tracker: Tracker, indexOf: (fn: number) => FunctionIndex) {
    for (let fn = 0; fn < program.functionCount; fn++) {
      const { code } = program.fileOf(fn);
      for (const pc of indexOf(fn).calls) {
        for (const target of functionsOf(tracker, fn, code[pc + 4]!))
          this.#of(target).direct.push({ function: fn, pc });
        const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
        for (let i = 0; i < count; i++)
          for (const target of functionsOf(tracker, fn, code[pc + CALL_ARGUMENTS + i]!))
            this.#of(target).handed.push({ function: fn, pc, argument: i });
      }
    }
  }

  of(fn: number): Callers {
    return this.#callers.get(fn) ?? NOBODY;
  }

  #of(fn: number) {
    let entry = this.#callers.get(fn);
    if (!entry) {
      entry = { direct: [], handed: [] };
      this.#callers.set(fn, entry);
    }
    return entry;
  }
}

/** The own functions that a slot may hold; the constructor of a class. */
export function functionsOf(tracker: Tracker, fn: number, slot: number): number[] {
  const result: number[] = [];
  for (const token of tracker.slotTokens(fn, slot)) {
    const kind = tracker.tokenKind(token);
    if (kind === TokenKind.Function) result.push(tracker.tokenData(token));
    else if (kind === TokenKind.Class) result.push(tracker.constructorOf(tracker.tokenData(token)));
  }
  return result;
}
