/** Functions that run what stands in a list that they are given: `(...steps) => (text) => steps.reduce((held, step) => step(held), text)`. */
import { ELEMENT, Op } from '../ir/instruction.js';
import { argument, argumentsFrom, type Call } from './call.js';
import { MUTATORS } from './constants.js';
import type { Frame } from './frame.js';
import { loadPath } from './memory.js';
import type { Program } from './program.js';
import { elementsOf, isRunnable } from './tuples.js';
import type { Value } from './value.js';

/** Where a function finds a list: in a parameter, or in something that it has captured. */
interface GivenList {
  readonly root: 'parameter' | 'capture';
  readonly index: number;
}

/** Such a list, with its number of elements; 0 for one of the elements, which a callback of `reduce` is given. */
export interface GivenTuple extends GivenList {
  readonly length: number;
}

const FOLDS: ReadonlySet<string> = new Set(['reduce', 'reduceRight']);
const ELEMENT_OF_FOLD: GivenTuple = { root: 'parameter', index: 1, length: 0 };

export class GivenLists {
  /** By function; undefined as long as nobody has asked, null for none. */
  readonly #lists: (GivenList | null | undefined)[];

  constructor(private readonly program: Program) {
    this.#lists = new Array(program.functionCount);
  }

  /** The list that a call gives a function to run, where all its elements are known. */
  at(frame: Frame, call: Call, fn: number, closure: Value): GivenTuple | undefined {
    if (FOLDS.has(call.name) && call.depth > 0 && !frame.context.graph.called[fn])
      return call.args.length === 2 && isRunnable(frame, call.args[1]!) ? ELEMENT_OF_FOLD : undefined;
    const list = this.of(fn);
    if (!list) return undefined;
    const { root, index } = list;
    const param = root === 'parameter' ? this.program.functionOf(fn).params[index] : undefined;
    const value = !param
      ? loadPath(frame, closure, [`%${index}`], call.pc)
      : param.rest
        ? argumentsFrom(frame, call, index)
        : argument(frame, call, index);
    const length = elementsOf(frame, value)?.length ?? 0;
    return length > 0 ? { root, index, length } : undefined;
  }

  /** The list whose elements a function runs. */
  of(fn: number): GivenList | null {
    let list = this.#lists[fn];
    if (list === undefined) {
      list = this.#find(fn);
      this.#lists[fn] = list;
    }
    return list;
  }

  #find(fn: number): GivenList | null {
    const { code, strings } = this.program.fileOf(fn);
    const { blocks, params, captures } = this.program.functionOf(fn);
    const lists = new Map<number, GivenList>();
    for (const [index, { slot }] of params.entries()) lists.set(slot, { root: 'parameter', index });
    for (const [index, { slot, boxed }] of captures.entries()) if (!boxed) lists.set(slot, { root: 'capture', index });
    if (lists.size === 0) return null;
    /** What stands in a list, or is a member of that, or goes through it. */
    const elements = new Map<number, GivenList>();
    const changed = new Set<GivenList>();
    const run = new Set<GivenList>();
    const end = blocks[blocks.length - 1]!;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const a = code[pc + 3]!;
      const b = code[pc + 4]!;
      switch (code[pc]! & 255) {
        case Op.Copy:
          if (lists.has(b)) lists.set(a, lists.get(b)!);
          if (elements.has(b)) elements.set(a, elements.get(b)!);
          break;
        case Op.Load: {
          const list = lists.get(b);
          const key = strings[code[pc + 5]!]!;
          if (list && (key === ELEMENT || FOLDS.has(key))) elements.set(a, list);
          else if (list && MUTATORS.has(key)) changed.add(list);
          else if (elements.has(b)) elements.set(a, elements.get(b)!);
          break;
        }
        case Op.Call:
          if (elements.has(b)) run.add(elements.get(b)!);
          break;
        default:
      }
    }
    return [...run].find((list) => !changed.has(list)) ?? null;
  }
}
