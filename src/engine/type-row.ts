/**
 * The types of database rows: which entity a query is about, and which of its fields come back. A query is a chain of calls
 * (`db.select({ id: users.id }).from(users)`); models say at which calls of it the entity and the fields stand.
 */
import type { ChainPlace, RowModel } from '../core/port.js';
import { CALL_ARGUMENTS, Op } from '../ir/instruction.js';
import type { TypeNode } from '../ir/type.js';
import { argument, type Call } from './call.js';
import type { Frame } from './frame.js';
import { loadPath } from './memory.js';
import { isIndex } from './path-table.js';
import { entityOfStore, writtenTypeOf } from './type-evidence.js';
import { type Entity, narrow, type Selection } from './type-selection.js';
import { NOTHING, type Value } from './value.js';

export interface RowType {
  /** What one row is; undefined where its fields are not known. */
  readonly entity: Entity | undefined;
  /** Only some fields come back: no whole record. */
  readonly selected: boolean;
}

/** A call of a chain; the last one is the call at hand. */
interface Link {
  readonly pc: number;
  readonly method: string;
}

interface Chain {
  /** From the call at hand up. */
  readonly links: readonly Link[];
  /** The slot with which the chain begins, -1 for none. */
  readonly base: number;
}

const MAXIMUM_LINKS = 24;
const MAXIMUM_COPIES = 8;

/** What comes back at a call that yields rows. */
export function rowOf(frame: Frame, call: Call, model: RowModel): RowType | undefined {
  if (call.depth > 0) return undefined;
  const chain = readChain(frame, call);
  const entity = firstOf(model.of, (place) => entityAt(frame, call, chain, place));
  const kept = new Map<string, Selection>();
  const dropped = new Set<string>();
  let open = false;
  let whole = true;
  for (const place of model.keep) {
    const listed = fieldsAt(frame, call, chain, place);
    if (!listed || listed.whole) continue;
    for (const key of listed.without) dropped.add(key);
    if (listed.open && listed.fields.size === 0) open = true;
    if (listed.fields.size === 0 && !listed.open) continue;
    whole = false;
    for (const [key, inner] of listed.fields) kept.set(key, inner);
  }
  if (open) return { entity: undefined, selected: true };
  for (const place of model.drop) {
    const listed = fieldsAt(frame, call, chain, place);
    for (const key of listed?.fields.keys() ?? []) dropped.add(key);
  }
  const included = new Map<string, Selection>();
  for (const place of model.include) {
    const listed = fieldsAt(frame, call, chain, place);
    for (const [key, inner] of listed?.fields ?? []) included.set(key, inner);
  }
  if (!entity && whole) return undefined;
  const selection: Selection = { kept: whole ? undefined : kept, dropped, included };
  const { evidence } = frame.context;
  return narrow(evidence, entity, selection, model.include.length > 0, frame.fileIndex);
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/** The calls that lead to a call: each is made on the result of the one before. */
function readChain(frame: Frame, call: Call): Chain {
  const { code, strings } = frame.file;
  const links: Link[] = [];
  let pc = call.pc;
  for (let i = 0; i < MAXIMUM_LINKS; i++) {
    const callee = definition(frame, code[pc + 4]!);
    const isMember = callee >= 0 && (code[callee]! & 255) === Op.Load;
    links.push({ pc, method: isMember ? strings[code[callee + 5]!]! : '' });
    if (!isMember) return { links, base: code[pc + 4]! };
    const base = code[callee + 4]!;
    const before = definition(frame, base);
    if (before < 0 || (code[before]! & 255) !== Op.Call) return { links, base };
    pc = before;
  }
  return { links, base: -1 };
}

/** The instruction that made what a slot holds, through copies; -1 for none. */
function definition(frame: Frame, slot: number): number {
  const { code } = frame.file;
  let pc = frame.definitions[slot] ?? -1;
  for (let i = 0; i < MAXIMUM_COPIES && pc >= 0 && (code[pc]! & 255) === Op.Copy; i++)
    pc = frame.definitions[code[pc + 4]!] ?? -1;
  return pc;
}

/** The slot and the value of a place; undefined where the chain has no such call or argument. */
function valueAt(
  frame: Frame,
  call: Call,
  chain: Chain,
  place: ChainPlace,
): { readonly slot: number; readonly value: Value } | undefined {
  const { code } = frame.file;
  const link = place.method === '' ? chain.links[0] : chain.links.find(({ method }) => method === place.method);
  if (!link || place.argument >= (code[link.pc]! >>> 8) - CALL_ARGUMENTS) return undefined;
  const slot = code[link.pc + CALL_ARGUMENTS + place.argument]!;
  const whole = link.pc === call.pc ? argument(frame, call, place.argument) : frame.get(slot);
  return { slot: place.path.length === 0 ? slot : -1, value: loadPath(frame, whole, place.path, -1) };
}

function entityAt(frame: Frame, call: Call, chain: Chain, place: ChainPlace): Entity | undefined {
  const { evidence } = frame.context;
  const byName = (name: string): Entity | undefined => evidence.entityNamed(name, frame.fileIndex);
  if (place.method === 'base') {
    if (chain.base < 0) return undefined;
    const name = memberName(frame, chain.base);
    return entityOfSlot(frame, chain.base, frame.get(chain.base)) ?? (name === '' ? undefined : byName(name));
  }
  const found = valueAt(frame, call, chain, place);
  if (!found) return undefined;
  const literal = firstOf(found.value.literals, (text) => byName(place.sql ? (tableOf(text) ?? '') : text));
  if (literal) return literal;
  return place.sql || found.slot < 0 ? undefined : entityOfSlot(frame, found.slot, found.value);
}

/** The table, model or class that a slot stands for: by what it is bound to, or by its written type. */
function entityOfSlot(frame: Frame, slot: number, value: Value): Entity | undefined {
  const { evidence } = frame.context;
  const query = staticName(frame, slot);
  const built = query && evidence.entityOf(frame.fileIndex, query);
  if (built) return built;
  for (const fact of value.facts) {
    if (!fact.exact) continue;
    const written = writtenTypeOf(frame, fact);
    const entity = written && entityOfStore(evidence, written);
    if (entity) return entity;
  }
  return undefined;
}

/** The member or variable that a slot was read from. */
function memberName(frame: Frame, slot: number): string {
  const { code, strings, imports, variables } = frame.file;
  const pc = definition(frame, slot);
  if (pc >= 0) {
    const op = code[pc]! & 255;
    if (op === Op.Load) return strings[code[pc + 5]!]!;
    if (op === Op.Import) return imports[code[pc + 4]!]!.local;
    if (op === Op.LoadVariable) return variables[code[pc + 4]!]!.name;
  }
  const name = frame.ir.slotNames[slot] ?? -1;
  return name >= 0 ? strings[name]! : '';
}

/** The module variable or import that a slot is a read of, as a type query names it. */
function staticName(frame: Frame, slot: number): (TypeNode & { kind: 'query' }) | undefined {
  const { code, strings, imports, variables } = frame.file;
  const pc = definition(frame, slot);
  const operand = pc < 0 ? -1 : code[pc + 4]!;
  switch (pc < 0 ? -1 : code[pc]! & 255) {
    case Op.Import:
      return { kind: 'query', name: [imports[operand]!.local], import: operand };
    case Op.LoadVariable:
      return { kind: 'query', name: [variables[operand]!.name], import: -1 };
    case Op.Load: {
      const base = staticName(frame, operand);
      return base && base.import >= 0 ? { ...base, name: [...base.name, strings[code[pc + 5]!]!] } : undefined;
    }
    default: {
      // A variable of top-level code, in that code itself.
      const name = frame.ir.parent < 0 ? (frame.ir.slotNames[slot] ?? -1) : -1;
      return name < 0 ? undefined : { kind: 'query', name: [strings[name]!], import: -1 };
    }
  }
}

interface Listed {
  readonly fields: ReadonlyMap<string, Selection>;
  /** Named as not wanted: `-password`, `{ password: false }`. */
  readonly without: readonly string[];
  /** Some of it is not known. */
  readonly open: boolean;
  /** `*` */
  readonly whole: boolean;
}

function fieldsAt(frame: Frame, call: Call, chain: Chain, place: ChainPlace): Listed | undefined {
  const found = valueAt(frame, call, chain, place);
  if (!found || found.value === NOTHING) return undefined;
  if (place.sql) {
    const columns = firstOf(found.value.literals, columnsOf);
    return columns && { fields: new Map(columns.map((name) => [name, {}])), without: [], open: false, whole: false };
  }
  const listed = readFields(frame, found.value, 0);
  if (listed.fields.size + listed.without.length > 0 || listed.whole) return listed;
  const keys = constantKeys(frame, found.value);
  if (!keys) return listed;
  const names = keys.flatMap(splitNames);
  return { fields: new Map(names.map((name) => [name, {}])), without: [], open: false, whole: names.includes('*') };
}

/** The fields that a constant of a module lists: `const columns = { id: true } as const`. */
function constantKeys(frame: Frame, value: Value): readonly string[] | undefined {
  const { cells, program, evidence } = frame.context;
  return firstOf(value.facts, (fact) => {
    const { origin } = frame.roots[fact.root]!;
    const variable = origin.type === 'cell' && fact.path === 0 ? cells.variableOf(origin.cell) : -1;
    if (variable < 0) return undefined;
    const file = program.variableFile[variable]!;
    const { name } = program.files[file]!.variables[variable - program.variableBase[file]!]!;
    return evidence.schemas.keys(file, name);
  });
}

const MAXIMUM_NESTING = 3;

/** The fields that an object, a list or a text names. */
function readFields(frame: Frame, value: Value, depth: number): Listed {
  const fields = new Map<string, Selection>();
  const without: string[] = [];
  let open = value.facts.length > 0;
  let whole = false;
  const addText = (text: string): void => {
    for (const name of splitNames(text)) {
      if (name === '*') whole = true;
      else if (name.startsWith('-')) without.push(name.slice(1));
      else fields.set(name.replace(/^\+/, ''), {});
    }
  };
  for (const text of value.literals) if (!/^(?:true|false|\d+)$/.test(text)) addText(text);
  for (const object of value.objects) {
    if (frame.objects[object]!.kind !== 'plain') continue;
    const own = frame.state.read(object);
    if (!own) continue;
    if (own.rest.length > 0) open = true;
    for (const [key, inner] of own.map) {
      if (isIndex(key)) for (const text of inner.literals) addText(text);
      else if (inner.literals.length === 1 && /^(?:false|0)$/.test(inner.literals[0]!)) without.push(key);
      else {
        // A selection is written out: what may be several things, or comes from elsewhere, is none.
        const nested = depth < MAXIMUM_NESTING && inner.objects.length === 1 && inner.facts.length === 0;
        fields.set(key, nested ? readNested(frame, inner, depth + 1) : {});
      }
    }
  }
  return { fields, without, open, whole };
}

/** The selection inside of a relation: `{ select: { id: true } }`, `{ id: true }`. */
function readNested(frame: Frame, value: Value, depth: number): Selection {
  const at = (key: string): Listed | undefined => {
    const inner = loadPath(frame, value, [key], -1);
    return inner === NOTHING ? undefined : readFields(frame, inner, depth);
  };
  const selected = at('select') ?? at('columns') ?? at('attributes');
  const included = at('include') ?? at('with');
  const dropped = at('omit');
  if (selected || included || dropped) {
    return {
      ...(selected && selected.fields.size > 0 && { kept: selected.fields }),
      dropped: new Set([...(selected?.without ?? []), ...(dropped?.fields.keys() ?? [])]),
      ...(included && { included: included.fields }),
    };
  }
  const own = value.objects.length > 0 ? readFields(frame, value, depth) : undefined;
  const isSelection = own && [...own.fields.keys()].every((key) => !QUERY_WORDS.has(key)) && own.fields.size > 0;
  return isSelection ? { kept: own.fields } : {};
}

/** Words of a query that name no field. */
const QUERY_WORDS = new Set([
  'where',
  'orderBy',
  'take',
  'skip',
  'limit',
  'offset',
  'cursor',
  'required',
  'as',
  'model',
]);

/** `id, name`, `user.id`, `posts(title)`: the names, without the tables before them. */
function splitNames(text: string): string[] {
  return text
    .replace(/\([^()]*\)/g, '')
    .split(/[\s,]+/)
    .filter((name) => name !== '')
    .map((name) =>
      name
        .slice(name.lastIndexOf('.') + 1)
        .replace(/^.*:/, '')
        .replace(/!.*$/, ''),
    );
}

const NAME = '["`[]?([A-Za-z_][\\w$]*)["`\\]]?';
const FROM = new RegExp(`\\bfrom\\s+(?:${NAME}\\.)?${NAME}`, 'i');

/** The one table of a statement. */
function tableOf(sql: string): string | undefined {
  return FROM.exec(sql)?.[2];
}

/** The columns that a plain SELECT names; undefined for `*` and for what is no plain SELECT. */
function columnsOf(sql: string): readonly string[] | undefined {
  const list = /^\s*select\s+(?:distinct\s+)?([^;]*?)\s+from\s/i.exec(sql)?.[1];
  if (!list || /[*(]/.test(list)) return undefined;
  return list.split(',').map((column) =>
    column
      .trim()
      .replace(/^.*[\s.]/, '')
      .replace(/["`[\]]/g, ''),
  );
}
