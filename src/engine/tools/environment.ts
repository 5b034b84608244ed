import { CALL_ARGUMENTS, Op } from '../../ir/instruction.js';
import type { Place } from './item.js';
import type { Reach } from './reach.js';
import type { StaticValues } from './static-values.js';

/** Where code hands on the whole environment, or reads a variable of it whose name is computed. One variable that it names is configuration. */
export function findEnvironment(values: StaticValues, { loads, given }: Reach): Place | undefined {
  return loads.find(({ function: fn, pc }) => {
    if (given.has(fn)) return false;
    const { code, strings } = values.program.fileOf(fn);
    if (strings[code[pc + 5]!] !== 'env' || !isGlobal(values, fn, code[pc + 4]!, 'process')) return false;
    return isUsedWhole(values, fn, code[pc + 3]!);
  });
}

function isGlobal(values: StaticValues, fn: number, slot: number, name: string): boolean {
  const { code, strings } = values.program.fileOf(fn);
  const definition = values.index(fn).definitions.get(slot)?.[0];
  return definition !== undefined && (code[definition]! & 255) === Op.Global && strings[code[definition + 4]!] === name;
}

function isUsedWhole(values: StaticValues, fn: number, slot: number): boolean {
  const { code } = values.program.fileOf(fn);
  const { blocks } = values.program.functionOf(fn);
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const op = code[pc]! & 255;
    if (op === Op.Call && code.subarray(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8)).includes(slot)) return true;
    if (op === Op.Return && code[pc + 3] === slot) return true;
    if (op === Op.LoadDynamic && code[pc + 4] === slot)
      if (values.slot(fn, code[pc + 5]!).every(({ kind }) => kind !== 'text')) return true;
  }
  return false;
}
