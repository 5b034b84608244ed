/** The arguments of tools that a schema confines to a closed set, or to a form that no operation can be led astray with. */
import type { CallModel, Port } from '../../core/port.js';
import { ELEMENT } from '../../ir/instruction.js';
import { rootItems } from './definitions.js';
import type { Item, Place } from './item.js';
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

/** A text of a few harmless characters from its beginning to its end: `^[\w-]+$`. */
const WORD = /^\/\^(?:\[(?!\^)[^\].\s/]+\]|\\[wd])(?:[+*]|\{\d+(?:,\d*)?\})\$\/[a-z]*$/;

export class ClosedArguments {
  readonly #memo = new Map<string, readonly string[]>();

  constructor(private readonly values: StaticValues) {}

  /** Names of the arguments that are no free text, of the tool that a call defines. */
  of(call: Place, model: CallModel): readonly string[] {
    if (!model.tools) return NONE;
    const key = `${call.function}:${call.pc}`;
    let names = this.#memo.get(key);
    if (!names) {
      const schemas = model.tools.flatMap((tool) => (tool.items || tool.dispatch ? [] : (tool.schema ?? [])));
      const items = schemas.flatMap(({ port }) => this.values.path(rootItems(this.values, call, port), port.path));
      names = [...new Set(items.flatMap((item) => this.#closedFields(item, 0)))];
      this.#memo.set(key, names);
    }
    return names;
  }

  /** The functions at a port of a call that defines a tool, where the values at hand do not tell: `tools: [run]` of a module's variable. */
  handlers({ root, index, path }: Port, call: Place): readonly number[] {
    if (root !== 'argument') return [];
    const values = this.values;
    const items = values.path(rootItems(values, call, { root, index, path: [], invoke: 0 }), path);
    return items.flatMap((item) => (item.kind === 'function' ? [item.function] : []));
  }

  #closedFields(item: Item, depth: number): string[] {
    const values = this.values;
    if (depth > DEPTH) return [];
    if (item.kind === 'call') {
      const method = methodOf(values, item);
      const inner = method === 'object' || method === 'strictObject' || WRAPPERS.has(method);
      const first = inner ? values.argument(item.place, 0) : [];
      return [...first, ...this.#receiver(item)].flatMap((each) => this.#closedFields(each, depth + 1));
    }
    const properties = values.field(item, 'properties');
    if (properties.length > 0)
      return properties.flatMap((each) =>
        values
          .entries(each)
          .flatMap(([key, items]) =>
            items.length > 0 && items.every((type) => this.#isClosedJson(type)) ? [key] : [],
          ),
      );
    return values.entries(item).flatMap(([key, items]) => {
      if (key === ELEMENT || key === '*' || items.length === 0) return [];
      return items.every((type) => this.#isClosed(type, 0)) ? [key] : [];
    });
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
    if (method === 'regex') {
      const pattern = values.argument(item.place, 0);
      if (pattern.length === 1 && pattern[0]!.kind === 'text' && WORD.test(pattern[0]!.text)) return true;
    }
    return (GOES_ON.has(method) || method === 'regex') && every(this.#receiver(item));
  }

  #isClosedJson(item: Item): boolean {
    const values = this.values;
    if (values.field(item, 'enum').length > 0 || values.field(item, 'const').length > 0) return true;
    const types = values.field(item, 'type').map((type) => (type.kind === 'text' ? type.text : ''));
    if (types.length > 0 && types.every((type) => CLOSED_TYPES.has(type))) return true;
    const pattern = values.field(item, 'pattern');
    return pattern.length === 1 && pattern[0]!.kind === 'text' && WORD.test(`/${pattern[0]!.text}/`);
  }

  #receiver({ place }: Item): readonly Item[] {
    const slot = this.values.program.fileOf(place.function).code[place.pc + 5]!;
    return slot >= 0 ? this.values.slot(place.function, slot) : [];
  }
}

const WRAPPERS = new Set(['jsonSchema', 'zodSchema', 'zodToJsonSchema', 'extend', 'merge']);
const NONE: readonly string[] = [];
