/**
 * Tools of frameworks that models do not know: the program's own, mostly. What tells them is their shape, which every such framework shares because a
 * model needs just that: an object, or a class, with a name, a description, a schema of its arguments, and the function that runs them.
 */
import { CALL_ARGUMENTS, Op } from '../../ir/instruction.js';
import { nameOf } from './call-states.js';
import { type Definition, placeOfClass, TOLD_BY_HANDLER } from './definitions.js';
import type { Item, Place } from './item.js';
import { methodOf } from './schema.js';
import type { StaticValues } from './static-values.js';

const HANDLERS = ['execute', 'handler', 'run', 'func', 'invoke', 'call', 'callback', 'fn'];
/** Keys that only tools of models have, and those that commands and routes have too. */
const OWN_SCHEMAS = ['inputSchema', 'input_schema'];
const SCHEMAS = [...OWN_SCHEMAS, 'parameters', 'schema'];
const TOOL = /tool/i;

/**
 * @param known definitions that models tell of: their handlers are not looked at again
 * @param isTest whether a function belongs to a test
 */
export function findOwnTools(
  values: StaticValues,
  known: readonly Definition[],
  isTest: (fn: number) => boolean,
): Definition[] {
  const { program } = values;
  const taken = new Set(known.flatMap(({ handlers }) => handlers));
  const classes = new Set(known.flatMap(({ handlers }) => handlers.map((fn) => program.ownerClass(fn))));
  const result: Definition[] = [];
  program.files.forEach((file, index) => {
    if (!file.strings.includes('description') || !SCHEMAS.some((key) => file.strings.includes(key))) return;
    file.functions.forEach((_, own) => {
      const fn = program.functionBase[index]! + own;
      if (!isTest(fn)) result.push(...toolsOfFunction(values, fn));
    });
    file.classes.forEach((_, own) => {
      const cls = program.classBase[index]! + own;
      // What a framework's class is overridden in besides its handler runs before it: `call` around `_call`.
      const tool = classes.has(cls) ? undefined : toolOfClass(values, cls);
      if (tool && !isTest(tool.handlers[0]!)) result.push(tool);
    });
  });
  return result.filter(({ handlers }) => !handlers.some((each) => taken.has(each)));
}

function toolsOfFunction(values: StaticValues, fn: number): Definition[] {
  const { writes, definitions } = values.index(fn);
  const { code } = values.program.fileOf(fn);
  return [...writes].flatMap(([base, fields]) => {
    const keys = new Set(fields.map(({ key }) => key));
    const handler = HANDLERS.find((key) => keys.has(key));
    const schema = SCHEMAS.find((key) => keys.has(key));
    if (!handler || !schema || !keys.has('name') || !keys.has('description')) return [];
    const pc = definitions.get(base)?.find((each) => (code[each]! & 255) === Op.Alloc);
    if (pc === undefined || !(OWN_SCHEMAS.includes(schema) || isCalledTool(values, fn, base))) return [];
    const item: Item = { kind: 'object', array: false, place: { function: fn, pc } };
    const found = values.field(item, handler);
    const handlers = found.flatMap((each) => (each.kind === 'function' ? [each.function] : []));
    // What makes a tool of what it is handed is none itself.
    const isOwn = [...found, ...values.field(item, 'name')].some(({ place }) => place.function === fn);
    if (handlers.length === 0 || !isOwn) return [];
    return [define(values, item, handlers, schema)];
  });
}

/** Whether something around an object says that it is a tool: what it is handed to, the variable, the function, the file. */
function isCalledTool(values: StaticValues, fn: number, base: number): boolean {
  const { program } = values;
  const { code, path } = program.fileOf(fn);
  const { calls, copies } = values.index(fn);
  const slots = [base, ...(copies.get(base) ?? [])];
  const handed = calls.find((pc) =>
    code.subarray(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8)).some((slot) => slots.includes(slot)),
  );
  if (handed !== undefined) {
    const callee = methodOf(values, { kind: 'call', place: { function: fn, pc: handed } });
    return TOOL.test(callee || nameOf(values, fn, code[handed + 4]!));
  }
  return (
    TOOL.test(path) ||
    TOOL.test(program.functionOf(fn).qualifiedName) ||
    slots.some((slot) => TOOL.test(nameOf(values, fn, slot)))
  );
}

function toolOfClass(values: StaticValues, cls: number): Definition | undefined {
  const { program } = values;
  const { name, fields, methods, superType, implementsTypes } = program.classOf(cls);
  const types = [superType, ...implementsTypes].flatMap((type) => (type?.kind === 'reference' ? type.name : []));
  if (![name, ...types].some((each) => TOOL.test(each))) return undefined;
  const members = new Set([
    ...fields.flatMap((field) => (field.isStatic ? [] : [field.name])),
    ...methods.flatMap((method) => (method.kind === 'getter' ? [method.name] : [])),
  ]);
  const schema = SCHEMAS.find((key) => members.has(key));
  const handler = methods.find(
    (method) => method.kind === 'method' && !method.isStatic && HANDLERS.includes(method.name),
  );
  if (!schema || !handler || !members.has('name') || !members.has('description')) return undefined;
  const place = placeOfClass(values, cls);
  const handlers = [program.functionBase[program.classFile[cls]!]! + handler.function];
  return { ...define(values, { kind: 'instance', class: cls, place }, handlers, schema), class: cls };
}

function define(values: StaticValues, item: Item, handlers: readonly number[], schema: string): Definition {
  const [name] = values.field(item, 'name');
  const place: Place = item.place;
  return {
    kind: 'tool',
    framework: 'own',
    name: name?.kind === 'text' ? name.text : '',
    call: place,
    place,
    values,
    handlers,
    schema: values.field(item, schema),
    annotations: values.field(item, 'annotations'),
    ...TOLD_BY_HANDLER,
    // Whether a person is asked is up to what holds the tools.
    host: true,
    server: [],
    model: { kind: 'tool', framework: 'own', approval: [], host: true },
  };
}
