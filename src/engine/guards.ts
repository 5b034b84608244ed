/** Guards: what a branch tells of the values that its condition has checked. */

import { Clears } from '../core/kinds.js';
import type { CallModel, GuardModel, Port } from '../core/port.js';
import { CompareOperator, Op } from '../ir/instruction.js';
import type { Frame } from './frame.js';
import type { State } from './heap.js';
import { globMatches } from './literals.js';
import { reach } from './memory.js';
import { noteAbsent } from './overwritten.js';
import { ALLOWED, argumentSlot, type Check, type Checked, portSlot, resolve, toCheck } from './predicates.js';
import { objectCheck, refineByName, refineScalar } from './refine-names.js';
import { refineRefused } from './refused.js';
import { TokenKind } from './tracker.js';
import { NOTHING } from './value.js';

/** Refines the states of both branches of a condition held in `slot`. */
export function refineBranch(frame: Frame, slot: number, taken: State, other: State): void {
  const { code } = frame.file;
  let pc = frame.definitions[slot]!;
  for (let hops = 0; hops < 8 && pc >= 0 && (code[pc]! & 255) === Op.Copy; hops++)
    pc = frame.definitions[code[pc + 4]!]!;
  if (pc < 0) return;
  const op = code[pc]! & 255;
  if (op === Op.Compare || op === Op.Load) refineRefused(frame, pc, taken, other);
  if (op === Op.Compare) refineCompare(frame, pc, taken, other);
  else if (op === Op.Call) refineCall(frame, pc, taken, other);
  if (op === Op.Compare || op === Op.Call) refineByName(frame, pc, taken, other);
  else refineFalsy(frame, slot, other);
  const absent = absentAt(frame, pc);
  if (absent) noteAbsent(frame, absent.whenTrue ? taken : other, absent.base, absent.name);
}

/** `k in o`, `o.hasOwnProperty(k)`, `o[k] !== undefined`: the thing and the name of a field that is absent on one of the two ways. */
function absentAt(frame: Frame, pc: number): { base: number; name: number; whenTrue: boolean } | undefined {
  const { code, strings } = frame.file;
  if ((code[pc]! & 255) === Op.Call) {
    const load = frame.definitions[code[pc + 4]!]!;
    if (load < 0 || (code[load]! & 255) !== Op.Load || argumentSlot(code, pc, 0) < 0) return undefined;
    const method = strings[code[load + 5]!]!;
    const [first, second] = [argumentSlot(code, pc, 0), argumentSlot(code, pc, 1)];
    if (method === 'hasOwnProperty') return { base: code[load + 4]!, name: first, whenTrue: false };
    return (method === 'hasOwn' || method === 'call') && second >= 0
      ? { base: first, name: second, whenTrue: false }
      : undefined;
  }
  if ((code[pc]! & 255) !== Op.Compare) return undefined;
  const [operator, left, right] = [code[pc + 4]!, code[pc + 5]!, code[pc + 6]!];
  if (operator === CompareOperator.In) return { base: right, name: left, whenTrue: false };
  if (operator !== CompareOperator.Equal && operator !== CompareOperator.NotEqual) return undefined;
  const read = frame.definitions[left]!;
  if (read < 0 || (code[read]! & 255) !== Op.LoadDynamic || frame.get(right) !== NOTHING) return undefined;
  return { base: code[read + 4]!, name: code[read + 5]!, whenTrue: operator === CompareOperator.Equal };
}

/** What is falsy is an empty text, a number or nothing at all: it has no fields. */
function refineFalsy(frame: Frame, slot: number, other: State): void {
  const { code } = frame.file;
  const pc = frame.definitions[slot]!;
  if ((code[pc]! & 255) === Op.LoadDynamic) noteAbsent(frame, other, code[pc + 4]!, code[pc + 5]!);
  if (frame.context.predicates.asksForObjects(frame.fn)) refineScalar(frame, placeOf(frame, slot), other);
}

/** The variable that a temporary was read from. */
function placeOf(frame: Frame, slot: number): number {
  const { code } = frame.file;
  const pc = frame.definitions[slot]!;
  return pc >= 0 && (code[pc]! & 255) === Op.Copy && frame.ir.slotNames[slot]! < 0 ? code[pc + 4]! : slot;
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
      const check = objectCheck(frame, pc);
      if (check) refineScalar(frame, placeOf(frame, check.slot), check.equal ? other : taken);
      // A text has no fields; those of an object that may stand in its place stay behind.
      if (type === 'string') refineScalar(frame, placeOf(frame, left), state);
      if (type === 'number' || type === 'boolean' || type === 'undefined' || type === 'function')
        refine(frame, left, state, Clears.Everything);
      break;
    }
    default:
  }
}

function refineCall(frame: Frame, pc: number, taken: State, other: State): void {
  const { code } = frame.file;
  const { predicates } = frame.context;
  for (const target of predicates.targets(frame.fn, pc)) {
    const { whenTrue, whenFalse } = predicates.of(target);
    refineArguments(frame, pc, whenTrue, taken);
    refineArguments(frame, pc, whenFalse, other);
  }
  for (const [guard, model] of guardsOf(frame, pc)) {
    const state = guard.when === 'true' ? taken : other;
    if (!(guard.if ?? []).every((test) => globMatches(test, literalsAt(frame, pc, test.port)))) continue;
    if (guard.port.root === 'invoke-result') {
      refineCaptured(frame, pc, model.invokes[guard.port.invoke]!, guard.when === 'true', state);
      continue;
    }
    const slot = portSlot(code, pc, guard);
    if (slot < 0) continue;
    // A member of a list of constants is one of those constants.
    const list = guard.port.root === 'argument' && code[pc + 5]! >= 0 ? frame.get(code[pc + 5]!) : undefined;
    const constant = list && list.objects.length > 0 && reach(frame, list, 2).length === 0;
    refinePlace(frame, slot, state, toCheck(guard), constant ? Clears.Everything : undefined);
  }
}

function literalsAt(frame: Frame, pc: number, { root, index }: Port): readonly string[] {
  const { code } = frame.file;
  const slot = root === 'argument' ? argumentSlot(code, pc, index) : root === 'receiver' ? code[pc + 5]! : -1;
  if (slot < 0) return [];
  const { literals } = frame.get(slot);
  const definition = frame.definitions[slot]!;
  if (literals.length > 0 || definition < 0) return literals;
  // A regular expression is no text, but its source is known where it is written.
  const literal = frame.context.predicates.literalAt(frame.fn, definition);
  return literal === undefined ? [] : [literal];
}

/** What own functions have checked of their arguments. */
function refineArguments(frame: Frame, pc: number, checked: Checked, state: State): void {
  for (const [key, check] of checked) {
    const slot = key.startsWith('p') ? argumentSlot(frame.file.code, pc, Number(key.slice(1))) : -1;
    if (slot >= 0) refinePlace(frame, slot, state, check);
  }
}

/** What a callback has checked of what it captured: `roots.some((root) => path.startsWith(root))`. */
function refineCaptured(frame: Frame, pc: number, port: Port, outcome: boolean, state: State): void {
  const { code } = frame.file;
  const slot = port.root === 'argument' && port.path.length === 0 ? argumentSlot(code, pc, port.index) : -1;
  const closure = slot < 0 ? -1 : frame.definitions[slot]!;
  if (closure < 0 || (code[closure]! & 255) !== Op.Closure) return;
  const predicate = frame.context.predicates.of(frame.context.program.sibling(frame.fn, code[closure + 4]!));
  for (const [key, check] of outcome ? predicate.whenTrue : predicate.whenFalse)
    if (key.startsWith('k')) refinePlace(frame, code[closure + 5 + Number(key.slice(1))]!, state, check);
}

/** A call of an own function that throws for what it does not allow has returned. */
export function refineAfterCall(frame: Frame, pc: number): void {
  const { predicates } = frame.context;
  const targets = predicates.targets(frame.fn, pc);
  if (targets.length === 1) refineArguments(frame, pc, predicates.afterReturn(targets[0]!), frame.state);
}

/** Steps from a checked value back to what it was made from. */
const HOPS = 8;

/** The checked slot, and what it is a resolved form of, are fit for what the check is about. */
function refinePlace(frame: Frame, start: number, state: State, check: Check, constant?: Clears): void {
  const { predicates } = frame.context;
  const definitions = { get: (slot: number) => (frame.definitions[slot]! < 0 ? undefined : frame.definitions[slot]) };
  const slots = new Set<number>();
  let resolved = false;
  const visit = (slot: number, hops: number): void => {
    if (slot < 0 || slots.has(slot) || hops > HOPS) return;
    slots.add(slot);
    const pc = definitions.get(slot);
    if (pc === undefined) return;
    for (const [source, resolves] of predicates.sources(frame.fn, pc, definitions)) {
      resolved ||= resolves;
      visit(source, hops + 1);
    }
  };
  visit(start, 0);
  const { clears } = resolved ? resolve(check) : check;
  for (const slot of slots) refine(frame, slot, state, slot === start ? (constant ?? clears) : clears);
}

function guardsOf(frame: Frame, pc: number): readonly (readonly [GuardModel, CallModel])[] {
  const { code, strings } = frame.file;
  const { tracker, program } = frame.context;
  const callee = code[pc + 4]!;
  const result: (readonly [GuardModel, CallModel])[] = [];
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
  for (const state of states) {
    const model = program.knowledge.onCall(state);
    for (const guard of model?.guards ?? []) result.push([guard, model!]);
  }
  return result;
}

function refine(frame: Frame, slot: number, state: State, clears: Clears): void {
  const { facts, objects } = frame.get(slot);
  if (facts.length === 0 && (clears !== Clears.Everything || objects.length === 0)) return;
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
