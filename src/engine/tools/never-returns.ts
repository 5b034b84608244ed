import { CallFlag } from '../../ir/instruction.js';
import { functionsOf } from './caller-index.js';
import type { StaticValues } from './static-values.js';

/**
 * Whether nothing behind a call runs: all that it may call always throws. What an async function throws arrives where it is awaited.
 *
 * @param pc of the call
 */
export function endsHere(values: StaticValues, fn: number, pc: number): boolean {
  const { code } = values.program.fileOf(fn);
  const targets = functionsOf(values.tracker, fn, code[pc + 4]!);
  return (
    targets.length > 0 &&
    targets.every((target) => alwaysThrows(values, target, (code[pc + 6]! & CallFlag.Awaited) !== 0))
  );
}

function alwaysThrows(values: StaticValues, fn: number, awaited: boolean): boolean {
  if (!values.index(fn).alwaysThrows) return false;
  const { generator, async, kind } = values.program.functionOf(fn);
  return !generator && (!async || awaited) && kind !== 'constructor';
}
