import { ELEMENT } from '../ir/instruction.js';
import { absorb } from './absorb.js';
import { type Call, callFunction, makeCall } from './call.js';
import { clearedBy } from './confine.js';
import type { Frame } from './frame.js';
import { load, store } from './memory.js';
import type { ParsedSchema } from './tools/parsed-schema.js';
import { NOTHING, ofObject, type Value, withCleared, withFacts } from './value.js';

/** A call that lets a value through a schema. */
export interface Parsing {
  readonly call: Call;
  /** Objects keep what the schema does not name. */
  readonly keepsUnknown: boolean;
}

/** What a schema leaves of a value: the fields that it names, each as far as its own schema lets it, after what functions make of it. */
export function parseValue(frame: Frame, parsing: Parsing, schema: ParsedSchema, value: Value, path = ''): Value {
  const { call, keepsUnknown } = parsing;
  switch (schema.kind) {
    case 'object': {
      const copy = ofObject(frame.plainObject(`s${call.key}:${path}`));
      if (keepsUnknown) absorb(frame, copy, value, [...schema.fields.keys()]);
      for (const [name, inner] of schema.fields) {
        const field = parseValue(frame, parsing, inner, load(frame, value, name, call.pc), `${path}.${name}`);
        if (field !== NOTHING) store(frame, copy, name, field);
      }
      return copy;
    }
    case 'array': {
      const element = parseValue(frame, parsing, schema.element, load(frame, value, ELEMENT, call.pc), `${path}[]`);
      const copy = ofObject(frame.plainObject(`s${call.key}:${path}`));
      if (element !== NOTHING) store(frame, copy, ELEMENT, element);
      return copy;
    }
    case 'transform': {
      const inner = parseValue(frame, parsing, schema.inner, value, path);
      const made = schema.functions.map((fn) =>
        callFunction(
          frame,
          makeCall(call, { key: `${call.key}>s${path}`, args: [inner], depth: call.depth + 1 }),
          fn,
          NOTHING,
        ),
      );
      return made.reduce((all, each) => frame.join(all, each), NOTHING);
    }
    case 'confined': {
      const bits = clearedBy(frame, schema.by);
      return withFacts(
        value,
        value.facts.map((fact) => withCleared(fact, fact.cleared | bits)),
      );
    }
    case 'without':
      return withoutPaths(frame, call, value, schema.paths, path);
    default:
      return value;
  }
}

/** A copy of a value without what paths of fields lead to. Of what something unknown holds under names of any kind, nothing can be taken out. */
function withoutPaths(
  frame: Frame,
  call: Call,
  value: Value,
  paths: readonly (readonly string[])[],
  at: string,
): Value {
  const known = value.objects.flatMap((object) => [...(frame.state.read(object)?.map.keys() ?? [])]);
  const below = new Map<string, (readonly string[])[]>();
  for (const [first, ...rest] of paths)
    for (const key of first === '*' ? new Set(known) : [first!]) below.set(key, [...(below.get(key) ?? []), rest]);
  if (below.size === 0) return value;
  const copy = ofObject(frame.plainObject(`w${call.key}:${at}`));
  absorb(frame, copy, value, [...below.keys()]);
  for (const [key, rest] of below) {
    if (rest.some((path) => path.length === 0)) continue;
    const left = withoutPaths(frame, call, load(frame, value, key, call.pc), rest, `${at}.${key}`);
    if (left !== NOTHING) store(frame, copy, key, left);
  }
  return copy;
}
