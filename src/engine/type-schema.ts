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

/** How one file's top-level code defines its slots. */
interface Definitions {
  readonly slots: ReadonlyMap<number, number>;
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

  /** The type of what the schema in a module's variable accepts; undefined where it is no schema. */
  find(file: number, query: TypeNode & { kind: 'query' }, depth = 0): DeclaredType | undefined {
    let owner = file;
    let name = query.name[query.name.length - 1]!;
    if (query.import >= 0) {
      const binding = this.exports.imported(file, query.import);
      if (binding?.kind !== 'variable') return undefined;
      owner = this.program.variableFile[binding.variable]!;
      name = this.program.files[owner]!.variables[binding.variable - this.program.variableBase[owner]!]!.name;
    } else if (query.name.length > 1) return undefined;
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
  const { code, strings } = file;
  const { blocks, slotNames } = file.functions[0]!;
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
        break;
      }
      default:
    }
  }
  return { slots, fields, names };
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

  #call(pc: number, depth: number): TypeNode {
    const { code, strings, imports } = this.file;
    const callee = this.definitions.slots.get(code[pc + 4]!);
    if (callee === undefined) return UNKNOWN;
    const isMember = (code[callee]! & 255) === Op.Load;
    if (!isMember && (code[callee]! & 255) !== Op.Import) return UNKNOWN;
    const builder = (isMember ? strings[code[callee + 5]!]! : imports[code[callee + 4]!]!.local).toLowerCase();
    const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
    const slots = Array.from({ length: count }, (_, i) => code[pc + CALL_ARGUMENTS + i]!);
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

  #object(slot: number | undefined, depth: number): TypeNode {
    const members: TypeMember[] = [];
    for (const [name, value, pc] of this.definitions.fields.get(slot ?? -1) ?? []) {
      if (name === ANY) continue;
      members.push({
        name,
        type: this.read(value, depth + 1),
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
