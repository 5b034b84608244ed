/** Iteration over what is no list, but has an iterator. */
import { ELEMENT } from '../ir/instruction.js';
import { type Call, callFunction, makeCall } from './call.js';
import type { Frame } from './frame.js';
import { load } from './memory.js';
import { fulfilled } from './rejection.js';
import { TokenKind } from './tracker.js';
import { NOTHING, ofObject, type Value } from './value.js';

const ITERATORS = ['@@iterator', '@@asyncIterator'];

/**
 * What the iterators of a value hand out: of generators, of objects with a method `next`; of instances in `slot`, by their class. Undefined where it has
 * none that is known.
 */
export function iterate(frame: Frame, value: Value, slot: number, pc: number): Value | undefined {
  let result: Value | undefined;
  const run = (fn: number, closure: Value): void => {
    const made = callFunction(frame, callOf(value, pc, `it${fn}`), fn, closure);
    result = frame.join(result ?? NOTHING, load(frame, made, ELEMENT, pc));
    for (const [next, owner] of functionsAt(frame, made, 'next')) {
      const round = callFunction(frame, callOf(made, pc, `it${fn}>${next}`), next, owner);
      result = frame.join(result ?? NOTHING, load(frame, fulfilled(frame, round), 'value', pc));
    }
  };
  for (const name of ITERATORS) {
    for (const [fn, closure] of functionsAt(frame, value, name)) run(fn, closure);
    for (const fn of iteratorMethods(frame, slot, name)) run(fn, NOTHING);
  }
  return result;
}

function functionsAt(frame: Frame, value: Value, key: string): (readonly [fn: number, closure: Value])[] {
  const result: (readonly [number, Value])[] = [];
  for (const object of value.objects) {
    for (const made of frame.state.read(object)?.map.get(key)?.objects ?? []) {
      const info = frame.objects[made]!;
      if (info.kind === 'function') result.push([info.function, ofObject(made)]);
    }
  }
  return result;
}

function iteratorMethods(frame: Frame, slot: number, name: string): number[] {
  const { tracker } = frame.context;
  const result: number[] = [];
  for (const token of tracker.slotTokens(frame.fn, slot)) {
    if (tracker.tokenKind(token) !== TokenKind.Instance) continue;
    const method = tracker.method(tracker.tokenData(token), name, false, 'method');
    if (method >= 0) result.push(method);
  }
  return result;
}

function callOf(receiver: Value, pc: number, key: string): Call {
  return makeCall({ pc, key: `${key}:${pc}`, receiver, name: 'next', depth: 1 });
}
