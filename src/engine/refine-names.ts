/** What branches tell of the names of fields that their conditions ask of, and of what stands under these names. */
import { ANY, CompareOperator, Op } from '../ir/instruction.js';
import { type Frame, isProvidedOrigin } from './frame.js';
import type { State } from './heap.js';
import { asKey, isName, type Key, whereName } from './keyed.js';
import { withoutKeys } from './memory.js';
import type { Reading } from './name-guards.js';
import { EVERY, type NameTest } from './name-tests.js';
import { EMPTY_PATH } from './path-table.js';
import { type Fact, NOTHING, type Value, withFacts, withObjects } from './value.js';

/** A value at a place where conditions on names hold. */
export function refineNames(frame: Frame, slot: number, value: Value): Value {
  let result = value;
  for (const { name, isScalar, slot: checked, facts } of frame.state.refinements) {
    if (name) result = whereName(frame, result, name, name.test, (fact) => mayStandUnder(frame, fact, name));
    else if (isScalar) result = scalar(frame, result, checked === slot, facts);
    if (result === NOTHING) break;
  }
  return result;
}

/** What is no object has no fields. */
function scalar(frame: Frame, value: Value, isSlot: boolean, checked: readonly Fact[]): Value {
  const marks = frame.context.tests.marks(EVERY);
  const facts = value.facts.map((fact) => {
    const isChecked = isSlot || checked.some(({ root, path }) => root === fact.root && path === fact.path);
    return fact.exact && isChecked ? withoutKeys(fact, marks) : fact;
  });
  const objects = isSlot ? value.objects.filter((object) => frame.objects[object]!.kind !== 'plain') : value.objects;
  return withFacts(withObjects(value, objects), facts);
}

/**
 * Whether a fact that is told without a name may be what stands under a name that the caller gives: the other half of an entry, another parameter,
 * a field of something under a name that is not known here.
 */
function mayStandUnder(frame: Frame, fact: Fact, { root, path }: Pick<Key, 'root' | 'path'>): boolean {
  const key = frame.roots[root]!.origin;
  const { origin } = frame.roots[fact.root]!;
  if (!isProvidedOrigin(key) || isName(frame, { root, path }) || !isProvidedOrigin(origin)) return false;
  if (fact.root === root) return fact.path !== path;
  const { paths } = frame.context;
  return (path === EMPTY_PATH && origin.type === 'parameter') || paths.keys(fact.path).includes(ANY);
}

/** Refines the states of both branches of a condition that asks of a name. */
export function refineByName(frame: Frame, pc: number, taken: State, other: State): void {
  const { guards, predicates, tests } = frame.context;
  const { code } = frame.file;
  const guard = guards.at(frame.fn, pc, readingOf(frame));
  if (guard) {
    refineName(frame, guard.slot, taken, guard.test);
    refineName(frame, guard.slot, other, tests.not(guard.test));
    return;
  }
  if ((code[pc]! & 255) !== Op.Call) return;
  const targets = predicates.targets(frame.fn, pc);
  if (targets.length !== 1) return;
  const { names } = predicates.of(targets[0]!);
  for (const [outcome, state] of [
    [names.whenTrue, taken],
    [names.whenFalse, other],
  ] as const) {
    for (const [place, test] of outcome) {
      const slot = predicates.argumentAt(frame.fn, pc, place);
      if (slot >= 0) refineName(frame, slot, state, test);
    }
  }
}

/** Conditions one inside the other of which names, fields and answers are told. Why: each is asked of every value that is read behind it. */
const CONDITIONS = 48;

/** Whether so many conditions stand around a place already that no more is told of what is read behind them. */
export function isDeep(state: State): boolean {
  return state.refinements.length >= CONDITIONS;
}

function refineName(frame: Frame, slot: number, state: State, test: NameTest): void {
  if (isDeep(state)) return;
  for (const { root, path } of keysOf(frame, slot))
    state.refinements = [...state.refinements, { slot: -1, facts: [], clears: 0, name: { root, path, test } }];
}

/** The names that a slot holds. */
function keysOf(frame: Frame, slot: number): readonly Key[] {
  return frame.get(slot).facts.flatMap((fact) => asKey(frame, fact) ?? []);
}

function readingOf(frame: Frame): Reading {
  const { names } = frame.context;
  return {
    definition: (slot) => (frame.definitions[slot]! < 0 ? undefined : frame.definitions[slot]),
    isAsked: (slot, text) =>
      keysOf(frame, slot).some((key) => isName(frame, key) || text === undefined || names.label(text) !== ''),
  };
}

/** `typeof x === 'object'` turned out false, `typeof x === 'string'` true, or `x` falsy: it has no fields. */
export function refineScalar(frame: Frame, slot: number, state: State): void {
  if (isDeep(state)) return;
  const { facts, objects } = frame.get(slot);
  if (facts.length + objects.length === 0) return;
  state.refinements = [...state.refinements, { slot, facts, clears: 0, isScalar: true }];
}

/** Whether a comparison is `typeof x === 'object'` (or its opposite), and the slot of x. */
export function objectCheck(frame: Frame, pc: number): { readonly slot: number; readonly equal: boolean } | undefined {
  const { code } = frame.file;
  const operator = code[pc + 4]!;
  if (operator !== CompareOperator.TypeOf && operator !== CompareOperator.NotTypeOf) return undefined;
  const [text, ...others] = frame.get(code[pc + 6]!).literals;
  if (text !== 'object' || others.length > 0) return undefined;
  return { slot: code[pc + 5]!, equal: operator === CompareOperator.TypeOf };
}
