/**
 * Sinks that only the shape of what is handed over tells: any request whose body has `messages` or a `prompt`. That the field is there must be
 * seen; what derives from something, and what comes from outside as a whole, may have any field and is taken to have none.
 */
import type { Frame } from './frame.js';
import { load, loadFact } from './memory.js';
import { type Fact, NOTHING, ofFacts, ofObject, type Value } from './value.js';

/** What stands at a path: for sure, and where a caller knows whether it does. */
export interface Shaped {
  readonly sure: Value;
  readonly open: Value;
}

/** The fields that tell. */
const TELLING = new Set(['messages', 'prompt', 'contents']);

/** What a value holds at a path, of which the fields down to the one that tells must be seen. */
export function loadShaped(frame: Frame, value: Value, keys: readonly string[], pc: number): Shaped {
  const telling = keys.findIndex((key) => TELLING.has(key));
  let shaped: Shaped = { sure: value, open: NOTHING };
  keys.forEach((key, i) => {
    shaped =
      i <= telling
        ? step(frame, shaped, key)
        : { sure: load(frame, shaped.sure, key, pc), open: load(frame, shaped.open, key, pc) };
  });
  return shaped;
}

function step(frame: Frame, { sure, open }: Shaped, key: string): Shaped {
  let own = NOTHING;
  const given: Fact[] = [...sure.facts, ...open.facts];
  for (const object of [...sure.objects, ...open.objects]) {
    if (frame.objects[object]!.kind !== 'plain') continue;
    const fields = frame.state.read(object);
    const field = fields?.map.get(key);
    if (field) own = frame.join(own, field);
    else given.push(...(fields?.rest ?? []));
  }
  let outside = NOTHING;
  for (const fact of given) {
    if (isGiven(frame, fact)) outside = frame.join(outside, loadFact(frame, fact, key));
  }
  return { sure: own, open: outside };
}

/** Whether a fact stands for a thing of which callers know more. */
function isGiven(frame: Frame, fact: Fact): boolean {
  const { type } = frame.roots[fact.root]!.origin;
  return fact.exact && (type === 'parameter' || type === 'this' || type === 'capture');
}

/** The parts of a value, each for itself: what conditions on neighbours are asked of. */
export function holders(value: Value): Value[] {
  return [...value.objects.map((object) => ofObject(object)), ...value.facts.map((fact) => ofFacts([fact]))];
}
