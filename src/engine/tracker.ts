/**
 * The tracker: which functions, classes, instances, interfaces of packages and own objects each variable and field may hold, over the whole
 * program, flow-insensitively. It resolves calls; data itself is followed later, function by function (see `interpreter.ts`).
 *
 * It is an inclusion-based points-to analysis whose objects are allocation sites, with fields kept apart per object. Sets are capped
 * (`limits.trackerSet`). Strings, numbers and unknown values are not tracked, so most sets stay empty and most constraints never fire.
 */
import { AllocKind, ANY, BOX_FIELD, CALL_ARGUMENTS, CallFlag, CombineMode, ELEMENT, NONE, Op } from '../ir/instruction.js';
import type { ApiState } from '../core/knowledge.js';
import type { CallModel, Port } from '../core/port.js';
import { type Binding, ExportTable } from './exports.js';
import { Adjacency, IntList } from './int-list.js';
import { isIndex } from './path-table.js';
import type { Program } from './program.js';
import { TypeTable } from './type-table.js';

export enum TokenKind {
  /** data: global function number */
  Function,
  /** data: global class number */
  Class,
  /** data: global class number */
  Instance,
  /** data: API state */
  Api,
  /** data: running number of the allocation site */
  Object,
  /** data: file */
  Module,
}

const EMPTY: readonly number[] = [];
/** Rounds in which calls of modelled functions pass tracked values on to callbacks. */
const MODEL_ROUNDS = 6;

export class Tracker {
  readonly exports: ExportTable;
  readonly types: TypeTable;
  readonly #slotBase: Int32Array;
  readonly #variableBase: number;
  #nodeCount: number;
  readonly #sets: (number[] | undefined)[] = [];
  readonly #edges: Adjacency;
  readonly #listeners: Adjacency;
  readonly #kinds = new IntList();
  readonly #data = new IntList();
  readonly #tokens = new Map<number, number>();
  readonly #fields: (Map<string, number> | undefined)[] = [];
  /** Objects from which an object took fields by spreading, and superclasses' instances: looked up after the object's own. */
  readonly #parents: (number[] | undefined)[] = [];
  readonly #queueNode = new IntList();
  readonly #queueToken = new IntList();
  #queueHead = 0;
  readonly #methods: (Map<string, number> | undefined)[] = [];
  readonly #linked = new Set<number>();
  readonly #seenEdges = new Set<number>();
  #objects = 0;
  readonly #siteObjects = new Map<number, number>();

  constructor(private readonly program: Program) {
    this.exports = new ExportTable(program);
    this.types = new TypeTable(program, this.exports);
    this.#slotBase = new Int32Array(program.functionCount + 1);
    for (let fn = 0; fn < program.functionCount; fn++) {
      this.#slotBase[fn + 1] = this.#slotBase[fn]! + program.functionOf(fn).slots + 2;
    }
    this.#variableBase = this.#slotBase[program.functionCount]!;
    this.#nodeCount = this.#variableBase + program.variableCount;
    this.#edges = new Adjacency(this.#nodeCount);
    this.#listeners = new Adjacency(this.#nodeCount);
    for (let fn = 0; fn < program.functionCount; fn++) this.#build(fn);
    this.#seedVariables();
    this.#solve();
    for (let round = 0; round < MODEL_ROUNDS; round++) {
      if (!this.#applyModels()) break;
      this.#solve();
    }
  }

  /** The tokens that a slot of a function may hold. */
  slotTokens(fn: number, slot: number): readonly number[] {
    return this.#sets[this.#slotBase[fn]! + slot] ?? EMPTY;
  }

  variableTokens(variable: number): readonly number[] {
    return this.#sets[this.#variableBase + variable] ?? EMPTY;
  }

  returnTokens(fn: number): readonly number[] {
    return this.#sets[this.#returnNode(fn)] ?? EMPTY;
  }

  tokenKind(token: number): TokenKind {
    return this.#kinds.data[token]!;
  }

  tokenData(token: number): number {
    return this.#data.data[token]!;
  }

  /** The function that `new` or `super` of a class runs: its own constructor. */
  constructorOf(cls: number): number {
    const file = this.program.classFile[cls]!;
    return this.program.functionBase[file]! + this.program.classOf(cls).constructorFunction;
  }

  /** The superclasses of a class, itself first. */
  lineage(cls: number): number[] {
    const result = [cls];
    for (let i = 0; i < result.length && result.length < 16; i++) {
      for (const parent of this.#superClasses(result[i]!)) if (!result.includes(parent)) result.push(parent);
    }
    return result;
  }

  /** The method of a class or its superclasses; -1 for none. */
  method(cls: number, key: string, isStatic: boolean, kind: 'method' | 'getter' | 'setter'): number {
    for (const owner of this.lineage(cls)) {
      const found = this.#ownMethod(owner, `${isStatic ? 's' : 'i'}${kind[0]}${key}`);
      if (found >= 0) return found;
    }
    return -1;
  }

  /** The own class of which a field of a class surely holds an instance, -1 for none or several. */
  fieldClass(cls: number, key: string): number {
    const token = this.#tokens.get(cls * 8 + TokenKind.Instance);
    const node = token === undefined ? undefined : this.#fields[token]?.get(key);
    const found = (node === undefined ? undefined : this.#sets[node])?.filter((t) => this.#kinds.data[t] === TokenKind.Instance) ?? EMPTY;
    return found.length === 1 ? this.#data.data[found[0]!]! : -1;
  }

  // ── nodes and tokens ──

  #slot(fn: number, slot: number): number {
    return this.#slotBase[fn]! + slot;
  }

  #returnNode(fn: number): number {
    return this.#slotBase[fn + 1]! - 2;
  }

  #yieldNode(fn: number): number {
    return this.#slotBase[fn + 1]! - 1;
  }

  #newNode(): number {
    const node = this.#nodeCount++;
    this.#edges.grow(this.#nodeCount);
    this.#listeners.grow(this.#nodeCount);
    return node;
  }

  #token(kind: TokenKind, data: number): number {
    const key = data * 8 + kind;
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const token = this.#kinds.push(kind);
    this.#data.push(data);
    this.#tokens.set(key, token);
    return token;
  }

  #field(token: number, key: string): number {
    let map = this.#fields[token];
    if (!map) {
      map = new Map();
      this.#fields[token] = map;
    }
    const name = isIndex(key) ? ELEMENT : key;
    let node = map.get(name);
    if (node === undefined) {
      node = this.#newNode();
      map.set(name, node);
      if (name !== ANY) this.#edge(node, this.#field(token, ANY));
    }
    return node;
  }

  #edge(from: number, to: number): void {
    if (from === to) return;
    this.#edges.add(from, to, 0);
    const set = this.#sets[from];
    if (set) for (const token of set) this.#add(to, token);
  }

  #edgeOnce(from: number, to: number): void {
    const key = from * 0x4000000 + to;
    if (this.#seenEdges.has(key)) return;
    this.#seenEdges.add(key);
    this.#edge(from, to);
  }

  #add(node: number, token: number): void {
    let set = this.#sets[node];
    if (!set) {
      set = [];
      this.#sets[node] = set;
    } else if (set.includes(token) || set.length >= this.program.limits.trackerSet) return;
    set.push(token);
    this.#queueNode.push(node);
    this.#queueToken.push(token);
  }

  #listen(node: number, fn: number, pc: number): void {
    this.#listeners.add(node, fn, pc);
    const set = this.#sets[node];
    if (set) for (const token of set) this.#react(fn, pc, token);
  }

  #solve(): void {
    while (this.#queueHead < this.#queueNode.length) {
      const node = this.#queueNode.data[this.#queueHead]!;
      const token = this.#queueToken.data[this.#queueHead++]!;
      for (let e = this.#edges.head(node); e >= 0; e = this.#edges.next(e)) this.#add(this.#edges.first(e), token);
      for (let l = this.#listeners.head(node); l >= 0; l = this.#listeners.next(l)) {
        this.#react(this.#listeners.first(l), this.#listeners.second(l), token);
      }
    }
    this.#queueHead = 0;
    this.#queueNode.length = 0;
    this.#queueToken.length = 0;
  }

  // ── constraints from code ──

  #build(fn: number): void {
    const { program } = this;
    const ir = program.functionOf(fn);
    const file = program.fileOf(fn);
    const fileIndex = program.functionFile[fn]!;
    const { code } = file;
    const base = this.#slotBase[fn]!;
    for (const param of ir.params) if (param.type) this.#seedType(fileIndex, param.type, base + param.slot);
    for (const [slot, type] of ir.slotTypes) this.#seedType(fileIndex, type, base + slot);
    if (ir.returnType) this.#seedType(fileIndex, ir.returnType, this.#returnNode(fn));
    const owner = program.ownerClass(fn);
    if (owner >= 0 && ir.thisSlot >= 0) {
      this.#add(base + ir.thisSlot, this.#token(ir.isStatic ? TokenKind.Class : TokenKind.Instance, owner));
    }
    for (const param of ir.params) {
      for (const decorator of param.decorators) {
        if (decorator.token) this.#seedType(fileIndex, decorator.token, base + param.slot);
      }
    }
    const end = ir.blocks[ir.blocks.length - 1]!;
    for (let pc = ir.blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const a = code[pc + 3]!;
      const b = code[pc + 4]!;
      switch (code[pc]! & 255) {
        case Op.Copy:
          this.#edge(base + b, base + a);
          break;
        case Op.Alloc:
          this.#add(base + a, this.#siteObject(fileIndex, pc));
          break;
        case Op.Load:
        case Op.LoadDynamic:
          this.#listen(base + b, fn, pc);
          break;
        case Op.Store:
        case Op.StoreDynamic:
          this.#listen(base + a, fn, pc);
          break;
        case Op.Absorb:
          this.#listen(base + b, fn, pc);
          break;
        case Op.Combine:
          if (b === CombineMode.Either) {
            for (let i = pc + 5; i < pc + (code[pc]! >>> 8); i++) this.#edge(base + code[i]!, base + a);
          }
          break;
        case Op.Closure: {
          const target = program.sibling(fn, b);
          this.#add(base + a, this.#token(TokenKind.Function, target));
          const { captures } = program.functionOf(target);
          for (let i = 0; i < captures.length; i++) {
            const slot = code[pc + 5 + i]!;
            if (slot >= 0) this.#edge(base + slot, this.#slot(target, captures[i]!.slot));
          }
          break;
        }
        case Op.Class: {
          const cls = program.classBase[fileIndex]! + b;
          this.#add(base + a, this.#token(TokenKind.Class, cls));
          this.#seedClass(cls, fileIndex);
          if (code[pc + 5]! >= 0) this.#listen(base + code[pc + 5]!, fn, pc);
          break;
        }
        case Op.Call:
          this.#listen(base + b, fn, pc);
          break;
        case Op.Global: {
          const state = program.knowledge.global(file.strings[b]!);
          if (state) this.#add(base + a, this.#token(TokenKind.Api, state));
          break;
        }
        case Op.LoadVariable:
          this.#edge(this.#variableBase + program.variableBase[fileIndex]! + b, base + a);
          break;
        case Op.StoreVariable:
          this.#edge(base + b, this.#variableBase + program.variableBase[fileIndex]! + a);
          break;
        case Op.Import: {
          const binding = this.exports.imported(fileIndex, b);
          if (binding) this.#bind(binding, base + a);
          break;
        }
        case Op.Return:
          if (a >= 0) this.#edge(base + a, this.#returnNode(fn));
          break;
        case Op.Yield:
          if (b >= 0) this.#edge(base + b, this.#yieldNode(fn));
          break;
        default:
      }
    }
    if (ir.generator) {
      const generator = this.#token(TokenKind.Object, this.#objects++);
      this.#add(this.#returnNode(fn), generator);
      this.#edge(this.#yieldNode(fn), this.#field(generator, ELEMENT));
    }
  }

  #siteObject(file: number, pc: number): number {
    const key = file * 0x4000000 + pc;
    let token = this.#siteObjects.get(key);
    if (token === undefined) {
      token = this.#token(TokenKind.Object, this.#objects++);
      this.#siteObjects.set(key, token);
    }
    return token;
  }

  #bind(binding: Binding, node: number): void {
    const { knowledge } = this.program;
    switch (binding.kind) {
      case 'variable':
        this.#edge(this.#variableBase + binding.variable, node);
        break;
      case 'commonjs': {
        // The members of module.exports: follow whatever objects it holds, now and later.
        const holder = this.#newNode();
        this.#edge(this.#variableBase + binding.variable, holder);
        this.#lateLoads.push({ base: holder, key: binding.name, to: node });
        break;
      }
      case 'namespace':
        this.#add(node, this.#token(TokenKind.Module, binding.file));
        break;
      case 'package': {
        let state = knowledge.module(binding.specifier, binding.major);
        if (binding.name !== '*') state = knowledge.member(state, binding.name);
        if (state) this.#add(node, this.#token(TokenKind.Api, state));
      }
    }
  }

  readonly #lateLoads: { readonly base: number; readonly key: string; readonly to: number }[] = [];

  #seedType(file: number, type: Parameters<TypeTable['meaning']>[1], node: number): void {
    const { classes, states } = this.types.meaning(file, type);
    for (const cls of classes) this.#add(node, this.#token(TokenKind.Instance, cls));
    for (const state of states) this.#add(node, this.#token(TokenKind.Api, state));
  }

  #seedVariables(): void {
    const { program } = this;
    for (let variable = 0; variable < program.variableCount; variable++) {
      const file = program.variableFile[variable]!;
      const { type, kind } = program.files[file]!.variables[variable - program.variableBase[file]!]!;
      if (type) this.#seedType(file, type, this.#variableBase + variable);
      if (kind === 'commonjs') this.#add(this.#variableBase + variable, this.#siteObject(file, -1 - variable));
    }
    for (const entry of program.knowledge.entries) this.#seedEntry(entry);
  }

  #seedEntry(entry: Program['knowledge']['entries'][number]): void {
    if (entry.parameters.every((state) => !state)) return;
    for (const fn of entryFunctions(this.program, this.exports, entry)) {
      this.program.functionOf(fn).params.forEach((param, i) => {
        const state = entry.parameters[i];
        if (state) this.#add(this.#slot(fn, param.slot), this.#token(TokenKind.Api, state));
      });
    }
  }

  #seedClass(cls: number, file: number): void {
    const instance = this.#token(TokenKind.Instance, cls);
    const statics = this.#token(TokenKind.Class, cls);
    for (const field of this.program.classOf(cls).fields) {
      const node = this.#field(field.isStatic ? statics : instance, field.name);
      if (field.type) this.#seedType(file, field.type, node);
      for (const decorator of field.decorators) if (decorator.token) this.#seedType(file, decorator.token, node);
    }
  }

  // ── reactions to tokens ──

  #react(fn: number, pc: number, token: number): void {
    const { code, strings } = this.program.fileOf(fn);
    const base = this.#slotBase[fn]!;
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.Load:
        this.#load(token, strings[code[pc + 5]!]!, base + a);
        break;
      case Op.LoadDynamic:
        this.#load(token, ANY, base + a);
        break;
      case Op.Store:
        this.#store(token, strings[b]!, base + code[pc + 5]!);
        break;
      case Op.StoreDynamic:
        this.#store(token, ELEMENT, base + code[pc + 5]!);
        break;
      case Op.Absorb:
        // absorb: ∀o ∈ objects(dst), s ∈ objects(src). fields(s) ⊆ fields(o), looked up lazily through `parents`
        for (const object of this.#sets[base + a] ?? EMPTY) {
          if (this.#kinds.data[object] !== TokenKind.Object || object === token) continue;
          this.#parents[object] ??= [];
          const parents = this.#parents[object]!;
          if (!parents.includes(token) && parents.length < 8) {
            parents.push(token);
            for (const [key, node] of this.#fields[object] ?? []) this.#load(token, key, node);
          }
        }
        break;
      case Op.Class:
        this.#inherit(this.program.classBase[this.program.functionFile[fn]!]! + b, token);
        break;
      case Op.Call:
        this.#call(fn, pc, token);
        break;
      default:
    }
  }

  readonly #supers = new Map<number, number[]>();

  #superClasses(cls: number): readonly number[] {
    return this.#supers.get(cls) ?? EMPTY;
  }

  #inherit(cls: number, token: number): void {
    const kind = this.#kinds.data[token]!;
    const instance = this.#token(TokenKind.Instance, cls);
    this.#parents[instance] ??= [];
    if (kind === TokenKind.Class) {
      const parent = this.#data.data[token]!;
      if (parent === cls) return;
      this.#supers.set(cls, [...this.#superClasses(cls), parent]);
      const inherited = this.#token(TokenKind.Instance, parent);
      this.#parents[instance]!.push(inherited);
      for (const [key, node] of this.#fields[instance] ?? []) this.#load(inherited, key, node);
    } else if (kind === TokenKind.Api) {
      const state = this.program.knowledge.construct(this.#data.data[token]!);
      if (!state) return;
      const inherited = this.#token(TokenKind.Api, state);
      this.#parents[instance]!.push(inherited);
      for (const [key, node] of this.#fields[instance] ?? []) this.#load(inherited, key, node);
    }
  }

  #ownMethod(cls: number, signature: string): number {
    let map = this.#methods[cls];
    if (!map) {
      map = new Map();
      this.#methods[cls] = map;
      const base = this.program.functionBase[this.program.classFile[cls]!]!;
      for (const m of this.program.classOf(cls).methods) {
        const key = `${m.isStatic ? 's' : 'i'}${m.kind[0]}${m.name}`;
        if (!map.has(key)) map.set(key, base + m.function);
      }
    }
    return map.get(signature) ?? -1;
  }

  /** load: dst ⊇ field(token, key) */
  #load(token: number, key: string, to: number, depth = 0): void {
    const kind = this.#kinds.data[token]!;
    const data = this.#data.data[token]!;
    const { knowledge } = this.program;
    switch (kind) {
      case TokenKind.Api: {
        const state = key === ANY || key === ELEMENT || isIndex(key) ? knowledge.element(data) : knowledge.member(data, key);
        if (state) this.#add(to, this.#token(TokenKind.Api, state));
        return;
      }
      case TokenKind.Module: {
        if (key === ANY) return;
        const binding = this.exports.find(data, key);
        if (binding && this.#once(token, key, to)) this.#bind(binding, to);
        return;
      }
      case TokenKind.Function:
        if (key === 'prototype') this.#edgeOnce(this.#field(token, key), to);
        else this.#edgeOnce(this.#field(token, key), to);
        return;
      case TokenKind.Class:
      case TokenKind.Instance: {
        const isStatic = kind === TokenKind.Class;
        if (isStatic && key === 'prototype') {
          this.#add(to, this.#token(TokenKind.Instance, data));
          return;
        }
        if (key === 'constructor' && !isStatic) this.#add(to, this.#token(TokenKind.Class, data));
        const method = this.#ownMethod(data, `${isStatic ? 's' : 'i'}m${key}`);
        if (method >= 0) this.#add(to, this.#token(TokenKind.Function, method));
        const getter = this.#ownMethod(data, `${isStatic ? 's' : 'i'}g${key}`);
        if (getter >= 0) {
          this.#edgeOnce(this.#returnNode(getter), to);
          const { thisSlot } = this.program.functionOf(getter);
          if (thisSlot >= 0) this.#add(this.#slot(getter, thisSlot), token);
        }
        this.#edgeOnce(this.#field(token, key), to);
        if (isStatic) for (const parent of this.#superClasses(data)) this.#load(this.#token(TokenKind.Class, parent), key, to, depth + 1);
        if (method >= 0) return;
        break;
      }
      default:
        this.#edgeOnce(this.#field(token, key), to);
    }
    if (depth < 6) for (const parent of this.#parents[token] ?? EMPTY) this.#load(parent, key, to, depth + 1);
  }

  readonly #onceKeys = new Set<string>();

  #once(token: number, key: string, to: number): boolean {
    const text = `${token}\0${key}\0${to}`;
    if (this.#onceKeys.has(text)) return false;
    this.#onceKeys.add(text);
    return true;
  }

  /** store: field(token, key) ⊇ src */
  #store(token: number, key: string, from: number): void {
    const kind = this.#kinds.data[token]!;
    if (kind === TokenKind.Api || kind === TokenKind.Module) return;
    if (kind === TokenKind.Instance || kind === TokenKind.Class) {
      const setter = this.#ownMethod(this.#data.data[token]!, `${kind === TokenKind.Class ? 's' : 'i'}s${key}`);
      if (setter >= 0) {
        const param = this.program.functionOf(setter).params[0];
        if (param) this.#edgeOnce(from, this.#slot(setter, param.slot));
      }
    }
    this.#edgeOnce(from, this.#field(token, key));
  }

  #call(fn: number, pc: number, token: number): void {
    const { code } = this.program.fileOf(fn);
    const base = this.#slotBase[fn]!;
    const dst = base + code[pc + 3]!;
    const receiver = code[pc + 5]!;
    const flags = code[pc + 6]!;
    const data = this.#data.data[token]!;
    switch (this.#kinds.data[token]!) {
      case TokenKind.Function:
        if (flags & CallFlag.New) {
          const object = this.#siteObject(this.program.functionFile[fn]!, pc);
          const { thisSlot } = this.program.functionOf(data);
          if (thisSlot >= 0) this.#add(this.#slot(data, thisSlot), object);
          this.#add(dst, object);
          const proto = this.#newNode();
          this.#edge(this.#field(token, 'prototype'), proto);
          this.#prototypes.push({ node: proto, object });
          this.#link(fn, pc, data, -1);
        } else this.#link(fn, pc, data, receiver >= 0 ? base + receiver : -1);
        this.#edgeOnce(this.#returnNode(data), dst);
        break;
      case TokenKind.Class: {
        const instance = this.#token(TokenKind.Instance, data);
        const target = this.constructorOf(data);
        this.#link(fn, pc, target, flags & CallFlag.Super && receiver >= 0 ? base + receiver : -1);
        const { thisSlot } = this.program.functionOf(target);
        if (thisSlot >= 0 && !(flags & CallFlag.Super)) this.#add(this.#slot(target, thisSlot), instance);
        if (flags & CallFlag.Decorator) break;
        this.#add(dst, instance);
        break;
      }
      case TokenKind.Api: {
        const { knowledge } = this.program;
        const state = flags & CallFlag.New ? knowledge.construct(data) : knowledge.call(data);
        if (state) this.#add(dst, this.#token(TokenKind.Api, state));
        this.#modelCalls.push(fn, pc, data);
        break;
      }
      default:
    }
  }

  readonly #prototypes: { readonly node: number; readonly object: number }[] = [];
  readonly #modelCalls: number[] = [];

  /** args → params, receiver → this */
  #link(fn: number, pc: number, target: number, receiver: number): void {
    const key = (this.#slotBase[fn]! + this.program.fileOf(fn).code[pc + 3]!) * 0x1000000 + target;
    const { code } = this.program.fileOf(fn);
    const ir = this.program.functionOf(target);
    if (receiver >= 0 && ir.thisSlot >= 0) this.#edgeOnce(receiver, this.#slot(target, ir.thisSlot));
    if (this.#linked.has(key)) return;
    this.#linked.add(key);
    const base = this.#slotBase[fn]!;
    const spread = code[pc + 7]!;
    const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
    for (let i = 0; i < count; i++) {
      const node = base + code[pc + CALL_ARGUMENTS + i]!;
      if (i < 31 && spread & (1 << i)) {
        for (let p = i; p < ir.params.length; p++) this.#lateLoads.push({ base: node, key: ELEMENT, to: this.#slot(target, ir.params[p]!.slot) });
        return;
      }
      const param = ir.params[i] ?? ir.params[ir.params.length - 1];
      if (!param || (i >= ir.params.length && !param.rest)) return;
      if (param.rest) {
        const list = this.#siteObject(this.program.functionFile[target]!, ir.blocks[0]! * 2 + 0x2000000);
        this.#add(this.#slot(target, param.slot), list);
        this.#edgeOnce(node, this.#field(list, ELEMENT));
      } else this.#edgeOnce(node, this.#slot(target, param.slot));
    }
  }

  // ── calls of modelled functions: callbacks ──

  #applied = new Map<string, number>();

  /** Passes tracked values through models, into callbacks and out of them. Returns whether anything new may follow. */
  #applyModels(): boolean {
    for (const { base, key, to } of this.#lateLoads) for (const token of this.#sets[base] ?? EMPTY) this.#load(token, key, to);
    for (const { node, object } of this.#prototypes) {
      for (const proto of this.#sets[node] ?? EMPTY) {
        this.#parents[object] ??= [];
        if (this.#parents[object]!.includes(proto)) continue;
        this.#parents[object]!.push(proto);
        for (const [key, field] of this.#fields[object] ?? []) this.#load(proto, key, field);
      }
    }
    this.#addNamedMethods();
    for (let i = 0; i < this.#modelCalls.length; i += 3) this.#applyModel(this.#modelCalls[i]!, this.#modelCalls[i + 1]!, this.#modelCalls[i + 2]!);
    return this.#queueNode.length > 0;
  }

  readonly #named = new Set<number>();

  /** Calls whose callee is unknown but whose method name is that of a built-in type: `xs.map(f)`. */
  #addNamedMethods(): void {
    const { program } = this;
    for (let fn = 0; fn < program.functionCount; fn++) {
      if (this.#named.has(fn)) continue;
      this.#named.add(fn);
      const { code, strings } = program.fileOf(fn);
      const ir = program.functionOf(fn);
      const base = this.#slotBase[fn]!;
      const end = ir.blocks[ir.blocks.length - 1]!;
      const keys = new Map<number, number>();
      for (let pc = ir.blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
        const op = code[pc]! & 255;
        if (op === Op.Load) keys.set(code[pc + 3]!, code[pc + 5]!);
        if (op !== Op.Call || this.#sets[base + code[pc + 4]!]) continue;
        const key = keys.get(code[pc + 4]!);
        if (key === undefined) continue;
        const state = program.knowledge.method(strings[key]!);
        if (state) this.#modelCalls.push(fn, pc, state);
      }
    }
  }

  #applyModel(fn: number, pc: number, state: ApiState): void {
    const { knowledge } = this.program;
    const { code } = this.program.fileOf(fn);
    const flags = code[pc + 6]!;
    const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
    const base = this.#slotBase[fn]!;
    if (knowledge.hasParameters(state)) {
      for (let i = 0; i < count; i++) {
        const node = base + code[pc + CALL_ARGUMENTS + i]!;
        this.#seedCallback(state, i, [], node, 0);
      }
    }
    const model = flags & CallFlag.New ? knowledge.onConstruct(state) : knowledge.onCall(state);
    if (!model || (model.invokes.length === 0 && model.flows.length === 0)) return;
    const site = `${fn}:${pc}`;
    for (const flow of model.flows) {
      if (flow.mode !== 'value') continue;
      for (const from of this.#portNodes(flow.from, model, fn, pc, site, false)) {
        for (const to of this.#portNodes(flow.to, model, fn, pc, site, true)) this.#edgeOnce(from, to);
      }
    }
  }

  /** The parameters of functions found at an argument, or in the fields of an object there, get the states that the model gives them. */
  #seedCallback(state: ApiState, argument: number, path: readonly string[], node: number, depth: number): void {
    const { knowledge } = this.program;
    for (const token of this.#sets[node] ?? EMPTY) {
      const kind = this.#kinds.data[token]!;
      if (kind === TokenKind.Function) {
        const target = this.#data.data[token]!;
        const { params } = this.program.functionOf(target);
        for (let p = 0; p < params.length; p++) {
          const given = knowledge.parameter(state, argument, path, p);
          if (given) this.#add(this.#slot(target, params[p]!.slot), this.#token(TokenKind.Api, given));
        }
      } else if ((kind === TokenKind.Object || kind === TokenKind.Instance) && depth < 2) {
        for (const [key, field] of this.#fields[token] ?? []) {
          if (key !== ANY) this.#seedCallback(state, argument, [...path, key], field, depth + 1);
        }
      }
    }
  }

  readonly #siteNodes = new Map<string, number>();

  #siteNode(key: string): number {
    let node = this.#siteNodes.get(key);
    if (node === undefined) {
      node = this.#newNode();
      this.#siteNodes.set(key, node);
    }
    return node;
  }

  /** The nodes that a port of a model stands for at a call. Paths through objects are followed; `toWrite` makes missing ones. */
  #portNodes(port: Port, model: CallModel, fn: number, pc: number, site: string, toWrite: boolean): number[] {
    const { code } = this.program.fileOf(fn);
    const base = this.#slotBase[fn]!;
    const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
    const argument = (i: number): number[] => (i < count ? [base + code[pc + CALL_ARGUMENTS + i]!] : []);
    let nodes: number[];
    switch (port.root) {
      case 'argument':
        nodes = argument(port.index);
        break;
      case 'arguments':
        nodes = [];
        for (let i = port.index; i < count; i++) nodes.push(...argument(i));
        break;
      case 'receiver':
        nodes = code[pc + 5]! >= 0 ? [base + code[pc + 5]!] : [];
        break;
      case 'result':
        nodes = [base + code[pc + 3]!];
        break;
      case 'state': {
        const receiver = code[pc + 5]!;
        const holders = receiver >= 0 ? (this.#sets[base + receiver] ?? EMPTY) : EMPTY;
        const objects = holders.filter((t) => this.#kinds.data[t] === TokenKind.Object);
        nodes = objects.length > 0 ? objects.map((t) => this.#field(t, '%state')) : [this.#siteNode(`${site}:state`)];
        break;
      }
      case 'invoke-argument':
      case 'invoke-result': {
        nodes = [];
        const callee = model.invokes[port.invoke];
        if (!callee) return [];
        for (const node of this.#portNodes(callee, model, fn, pc, site, false)) {
          for (const token of this.#sets[node] ?? EMPTY) {
            if (this.#kinds.data[token] !== TokenKind.Function) continue;
            const target = this.#data.data[token]!;
            if (port.root === 'invoke-result') nodes.push(this.#returnNode(target));
            else {
              const param = this.program.functionOf(target).params[port.index];
              if (param) nodes.push(this.#slot(target, param.slot));
            }
          }
        }
        break;
      }
      default:
        return [];
    }
    let level = 0;
    for (const key of port.path) {
      const next: number[] = [];
      level++;
      for (const node of nodes) {
        let objects = (this.#sets[node] ?? EMPTY).filter((t) => this.#kinds.data[t] !== TokenKind.Api);
        if (toWrite && objects.length === 0 && port.root === 'result') {
          const made = this.#modelObject(`${site}:${level}`);
          this.#add(node, made);
          objects = [made];
        }
        for (const token of objects) {
          if (toWrite) next.push(this.#field(token, key));
          else {
            const read = this.#siteNode(`${token}.${key}`);
            this.#load(token, key, read);
            next.push(read);
          }
        }
      }
      nodes = next;
    }
    return nodes;
  }

  #modelObject(key: string): number {
    let object = this.#applied.get(key);
    if (object === undefined) {
      object = this.#token(TokenKind.Object, this.#objects++);
      this.#applied.set(key, object);
    }
    return object;
  }
}

/** The functions that a convention of a framework calls. */
export function entryFunctions(
  program: Program,
  exports: ExportTable,
  entry: Program['knowledge']['entries'][number],
): number[] {
  const pattern = globExpression(entry.files);
  const result: number[] = [];
  for (let file = 0; file < program.files.length; file++) {
    const ir = program.files[file]!;
    if (!pattern.test(ir.path)) continue;
    const moduleWide = !entry.directive || ir.directives.includes(entry.directive);
    if (moduleWide) {
      const names = entry.exports.includes('*') ? ir.exports.flatMap((e) => (e.kind === 'variable' ? [e.name] : [])) : entry.exports;
      for (const name of names) {
        const binding = exports.find(file, name);
        if (binding?.kind === 'variable') result.push(...storedFunctions(program, binding.variable));
      }
    }
    if (!entry.directive || moduleWide) continue;
    ir.functions.forEach((fn, i) => {
      if (fn.directives.includes(entry.directive!)) result.push(program.functionBase[file]! + i);
    });
  }
  return result;
}

/** The functions that a module's top-level code stores into a variable, directly. */
function storedFunctions(program: Program, variable: number): number[] {
  const file = program.variableFile[variable]!;
  const { code, functions } = program.files[file]!;
  const { blocks } = functions[0]!;
  const closures = new Map<number, number>();
  const result: number[] = [];
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const op = code[pc]! & 255;
    if (op === Op.Closure) closures.set(code[pc + 3]!, code[pc + 4]!);
    else if (op === Op.Copy && closures.has(code[pc + 4]!)) closures.set(code[pc + 3]!, closures.get(code[pc + 4]!)!);
    else if (op === Op.Call) {
      // `export const POST = withAuth(async (req) => …)`: the wrapped function is the entry too.
      for (let i = pc + CALL_ARGUMENTS; i < pc + (code[pc]! >>> 8); i++) {
        const inner = closures.get(code[i]!);
        if (inner !== undefined) closures.set(code[pc + 3]!, inner);
      }
    } else if (op === Op.StoreVariable && code[pc + 3]! === variable - program.variableBase[file]!) {
      const fn = closures.get(code[pc + 4]!);
      if (fn !== undefined) result.push(program.functionBase[file]! + fn);
    }
  }
  return result;
}

const globs = (glob: string): string =>
  glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.split(',').join('|')})`)
    .replace(/\*\*\/?|\*|\?/g, (m) => (m === '**/' ? '(?:.*/)?' : m === '**' ? '.*' : m === '*' ? '[^/]*' : '[^/]'));

/** A glob over POSIX paths as an expression: `**`, `*`, `?`, `{a,b}`. */
export function globExpression(glob: string): RegExp {
  return new RegExp(`^${globs(glob)}$`);
}

export const BOX_KIND = AllocKind.Box;
export const BOX = BOX_FIELD;
export const ABSENT = NONE;
