/** Module variables that hold, for good, a function made of functions: `export const clean = compose(trim, mask);` */
import { AllocKind, CALL_ARGUMENTS, Op } from '../ir/instruction.js';
import { callFunction, makeCall } from './call.js';
import { countWrites, MUTATORS } from './constants.js';
import type { Frame } from './frame.js';
import { applyModel } from './model-call.js';
import type { Program } from './program.js';
import type { Edge } from './summary.js';
import { TokenKind, type Tracker } from './tracker.js';
import { NOTHING, ofObject, type Value } from './value.js';

/** What makes such a function: a function of the program or of a package, and the functions that it is given. */
interface Composition {
  readonly maker: { readonly function: number } | { readonly state: number };
  /** Functions by global number; a list of them where they stand in a list. */
  readonly args: readonly (number | readonly number[])[];
}

export class Compositions {
  readonly #found: ReadonlyMap<number, Composition>;

  constructor(program: Program, tracker: Tracker) {
    const found = new Map<number, Composition>();
    for (let file = 0; file < program.files.length; file++) addFrom(program, tracker, file, found);
    this.#found = found;
  }

  of(variable: number): Composition | undefined {
    return this.#found.get(variable);
  }
}

function addFrom(program: Program, tracker: Tracker, file: number, found: Map<number, Composition>): void {
  const { code, strings, functions } = program.files[file]!;
  const blocks = functions[0]?.blocks;
  if (!blocks) return;
  const fn = program.functionBase[file]!;
  const calls = new Map<number, number>();
  const lists = new Map<number, number[]>();
  const writes = countWrites(program, file);
  const functionIn = (slot: number): number => {
    const tokens = tracker.slotTokens(fn, slot);
    return tokens.length === 1 && tracker.tokenKind(tokens[0]!) === TokenKind.Function
      ? tracker.tokenData(tokens[0]!)
      : -1;
  };
  const compose = (pc: number): Composition | undefined => {
    const tokens = tracker.slotTokens(fn, code[pc + 4]!);
    if (tokens.length !== 1 || code[pc + 7] !== 0) return undefined;
    const kind = tracker.tokenKind(tokens[0]!);
    const data = tracker.tokenData(tokens[0]!);
    const args: (number | readonly number[])[] = [];
    for (let at = pc + CALL_ARGUMENTS; at < pc + (code[pc]! >>> 8); at++) {
      const given = lists.get(code[at]!) ?? functionIn(code[at]!);
      if (given === -1) return undefined;
      args.push(given);
    }
    if (args.length === 0) return undefined;
    if (kind === TokenKind.Function) return { maker: { function: data }, args };
    return kind === TokenKind.Api && program.knowledge.onCall(data)?.inTurn
      ? { maker: { state: data }, args }
      : undefined;
  };
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.Alloc:
        if (b === AllocKind.Array) lists.set(a, []);
        break;
      case Op.Store: {
        const list = lists.get(a);
        const element = list ? functionIn(code[pc + 5]!) : -1;
        if (list && element >= 0 && strings[b] === String(list.length)) list.push(element);
        else lists.delete(a);
        break;
      }
      case Op.Load:
        if (MUTATORS.has(strings[code[pc + 5]!]!)) lists.delete(b);
        break;
      case Op.Call:
        calls.set(a, pc);
        break;
      case Op.StoreVariable: {
        const call = calls.get(b);
        const made = call === undefined || writes[a] !== 1 ? undefined : compose(call);
        if (made) found.set(program.variableBase[file]! + a, made);
        break;
      }
      default:
    }
  }
}

/** The function that a module variable holds, with what it was made of; undefined where it is no such function. */
export function composition(frame: Frame, variable: number, pc: number): Value | undefined {
  const { compositions, givenLists, program, summaries } = frame.context;
  const found = compositions.of(variable);
  if (!found) return undefined;
  const edges = 'function' in found.maker ? (summaries[found.maker.function]?.edges ?? []) : [];
  const runs = ({ from, to }: Edge): boolean =>
    from.type === 'function' && to.type === 'return' && givenLists.of(from.function)?.root === 'capture';
  if ('function' in found.maker && !edges.some(runs)) return undefined;
  const key = `c${variable}`;
  const args = found.args.map((arg, i): Value => {
    if (typeof arg === 'number') return ofObject(frame.functionObject(arg));
    const list = frame.plainObject(`${key}.${i}`);
    const { map } = frame.state.write(list);
    for (const [j, fn] of arg.entries()) map.set(String(j), ofObject(frame.functionObject(fn)));
    return ofObject(list);
  });
  const call = makeCall({ pc, key, name: '', args, depth: 1 });
  if ('state' in found.maker) return applyModel(frame, call, program.knowledge.onCall(found.maker.state)!);
  return callFunction(frame, call, found.maker.function, NOTHING);
}
