/**
 * Lists that are known element by element and hold functions, or things of our own: what goes through them is followed one element after the
 * other, so that a value that all of them change one by one is changed when the last has returned.
 *
 *     for (const step of [trim, mask]) text = step(text);      [trim, mask].reduce((text, step) => step(text), text)
 */
import type { Frame } from './frame.js';
import type { Value } from './value.js';

/** Elements up to which a list is gone through one by one. */
export const LONGEST = 8;

/** Methods after which elements no longer stand where they stood. */
export const MOVING: ReadonlySet<string> = new Set([
  'unshift',
  'splice',
  'shift',
  'pop',
  'sort',
  'reverse',
  'copyWithin',
  'fill',
]);

/** The elements of a list, in order; undefined where not all are known, or nothing stands in them that could be run. */
export function elementsOf(frame: Frame, list: Value): readonly Value[] | undefined {
  const object = list.objects[0];
  if (object === undefined || list.objects.length > 1 || list.facts.length > 0) return undefined;
  if (frame.disordered.has(object)) return undefined;
  const fields = frame.state.read(object);
  if (!fields || fields.rest.length > 0 || fields.map.size === 0 || fields.map.size > LONGEST) return undefined;
  const elements: Value[] = [];
  for (let i = 0; i < fields.map.size; i++) {
    const element = fields.map.get(String(i));
    if (!element || !isRunnable(frame, element)) return undefined;
    elements.push(element);
  }
  return elements;
}

/** Whether a value is one function or one thing that was made here, or that the caller knows. */
export function isRunnable(frame: Frame, { objects, facts }: Value): boolean {
  if (objects.length === 0) return frame.given !== undefined && facts.length === 1 && facts[0]!.exact;
  const { kind } = frame.objects[objects[0]!]!;
  return objects.length === 1 && facts.length === 0 && (kind === 'function' || kind === 'plain');
}
