import { ELEMENT } from '../ir/instruction.js';
import { type Call, callFunction, makeCall } from './call.js';
import type { Frame } from './frame.js';
import { load, store } from './memory.js';
import type { ParsedSchema } from './tools/parsed-schema.js';
import { NOTHING, ofObject, type Value } from './value.js';

/** What a schema leaves of a value: the fields that it names, each as far as its own schema lets it, after what functions make of it. */
export function parseValue(frame: Frame, call: Call, schema: ParsedSchema, value: Value, path = ''): Value {
  switch (schema.kind) {
    case 'object': {
      const copy = ofObject(frame.plainObject(`s${call.key}:${path}`));
      for (const [name, inner] of schema.fields) {
        const field = parseValue(frame, call, inner, load(frame, value, name, call.pc), `${path}.${name}`);
        if (field !== NOTHING) store(frame, copy, name, field);
      }
      return copy;
    }
    case 'array': {
      const element = parseValue(frame, call, schema.element, load(frame, value, ELEMENT, call.pc), `${path}[]`);
      const copy = ofObject(frame.plainObject(`s${call.key}:${path}`));
      if (element !== NOTHING) store(frame, copy, ELEMENT, element);
      return copy;
    }
    case 'transform': {
      const inner = parseValue(frame, call, schema.inner, value, path);
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
    default:
      return value;
  }
}
