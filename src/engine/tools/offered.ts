import { covers } from '../../core/kinds.js';
import { CALL_ARGUMENTS, CallFlag, Op } from '../../ir/instruction.js';
import { modelsOf } from './call-states.js';
import { methodOf } from './schema.js';
import type { StaticValues } from './static-values.js';

/** Makes of an object the global one of code that is evaluated later: that by itself runs nothing. */
const PREPARES = 'createContext';

/**
 * The functions of one function's code that evaluated code alone is given: what stands, however deep, in an object that only an interpreter is handed
 * (`runInNewContext(code, { http })`, `new NodeVM({ require: { mock } })`). Whether anything calls them is up to the code that is evaluated.
 *
 * @returns slots of closures
 */
export function offeredClosures(values: StaticValues, fn: number): ReadonlySet<number> {
  const interpreters = callsOfInterpreters(values, fn);
  const offered = new Set<number>();
  if (interpreters.size === 0) return offered;
  for (const slot of values.index(fn).closures.values())
    if (isOffered(values, fn, slot, interpreters)) offered.add(slot);
  return offered;
}

/** Calls that evaluate code, that construct what does, and that call what was evaluated: `new Function('http', code)(http)`. */
function callsOfInterpreters(values: StaticValues, fn: number): ReadonlySet<number> {
  const { calls, definitions } = values.index(fn);
  const { code } = values.program.fileOf(fn);
  const found = new Set(
    calls.filter((pc) =>
      modelsOf(values, { function: fn, pc }).some(({ sinks }) => sinks.some(({ kind }) => covers('code', kind))),
    ),
  );
  if (found.size === 0) return found;
  const makerOf = (slot: number, hops = 0): readonly number[] =>
    (definitions.get(slot) ?? []).flatMap((pc) => {
      const op = code[pc]! & 255;
      if (op === Op.Call) return [pc];
      return op === Op.Copy && hops < 8 ? makerOf(code[pc + 4]!, hops + 1) : [];
    });
  for (const pc of [...found])
    for (const maker of makerOf(code[pc + 5]!)) if (code[maker + 6]! & CallFlag.New) found.add(maker);
  for (const pc of calls)
    if ([code[pc + 4]!, code[pc + 5]!].some((slot) => makerOf(slot).some((maker) => found.has(maker)))) found.add(pc);
  return found;
}

function isOffered(values: StaticValues, fn: number, slot: number, interpreters: ReadonlySet<number>): boolean {
  const { program } = values;
  const { code } = program.fileOf(fn);
  const { blocks } = program.functionOf(fn);
  const end = blocks[blocks.length - 1]!;
  const holders = new Set([slot]);
  let isHanded = false;
  for (let size = 0; size < holders.size; ) {
    size = holders.size;
    isHanded = false;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const a = code[pc + 3]!;
      const b = code[pc + 4]!;
      switch (code[pc]! & 255) {
        case Op.Copy:
          if (holders.has(b)) holders.add(a);
          break;
        case Op.Absorb:
          if (holders.has(b)) holders.add(a);
          break;
        case Op.Store:
        case Op.StoreDynamic:
          if (holders.has(code[pc + 5]!)) holders.add(a);
          break;
        case Op.Return:
        case Op.Throw:
        case Op.Yield:
          if (holders.has(a) || ((code[pc]! & 255) === Op.Yield && holders.has(b))) return false;
          break;
        case Op.StoreVariable:
          if (holders.has(b)) return false;
          break;
        case Op.Call: {
          if (!code.subarray(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8)).some((each) => holders.has(each))) break;
          if (methodOf(values, { kind: 'call', place: { function: fn, pc } }) === PREPARES) holders.add(a);
          else if (interpreters.has(pc)) isHanded = true;
          else return false;
          break;
        }
        default:
      }
    }
  }
  return isHanded;
}
