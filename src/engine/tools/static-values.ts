/**
 * What expressions stand for, read off the code: literals, object and array literals with their fields, functions, results of own functions and of
 * list methods. The engine's heap is gone when a function has been analysed; the definitions of tools are declarative, so that this is enough.
 */
import { ANY, CALL_ARGUMENTS, CallFlag, CombineMode, ELEMENT, LiteralKind, Op } from '../../ir/instruction.js';
import { isIndex } from '../path-table.js';
import type { Program } from '../program.js';
import { TokenKind, type Tracker } from '../tracker.js';
import { CallerIndex, functionsOf } from './caller-index.js';
import { capturedSlot, type FunctionIndex, indexFunction } from './function-index.js';
import { HOLE, type Item, isKnown, itemKey, type Place } from './item.js';
import { offeredClosures } from './offered.js';

/** Expressions one inside the other that are followed. */
const DEPTH = 40;
/** Things that one expression may stand for. Why: servers register up to a few hundred tools from one list. */
const WIDTH = 400;
/** Expressions that are looked at for one. Why: what is defined by so much is no declaration; each costs some microseconds. */
const STEPS = 20_000;
const EMPTY: readonly Item[] = [];

/** Methods of lists that hand their elements to callbacks, and those that return a list of the same elements. */
const ITERATES = new Set(['forEach', 'map', 'filter', 'flatMap', 'some', 'every', 'find']);
const KEEPS = new Set(['filter', 'slice', 'concat', 'sort', 'toSorted', 'reverse', 'toReversed', 'flat', 'values']);

/** Functions that make a schema of another schema. */
const CONVERTERS = new Set(['zodToJsonSchema', 'toJsonSchema', 'toJSONSchema', 'zodSchema', 'jsonSchema']);

/** What evaluations share, whatever they are pinned to. */
interface Shared {
  readonly program: Program;
  readonly tracker: Tracker;
  readonly indices: Map<number, FunctionIndex>;
  callers: CallerIndex | undefined;
  variables: Map<number, readonly (readonly [fn: number, slot: number])[]>;
  readonly offered: Map<number, ReadonlySet<number>>;
}

export class StaticValues {
  readonly #memo = new Map<string, readonly Item[]>();
  readonly #busy = new Set<string>();
  /** Evaluations that were cut short, and steps of the one at hand. */
  #cuts = 0;
  #steps = 0;
  readonly #pinned = new Map<string, StaticValues>();

  private constructor(
    private readonly shared: Shared,
    /** Of lists of definitions, only the one of this name; of handlers by name, only this one. */
    private readonly pin: string | undefined,
    /** Of the callers of a function, only these calls (`function:pc`); all of them by default. */
    private readonly calls?: ReadonlySet<string>,
  ) {}

  static of(program: Program, tracker: Tracker): StaticValues {
    const shared: Shared = {
      program,
      tracker,
      indices: new Map(),
      callers: undefined,
      variables: new Map(),
      offered: new Map(),
    };
    return new StaticValues(shared, undefined);
  }

  get program(): Program {
    return this.shared.program;
  }

  get tracker(): Tracker {
    return this.shared.tracker;
  }

  /** The same code, seen by one tool. */
  pinned(name: string): StaticValues {
    let values = this.#pinned.get(name);
    if (!values) {
      values = new StaticValues(this.shared, name);
      this.#pinned.set(name, values);
    }
    return values;
  }

  /** The same code, where only these calls are made: what a parameter is then, is what they hand over. */
  within(calls: readonly Place[]): StaticValues {
    return new StaticValues(this.shared, this.pin, new Set(calls.map((call) => `${call.function}:${call.pc}`)));
  }

  index(fn: number): FunctionIndex {
    let index = this.shared.indices.get(fn);
    if (!index) {
      index = indexFunction(this.shared.program, fn);
      this.shared.indices.set(fn, index);
    }
    return index;
  }

  /** The closures of a function that evaluated code alone is given, by slot. */
  offered(fn: number): ReadonlySet<number> {
    let offered = this.shared.offered.get(fn);
    if (!offered) {
      offered = offeredClosures(this, fn);
      this.shared.offered.set(fn, offered);
    }
    return offered;
  }

  /** What argument `index` of a call may be; nothing where there is none. */
  argument({ function: fn, pc }: Place, index: number): readonly Item[] {
    const { code } = this.program.fileOf(fn);
    const at = pc + CALL_ARGUMENTS + index;
    return at < pc + (code[pc]! >>> 8) ? this.slot(fn, code[at]!) : EMPTY;
  }

  /** What a slot of a function may hold. */
  slot(fn: number, slot: number, depth = 0): readonly Item[] {
    if (slot < 0) return EMPTY;
    return this.#once(`${fn}:${slot}`, depth, () => this.#slot(fn, slot, depth + 1));
  }

  /** Evaluates once what is asked for often; nothing where that leads back to itself, or too far. */
  #once(key: string, depth: number, evaluate: () => readonly Item[]): readonly Item[] {
    const known = this.#memo.get(key);
    if (known) return known;
    if (this.#busy.size === 0) this.#steps = 0;
    if (depth > DEPTH || this.#busy.has(key) || ++this.#steps > STEPS) {
      this.#cuts++;
      return EMPTY;
    }
    const before = this.#cuts;
    this.#busy.add(key);
    const items = distinct(evaluate());
    this.#busy.delete(key);
    // What was cut short on the way may be more when it is asked for by itself.
    if (this.#busy.size === 0 || items.length > 0 || this.#cuts === before) this.#memo.set(key, items);
    return items;
  }

  /** What a slot may hold or, where that is not known, what it was read from: `server.server`, `this.mcp.experimental`. */
  owner(fn: number, slot: number): readonly Item[] {
    let at = slot;
    for (let hops = 0; hops < 4; hops++) {
      const items = this.slot(fn, at);
      if (items.some(isKnown) || items.some((item) => item.kind === 'call')) return items;
      const { code } = this.program.fileOf(fn);
      const definition = this.index(fn).definitions.get(at)?.[0];
      if (definition === undefined || (code[definition]! & 255) !== Op.Load) return items;
      at = code[definition + 4]!;
    }
    return EMPTY;
  }

  /** What stands at a path below something. */
  path(items: readonly Item[], keys: readonly string[], depth = 0): readonly Item[] {
    let result = items;
    for (const key of keys) {
      const next: Item[] = [];
      for (const item of result) next.push(...this.field(item, key, depth + 1));
      result = distinct(next);
    }
    return result;
  }

  /** What a field of something may hold; `[]` and `*` stand for each element or field. */
  field(item: Item, key: string, depth = 0): readonly Item[] {
    if (depth > DEPTH) return EMPTY;
    switch (item.kind) {
      case 'object': {
        if (key === ELEMENT || key === ANY)
          return this.#chosen(this.entries(item, depth).flatMap(([, items]) => items));
        const own = this.entries(item, depth).filter(
          ([name]) => name === key || (isIndex(key) && name === ELEMENT) || name === ANY,
        );
        return own.flatMap(([, items]) => items);
      }
      case 'list':
        return key === ELEMENT || key === ANY || isIndex(key) ? this.#chosen(item.items) : EMPTY;
      case 'text':
      case 'template':
        // Of an address
        return key === 'href' ? [item] : EMPTY;
      case 'entry':
        if (key === '0') return [{ kind: 'text', text: item.key, place: item.place }];
        return key === '1' ? item.items : EMPTY;
      case 'instance':
        return this.#once(`${item.class}.${key}`, depth, () => this.#instanceField(item.class, key, depth));
      case 'class': {
        const method = this.tracker.method(item.class, key, true, 'method');
        return method < 0 ? EMPTY : [{ kind: 'function', function: method, place: item.place }];
      }
      default:
        return EMPTY;
    }
  }

  /**
   * The fields of an object literal in order, those that were spread into it included; computed names are `*`.
   *
   * @param spread the literals, as `function:pc`, whose fields are there already. Why: states are made of each other by spreading
   *   (`{ ...state, busy: true }`), around and around.
   */
  entries(
    item: Item,
    depth = 0,
    spread = new Set<string>(),
  ): readonly (readonly [key: string, items: readonly Item[]])[] {
    if (depth > DEPTH) return [];
    if (item.kind === 'list') return item.items.map((each) => [ELEMENT, [each]] as const);
    if (item.kind !== 'object') return [];
    const { function: fn, pc } = item.place;
    const place = `${fn}:${pc}`;
    if (spread.has(place)) return [];
    spread.add(place);
    const { writes, copies } = this.index(fn);
    const { code } = this.program.fileOf(fn);
    const result: (readonly [string, readonly Item[]])[] = [];
    const waiting = [code[pc + 3]!];
    const seen = new Set(waiting);
    for (let slot = waiting.pop(); slot !== undefined; slot = waiting.pop()) {
      for (const copy of copies.get(slot) ?? []) {
        // A variable that is assigned again is another thing.
        if (seen.has(copy) || (this.index(fn).definitions.get(copy)?.length ?? 0) > 1) continue;
        seen.add(copy);
        waiting.push(copy);
      }
      for (const write of writes.get(slot) ?? []) {
        const values = this.slot(fn, write.slot, depth + 1);
        if (!write.spread) result.push([write.key ?? ANY, values]);
        else for (const value of values) result.push(...this.entries(value, depth + 1, spread));
      }
    }
    return result;
  }

  /**
   * Whether something unknown was spread into an object literal, so that it may have further fields.
   *
   * @param spread the literals, as `function:pc`, that were looked at already
   */
  isOpen(item: Item, spread = new Set<string>()): boolean {
    if (item.kind !== 'object') return item.kind !== 'list' && item.kind !== 'text';
    const { function: fn, pc } = item.place;
    const place = `${fn}:${pc}`;
    if (spread.has(place)) return false;
    spread.add(place);
    const slot = this.program.fileOf(fn).code[pc + 3]!;
    const { writes, copies } = this.index(fn);
    return [slot, ...(copies.get(slot) ?? [])].some((each) =>
      (writes.get(each) ?? []).some((write) => {
        if (!write.spread) return write.key === undefined;
        const values = this.slot(fn, write.slot);
        return values.length === 0 || values.some((value) => this.isOpen(value, spread));
      }),
    );
  }

  /** The calls of `new` that make an instance of an own class. */
  constructions(cls: number): Place[] {
    const calls = this.callers(this.tracker.constructorOf(cls)).direct;
    return calls.filter(({ function: fn, pc }) => {
      const { code } = this.program.fileOf(fn);
      if (!(code[pc + 6]! & CallFlag.New)) return false;
      return this.tracker
        .slotTokens(fn, code[pc + 4]!)
        .some((token) => this.tracker.tokenKind(token) === TokenKind.Class && this.tracker.tokenData(token) === cls);
    });
  }

  /** A field of the instance that one call of `new` makes. */
  fieldOfMade(cls: number, key: string, { function: fn, pc }: Place): readonly Item[] {
    const { code } = this.program.fileOf(fn);
    const slots = [...code.subarray(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8))];
    return this.#instanceField(
      cls,
      key,
      0,
      slots.map((slot) => this.slot(fn, slot)),
    );
  }

  /** What was spread into an object or array literal and is not followed: the result of a call. */
  spreads(item: Item): readonly Item[] {
    if (item.kind !== 'object') return EMPTY;
    const { function: fn, pc } = item.place;
    const slot = this.program.fileOf(fn).code[pc + 3]!;
    const { writes, copies } = this.index(fn);
    return [slot, ...(copies.get(slot) ?? [])].flatMap((each) =>
      (writes.get(each) ?? []).flatMap((write) =>
        write.spread ? this.slot(fn, write.slot).filter(({ kind }) => kind === 'call') : [],
      ),
    );
  }

  /** What a function may return. */
  returned(fn: number): readonly Item[] {
    return this.#returned(fn, 0);
  }

  /** The name under which a package exports something, or what was called to make it; '' where it comes from elsewhere. */
  exportName({ kind, place: { function: fn, pc } }: Item): string {
    const file = this.program.fileOf(fn);
    const { code } = file;
    const at =
      kind === 'call' ? this.index(fn).definitions.get(code[pc + 4]!)?.[0] : kind === 'unknown' ? pc : undefined;
    return at !== undefined && (code[at]! & 255) === Op.Import ? file.imports[code[at + 4]!]!.name : '';
  }

  callers(fn: number) {
    this.shared.callers ??= new CallerIndex(this.program, this.tracker, (each) => this.index(each));
    return this.shared.callers.of(fn);
  }

  #slot(fn: number, slot: number, depth: number): readonly Item[] {
    const ir = this.program.functionOf(fn);
    const parameter = ir.params.findIndex((param) => param.slot === slot);
    const result: Item[] = [];
    if (parameter >= 0) result.push(...this.#parameter(fn, parameter, depth));
    const capture = ir.captures.findIndex((each) => each.slot === slot);
    if (capture >= 0) result.push(...this.#capture(fn, capture, depth));
    if (slot === ir.thisSlot && ir.classIndex >= 0)
      result.push({ kind: 'instance', class: this.program.ownerClass(fn), place: { function: fn, pc: ir.blocks[0]! } });
    for (const pc of this.index(fn).definitions.get(slot) ?? []) {
      if (result.length > WIDTH) break;
      result.push(...this.#instruction(fn, pc, depth));
    }
    return result;
  }

  #instruction(fn: number, pc: number, depth: number): readonly Item[] {
    const file = this.program.fileOf(fn);
    const { code, strings } = file;
    const place: Place = { function: fn, pc };
    const b = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.Const:
        return b === LiteralKind.Undefined ? EMPTY : [{ kind: 'text', text: strings[code[pc + 5]!]!, place }];
      case Op.Copy:
        return this.slot(fn, b, depth);
      case Op.Combine:
        return this.#combine(fn, pc, depth);
      case Op.Alloc:
        return [{ kind: 'object', array: b === 1, place }];
      case Op.Closure:
        return [{ kind: 'function', function: this.program.sibling(fn, b), place }];
      case Op.Class:
        return [{ kind: 'class', class: this.program.classBase[this.program.functionFile[fn]!]! + b, place }];
      case Op.LoadVariable:
        return this.#variable(this.program.variableBase[this.program.functionFile[fn]!]! + b, depth);
      case Op.Import: {
        const binding = this.tracker.exports.imported(this.program.functionFile[fn]!, b);
        if (binding?.kind === 'variable') return this.#variable(binding.variable, depth);
        if (binding?.kind === 'commonjs')
          return this.path(this.#variable(binding.variable, depth), [binding.name], depth);
        return [{ kind: 'unknown', place }];
      }
      case Op.Load: {
        const found = this.path(this.slot(fn, b, depth), [strings[code[pc + 5]!]!], depth);
        return found.length > 0 ? found : this.#tracked(fn, pc);
      }
      case Op.LoadDynamic: {
        const base = this.slot(fn, b, depth);
        const keys = this.slot(fn, code[pc + 5]!, depth).flatMap((item) => (item.kind === 'text' ? [item.text] : []));
        const chosen = this.pin === undefined ? [] : this.path(base, [this.pin], depth);
        if (chosen.length > 0) return chosen;
        if (keys.length > 0) return keys.flatMap((key) => this.path(base, [key], depth));
        return this.path(base, [ANY], depth);
      }
      case Op.Call:
        return this.#call(fn, pc, depth);
      default:
        return [{ kind: 'unknown', place }];
    }
  }

  #combine(fn: number, pc: number, depth: number): readonly Item[] {
    const { code } = this.program.fileOf(fn);
    const mode = code[pc + 4]!;
    const operands = [...code.subarray(pc + 5, pc + (code[pc]! >>> 8))].map((slot) => this.slot(fn, slot, depth));
    if (mode === CombineMode.Either) return operands.flat();
    const place: Place = { function: fn, pc };
    const texts = operands.map((items) =>
      items.length === 1 && items[0]!.kind === 'text' ? items[0]!.text : undefined,
    );
    if (mode !== CombineMode.Text || texts.every((text) => text === undefined)) return [{ kind: 'unknown', place }];
    if (texts.includes(undefined))
      return [{ kind: 'template', text: texts.map((text) => text ?? HOLE).join(''), place }];
    return [{ kind: 'text', text: texts.join(''), place }];
  }

  #variable(variable: number, depth: number): readonly Item[] {
    let stores = this.shared.variables.get(variable);
    if (!stores) {
      stores = this.#storesOf(variable);
      this.shared.variables.set(variable, stores);
    }
    return stores.flatMap(([fn, slot]) => this.slot(fn, slot, depth));
  }

  #storesOf(variable: number): (readonly [number, number])[] {
    const file = this.program.variableFile[variable]!;
    const own = variable - this.program.variableBase[file]!;
    const result: (readonly [number, number])[] = [];
    for (let fn = this.program.functionBase[file]!; fn < this.program.functionBase[file + 1]!; fn++)
      for (const slot of this.index(fn).stored.get(own) ?? []) result.push([fn, slot]);
    return result;
  }

  #parameter(fn: number, parameter: number, depth: number): readonly Item[] {
    const { direct, handed } = this.callers(fn);
    const result: Item[] = [];
    for (const call of direct) {
      if (this.calls && !this.calls.has(`${call.function}:${call.pc}`)) continue;
      const { code } = this.program.fileOf(call.function);
      const at = call.pc + CALL_ARGUMENTS + parameter;
      if (at < call.pc + (code[call.pc]! >>> 8)) result.push(...this.slot(call.function, code[at]!, depth));
    }
    for (const call of handed) {
      if (parameter !== 0 || call.argument !== 0) continue;
      const receiver = this.#receiverOf(call);
      if (receiver && ITERATES.has(receiver.method))
        result.push(...this.path(this.slot(call.function, receiver.slot, depth), [ELEMENT], depth));
    }
    const { blocks } = this.program.functionOf(fn);
    return result.length > 0 ? result : [{ kind: 'unknown', place: { function: fn, pc: blocks[0]! } }];
  }

  #capture(fn: number, capture: number, depth: number): readonly Item[] {
    const { parent } = this.program.functionOf(fn);
    if (parent < 0) return EMPTY;
    const outer = this.program.sibling(fn, parent);
    const slot = capturedSlot(this.program, this.index(outer), fn, capture);
    return slot === undefined ? EMPTY : this.slot(outer, slot, depth);
  }

  /** The result of a call: of own functions, of list methods, of the constructors of own classes. */
  #call(fn: number, pc: number, depth: number): readonly Item[] {
    const { code } = this.program.fileOf(fn);
    const place: Place = { function: fn, pc };
    const callee = code[pc + 4]!;
    const slots = code.subarray(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8));
    const argument = (i: number): readonly Item[] => (i < slots.length ? this.slot(fn, slots[i]!, depth) : EMPTY);
    if (code[pc + 6]! & CallFlag.New) {
      const classes = this.tracker
        .slotTokens(fn, callee)
        .filter((token) => this.tracker.tokenKind(token) === TokenKind.Class)
        .map((token) => this.tracker.tokenData(token));
      if (this.#globalName(fn, callee) === 'URL') return addressOf(argument(0), argument(1), place);
      return classes.length > 0
        ? classes.map((cls) => ({ kind: 'instance', class: cls, place }))
        : [{ kind: 'call', place }];
    }
    const receiver = this.#receiverOf(place);
    // An own converter of schemas says nothing of the one that it is given here.
    if (CONVERTERS.has(receiver?.method ?? this.#calleeName(place))) return [{ kind: 'call', place }];
    if (receiver) {
      const { method } = receiver;
      if (method === 'toString') {
        const texts = this.slot(fn, receiver.slot, depth);
        if (texts.length > 0 && texts.every(isText)) return texts;
      }
      const owner = this.#globalName(fn, receiver.slot);
      if (owner === 'Object') {
        if (method === 'freeze' || method === 'assign') return argument(0);
        const fields = argument(0).flatMap((item) => this.entries(item, depth));
        if (method === 'values') return [{ kind: 'list', items: fields.flatMap(([, items]) => items), place }];
        if (method === 'entries')
          return [{ kind: 'list', items: fields.map(([key, items]) => ({ kind: 'entry', key, items, place })), place }];
      }
      const base =
        KEEPS.has(method) || method === 'map' || method === 'flatMap' ? this.slot(fn, receiver.slot, depth) : [];
      const lists = base.filter((item) => item.kind === 'object' || item.kind === 'list');
      if (lists.length > 0) {
        if (KEEPS.has(method)) {
          const items = [...lists, ...(method === 'concat' ? argument(0) : [])].flatMap((item) =>
            this.field(item, ELEMENT, depth),
          );
          return [{ kind: 'list', items, place }];
        }
        const mapped = argument(0).flatMap((item) =>
          item.kind === 'function' ? this.#returned(item.function, depth) : [],
        );
        const flat = method === 'flatMap' ? mapped.flatMap((item) => this.field(item, ELEMENT, depth)) : mapped;
        if (flat.length > 0) return [{ kind: 'list', items: flat, place }];
      }
    }
    const targets = functionsOf(this.tracker, fn, callee);
    if (targets.length === 0) return [{ kind: 'call', place }];
    const given = [...slots].map((_, i) => argument(i));
    const own = targets.flatMap((target) => this.#returned(target, depth, given));
    return own.length > 0 ? own : [{ kind: 'call', place }];
  }

  /** What a function returns: to a call that hands these arguments over or, where none are given, to any of its callers. */
  #returned(fn: number, depth: number, given?: readonly (readonly Item[])[]): readonly Item[] {
    return this.index(fn).returned.flatMap((slot) => this.#bound(fn, slot, given, depth));
  }

  /** Values that its constructor, or one that it calls with `super`, writes to a field; else a method or getter of that name. */
  #instanceField(cls: number, key: string, depth: number, made?: readonly (readonly Item[])[]): readonly Item[] {
    const result: Item[] = [];
    let given = made;
    for (const each of this.tracker.lineage(cls)) {
      const target = this.tracker.constructorOf(each);
      const { thisSlot } = this.program.functionOf(target);
      for (const write of this.index(target).writes.get(thisSlot) ?? [])
        if (!write.spread && write.key === key) result.push(...this.#bound(target, write.slot, given, depth));
      if (result.length > 0) return result;
      const getter = this.tracker.method(each, key, false, 'getter');
      if (getter >= 0) return this.#returned(getter, depth);
      const method = this.tracker.method(each, key, false, 'method');
      const { blocks } = this.program.functionOf(target);
      if (method >= 0) return [{ kind: 'function', function: method, place: { function: target, pc: blocks[0]! } }];
      given = this.#superArguments(target, given, depth);
    }
    return result;
  }

  /** What a constructor hands to that of its superclass, given what it was handed itself. */
  #superArguments(
    fn: number,
    given: readonly (readonly Item[])[] | undefined,
    depth: number,
  ): readonly (readonly Item[])[] | undefined {
    const { code } = this.program.fileOf(fn);
    const pc = this.index(fn).calls.find((each) => code[each + 6]! & CallFlag.Super);
    if (pc === undefined) return undefined;
    const slots = [...code.subarray(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8))];
    return slots.map((slot) => this.#bound(fn, slot, given, depth));
  }

  /** A slot of a function whose arguments are known; where they are not, of all its callers. */
  #bound(fn: number, slot: number, given: readonly (readonly Item[])[] | undefined, depth: number): readonly Item[] {
    if (given === undefined || depth > DEPTH) return this.slot(fn, slot, depth + 1);
    const { code, strings } = this.program.fileOf(fn);
    const parameter = this.program.functionOf(fn).params.findIndex((param) => param.slot === slot);
    const definitions = this.index(fn).definitions.get(slot) ?? [];
    if (parameter >= 0 && definitions.length === 0) return given[parameter] ?? EMPTY;
    if (definitions.length !== 1) return this.slot(fn, slot, depth + 1);
    const pc = definitions[0]!;
    const inner = (each: number): readonly Item[] => this.#bound(fn, each, given, depth + 1);
    switch (code[pc]! & 255) {
      case Op.Copy:
        return inner(code[pc + 4]!);
      case Op.Load:
        return this.path(inner(code[pc + 4]!), [strings[code[pc + 5]!]!], depth);
      case Op.Combine:
        if (code[pc + 4] !== CombineMode.Either) break;
        return [...code.subarray(pc + 5, pc + (code[pc]! >>> 8))].flatMap(inner);
      default:
    }
    return this.slot(fn, slot, depth + 1);
  }

  /** The functions and classes that the tracker found where the code itself does not tell. */
  #tracked(fn: number, pc: number): readonly Item[] {
    const place: Place = { function: fn, pc };
    const slot = this.program.fileOf(fn).code[pc + 3]!;
    const items: Item[] = [];
    for (const token of this.tracker.slotTokens(fn, slot)) {
      const data = this.tracker.tokenData(token);
      if (this.tracker.tokenKind(token) === TokenKind.Function) items.push({ kind: 'function', function: data, place });
    }
    return items.length > 0 ? items : [{ kind: 'unknown', place }];
  }

  /** Of definitions in a list, the pinned one, where it is among them. */
  #chosen(items: readonly Item[]): readonly Item[] {
    const { pin } = this;
    if (pin === undefined || items.length < 2) return items;
    const named = items.filter((item) => {
      if (item.kind === 'entry') return item.key === pin;
      const names = ['name', 'id'].flatMap((key) => this.field(item, key));
      return names.some((name) => name.kind === 'text' && name.text === pin);
    });
    return named.length > 0 ? named : items;
  }

  #receiverOf({ function: fn, pc }: Place): { slot: number; method: string } | undefined {
    const { code, strings } = this.program.fileOf(fn);
    const definition = this.index(fn).definitions.get(code[pc + 4]!)?.[0];
    if (definition === undefined || (code[definition]! & 255) !== Op.Load) return undefined;
    return { slot: code[definition + 4]!, method: strings[code[definition + 5]!]! };
  }

  /** The name by which a function is called that is no member of anything. */
  #calleeName({ function: fn, pc }: Place): string {
    const file = this.program.fileOf(fn);
    const { code } = file;
    const definition = this.index(fn).definitions.get(code[pc + 4]!)?.[0];
    if (definition === undefined) return '';
    const op = code[definition]! & 255;
    if (op === Op.Import) return file.imports[code[definition + 4]!]!.name;
    return op === Op.LoadVariable ? file.variables[code[definition + 4]!]!.name : '';
  }

  #globalName(fn: number, slot: number): string {
    const { code, strings } = this.program.fileOf(fn);
    const definition = this.index(fn).definitions.get(slot)?.[0];
    return definition !== undefined && (code[definition]! & 255) === Op.Global ? strings[code[definition + 4]!]! : '';
  }
}

function isText(item: Item): item is Item & { readonly text: string } {
  return item.kind === 'text' || item.kind === 'template';
}

/** `new URL(path, base)`: a path from the root belongs to the host of the base, another to its folder. */
function addressOf(path: readonly Item[], base: readonly Item[], place: Place): readonly Item[] {
  const [first] = path;
  const [second] = base;
  if (path.length !== 1 || !first || !isText(first)) return [{ kind: 'call', place }];
  if (base.length === 0 || /^[a-z]+:\/\//i.test(first.text)) return [first];
  if (base.length !== 1 || !second || !isText(second)) return [{ kind: 'call', place }];
  const folder = first.text.startsWith('/')
    ? (/^[a-z]+:\/\/[^/?#]*/i.exec(second.text)?.[0] ?? '')
    : second.text.replace(/[^/]*$/, '');
  const text = folder + first.text;
  return [{ kind: text.includes(HOLE) ? 'template' : 'text', text, place }];
}

function distinct(items: readonly Item[]): readonly Item[] {
  if (items.length < 2) return items;
  const seen = new Map<string, Item>();
  for (const item of items) {
    const key = itemKey(item);
    if (!seen.has(key)) seen.set(key, item);
    if (seen.size >= WIDTH) break;
  }
  return [...seen.values()];
}
