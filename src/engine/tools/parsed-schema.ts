import { CALL_ARGUMENTS, ELEMENT } from '../../ir/instruction.js';
import type { Item } from './item.js';
import { methodOf } from './schema.js';
import type { StaticValues } from './static-values.js';

/** What a schema makes of what it parses; what is not told here passes as it is. */
export type ParsedSchema =
  | { readonly kind: 'any' }
  /** Only these fields are left. */
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, ParsedSchema> }
  | { readonly kind: 'array'; readonly element: ParsedSchema }
  /** What the inner schema left goes through functions of the program. */
  | { readonly kind: 'transform'; readonly inner: ParsedSchema; readonly functions: readonly number[] };

const ANY_SCHEMA: ParsedSchema = { kind: 'any' };
const DEPTH = 16;
/** Builders of objects that leave behind what they do not name, or refuse it. */
const OBJECTS = new Set(['object', 'strictObject']);
/** Calls that go on from the schema on which they are called, and let everything through. */
const OPENS = new Set(['passthrough', 'loose', 'catchall', 'or', 'and', 'keyof']);

/** Reads schemas that are built by method calls, as zod's are. */
export class ParsedSchemas {
  readonly #memo = new Map<string, ParsedSchema>();

  constructor(private readonly values: StaticValues) {}

  /** The schema in a slot of a function. */
  at(fn: number, slot: number): ParsedSchema {
    const key = `${fn}:${slot}`;
    let schema = this.#memo.get(key);
    if (!schema) {
      schema = this.#one(this.values.slot(fn, slot), 0);
      this.#memo.set(key, schema);
    }
    return schema;
  }

  /** One of several is not known. */
  #one(items: readonly Item[], depth: number): ParsedSchema {
    return items.length === 1 && depth < DEPTH ? this.#read(items[0]!, depth) : ANY_SCHEMA;
  }

  #read(item: Item, depth: number): ParsedSchema {
    const method = methodOf(this.values, item);
    if (item.kind !== 'call' || method === undefined) return ANY_SCHEMA;
    const { values } = this;
    const { function: fn, pc } = item.place;
    const { code } = values.program.fileOf(fn);
    const argument = (index: number): readonly Item[] => values.argument(item.place, index);
    if (OBJECTS.has(method)) return this.#object(argument(0), depth);
    if (method === 'array' && code[pc] !== undefined && code[pc]! >>> 8 > CALL_ARGUMENTS)
      return { kind: 'array', element: this.#one(argument(0), depth + 1) };
    if (OPENS.has(method)) return ANY_SCHEMA;
    const receiver = code[pc + 5]!;
    const inner = receiver < 0 ? ANY_SCHEMA : this.#one(values.slot(fn, receiver), depth + 1);
    const names = (): readonly string[] => argument(0).flatMap((each) => values.entries(each).map(([name]) => name));
    switch (method) {
      case 'transform': {
        const functions = argument(0).flatMap((each) => (each.kind === 'function' ? [each.function] : []));
        return functions.length === 0 ? inner : { kind: 'transform', inner, functions };
      }
      case 'array':
        return { kind: 'array', element: inner };
      case 'pick':
        return this.#chosen(inner, (name) => names().includes(name));
      case 'omit':
        return this.#chosen(inner, (name) => !names().includes(name));
      case 'extend':
      case 'safeExtend':
      case 'augment':
        return this.#joined(inner, this.#object(argument(0), depth));
      case 'merge':
        return this.#joined(inner, this.#one(argument(0), depth + 1));
      default:
        return inner;
    }
  }

  #object(items: readonly Item[], depth: number): ParsedSchema {
    const [item] = items;
    if (items.length !== 1 || item?.kind !== 'object' || this.values.isOpen(item)) return ANY_SCHEMA;
    const fields = new Map<string, ParsedSchema>();
    for (const [name, inner] of this.values.entries(item)) {
      if (name === ELEMENT || name === '*') return ANY_SCHEMA;
      fields.set(name, this.#one(inner, depth + 1));
    }
    return { kind: 'object', fields };
  }

  #chosen(schema: ParsedSchema, isKept: (name: string) => boolean): ParsedSchema {
    if (schema.kind !== 'object') return schema;
    return { kind: 'object', fields: new Map([...schema.fields].filter(([name]) => isKept(name))) };
  }

  #joined(left: ParsedSchema, right: ParsedSchema): ParsedSchema {
    if (left.kind !== 'object' || right.kind !== 'object') return ANY_SCHEMA;
    return { kind: 'object', fields: new Map([...left.fields, ...right.fields]) };
  }
}
