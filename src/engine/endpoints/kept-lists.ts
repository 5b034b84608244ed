/**
 * Where the program keeps a list: which variable, field or stored row an expression reads it from, through copies, `map` and `concat`, spreads, helpers
 * that hand it on and functions that return it.
 */
import { covers } from '../../core/kinds.js';
import { CALL_ARGUMENTS, CombineMode, ELEMENT, Op } from '../../ir/instruction.js';
import type { Program } from '../program.js';
import { modelsOf } from '../tools/call-states.js';
import { functionsOf } from '../tools/caller-index.js';
import { capturedSlot } from '../tools/function-index.js';
import type { Place } from '../tools/item.js';
import type { StaticValues } from '../tools/static-values.js';

/** Where a list is kept: `v12` for a variable of the program, `f3.messages` for a field of a class, `r7:40.messages` for what a query found. */
export type Keeper = string;

/** What is done to a list that shall not grow for ever: its length is looked at, parts of it are taken or dropped. */
export const LIMITS = new Set([
  'slice',
  'splice',
  'shift',
  'pop',
  'length',
  'at',
  'filter',
  'clear',
  'delete',
  'toSpliced',
]);
/** What a helper that keeps a list short is called. */
export const TRIMS = /trim|truncat|prune|window|summar|compact|limit|keep|last|recent/i;

const HOPS = 8;
/** Expressions that are looked at for one. Why: a conversation is handed through a few helpers, or through none. */
const STEPS = 500;
/** Callers that are asked for what they hand to a helper. Why: one that sends a conversation has a few. */
const MOST_CALLERS = 8;
/** Methods whose result holds the elements of what they are called on, and those whose result holds what they are given. */
const KEEPS = new Set(['map', 'concat', 'flatMap', 'toReversed', 'reverse', 'toSorted', 'sort', 'flat']);
/** What makes a query find the last few only. */
const BOUNDS = new Set(['limit', 'take', 'range', 'top', 'first', 'last', 'limitToLast', '$limit', '$slice']);

/** Looks for keepers. */
export class KeptLists {
  #steps = 0;

  /**
   * @param known where lists are kept that are asked for again: stored ones beside these are passed over, and callers are not asked what they hand over.
   *   Everywhere by default.
   */
  constructor(
    private readonly values: StaticValues,
    private readonly known?: ReadonlySet<Keeper>,
  ) {}

  /** Where the list is kept that a slot holds; undefined where it is made for the occasion, or cut on the way. */
  of(fn: number, slot: number): Keeper | undefined {
    this.#steps = STEPS;
    return this.#keeper(fn, slot, 0);
  }

  #keeper(fn: number, slot: number, depth: number): Keeper | undefined {
    if (depth > HOPS || slot < 0 || --this.#steps < 0) return undefined;
    const { values } = this;
    const { program } = values;
    const ir = program.functionOf(fn);
    const given = ir.params.findIndex((param) => param.slot === slot);
    if (given >= 0) return this.#handedOver(fn, given, slot, depth);
    const capture = ir.captures.findIndex((each) => each.slot === slot);
    if (capture >= 0 && ir.parent >= 0) {
      const parent = program.sibling(fn, ir.parent);
      const outer = capturedSlot(program, values.index(parent), fn, capture);
      return outer === undefined ? undefined : this.#keeper(parent, outer, depth + 1);
    }
    for (const pc of values.index(fn).definitions.get(slot) ?? []) {
      const found = this.#definedBy({ function: fn, pc }, depth);
      if (found) return found;
    }
    return undefined;
  }

  #definedBy(place: Place, depth: number): Keeper | undefined {
    const { values } = this;
    const { function: fn, pc } = place;
    const { program } = values;
    const { code, strings } = program.fileOf(fn);
    switch (code[pc]! & 255) {
      case Op.Copy:
      case Op.LoadDynamic:
        return this.#keeper(fn, code[pc + 4]!, depth + 1);
      case Op.LoadVariable:
        return `v${program.variableBase[program.functionFile[fn]!]! + code[pc + 4]!}`;
      case Op.Load: {
        const key = strings[code[pc + 5]!]!;
        if (isThis(values, fn, code[pc + 4]!)) {
          const cls = program.ownerClass(enclosing(program, fn));
          return cls >= 0 ? `f${cls}.${key}` : undefined;
        }
        // A field of an entry, or of a row: `sessions.get(id).messages`, `chat.messages`, `{ data }`.
        const holder = this.#keeper(fn, code[pc + 4]!, depth + 1);
        return holder && key !== ELEMENT && !LIMITS.has(key) ? `${holder}.${key}` : undefined;
      }
      case Op.Combine:
        // `sessions.get(id) ?? []`
        return code[pc + 4] === CombineMode.Either
          ? first(range(pc + 5, pc + (code[pc]! >>> 8)), (at) => this.#keeper(fn, code[at]!, depth + 1))
          : undefined;
      case Op.Call:
        return this.#resultOf(place, depth);
      case Op.Alloc:
        return first(values.index(fn).writes.get(code[pc + 3]!) ?? [], (write) =>
          write.spread
            ? this.#keeper(fn, write.slot, depth + 1)
            : write.key === ELEMENT
              ? this.#spreadInto(fn, write.slot, depth)
              : undefined,
        );
      default:
        return undefined;
    }
  }

  /** A list whose elements follow others: `[system, ...history]`. */
  #spreadInto(fn: number, slot: number, depth: number): Keeper | undefined {
    const { values } = this;
    const { code, strings } = values.program.fileOf(fn);
    const pc = values.index(fn).definitions.get(slot)?.[0];
    const isElement = pc !== undefined && (code[pc]! & 255) === Op.Load && strings[code[pc + 5]!] === ELEMENT;
    return isElement ? this.#keeper(fn, code[pc + 4]!, depth + 1) : undefined;
  }

  /** What a call returns of a kept list: an entry of a map, the mapped list, what a query or an own function finds. */
  #resultOf(place: Place, depth: number): Keeper | undefined {
    const { values } = this;
    const { function: fn, pc } = place;
    const { code, strings } = values.program.fileOf(fn);
    const callee = values.index(fn).definitions.get(code[pc + 4]!)?.[0];
    const method = callee !== undefined && (code[callee]! & 255) === Op.Load ? strings[code[callee + 5]!]! : '';
    if (TRIMS.test(method)) return undefined;
    const own = functionsOf(values.tracker, fn, code[pc + 4]!);
    if (own.length > 0) return own.length === 1 ? this.#returnedBy(own[0]!, place, depth) : undefined;
    const query = `r${fn}:${pc}`;
    if (this.known?.has(query)) return query;
    const stored = this.known ? undefined : storedBy(values, place);
    if (stored !== undefined) return stored ? query : undefined;
    const base = callee === undefined ? -1 : code[callee + 4]!;
    // Text that was stored: `JSON.parse(await redis.get(id))`.
    if (method === 'parse') return this.#keeper(fn, code[pc + CALL_ARGUMENTS] ?? -1, depth + 1);
    if (method === 'get' || KEEPS.has(method)) {
      const found = this.#keeper(fn, base, depth + 1);
      if (found || method !== 'concat') return found;
      return first(range(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8)), (at) => this.#keeper(fn, code[at]!, depth + 1));
    }
    return undefined;
  }

  /** What an own function returns, unless its name or a number among its arguments says that it is a part. */
  #returnedBy(target: number, call: Place, depth: number): Keeper | undefined {
    const { values } = this;
    if (TRIMS.test(values.program.functionOf(target).name)) return undefined;
    const count = (values.program.fileOf(call.function).code[call.pc]! >>> 8) - CALL_ARGUMENTS;
    for (let i = 0; i < count; i++)
      if (values.argument(call, i).some((item) => item.kind === 'text' && /^\d+$/.test(item.text))) return undefined;
    return first(values.index(target).returned, (slot) => this.#keeper(target, slot, depth + 2));
  }

  /** What callers hand over as a parameter, unless the function itself keeps it short. */
  #handedOver(fn: number, index: number, slot: number, depth: number): Keeper | undefined {
    if (this.known) return undefined;
    const { values } = this;
    const { code, strings } = values.program.fileOf(fn);
    const { blocks } = values.program.functionOf(fn);
    const end = blocks[blocks.length - 1]!;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8)
      if ((code[pc]! & 255) === Op.Load && code[pc + 4] === slot && LIMITS.has(strings[code[pc + 5]!]!))
        return undefined;
    return first(values.callers(fn).direct.slice(0, MOST_CALLERS), ({ function: caller, pc }) => {
      const own = values.program.fileOf(caller).code;
      const at = pc + CALL_ARGUMENTS + index;
      return at < pc + (own[pc]! >>> 8) ? this.#keeper(caller, own[at]!, depth + 1) : undefined;
    });
  }
}

/** Whether a call finds what is stored, all of it: true, or false where it asks for a part; undefined for other calls. */
function storedBy(values: StaticValues, { function: fn, pc }: Place): boolean | undefined {
  const { code, strings } = values.program.fileOf(fn);
  let isStored = false;
  let isBound = false;
  let at: number | undefined = pc;
  for (let link = 0; at !== undefined && link < HOPS && (code[at]! & 255) === Op.Call; link++) {
    const place: Place = { function: fn, pc: at };
    isStored ||= modelsOf(values, place).some(
      ({ sources, flows }) =>
        sources.some(({ kind, port }) => port.root === 'result' && covers('record', kind)) ||
        flows.some(({ from, to }) => from.root === 'state' && from.path[0]?.startsWith('%key') && to.root === 'result'),
    );
    const callee: number | undefined = values.index(fn).definitions.get(code[at + 4]!)?.[0];
    const isMember: boolean = callee !== undefined && (code[callee]! & 255) === Op.Load;
    if (isMember && BOUNDS.has(strings[code[callee! + 5]!]!)) isBound = true;
    isBound ||= isBoundBy(values, place);
    at = isMember ? values.index(fn).definitions.get(code[callee! + 4]!)?.[0] : undefined;
  }
  return isStored ? !isBound : undefined;
}

/** Whether what a query is given asks for a part: `{ take: 20 }`, a statement with LIMIT, a range of a list other than 0 to -1. */
function isBoundBy(values: StaticValues, call: Place): boolean {
  const count = (values.program.fileOf(call.function).code[call.pc]! >>> 8) - CALL_ARGUMENTS;
  for (let i = 0; i < count; i++) {
    for (const item of values.argument(call, i)) {
      if (item.kind === 'text' || item.kind === 'template') {
        if (/\b(?:limit|top|fetch|interval)\b/i.test(item.text) || /^-?[1-9]\d*$/.test(item.text.replace(/^-1$/, '')))
          return true;
      } else if (item.kind === 'object')
        for (const [key, inner] of values.entries(item)) {
          if (BOUNDS.has(key)) return true;
          if (
            inner.some(
              (each) =>
                each.kind === 'object' && values.entries(each).some(([below]) => isBoundKey(values, below, each)),
            )
          )
            return true;
        }
    }
  }
  return false;
}

/** `include: { messages: { take: 20 } }` */
function isBoundKey(values: StaticValues, key: string, holder: Parameters<StaticValues['entries']>[0]): boolean {
  if (BOUNDS.has(key)) return true;
  return values.field(holder, key).some((each) => values.entries(each).some(([below]) => BOUNDS.has(below)));
}

/** The method or function around arrow functions. */
export function enclosing(program: Program, fn: number): number {
  let at = fn;
  while (program.functionOf(at).kind === 'arrow' && program.functionOf(at).parent >= 0)
    at = program.sibling(at, program.functionOf(at).parent);
  return at;
}

export function isThis(values: StaticValues, fn: number, slot: number): boolean {
  const ir = values.program.functionOf(fn);
  if (slot === ir.thisSlot && slot >= 0) return true;
  const name = ir.captures.find((capture) => capture.slot === slot)?.name;
  return name === 'this';
}

function* range(from: number, to: number): Generator<number> {
  for (let at = from; at < to; at++) yield at;
}

/** The first thing that is found. */
function first<T>(items: Iterable<T>, find: (item: T) => Keeper | undefined): Keeper | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
