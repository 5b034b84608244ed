import type { Frame } from './frame.js';
import type { Fields, Refinement, State } from './heap.js';
import { loadFact } from './memory.js';
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
      for (const [key, value] of fields.map) copy.map.set(key, frame.join(value, unwritten(frame, object, key)));
      continue;
    }
    joinFields(frame, a, object, own, fields);
  }
  for (const object of left) {
    if (b.heap.has(object) || !frame.overlayFacts.has(object)) continue;
    const copy = a.write(object);
    for (const [key, value] of copy.map) copy.map.set(key, frame.join(value, unwritten(frame, object, key)));
  }
  if (a.refinements !== b.refinements) {
    a.refinements = a.refinements.flatMap((refinement) => {
      if (b.refinements.includes(refinement)) return [refinement];
      const other = b.refinements.find((each) => isSame(each, refinement));
      return other ? [{ ...refinement, slot: other.slot === refinement.slot ? refinement.slot : -1 }] : [];
    });
  }
  return a;
}

/** Whether two branches have checked the same value for the same. */
function isSame(a: Refinement, b: Refinement): boolean {
  return (
    a.clears === b.clears &&
    a.facts.length === b.facts.length &&
    a.facts.every((fact, i) => fact.exact && fact.root === b.facts[i]!.root && fact.path === b.facts[i]!.path)
  );
}

function joinFields(frame: Frame, state: State, object: number, own: Fields, other: Fields): void {
  const copy = state.write(object);
  for (const [key, value] of other.map) {
    copy.map.set(key, frame.join(own.map.get(key) ?? unwritten(frame, object, key), value));
  }
  for (const [key, value] of own.map) {
    if (!other.map.has(key)) copy.map.set(key, frame.join(value, unwritten(frame, object, key)));
  }
  copy.rest = frame.joinFacts(own.rest, other.rest);
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
