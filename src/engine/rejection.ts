/** What promises are rejected with, and what callbacks throw. */
import type { Frame } from './frame.js';
import { load } from './memory.js';
import { type Value, withObjects } from './value.js';

/** The field of what a promise is rejected with. */
export const REJECTED = '%rejected';
/** Below the result of a function that the caller provides: what it throws. */
export const THROWN = '%thrown';

/** await: the value of the promise; what it is rejected with is raised. */
export function settle(frame: Frame, value: Value, pc: number): Value {
  frame.raise(load(frame, value, REJECTED, pc));
  return fulfilled(frame, value);
}

/** The value of a promise, without what it may be rejected with. */
export function fulfilled(frame: Frame, value: Value): Value {
  const isRejection = (object: number): boolean => frame.objects[object]!.kind === 'rejection';
  if (!value.objects.some(isRejection)) return value;
  return withObjects(
    value,
    value.objects.filter((object) => !isRejection(object)),
  );
}
