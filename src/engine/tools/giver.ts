import { Op } from '../../ir/instruction.js';
import { capturedSlot } from './function-index.js';
import type { StaticValues } from './static-values.js';

/** Copies, members and captures that are followed to a parameter. */
const HOPS = 8;

/** The function, this one or one around it, of which a slot is a parameter, or a member of one; -1 for none. */
export function giverOf(values: StaticValues, fn: number, slot: number, hops = 0): number {
  if (hops > HOPS) return -1;
  const { program } = values;
  const ir = program.functionOf(fn);
  if (ir.params.some((param) => param.slot === slot)) return fn;
  const capture = ir.captures.findIndex((each) => each.slot === slot);
  if (capture >= 0) {
    const outer = program.sibling(fn, ir.parent);
    const captured = capturedSlot(program, values.index(outer), fn, capture);
    return captured === undefined ? -1 : giverOf(values, outer, captured, hops + 1);
  }
  const { code } = program.fileOf(fn);
  for (const pc of values.index(fn).definitions.get(slot) ?? []) {
    const op = code[pc]! & 255;
    if (op !== Op.Copy && op !== Op.Load && op !== Op.LoadDynamic) continue;
    const giver = giverOf(values, fn, code[pc + 4]!, hops + 1);
    if (giver >= 0) return giver;
  }
  return -1;
}

/** Whether a function is written as an argument, so that nobody else can hand it on: it has no name, and is kept nowhere. */
export function isInline(values: StaticValues, outer: number, inner: number): boolean {
  const slot = closureSlot(values, outer, inner);
  if (slot === undefined) return false;
  const { copies, stored, writes } = values.index(outer);
  if (copies.has(slot)) return false;
  for (const slots of stored.values()) if (slots.includes(slot)) return false;
  for (const each of writes.values()) if (each.some((write) => write.slot === slot)) return false;
  return true;
}

function closureSlot(values: StaticValues, outer: number, inner: number): number | undefined {
  const { program } = values;
  return values.index(outer).closures.get(inner - program.functionBase[program.functionFile[inner]!]!);
}
