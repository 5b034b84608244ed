/**
 * The types that schemas stand for, read from how they are built: `object({ email: string() })`, with or without a namespace before it. Schema
 * libraries share these words, so that no library is named here.
 */

import type { FileIR } from '../ir/file.js';
import { ANY, CALL_ARGUMENTS, ELEMENT, Op } from '../ir/instruction.js';
import type { TypeMember, TypeNode } from '../ir/type.js';
import type { ExportTable } from './exports.js';
import type { Program } from './program.js';
import type { DeclaredType } from './type-shape.js';

const UNKNOWN: TypeNode = { kind: 'unknown' };
const TEXT: TypeNode = { kind: 'primitive', name: 'string' };
const NUMBER: TypeNode = { kind: 'primitive', name: 'number' };
const TRUTH: TypeNode = { kind: 'primitive', name: 'boolean' };
const CLOSED: TypeNode = { kind: 'literal', value: '' };
const MAXIMUM_DEPTH = 24;

/** The builders of plain types, by name in lower case. */
const PLAIN: Readonly<Record<string, TypeNode | undefined>> = {
  string: TEXT,
  email: TEXT,
  url: TEXT,
  number: NUMBER,
  int: NUMBER,
  integer: NUMBER,
  bigint: NUMBER,
  boolean: TRUTH,
  bool: TRUTH,
  stringbool: TRUTH,
  enum: CLOSED,
  enums: CLOSED,
  nativeenum: CLOSED,
  picklist: CLOSED,
  literal: CLOSED,
};

/** Columns and attributes that hold truth values or numbers, by the last word of their builder or type. */
const COLUMNS: Readonly<Record<string, TypeNode | undefined>> = {
  ...PLAIN,
  tinyint: NUMBER,
  smallint: NUMBER,
  serial: NUMBER,
  bigserial: NUMBER,
  float: NUMBER,
  double: NUMBER,
  decimal: NUMBER,
  numeric: NUMBER,
  real: NUMBER,
};

/** Builders of tables and models, by name in lower case: where the columns stand, and where the name. */
const TABLES: Readonly<Record<string, { readonly columns: number; readonly name: number } | undefined>> = {
  pgtable: { columns: 1, name: -1 },
  mysqltable: { columns: 1, name: -1 },
  sqlitetable: { columns: 1, name: -1 },
  singlestoretable: { columns: 1, name: -1 },
  define: { columns: 1, name: 0 },
  model: { columns: 1, name: 0 },
  schema: { columns: 0, name: -1 },
};
/** Packages whose models are found by name: `db.query.users`, `models.User`. */
const TABLE_PACKAGES = /^(?:drizzle-orm|mongoose|sequelize)(?:\/|$)/;

/** A table or model that is built by top-level code. */
export interface BuiltEntity {
  readonly name: string;
  readonly type: DeclaredType;
}

/** How one file's top-level code defines its slots. */
interface Definitions {
  readonly slots: ReadonlyMap<number, number>;
  /** Texts of slots that hold literals. */
  readonly texts: ReadonlyMap<number, string>;
  /** Fields stored into the objects and arrays of slots. */
  readonly fields: ReadonlyMap<number, readonly (readonly [key: string, slot: number, pc: number])[]>;
  /** Slots by the names of the variables that they are, or that are written from them. */
  readonly names: ReadonlyMap<string, number>;
}

export class SchemaTypes {
  readonly #definitions = new Map<number, Definitions>();
  readonly #memo = new Map<string, TypeNode>();

  constructor(
    private readonly program: Program,
    private readonly exports: ExportTable,
  ) {}

  /** The file and name of the module variable that a query names. */
  #locate(file: number, query: TypeNode & { kind: 'query' }): { owner: number; name: string } | undefined {
    const { program } = this;
    // `typeof users.$inferSelect`
    const names = query.name.at(-1)!.startsWith('$') ? query.name.slice(0, -1) : query.name;
    if (query.import < 0) return names.length === 1 ? { owner: file, name: names[0]! } : undefined;
    let binding = this.exports.imported(file, query.import);
    if (binding?.kind === 'namespace' && names.length > 1) binding = this.exports.find(binding.file, names[1]!);
    if (binding?.kind !== 'variable') return undefined;
    const owner = program.variableFile[binding.variable]!;
    return { owner, name: program.files[owner]!.variables[binding.variable - program.variableBase[owner]!]!.name };
  }

  /** The table or model that a module's variable holds, with its name. */
  entity(file: number, query: TypeNode & { kind: 'query' }): BuiltEntity | undefined {
    const place = this.#locate(file, query);
    const slot = place && this.#define(place.owner).names.get(place.name);
    return slot === undefined ? undefined : this.#built(place!.owner, slot, place!.name);
  }

  /** The table or model of a name, wherever it is built. */
  named(name: string): BuiltEntity | undefined {
    this.#byName ??= this.#index();
    return this.#byName.get(name);
  }

  #byName: ReadonlyMap<string, BuiltEntity> | undefined;

  #index(): ReadonlyMap<string, BuiltEntity> {
    const found = new Map<string, BuiltEntity>();
    this.program.files.forEach((ir, file) => {
      if (!ir.functions[0] || !ir.specifiers.some(({ text }) => TABLE_PACKAGES.test(text))) return;
      for (const [name, slot] of this.#define(file).names) {
        const built = this.#built(file, slot, name);
        if (!built) continue;
        for (const key of [name, built.name]) if (!found.has(key)) found.set(key, built);
      }
    });
    return found;
  }

  #built(file: number, slot: number, variable: string): BuiltEntity | undefined {
    const definitions = this.#define(file);
    const reading = new Reading(this.program.files[file]!, definitions, (query) => this.#inner(file, query, 0));
    const table = reading.table(slot);
    if (!table) return undefined;
    const key = `${file}\0entity ${variable}`;
    let node = this.#memo.get(key);
    if (!node) {
      node = reading.read(slot, 0);
      this.#memo.set(key, node);
    }
    if (node.kind === 'unknown') return undefined;
    const name = table.name || variable;
    return { name, type: { file, node, bindings: undefined, owner: name } };
  }

  /** The keys of the object, or the texts of the list, that a module's variable holds: columns that are selected by a constant. */
  keys(file: number, variable: string): readonly string[] | undefined {
    const { fields, names, texts } = this.#define(file);
    const slot = names.get(variable);
    if (slot === undefined) return undefined;
    const text = texts.get(slot);
    if (text !== undefined) return [text];
    return fields
      .get(slot)
      ?.flatMap(([key, value]) => (/^\d/.test(key) || key === ELEMENT ? (texts.get(value) ?? []) : key));
  }

  /** The type of what the schema in a module's variable accepts; undefined where it is no schema. */
  find(file: number, query: TypeNode & { kind: 'query' }, depth = 0): DeclaredType | undefined {
    const place = this.#locate(file, query);
    if (!place) return undefined;
    const { owner, name } = place;
    const key = `${owner}\0${name}`;
    let node = this.#memo.get(key);
    if (!node) {
      this.#memo.set(key, UNKNOWN);
      const definitions = this.#define(owner);
      const slot = definitions.names.get(name);
      node =
        slot === undefined
          ? UNKNOWN
          : new Reading(this.program.files[owner]!, definitions, (inner) => this.#inner(owner, inner, depth)).read(
              slot,
              depth,
            );
      this.#memo.set(key, node);
    }
    return node.kind === 'unknown' ? undefined : { file: owner, node, bindings: undefined };
  }

  /** The type of another module variable that a schema is made of. */
  #inner(file: number, query: TypeNode & { kind: 'query' }, depth: number): TypeNode {
    const found = depth > MAXIMUM_DEPTH ? undefined : this.find(file, query, depth + 1);
    return found?.node ?? UNKNOWN;
  }

  #define(file: number): Definitions {
    const known = this.#definitions.get(file);
    if (known) return known;
    const found = readDefinitions(this.program.files[file]!);
    this.#definitions.set(file, found);
    return found;
  }
}

function readDefinitions(file: FileIR): Definitions {
  const slots = new Map<number, number>();
  const fields = new Map<number, (readonly [string, number, number])[]>();
  const names = new Map<string, number>();
  const texts = new Map<number, string>();
  const { code, strings } = file;
  const top = file.functions[0];
  if (!top) return { slots, fields, names, texts };
  const { blocks, slotNames } = top;
  const end = blocks[blocks.length - 1] ?? 0;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const first = code[pc + 3]!;
    switch (code[pc]! & 255) {
      case Op.Store: {
        const list = fields.get(first);
        const row = [strings[code[pc + 4]!]!, code[pc + 5]!, pc] as const;
        if (list) list.push(row);
        else fields.set(first, [row]);
        break;
      }
      case Op.StoreVariable:
        names.set(file.variables[first]!.name, code[pc + 4]!);
        break;
      case Op.Const:
        if (!texts.has(first)) texts.set(first, strings[code[pc + 5]!]!);
        break;
      case Op.Copy:
      case Op.Alloc:
      case Op.Load:
      case Op.Call:
      case Op.Global:
      case Op.LoadVariable:
      case Op.Import: {
        if (first < 0 || slots.has(first)) break;
        slots.set(first, pc);
        const name = slotNames[first]!;
        if (name >= 0) names.set(strings[name]!, first);
        // A copy of a literal, or of a list of such.
        const copied = (code[pc]! & 255) === Op.Copy ? code[pc + 4]! : -1;
        if (texts.has(copied)) texts.set(first, texts.get(copied)!);
        const copiedFields = fields.get(copied);
        if (copiedFields && !fields.has(first)) fields.set(first, copiedFields);
        break;
      }
      default:
    }
  }
  return { slots, fields, names, texts };
}

/** Reading the schema that a slot of top-level code holds. */
class Reading {
  constructor(
    private readonly file: FileIR,
    private readonly definitions: Definitions,
    private readonly inner: (query: TypeNode & { kind: 'query' }) => TypeNode,
  ) {}

  read(slot: number | undefined, depth: number): TypeNode {
    const pc = slot === undefined ? undefined : this.definitions.slots.get(slot);
    if (pc === undefined || depth > MAXIMUM_DEPTH) return UNKNOWN;
    const { code, variables, imports } = this.file;
    const source = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.Copy:
        return this.read(source, depth + 1);
      case Op.LoadVariable:
        return this.inner({ kind: 'query', name: [variables[source]!.name], import: -1 });
      case Op.Import:
        return this.inner({ kind: 'query', name: [imports[source]!.local], import: source });
      case Op.Call:
        return this.#call(pc, depth);
      default:
        return UNKNOWN;
    }
  }

  /** The builder of the table or model that a slot holds, undefined where it holds none; '' is the name of a table without one. */
  table(slot: number): { readonly name: string } | undefined {
    let pc = this.definitions.slots.get(slot);
    const { code } = this.file;
    for (let hop = 0; hop < 4 && pc !== undefined && (code[pc]! & 255) === Op.Copy; hop++)
      pc = this.definitions.slots.get(code[pc + 4]!);
    if (pc === undefined || (code[pc]! & 255) !== Op.Call) return undefined;
    const table = TABLES[this.#builder(pc) ?? ''];
    if (!table || (code[pc]! >>> 8) - CALL_ARGUMENTS <= table.columns) return undefined;
    const name = table.name < 0 ? undefined : this.definitions.texts.get(code[pc + CALL_ARGUMENTS + table.name]!);
    return { name: name ?? '' };
  }

  /** The name of what a call calls, in lower case. */
  #builder(pc: number): string | undefined {
    const { code, strings, imports } = this.file;
    const callee = this.definitions.slots.get(code[pc + 4]!);
    if (callee === undefined) return undefined;
    const op = code[callee]! & 255;
    if (op === Op.Load) return strings[code[callee + 5]!]!.toLowerCase();
    return op === Op.Import ? imports[code[callee + 4]!]!.local.toLowerCase() : undefined;
  }

  /** A column: `{ type: String }`, `String`, `DataTypes.BOOLEAN`, `[String]`, fields of its own, or what a builder yields. */
  #column(slot: number, depth: number): TypeNode {
    const pc = this.definitions.slots.get(slot);
    if (pc === undefined || depth > MAXIMUM_DEPTH) return UNKNOWN;
    const { code, strings } = this.file;
    switch (code[pc]! & 255) {
      case Op.Global:
        return COLUMNS[strings[code[pc + 4]!]!.toLowerCase()] ?? UNKNOWN;
      case Op.Load:
        return COLUMNS[strings[code[pc + 5]!]!.toLowerCase()] ?? UNKNOWN;
      case Op.Alloc: {
        const rows = this.definitions.fields.get(slot) ?? [];
        const type = rows.find(([key]) => key === 'type');
        if (type) return rows.some(([key]) => key === 'enum') ? CLOSED : this.#column(type[1], depth + 1);
        if (rows.some(([key]) => /^\d/.test(key)))
          return { kind: 'array', element: this.#column(rows[0]![1], depth + 1) };
        return rows.length > 0 ? this.#object(slot, depth, true) : UNKNOWN;
      }
      case Op.Call: {
        const builder = this.#builder(pc) ?? '';
        if (COLUMNS[builder]) return COLUMNS[builder];
        // `text('email').notNull()`
        const callee = this.definitions.slots.get(code[pc + 4]!);
        const base = callee !== undefined && (code[callee]! & 255) === Op.Load ? code[callee + 4]! : -1;
        const inner = base < 0 ? UNKNOWN : this.#column(base, depth + 1);
        return inner.kind === 'unknown' ? this.read(slot, depth + 1) : inner;
      }
      default:
        return this.read(slot, depth + 1);
    }
  }

  #call(pc: number, depth: number): TypeNode {
    const { code } = this.file;
    const callee = this.definitions.slots.get(code[pc + 4]!);
    const builder = this.#builder(pc);
    if (callee === undefined || builder === undefined) return UNKNOWN;
    const isMember = (code[callee]! & 255) === Op.Load;
    const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
    const slots = Array.from({ length: count }, (_, i) => code[pc + CALL_ARGUMENTS + i]!);
    const table = TABLES[builder];
    if (table && slots.length > table.columns) {
      const columns = slots[table.columns]!;
      return this.definitions.fields.has(columns) ? this.#object(columns, depth, true) : this.read(columns, depth + 1);
    }
    const base = isMember ? this.read(code[callee + 4]!, depth + 1) : UNKNOWN;
    const argument = (index: number): TypeNode => this.read(slots[index], depth + 1);
    const isBuilt = base.kind !== 'unknown';
    switch (builder) {
      case 'object':
      case 'strictobject':
      case 'looseobject':
      case 'struct':
        return this.#object(slots[0], depth);
      case 'extend':
      case 'augment':
      case 'safeextend':
        return { kind: 'intersection', types: [this.#object(slots[0], depth), base] };
      case 'merge':
      case 'and':
      case 'intersection':
        return { kind: 'intersection', types: [...slots.map((_, i) => argument(i)), base] };
      case 'or':
      case 'union':
      case 'discriminatedunion':
        return {
          kind: 'union',
          types: [
            ...(isBuilt ? [base] : []),
            ...slots.flatMap((slot, i) => [argument(i), ...this.#elements(slot, depth)]),
          ],
        };
      case 'array':
      case 'set':
        return { kind: 'array', element: isBuilt ? base : argument(0) };
      case 'record':
        return {
          kind: 'object',
          members: [{ name: ELEMENT, type: argument(count - 1), optional: false, start: 0, end: 0 }],
        };
      case 'pick':
      case 'omit': {
        const keys = (this.definitions.fields.get(slots[0] ?? -1) ?? []).map(
          ([key]): TypeNode => ({ kind: 'literal', value: key }),
        );
        const name = builder === 'pick' ? 'Pick' : 'Omit';
        return { kind: 'reference', name: [name], import: -1, args: [base, { kind: 'union', types: keys }] };
      }
      default:
        return isBuilt ? base : (PLAIN[builder] ?? argument(0));
    }
  }

  #object(slot: number | undefined, depth: number, columns = false): TypeNode {
    const members: TypeMember[] = [];
    for (const [name, value, pc] of this.definitions.fields.get(slot ?? -1) ?? []) {
      if (name === ANY) continue;
      members.push({
        name,
        type: columns ? this.#column(value, depth + 1) : this.read(value, depth + 1),
        optional: false,
        start: this.file.code[pc + 1]!,
        end: this.file.code[pc + 2]!,
      });
    }
    return { kind: 'object', members };
  }

  #elements(slot: number, depth: number): TypeNode[] {
    return (this.definitions.fields.get(slot) ?? []).map(([, value]) => this.read(value, depth + 1));
  }
}
