/** The arguments of tools that a schema confines to a closed set, or to a form that no operation can be led astray with. */
import type { CallModel, Port } from '../../core/port.js';
import { ELEMENT } from '../../ir/instruction.js';
import type { Item, Place } from './item.js';
import { isPlainPattern, isWordPattern } from './plain-pattern.js';
import { rootItems } from './root-items.js';
import { methodOf } from './schema.js';
import type { StaticValues } from './static-values.js';

const DEPTH = 10;
/** Schemas of what is no free text. */
const CLOSED = new Set([
  'enum',
  'nativeEnum',
  'literal',
  'number',
  'int',
  'bigint',
  'boolean',
  'date',
  'null',
  'undefined',
  'uuid',
  'guid',
  'cuid',
  'cuid2',
  'ulid',
  'nanoid',
  'datetime',
]);
/** Calls that go on from the schema on which they are called. */
const GOES_ON = new Set([
  'optional',
  'nullable',
  'nullish',
  'default',
  'prefault',
  'describe',
  'meta',
  'min',
  'max',
  'length',
  'nonempty',
  'positive',
  'nonnegative',
  'trim',
  'toLowerCase',
  'readonly',
  'brand',
  'catch',
]);
const CLOSED_TYPES = new Set(['number', 'integer', 'boolean', 'null']);

/** What a field of a schema must be: as the call that makes its type, and as JSON schema. */
interface FieldTest {
  readonly type: (item: Item) => boolean;
  readonly json: (item: Item) => boolean;
}

/** Arguments of one tool, by name. */
export interface Confined {
  /** No free text: one of a closed set, a number, a word. */
  readonly closed: readonly string[];
  /** Text of characters that mean nothing to a shell, a statement or a program, which may still name any host or path. */
  readonly plain: readonly string[];
  /** Text that own functions let pass: `z.string().refine((host) => HOSTS.includes(host))`. What they check, their code tells. */
  readonly refined: ReadonlyMap<string, readonly number[]>;
}

/** What holds of one value that a schema let pass. */
export interface ConfinedValue {
  readonly closed: boolean;
  readonly plain: boolean;
  /** Own functions all of which it has passed. */
  readonly checks: readonly number[];
}

export class ClosedArguments {
  readonly #memo = new Map<string, Confined>();

  constructor(private readonly values: StaticValues) {}

  /** The arguments of the tool that a call defines which its schema confines. */
  of(call: Place, model: CallModel): Confined {
    if (!model.tools) return NONE;
    const key = `${call.function}:${call.pc}`;
    let confined = this.#memo.get(key);
    if (!confined) {
      const schemas = model.tools.flatMap((tool) => (tool.items || tool.dispatch ? [] : (tool.schema ?? [])));
      const items = schemas.flatMap(({ port }) => this.values.path(rootItems(this.values, call, port), port.path));
      confined = this.ofSchema(items);
      this.#memo.set(key, confined);
    }
    return confined;
  }

  /** What a schema confines of the fields that it names. */
  ofSchema(items: readonly Item[]): Confined {
    const fields = items.flatMap((item) => this.#fields(item, 0));
    const names = (test: FieldTest): string[] => [
      ...new Set(fields.filter((field) => fulfils(field, test)).map(({ name }) => name)),
    ];
    const refined = fields.map((field) => [field.name, this.#checksOf(field)] as const);
    return {
      closed: names(this.#closed),
      plain: names(this.#plain),
      refined: new Map(refined.filter(([, functions]) => functions.length > 0)),
    };
  }

  /** What one schema of a single value confines, as for a field. */
  ofValue(item: Item): ConfinedValue {
    const field: Field = { name: '', items: [item], form: 'type' };
    return { closed: fulfils(field, this.#closed), plain: fulfils(field, this.#plain), checks: this.#checksOf(field) };
  }

  /** The functions at a port of a call that defines a tool, where the values at hand do not tell: `tools: [run]` of a module's variable. */
  handlers({ root, index, path }: Port, call: Place): readonly number[] {
    if (root !== 'argument') return [];
    const values = this.values;
    const items = values.path(rootItems(values, call, { root, index, path: [], invoke: 0 }), path);
    return items.flatMap((item) => (item.kind === 'function' ? [item.function] : []));
  }

  readonly #closed: FieldTest = {
    type: (item) => this.#isClosed(item, 0),
    json: (item) => this.#isClosedJson(item),
  };

  readonly #plain: FieldTest = {
    type: (item) => this.#isPlain(item, 0),
    json: (item) => this.#isPattern(this.values.field(item, 'pattern'), isPlainPattern),
  };

  #fields(item: Item, depth: number): Field[] {
    const values = this.values;
    if (depth > DEPTH) return [];
    if (item.kind === 'call') {
      const method = methodOf(values, item);
      const inner = method === 'object' || method === 'strictObject' || WRAPPERS.has(method);
      const first = inner ? values.argument(item.place, 0) : [];
      return [...first, ...this.#receiver(item)].flatMap((each) => this.#fields(each, depth + 1));
    }
    const properties = values.field(item, 'properties');
    if (properties.length > 0)
      return properties.flatMap((each) =>
        values.entries(each).map(([name, items]) => ({ name, items, form: 'json' as const })),
      );
    return values.entries(item).flatMap(([name, items]) => {
      return name === ELEMENT || name === '*' ? [] : [{ name, items, form: 'type' as const }];
    });
  }

  /** The own functions all of which a value of a field has passed. */
  #checksOf({ items, form }: Field): number[] {
    const functions: number[] = [];
    let schema = items.length === 1 && form === 'type' ? items[0] : undefined;
    for (let depth = 0; schema?.kind === 'call' && depth < DEPTH; depth++) {
      const method = methodOf(this.values, schema);
      const check = method === 'refine' ? this.values.argument(schema.place, 0) : [];
      if (check.length === 1 && check[0]!.kind === 'function') functions.push(check[0]!.function);
      // What is made of a value that was checked was not checked itself; what may be left out was, where it is there.
      else if (method !== 'refine' && !GOES_ON.has(method) && method !== 'regex') break;
      const inner = this.#receiver(schema);
      schema = inner.length === 1 ? inner[0] : undefined;
    }
    return functions;
  }

  #isClosed(item: Item, depth: number): boolean {
    if (item.kind !== 'call' || depth > DEPTH) return false;
    const values = this.values;
    const method = methodOf(values, item);
    if (CLOSED.has(method)) return true;
    const every = (items: readonly Item[]): boolean =>
      items.length > 0 && items.every((each) => this.#isClosed(each, depth + 1));
    if (method === 'array' || method === 'set') {
      const inner = values.argument(item.place, 0);
      return every(inner.length > 0 ? inner : this.#receiver(item));
    }
    if (method === 'union') return every(values.argument(item.place, 0).flatMap((each) => values.field(each, ELEMENT)));
    if (method === 'regex' && this.#isPattern(values.argument(item.place, 0), isWordPattern)) return true;
    return (GOES_ON.has(method) || method === 'regex') && every(this.#receiver(item));
  }

  #isClosedJson(item: Item): boolean {
    const values = this.values;
    if (values.field(item, 'enum').length > 0 || values.field(item, 'const').length > 0) return true;
    const types = values.field(item, 'type').map((type) => (type.kind === 'text' ? type.text : ''));
    if (types.length > 0 && types.every((type) => CLOSED_TYPES.has(type))) return true;
    return this.#isPattern(values.field(item, 'pattern'), isWordPattern);
  }

  /** Text of harmless characters by a pattern of the schema. */
  #isPlain(item: Item, depth: number): boolean {
    if (item.kind !== 'call' || depth > DEPTH) return false;
    const method = methodOf(this.values, item);
    if (method === 'regex' && this.#isPattern(this.values.argument(item.place, 0), isPlainPattern)) return true;
    const receiver = GOES_ON.has(method) || method === 'regex' ? this.#receiver(item) : [];
    return receiver.length > 0 && receiver.every((each) => this.#isPlain(each, depth + 1));
  }

  /** Whether the one pattern that is known (a literal with its slashes, or the text of a JSON schema) fulfils a test. */
  #isPattern(items: readonly Item[], test: (source: string) => boolean): boolean {
    const [pattern] = items;
    if (items.length !== 1 || pattern?.kind !== 'text') return false;
    return test(/^\/(.*)\/[a-z]*$/s.exec(pattern.text)?.[1] ?? pattern.text);
  }

  #receiver({ place }: Item): readonly Item[] {
    const slot = this.values.program.fileOf(place.function).code[place.pc + 5]!;
    return slot >= 0 ? this.values.slot(place.function, slot) : [];
  }
}

interface Field {
  readonly name: string;
  readonly items: readonly Item[];
  /** Built by calls, or a JSON schema. */
  readonly form: 'type' | 'json';
}

function fulfils({ items, form }: Field, test: FieldTest): boolean {
  return items.length > 0 && items.every(test[form]);
}

const WRAPPERS = new Set(['jsonSchema', 'zodSchema', 'zodToJsonSchema', 'extend', 'merge']);
const NONE: Confined = { closed: [], plain: [], refined: new Map() };
