import { ANY, ELEMENT } from '../ir/instruction.js';
import type { TypeNode } from '../ir/type.js';
import type { Binding, ExportTable } from './exports.js';
import type { Nodes } from './nodes.js';
import { isIndex } from './path-table.js';
import type { PointsTo } from './points-to.js';
import type { Program } from './program.js';
import { TokenKind, type TokenTable } from './tokens.js';
import type { TypeTable } from './type-table.js';
import { TypedObjects } from './typed-objects.js';

const NONE: readonly number[] = [];
/** The field of a function that takes a callback, in one that returns a promise instead. */
export const PROMISIFIED = '%promisified';
/** Superclasses, spread sources and prototypes that are kept of one object. Why: more than a handful is a merge of unlike objects. */
const PARENTS = 8;
/** Parents of parents that are looked at by recursion. */
const DEPTH = 100;
/** The fields in which models keep functions. */
export const HANDLERS: readonly string[] = ['%transform', '%write', PROMISIFIED];
/** Instances of classes with more methods are not called by computed names. */
const COMPUTED_METHODS = 16;

/** The fields of objects, instances, classes and functions, own and inherited. */
export class Members {
  /** Of each token: the nodes of its fields, in which own and inherited values meet. */
  readonly #fields: (Map<string, number> | undefined)[] = [];
  /** Where a field that the token does not define is looked up: superclasses, prototypes, objects that were spread into it. */
  readonly #parents: (number[] | undefined)[] = [];
  readonly #methods: (Map<string, number> | undefined)[] = [];
  readonly #handlers = new Map<number, readonly number[]>();
  readonly #supers = new Map<number, number[]>();
  readonly #extended = new Set<number>();
  readonly #typed: TypedObjects;
  /** Objects that stand for what types promise. Nothing is stored in them: it would be read from every value of the type. */
  readonly #promised = new Set<number>();
  #depth = 0;
  /** Loads from parents that are left for later, because a chain of parents is longer than what is followed by recursion. */
  readonly #later: (readonly [token: number, key: string, node: number])[] = [];

  constructor(
    private readonly program: Program,
    private readonly tokens: TokenTable,
    private readonly graph: PointsTo,
    private readonly nodes: Nodes,
    private readonly exports: ExportTable,
    private readonly types: TypeTable,
  ) {
    this.#typed = new TypedObjects(types, {
      object: () => {
        const object = tokens.object();
        this.#promised.add(object);
        return object;
      },
      seed: (object, key, file, type) => this.seedType(file, type, this.field(object, key)),
    });
  }

  /** The node of a field of an object, instance, class or function. Indices are one field. */
  field(token: number, key: string): number {
    let map = this.#fields[token];
    if (!map) {
      map = new Map();
      this.#fields[token] = map;
    }
    const name = isIndex(key) ? ELEMENT : key;
    let node = map.get(name);
    if (node === undefined) {
      node = this.graph.node();
      map.set(name, node);
      if (HANDLERS.includes(name)) this.#handlers.set(token, [...this.handlersOf(token), node]);
      this.#fill(token, name, node, map);
    }
    return node;
  }

  /** The nodes of the fields in which models keep functions of a thing that are called later. */
  handlersOf(token: number): readonly number[] {
    return this.#handlers.get(token) ?? NONE;
  }

  /** The fields of a token that something reads or writes. */
  fieldsOf(token: number): Iterable<[string, number]> {
    return this.#fields[token] ?? NO_FIELDS;
  }

  /** The nodes of all fields. */
  *allFields(): Generator<number> {
    for (const fields of this.#fields) if (fields) yield* fields.values();
  }

  /** The node of a field, where something reads or writes it. */
  known(token: number, key: string): number | undefined {
    return this.#fields[token]?.get(key);
  }

  /** to ⊇ token.key */
  load(token: number, key: string, to: number): void {
    const data = this.tokens.data(token);
    switch (this.tokens.kind(token)) {
      case TokenKind.Api: {
        const { knowledge } = this.program;
        const state =
          key === ELEMENT || isIndex(key)
            ? knowledge.element(data)
            : knowledge.member(data, key) || (key === ANY ? knowledge.element(data) : 0);
        if (state) this.graph.add(to, this.tokens.of(TokenKind.Api, state));
        return;
      }
      case TokenKind.Module: {
        const binding = key === ANY ? undefined : this.exports.find(data, key);
        if (binding) this.bind(binding, to);
        return;
      }
      case TokenKind.Callable:
        return;
      default:
        this.graph.edgeOnce(this.field(token, key), to);
    }
  }

  /** token.key ⊇ from */
  store(token: number, key: string, from: number): void {
    const kind = this.tokens.kind(token);
    if (kind === TokenKind.Api || kind === TokenKind.Module || kind === TokenKind.Callable) return;
    if (this.#promised.has(token)) return;
    if (kind === TokenKind.Instance || kind === TokenKind.Class) {
      const setter = this.method(this.tokens.data(token), key, kind === TokenKind.Class, 'setter');
      const param = setter < 0 ? undefined : this.program.functionOf(setter).params[0];
      if (param) this.graph.edgeOnce(from, this.nodes.slot(setter, param.slot));
    }
    this.graph.edgeOnce(from, this.field(token, key));
  }

  /** node ⊇ what an exported name stands for */
  bind(binding: Binding, node: number): void {
    const { knowledge } = this.program;
    switch (binding.kind) {
      case 'variable':
        this.graph.edgeOnce(this.nodes.variable(binding.variable), node);
        break;
      case 'commonjs':
        this.graph.watch(this.nodes.variable(binding.variable), (token) => this.load(token, binding.name, node));
        break;
      case 'namespace':
        this.graph.add(node, this.tokens.of(TokenKind.Module, binding.file));
        break;
      case 'package': {
        let state = knowledge.module(binding.specifier, binding.major);
        if (binding.name !== '*') state = knowledge.member(state, binding.name);
        if (state) this.graph.add(node, this.tokens.of(TokenKind.Api, state));
      }
    }
  }

  /** node ⊇ what a written type promises */
  seedType(file: number, type: TypeNode | undefined, node: number): void {
    if (!type) return;
    const { classes, states } = this.types.meaning(file, type);
    for (const cls of classes) this.graph.add(node, this.tokens.of(TokenKind.Instance, cls));
    for (const state of states) this.graph.add(node, this.tokens.of(TokenKind.Api, state));
    for (const object of this.#typed.of(file, type)) this.graph.add(node, object);
  }

  /** node ∋ what `new` makes of a class or of an interface */
  addInstance(token: number, node: number): void {
    const { tokens } = this;
    const kind = tokens.kind(token);
    const data = tokens.data(token);
    const state = kind === TokenKind.Api ? this.program.knowledge.construct(data) : 0;
    if (kind === TokenKind.Class) this.graph.add(node, tokens.of(TokenKind.Instance, data));
    else if (state) this.graph.add(node, tokens.of(TokenKind.Api, state));
  }

  /** Makes all fields of `parent` readable from `token`. */
  addParent(token: number, parent: number): void {
    if (token === parent || this.#promised.has(token)) return;
    this.#parents[token] ??= [];
    const parents = this.#parents[token]!;
    if (parents.length >= PARENTS || parents.includes(parent)) return;
    parents.push(parent);
    for (const [key, node] of [...(this.#fields[token] ?? NO_FIELDS)]) {
      if (this.#inherits(token, key)) this.load(parent, key, node);
    }
  }

  /** `class cls extends token` */
  inherit(cls: number, token: number): void {
    const { tokens } = this;
    const kind = tokens.kind(token);
    const data = tokens.data(token);
    if (kind === TokenKind.Class) {
      if (data === cls) return;
      this.#extended.add(data);
      const supers = this.#supers.get(cls);
      if (supers) supers.push(data);
      else this.#supers.set(cls, [data]);
      this.addParent(tokens.of(TokenKind.Instance, cls), tokens.of(TokenKind.Instance, data));
      this.addParent(tokens.of(TokenKind.Class, cls), token);
    } else if (kind === TokenKind.Api) {
      const state = this.program.knowledge.construct(data);
      if (state) this.addParent(tokens.of(TokenKind.Instance, cls), tokens.of(TokenKind.Api, state));
      this.addParent(tokens.of(TokenKind.Class, cls), token);
    } else if (kind === TokenKind.Function) {
      // class X extends f: what f.prototype holds
      const prototype = this.field(token, 'prototype');
      this.graph.watch(prototype, (object) => this.addParent(tokens.of(TokenKind.Instance, cls), object));
    }
  }

  /** Whether the program derives classes from a class. */
  isExtended(cls: number): boolean {
    return this.#extended.has(cls);
  }

  /** The superclasses of a class, itself first. */
  lineage(cls: number): number[] {
    const result = [cls];
    for (let i = 0; i < result.length && result.length < 16; i++) {
      for (const parent of this.#supers.get(result[i]!) ?? NONE) if (!result.includes(parent)) result.push(parent);
    }
    return result;
  }

  /** The method or accessor of a class or its superclasses; -1 for none. */
  method(cls: number, key: string, isStatic: boolean, kind: 'method' | 'getter' | 'setter'): number {
    const signature = `${isStatic ? 's' : 'i'}${kind[0]}${key}`;
    for (const owner of this.#supers.has(cls) ? this.lineage(cls) : [cls]) {
      const found = this.#ownMethods(owner).get(signature);
      if (found !== undefined) return found;
    }
    return -1;
  }

  #ownMethods(cls: number): Map<string, number> {
    let map = this.#methods[cls];
    if (!map) {
      map = new Map();
      this.#methods[cls] = map;
      const base = this.program.functionBase[this.program.classFile[cls]!]!;
      for (const { name, kind, isStatic, function: fn } of this.program.classOf(cls).methods) {
        const signature = `${isStatic ? 's' : 'i'}${kind[0]}${name}`;
        if (!map.has(signature)) map.set(signature, base + fn);
      }
    }
    return map;
  }

  /** What a field holds from the start: methods, results of getters, and whatever the parents' fields hold. */
  #fill(token: number, key: string, node: number, map: Map<string, number>): void {
    const kind = this.tokens.kind(token);
    if (kind === TokenKind.Instance || kind === TokenKind.Class) this.#fillFromClass(token, kind, key, node);
    else if (kind === TokenKind.Function && key === 'prototype') this.graph.add(node, this.tokens.object());
    if (key === ANY) {
      for (const [name, field] of [...map]) if (isOrdinary(name)) this.graph.edge(field, node);
    } else if (isOrdinary(key)) {
      const any = map.get(ANY);
      if (any !== undefined) this.graph.edge(node, any);
    }
    if (!this.#inherits(token, key)) return;
    for (const parent of this.#parents[token] ?? NONE) {
      if (this.#depth >= DEPTH) this.#later.push([parent, key, node]);
      else this.#loadFrom(parent, key, node);
    }
  }

  #loadFrom(parent: number, key: string, node: number): void {
    this.#depth++;
    this.load(parent, key, node);
    // at depth 1 nothing is in progress but this loop
    if (this.#depth === 1) for (let one = this.#later.pop(); one; one = this.#later.pop()) this.load(...one);
    this.#depth--;
  }

  #fillFromClass(token: number, kind: TokenKind, key: string, node: number): void {
    const cls = this.tokens.data(token);
    const isStatic = kind === TokenKind.Class;
    const prefix = isStatic ? 's' : 'i';
    if (isStatic && key === 'prototype') this.graph.add(node, this.tokens.of(TokenKind.Instance, cls));
    if (!isStatic && key === 'constructor') this.graph.add(node, this.tokens.of(TokenKind.Class, cls));
    const methods = this.#ownMethods(cls);
    if (key === ANY) {
      if (methods.size > COMPUTED_METHODS) return;
      for (const [signature, method] of methods) {
        if (signature.startsWith(`${prefix}m`)) this.graph.add(node, this.tokens.of(TokenKind.Function, method));
      }
      return;
    }
    const method = methods.get(`${prefix}m${key}`);
    if (method !== undefined) this.graph.add(node, this.tokens.of(TokenKind.Function, method));
    const getter = methods.get(`${prefix}g${key}`);
    if (getter === undefined) return;
    this.graph.edgeOnce(this.nodes.returned(getter), node);
    const { thisSlot } = this.program.functionOf(getter);
    if (thisSlot >= 0) this.graph.add(this.nodes.slot(getter, thisSlot), token);
  }

  /** Whether a field is looked up in the parents: an own method hides theirs. */
  #inherits(token: number, key: string): boolean {
    const kind = this.tokens.kind(token);
    if (kind !== TokenKind.Instance && kind !== TokenKind.Class) return true;
    if (key === 'prototype' || key === 'constructor') return false;
    return !this.#ownMethods(this.tokens.data(token)).has(`${kind === TokenKind.Class ? 's' : 'i'}m${key}`);
  }
}

const NO_FIELDS = new Map<string, number>();

function isOrdinary(key: string): boolean {
  return key !== ANY && key !== 'prototype' && key !== 'constructor';
}
