import type { Port } from '../../core/port.js';
import { CALL_ARGUMENTS } from '../../ir/instruction.js';
import type { Item, Place } from './item.js';
import type { StaticValues } from './static-values.js';

/** What stands at a port of a call. */
export function rootItems(values: StaticValues, call: Place, port: Port): readonly Item[] {
  const { code } = values.program.fileOf(call.function);
  if (port.root === 'argument') return values.argument(call, port.index);
  if (port.root === 'arguments') {
    const count = (code[call.pc]! >>> 8) - CALL_ARGUMENTS;
    const result: Item[] = [];
    for (let i = port.index; i < count; i++) result.push(...values.argument(call, i));
    return result;
  }
  if (port.root === 'receiver') return values.owner(call.function, code[call.pc + 5]!);
  return [{ kind: 'call', place: call }];
}
