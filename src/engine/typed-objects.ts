import { ANY, ELEMENT } from '../ir/instruction.js';
import type { TypeNode } from '../ir/type.js';
import type { TypeTable } from './type-table.js';

/** Types of lists, by the index of the argument that tells of their elements, and of tables with any keys. */
const LISTS = new Map([
  ['Array', 0],
  ['ReadonlyArray', 0],
  ['Set', 0],
]);
const TABLES = new Map([['Record', 1]]);
/** Types inside of types that are looked at. Why: what is called stands a few members below a parameter, `ctx.services.model`. */
const DEPTH = 4;

/** What a written type promises of one member of a thing. */
interface Promised {
  readonly key: string;
  readonly file: number;
  readonly type: TypeNode;
}

/** How objects are made of what types promise. */
interface Maker {
  /** A fresh object. */
  readonly object: () => number;
  /** object.key ⊇ what a written type promises */
  readonly seed: (object: number, key: string, file: number, type: TypeNode) => void;
}

/**
 * Objects that stand for what written types promise, where something below them can be called: `{ openai: OpenAI }`, `interface Services`,
 * `Provider[]`. One for each place where such a type is written.
 */
export class TypedObjects {
  /** By the type's node; undefined while it is made, and where nothing below it can be called. */
  readonly #made = new Map<TypeNode, number | undefined>();

  constructor(
    private readonly types: TypeTable,
    private readonly maker: Maker,
  ) {}

  /** The objects that a type stands for. */
  of(file: number, type: TypeNode, depth = 0): readonly number[] {
    if (depth > DEPTH) return NONE;
    switch (type.kind) {
      case 'object': {
        const members = type.members.map(({ name, type: inner }) => ({ key: name, file, type: inner }));
        return this.#make(type, members, depth);
      }
      case 'array':
        return this.#make(type, [{ key: ELEMENT, file, type: type.element }], depth);
      case 'union':
      case 'intersection':
        return type.types.flatMap((part) => this.of(file, part, depth + 1));
      case 'reference':
        return this.#reference(file, type, depth);
      default:
        return NONE;
    }
  }

  #reference(file: number, type: TypeNode & { kind: 'reference' }, depth: number): readonly number[] {
    const inner = this.types.transparent(type);
    if (inner) return this.of(file, inner, depth + 1);
    const name = type.name[0]!;
    const list = type.args[LISTS.get(name) ?? -1];
    if (list) return this.#make(type, [{ key: ELEMENT, file, type: list }], depth);
    const table = type.args[TABLES.get(name) ?? -1];
    if (table) return this.#make(type, [{ key: ANY, file, type: table }], depth);
    const place = this.types.placeOf(file, type);
    const declaration = place && this.types.declarationAt(place);
    if (!declaration) return NONE;
    const bases = declaration.extends.flatMap((base) => this.of(place.file, base, depth + 1));
    return [...bases, ...this.of(place.file, declaration.type, depth + 1)];
  }

  #make(node: TypeNode, members: readonly Promised[], depth: number): readonly number[] {
    if (!this.#made.has(node)) {
      this.#made.set(node, undefined);
      const told = members.filter(({ file, type }) => this.#isCallable(file, type, depth + 1));
      if (told.length > 0) {
        const object = this.maker.object();
        this.#made.set(node, object);
        for (const { key, file, type } of told) this.maker.seed(object, key, file, type);
      }
    }
    const object = this.#made.get(node);
    return object === undefined ? NONE : [object];
  }

  /** Whether something that a type stands for can be called, or has members that can. What the language itself has is in every thing. */
  #isCallable(file: number, type: TypeNode, depth: number): boolean {
    if (type.kind === 'union' || type.kind === 'intersection')
      return depth <= DEPTH && type.types.some((part) => this.#isCallable(file, part, depth + 1));
    if (type.kind === 'reference') {
      const inner = this.types.transparent(type);
      if (inner) return depth <= DEPTH && this.#isCallable(file, inner, depth + 1);
      if (type.import >= 0 || this.types.placeOf(file, type)) {
        const { classes, states } = this.types.meaning(file, type);
        if (classes.length > 0 || states.length > 0) return true;
      }
    }
    return this.of(file, type, depth).length > 0;
  }
}

const NONE: readonly number[] = [];
