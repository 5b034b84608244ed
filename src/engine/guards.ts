/** Guards: what a branch tells of the values that its condition has checked. */

import { Clears } from '../core/kinds.js';
import type { GuardModel } from '../core/port.js';
import { CALL_ARGUMENTS, CompareOperator, Op } from '../ir/instruction.js';
import type { Frame } from './frame.js';
import type { State } from './heap.js';
import { reach } from './memory.js';
import { TokenKind } from './tracker.js';

/** Refines the states of both branches of a condition held in `slot`. */
export function refineBranch(frame: Frame, slot: number, taken: State, other: State): void {
  const { code } = frame.file;
  let pc = frame.definitions[slot]!;
  for (let hops = 0; hops < 8 && pc >= 0 && (code[pc]! & 255) === Op.Copy; hops++)
    pc = frame.definitions[code[pc + 4]!]!;
  if (pc < 0) return;
  const op = code[pc]! & 255;
  if (op === Op.Compare) refineCompare(frame, pc, taken, other);
  else if (op === Op.Call) refineCall(frame, pc, taken, other);
}

function refineCompare(frame: Frame, pc: number, taken: State, other: State): void {
  const { code } = frame.file;
  const [operator, left, right] = [code[pc + 4]!, code[pc + 5]!, code[pc + 6]!];
  const constant = (slot: number): string | undefined => {
    const value = frame.get(slot);
    return value.facts.length === 0 && value.objects.length === 0 ? (value.literals[0] ?? '') : undefined;
  };
  switch (operator) {
    case CompareOperator.Equal:
      // x === constant: x is that constant
      if (constant(right) !== undefined) refine(frame, left, taken, Clears.Everything);
      else if (constant(left) !== undefined) refine(frame, right, taken, Clears.Everything);
      break;
    case CompareOperator.NotEqual:
      if (constant(right)) refine(frame, left, other, Clears.Everything);
      break;
    case CompareOperator.In:
      // key in OBJECT: an allow-list
      refine(frame, left, taken, ALLOWED);
      break;
    case CompareOperator.TypeOf:
    case CompareOperator.NotTypeOf: {
      const type = constant(right);
      const state = operator === CompareOperator.TypeOf ? taken : other;
      if (type === 'number' || type === 'boolean' || type === 'undefined' || type === 'function')
        refine(frame, left, state, Clears.Everything);
      break;
    }
    default:
  }
}

/** What membership in a list of allowed values takes away. */
const ALLOWED =
  Clears.Shell |
  Clears.Code |
  Clears.Sql |
  Clears.Html |
  Clears.Path |
  Clears.Url |
  Clears.System |
  Clears.Untrusted |
  Clears.ToolArgument |
  Clears.Effect;

function refineCall(frame: Frame, pc: number, taken: State, other: State): void {
  const { code } = frame.file;
  for (const guard of guardsOf(frame, pc)) {
    const slot = portSlot(frame, pc, guard);
    if (slot < 0) continue;
    // A member of a list of constants is one of those constants.
    const list = guard.port.root === 'argument' && code[pc + 5]! >= 0 ? frame.get(code[pc + 5]!) : undefined;
    const constant = list && list.objects.length > 0 && reach(frame, list, 2).length === 0;
    refine(frame, slot, guard.when === 'true' ? taken : other, constant ? Clears.Everything : guard.clears);
  }
}

function guardsOf(frame: Frame, pc: number): readonly GuardModel[] {
  const { code, strings } = frame.file;
  const { tracker, program } = frame.context;
  const callee = code[pc + 4]!;
  const result: GuardModel[] = [];
  const states = new Set<number>();
  for (const object of frame.get(callee).objects) {
    const info = frame.objects[object]!;
    if (info.kind === 'api') states.add(info.state);
  }
  for (const token of tracker.slotTokens(frame.fn, callee))
    if (tracker.tokenKind(token) === TokenKind.Api) states.add(tracker.tokenData(token));
  if (states.size === 0) {
    const definition = frame.definitions[callee]!;
    if (definition >= 0 && (code[definition]! & 255) === Op.Load) {
      const state = program.knowledge.method(strings[code[definition + 5]!]!);
      if (state) states.add(state);
    }
  }
  for (const state of states) result.push(...(program.knowledge.onCall(state)?.guards ?? []));
  return result;
}

function portSlot(frame: Frame, pc: number, guard: GuardModel): number {
  const { code } = frame.file;
  if (guard.port.path.length > 0) return -1;
  if (guard.port.root === 'receiver') return code[pc + 5]!;
  if (guard.port.root !== 'argument') return -1;
  const at = CALL_ARGUMENTS + guard.port.index;
  return at < code[pc]! >>> 8 ? code[pc + at]! : -1;
}

function refine(frame: Frame, slot: number, state: State, clears: Clears): void {
  const { facts } = frame.get(slot);
  if (facts.length === 0) return;
  // The slot that was checked is often a temporary read from the variable: the variable is checked too.
  const { code } = frame.file;
  let target = slot;
  const pc = frame.definitions[slot]!;
  if (pc >= 0 && (code[pc]! & 255) === Op.Copy && frame.ir.slotNames[slot]! < 0) target = code[pc + 4]!;
  state.refinements = [
    ...state.refinements,
    { slot, facts, clears },
    ...(target === slot ? [] : [{ slot: target, facts, clears }]),
  ];
}
