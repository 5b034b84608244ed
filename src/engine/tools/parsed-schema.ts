import { CALL_ARGUMENTS, ELEMENT } from '../../ir/instruction.js';
import { toPattern } from '../redactions.js';
import type { ClosedArguments, ConfinedValue } from './closed-arguments.js';
import type { Item, Place } from './item.js';
import { methodOf } from './schema.js';
import type { StaticValues } from './static-values.js';

/** What a schema makes of what it parses; what is not told here passes as it is. */
export type ParsedSchema =
  | { readonly kind: 'any' }
  /** Only these fields are left. */
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, ParsedSchema> }
  | { readonly kind: 'array'; readonly element: ParsedSchema }
  /** What arrives was confined to a closed set, to harmless characters, or to what own functions let pass. */
  | { readonly kind: 'confined'; readonly by: ConfinedValue }
  /** What these paths of fields lead to is taken out. */
  | { readonly kind: 'without'; readonly paths: readonly (readonly string[])[] }
  /** What the inner schema left goes through functions of the program. */
  | { readonly kind: 'transform'; readonly inner: ParsedSchema; readonly functions: readonly number[] };

const ANY_SCHEMA: ParsedSchema = { kind: 'any' };
const DEPTH = 16;
/** Builders of objects that leave behind what they do not name, or refuse it. */
const OBJECTS = new Set(['object', 'strictObject']);
/** Calls that go on from the schema on which they are called, and let everything through. */
const OPENS = new Set(['passthrough', 'loose', 'catchall', 'or', 'and', 'keyof']);

/** What lets a schema through that it is given, or called on, for values that may be missing too. */
const WRAPS = new Set([
  'optional',
  'nullable',
  'nullish',
  'undefinedable',
  'exactOptional',
  'nonOptional',
  'nonNullable',
]);

/** Reads schemas that are built by method calls, as zod's and yup's are, or of functions that are given schemas, as valibot's are. */
export class ParsedSchemas {
  readonly #memo = new Map<string, ParsedSchema>();

  constructor(
    private readonly values: StaticValues,
    private readonly closed: ClosedArguments,
  ) {}

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

  /** What is left by a function in a slot that was made with a list of paths: `redactor({ paths: ['user.email'] })`. */
  redactor(fn: number, slot: number): ParsedSchema {
    const { values } = this;
    const [made, ...others] = values.slot(fn, slot);
    if (made?.kind !== 'call' || others.length > 0) return ANY_SCHEMA;
    const listed = values.path(values.argument(made.place, 0), ['paths', ELEMENT]);
    const paths = listed.flatMap((item) => (item.kind === 'text' ? [toPattern(item.text)] : []));
    return paths.length === 0 ? ANY_SCHEMA : { kind: 'without', paths };
  }

  /** One of several is not known. */
  #one(items: readonly Item[], depth: number): ParsedSchema {
    const [item] = items;
    if (!item || items.length > 1 || depth >= DEPTH) return ANY_SCHEMA;
    const schema = this.#read(item, depth);
    if (schema.kind !== 'any' || item.kind !== 'call') return schema;
    const by = this.closed.ofValue(item);
    return by.closed || by.plain || by.checks.length > 0 ? { kind: 'confined', by } : schema;
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
    /** The schema that a function is given first, where it is called on none. */
    const given = (): ParsedSchema => (inner.kind === 'any' ? this.#one(argument(0), depth + 1) : inner);
    const names = (): readonly string[] => [
      ...argument(0).flatMap((each) => values.entries(each).map(([name]) => name)),
      ...values.path(argument(1), [ELEMENT]).flatMap((each) => (each.kind === 'text' ? [each.text] : [])),
    ];
    if (WRAPS.has(method)) return given();
    switch (method) {
      case 'pipe':
        return this.#piped(item.place, inner, depth);
      case 'shape':
        return this.#object(argument(0), depth);
      case 'transform': {
        const functions = argument(0).flatMap((each) => (each.kind === 'function' ? [each.function] : []));
        return functions.length === 0 ? inner : { kind: 'transform', inner, functions };
      }
      case 'array':
        return { kind: 'array', element: inner };
      case 'pick':
        return this.#chosen(given(), (name) => names().includes(name));
      case 'omit':
        return this.#chosen(given(), (name) => !names().includes(name));
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

  /** `pipe(string(), trim(), transform(mask))`: a schema and what is done with what it left. */
  #piped(place: Place, inner: ParsedSchema, depth: number): ParsedSchema {
    if (inner.kind !== 'any') return inner;
    const { program } = this.values;
    const count = (program.fileOf(place.function).code[place.pc]! >>> 8) - CALL_ARGUMENTS;
    let schema = this.#one(this.values.argument(place, 0), depth + 1);
    for (let i = 1; i < count; i++) {
      const [action, ...others] = this.values.argument(place, i);
      if (action?.kind !== 'call' || others.length > 0 || methodOf(this.values, action) !== 'transform') continue;
      const made = this.values.argument(action.place, 0);
      const functions = made.flatMap((each) => (each.kind === 'function' ? [each.function] : []));
      if (functions.length > 0) schema = { kind: 'transform', inner: schema, functions };
    }
    return schema;
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
