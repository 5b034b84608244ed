import { CALL_ARGUMENTS, ELEMENT, Op } from '../../ir/instruction.js';
import type { Item } from './item.js';
import type { StaticValues } from './static-values.js';

/** What a schema lets a model fill in. */
export interface Schema {
  /** Names of the arguments, as far as the code tells, in order. */
  readonly names: readonly string[];
  /** Parts that accept anything: `any`, `unknown`, open records and objects. */
  readonly loose: readonly { readonly item: Item; readonly what: string }[];
}

const DEPTH = 12;
/** Calls that make the same schema of another kind. */
export const CONVERTS: ReadonlySet<string> = new Set([
  'jsonSchema',
  'zodSchema',
  'zodToJsonSchema',
  'toJSONSchema',
  'toJsonSchema',
  'asSchema',
  'valibotSchema',
]);
/** Calls whose first argument is a schema, and those that go on from the schema on which they are called. */
const WRAPS = new Set([...CONVERTS, 'array', 'lazy', 'promise', 'optional', 'nullable', 'preprocess', 'set']);
const OPENS = new Set(['passthrough', 'loose', 'looseObject', 'catchall']);
const EXTENDS = new Set(['extend', 'merge', 'safeExtend', 'and', 'or', 'intersection', 'union', 'discriminatedUnion']);

export function readSchema(values: StaticValues, items: readonly Item[]): Schema {
  const names = new Set<string>();
  const loose: { item: Item; what: string }[] = [];
  const seen = new Set<Item>();
  const visit = (item: Item, depth: number, top: boolean): void => {
    if (depth > DEPTH || seen.has(item)) return;
    seen.add(item);
    if (item.kind === 'object') visitObject(item, depth, top);
    else if (item.kind === 'list') for (const each of item.items) visit(each, depth + 1, false);
    else if (item.kind === 'call') visitCall(item, depth, top);
  };
  const all = (inner: readonly Item[], depth: number, top: boolean): void => {
    for (const each of inner) visit(each, depth + 1, top);
  };
  const visitObject = (item: Item, depth: number, top: boolean): void => {
    const type = textOf(values.field(item, 'type'));
    const properties = values.field(item, 'properties');
    const isJson = properties.length > 0 || (type !== undefined && JSON_TYPES.has(type));
    if (!isJson) {
      // A raw shape, or a list of alternatives.
      for (const [key, inner] of values.entries(item)) {
        if (top && !(item.kind === 'object' && item.array) && key !== ELEMENT && key !== '*') names.add(key);
        all(inner, depth, false);
      }
      return;
    }
    const additional = values.field(item, 'additionalProperties');
    if (textOf(additional) === 'true') loose.push({ item, what: 'additionalProperties: true' });
    else if (type === 'object' && properties.length === 0 && additional.length === 0 && !top && !values.isOpen(item))
      loose.push({ item, what: 'an object of any shape' });
    for (const property of properties) {
      for (const [key, inner] of values.entries(property)) {
        if (top) names.add(key);
        all(inner, depth, false);
      }
    }
    for (const key of ['items', 'anyOf', 'oneOf', 'allOf']) all(values.field(item, key), depth, false);
  };
  const visitCall = (item: Item, depth: number, top: boolean): void => {
    const { function: fn, pc } = item.place;
    const { code } = values.program.fileOf(fn);
    const method = methodOf(values, item);
    const hasArgument = pc + CALL_ARGUMENTS < pc + (code[pc]! >>> 8);
    const first = values.argument(item.place, 0);
    const receiver = code[pc + 5]! >= 0 ? values.slot(fn, code[pc + 5]!) : [];
    if ((method === 'any' || method === 'unknown') && !hasArgument) loose.push({ item, what: `${method}()` });
    else if (method === 'record') loose.push({ item, what: 'record(…)' });
    else if (method === 'custom' && !hasArgument) loose.push({ item, what: 'custom()' });
    else if (OPENS.has(method)) loose.push({ item, what: `${method}()` });
    if (method === 'object' || method === 'strictObject' || method === 'looseObject') all(first, depth, top);
    else if (WRAPS.has(method) || EXTENDS.has(method)) all(first, depth, top);
    all(receiver, depth, top);
  };
  all(items, 0, true);
  return { names: [...names], loose };
}

const JSON_TYPES = new Set(['object', 'string', 'number', 'integer', 'boolean', 'array', 'null']);

function textOf(items: readonly Item[]): string | undefined {
  return items.length === 1 && items[0]!.kind === 'text' ? items[0]!.text : undefined;
}

/** The name of the method or function that a call calls. */
export function methodOf(values: StaticValues, item: Item): string {
  const file = values.program.fileOf(item.place.function);
  const { code, strings } = file;
  const definition = values.index(item.place.function).definitions.get(code[item.place.pc + 4]!)?.[0];
  if (definition === undefined) return '';
  const op = code[definition]! & 255;
  if (op === Op.Load) return strings[code[definition + 5]!]!;
  return op === Op.Import ? file.imports[code[definition + 4]!]!.name : '';
}

/** The arguments that a handler takes apart: what it loads from its first parameter. */
export function handlerArguments(values: StaticValues, handlers: readonly number[]): string[] {
  const names = new Set<string>();
  for (const fn of handlers) {
    const { code, strings } = values.program.fileOf(fn);
    const param = values.program.functionOf(fn).params[0];
    if (!param) continue;
    for (const pcs of values.index(fn).definitions.values())
      for (const pc of pcs)
        if ((code[pc]! & 255) === Op.Load && code[pc + 4] === param.slot) names.add(strings[code[pc + 5]!]!);
  }
  return [...names].filter((name) => /^[A-Za-z_]\w*$/.test(name));
}
