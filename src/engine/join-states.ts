import { Clears } from '../core/kinds.js';
import type { Frame } from './frame.js';
import type { Fields, Refinement, State } from './heap.js';
import { loadFact } from './memory.js';
import { joinOverwritten } from './overwritten.js';
import { NOTHING, type Value } from './value.js';

/**
 * a ⊔ b, into `a` (which the caller gives up). A field that only one side has keeps its value, joined on the other side with what reading it
 * would have given there: nothing for own objects, the unwritten original for the things of others.
 */
export function joinStates(frame: Frame, a: State, b: State): State {
  if (a === b) return a;
  for (const [slot, value] of b.vars) a.vars.set(slot, frame.join(a.vars.get(slot) ?? NOTHING, value));
  const left = new Set(a.heap.keys());
  for (const [object, fields] of b.heap) {
    const own = a.heap.get(object);
    if (own === fields) continue;
    if (!own) {
      const copy = a.write(object);
      copy.rest = fields.rest;
      if (!frame.overlayFacts.has(object)) copy.hidden = fields.hidden;
      else if (fields.keyed) copy.keyed = joinOverwritten(frame, a, undefined, b, fields.keyed);
      for (const [key, value] of fields.map) copy.map.set(key, frame.join(value, unwritten(frame, object, key)));
      continue;
    }
    joinFields(frame, a, object, own, fields, b);
  }
  for (const object of left) {
    if (b.heap.has(object) || !frame.overlayFacts.has(object)) continue;
    const copy = a.write(object);
    copy.hidden = '';
    if (copy.keyed) copy.keyed = joinOverwritten(frame, a, copy.keyed, b, undefined);
    for (const [key, value] of copy.map) copy.map.set(key, frame.join(value, unwritten(frame, object, key)));
  }
  if (a.refinements !== b.refinements) {
    a.refinements = a.refinements.flatMap((refinement) => {
      if (b.refinements.includes(refinement)) return [refinement];
      const { name } = refinement;
      if (name) {
        const same = b.refinements.find(
          (each) => each.name?.root === name.root && each.name.path === name.path && each.name.test === name.test,
        );
        return same ? [refinement] : [];
      }
      const other = b.refinements.find((each) => isSame(each, refinement)) ?? weaker(refinement, b);
      if (other?.isScalar && !refinement.isScalar) return [other];
      return other ? [{ ...refinement, slot: other.slot === refinement.slot ? refinement.slot : -1 }] : [];
    });
  }
  return a;
}

/** What is known to be nothing in one branch is no object in either, where the other branch knows that much. */
function weaker(refinement: Refinement, { refinements }: State): Refinement | undefined {
  const [{ facts, slot }, isScalar] = [refinement, refinement.isScalar === true];
  if (!isScalar && refinement.clears !== Clears.Everything) return undefined;
  const found = refinements.find(
    (each) =>
      (isScalar ? each.clears === Clears.Everything : each.isScalar === true) &&
      (each.slot === slot || (facts.length === each.facts.length && isSameFacts(each, refinement))),
  );
  return found && (isScalar ? refinement : found);
}

function isSameFacts(a: Refinement, b: Refinement): boolean {
  return a.facts.every((fact, i) => fact.exact && fact.root === b.facts[i]!.root && fact.path === b.facts[i]!.path);
}

/** Whether two branches have checked the same value for the same. */
function isSame(a: Refinement, b: Refinement): boolean {
  return (
    a.clears === b.clears &&
    a.isScalar === b.isScalar &&
    !b.name &&
    a.facts.length === b.facts.length &&
    a.facts.every((fact, i) => fact.exact && fact.root === b.facts[i]!.root && fact.path === b.facts[i]!.path)
  );
}

function joinFields(frame: Frame, state: State, object: number, own: Fields, other: Fields, b: State): void {
  const copy = state.write(object);
  for (const [key, value] of other.map) {
    copy.map.set(key, frame.join(own.map.get(key) ?? unwritten(frame, object, key), value));
  }
  for (const [key, value] of own.map) {
    if (!other.map.has(key)) copy.map.set(key, frame.join(value, unwritten(frame, object, key)));
  }
  copy.rest = frame.joinFacts(own.rest, other.rest);
  if (own.keyed || other.keyed) copy.keyed = joinOverwritten(frame, state, own.keyed, b, other.keyed);
  if (own.hidden !== other.hidden) copy.hidden = common(own.hidden, other.hidden);
}

/** What both of two lists of names hold. */
function common(left: string, right: string): string {
  const names = new Set(right.split('\n'));
  return left
    .split('\n')
    .filter((name) => names.has(name))
    .join('\n');
}

/** What reading a field gives where it was not written. */
function unwritten(frame: Frame, object: number, key: string): Value {
  const fact = frame.overlayFacts.get(object);
  if (!fact || key === '[]' || key === '*') return NOTHING;
  const { state } = frame;
  frame.state = EMPTY_STATE(frame);
  const value = loadFact(frame, fact, key);
  frame.state = state;
  return value;
}

function EMPTY_STATE(frame: Frame): State {
  return frame.blank;
}
