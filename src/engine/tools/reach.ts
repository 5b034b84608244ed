/** The code that one tool runs: the calls that its handler reaches, through own functions, closures and what dispatches by the tool's name. */
import { CALL_ARGUMENTS, CompareOperator, Op } from '../../ir/instruction.js';
import { functionsOf } from './caller-index.js';
import { capturedSlot } from './function-index.js';
import { giverOf, isInline } from './giver.js';
import type { Place } from './item.js';
import { endsHere } from './never-returns.js';
import type { StaticValues } from './static-values.js';

/** Functions that are followed for one tool. Why: enough for any handler; what is beyond is the framework of the program itself. */
const FUNCTIONS = 1500;

export interface Reach {
  readonly calls: readonly Place[];
  /** Functions, with how many calls and closures deep they lie below the handler. */
  readonly functions: ReadonlyMap<number, number>;
  /** Of these, functions that only what the handler is given beside its arguments leads to: callbacks of the framework that runs all tools. */
  readonly given: ReadonlySet<number>;
  /** Of these, functions that only evaluated code could call: what they do is done where a model writes that code. */
  readonly offered: ReadonlySet<number>;
  /** Loads, for what is read without a call. */
  readonly loads: readonly Place[];
}

/**
 * @param values the code as the tool sees it
 * @param name the tool's own name, '' where it is not known
 * @param names of all tools that may share its handler: a comparison with another's name fails
 */
export function reachFrom(
  values: StaticValues,
  roots: readonly number[],
  name: string,
  names: ReadonlySet<string>,
): Reach {
  const { program } = values;
  const functions = new Map(roots.map((fn) => [fn, 0]));
  const waiting = [...roots];
  const calls: Place[] = [];
  const loads: Place[] = [];
  /** Functions whose arguments are those that this code gives them. */
  const called = new Set<number>();
  /** What calls of given functions may call. */
  const open: (readonly [from: number, callees: readonly number[]])[] = [];
  /** What calls of functions that handlers are given may call: gone into last, when all that the tool does by itself is known. */
  const handed: (readonly [from: number, callees: readonly number[]])[] = [];
  const given = new Set<number>();
  const offers: (readonly [from: number, inner: number])[] = [];
  const offered = new Set<number>();
  let isOffered = false;
  let isGiven = false;
  const enter = (fn: number, from: number): void => {
    if (functions.has(fn) || functions.size >= FUNCTIONS) return;
    functions.set(fn, functions.get(from)! + 1);
    if (isGiven) given.add(fn);
    else if (isOffered) offered.add(fn);
    waiting.push(fn);
  };
  const next = (): number | undefined => {
    if (waiting.length === 0)
      for (const [from, callees] of open) for (const fn of ofReach(values, functions, callees)) enter(fn, from);
    if (waiting.length === 0 && !isGiven) {
      isOffered = true;
      for (const [from, inner] of offers) enter(inner, from);
    }
    if (waiting.length === 0) {
      isGiven = true;
      for (const [from, callees] of handed) for (const fn of callees) enter(fn, from);
    }
    return waiting.shift();
  };
  for (let fn = next(); fn !== undefined; fn = next()) {
    const { code } = program.fileOf(fn);
    const forCode = values.offered(fn);
    for (const [from, to] of liveBlocks(values, fn, name, names)) {
      for (let pc = from; pc < to; pc += code[pc]! >>> 8) {
        const op = code[pc]! & 255;
        if (op === Op.Closure) {
          const inner = program.sibling(fn, code[pc + 4]!);
          // Methods are entered where they are called.
          if (program.functionOf(inner).kind !== 'arrow' && program.functionOf(inner).kind !== 'function') continue;
          if (forCode.has(code[pc + 3]!)) offers.push([fn, inner]);
          else if (isCallback(values, fn, code[pc + 3]!) && !isMember(values, fn, code[pc + 3]!, inner))
            enter(inner, fn);
        } else if (op === Op.Load) loads.push({ function: fn, pc });
        else if (op === Op.Call) {
          calls.push({ function: fn, pc });
          const callees = targets(values, fn, code[pc + 4]!, name);
          const giver = roots.length > 0 && callees.length > 0 ? giverOf(values, fn, code[pc + 4]!) : -1;
          if (roots.includes(giver)) {
            const isOwn = (each: number): boolean => isKnownToAll(values, each);
            for (const target of callees.filter(isOwn)) enter(target, fn);
            handed.push([fn, callees.filter((each) => !isOwn(each))]);
          } else if (callees.length > 1 && called.has(giver)) open.push([fn, callees]);
          else
            for (const target of callees) {
              if (!functions.has(target)) called.add(target);
              enter(target, fn);
            }
        }
      }
    }
  }
  return { calls, functions, given, offered, loads };
}

/** Functions that may all be meant where it is not known which. */
const FEW = 3;

/**
 * Of the functions that a function may have been given, those that this code gives it: what is made elsewhere (the callbacks of other callers of the same
 * helper) is given elsewhere. Where none is made here, all, if they are few: a helper of the whole program says nothing of one tool.
 */
function ofReach(
  values: StaticValues,
  reached: ReadonlyMap<number, number>,
  candidates: readonly number[],
): readonly number[] {
  const { program } = values;
  const made = candidates.filter((fn) => {
    if (isKnownToAll(values, fn)) return true;
    return reached.has(program.sibling(fn, program.functionOf(fn).parent));
  });
  return made.length > 0 || candidates.length > FEW ? made : candidates;
}

/** What has a name in a module, and methods, can be given by anyone. */
function isKnownToAll(values: StaticValues, fn: number): boolean {
  const { program } = values;
  const { parent } = program.functionOf(fn);
  if (parent < 0 || program.ownerClass(fn) >= 0) return true;
  return parent === 0 && !isInline(values, program.sibling(fn, parent), fn);
}

/** The name of no tool: what a handler shared by several runs before it knows, or when it finds nothing. */
export const NO_TOOL = '\0';

/** The functions that a callee may be; where a handler is looked up by the tool's name, the one of that name. */
function targets(values: StaticValues, fn: number, callee: number, name: string): readonly number[] {
  const tracked = functionsOf(values.tracker, fn, callee);
  if (name === '' || tracked.length === 1) return tracked;
  if (name === NO_TOOL) return isLookup(values, fn, callee) ? [] : tracked;
  if (mayBeOverridden(values, fn, callee)) return tracked;
  const chosen = values.slot(fn, callee).flatMap((item) => (item.kind === 'function' ? [item.function] : []));
  return chosen.length > 0 && (tracked.length === 0 || chosen.length < tracked.length) ? chosen : tracked;
}

/** Whether a callee is a method of a class from which others are derived: `this.run`, of which each has its own. */
function mayBeOverridden(values: StaticValues, fn: number, callee: number): boolean {
  const { code } = values.program.fileOf(fn);
  const definition = values.index(fn).definitions.get(callee)?.[0];
  if (definition === undefined || (code[definition]! & 255) !== Op.Load) return false;
  return values
    .slot(fn, code[definition + 4]!)
    .some((item) => item.kind === 'instance' && values.tracker.isExtended(item.class));
}

/** Whether a callee was looked up by a computed name, in this function or in one around it. */
function isLookup(values: StaticValues, fn: number, slot: number, hops = 0): boolean {
  const { program } = values;
  const { code } = program.fileOf(fn);
  const ir = program.functionOf(fn);
  const capture = ir.captures.findIndex((each) => each.slot === slot);
  if (capture >= 0 && ir.parent >= 0 && hops < 8) {
    const outer = program.sibling(fn, ir.parent);
    const captured = capturedSlot(values.program, values.index(outer), fn, capture);
    return captured !== undefined && isLookup(values, outer, captured, hops + 1);
  }
  const definitions = values.index(fn).definitions.get(slot) ?? [];
  return definitions.some((pc) => {
    const op = code[pc]! & 255;
    return op === Op.LoadDynamic || (op === Op.Copy && hops < 8 && isLookup(values, fn, code[pc + 4]!, hops + 1));
  });
}

/** Whether a closure is handed on or returned (and then called by what is not seen), and not only kept in a variable that is called. */
function isCallback(values: StaticValues, fn: number, slot: number): boolean {
  return (values.index(fn).copies.get(slot)?.length ?? 0) === 0;
}

/**
 * Whether a closure is a member of an object that the program itself makes and calls: `return { list: () => …, remove: () => … }`. Like a method, it is
 * entered where it is called. What an object holds that is handed to a call may be called by that.
 */
function isMember(values: StaticValues, fn: number, slot: number, inner: number): boolean {
  if (values.callers(inner).direct.length === 0) return false;
  const { writes, calls } = values.index(fn);
  const { code } = values.program.fileOf(fn);
  const holders = [...writes].flatMap(([base, fields]) =>
    fields.some((write) => write.slot === slot && write.key !== undefined && !write.spread) ? [base] : [],
  );
  const isHanded = (pc: number): boolean =>
    code.subarray(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8)).some((each) => each === slot || holders.includes(each));
  return holders.length > 0 && !calls.some(isHanded);
}

/** The blocks of a function that run for a tool of this name, as ranges of offsets. */
function liveBlocks(
  values: StaticValues,
  fn: number,
  name: string,
  names: ReadonlySet<string>,
): readonly (readonly [from: number, to: number])[] {
  const { program } = values;
  const { code } = program.fileOf(fn);
  const { blocks } = program.functionOf(fn);
  const live = new Set<number>([0]);
  /** Where blocks end early. */
  const ends = new Map<number, number>();
  const waiting = [0];
  const enter = (block: number): void => {
    if (live.has(block)) return;
    live.add(block);
    waiting.push(block);
  };
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    const end = blocks[block + 1]!;
    for (let pc = blocks[block]!; pc < end; pc += code[pc]! >>> 8) {
      if ((code[pc]! & 255) === Op.Call && endsHere(values, fn, pc)) {
        ends.set(block, pc + (code[pc]! >>> 8));
        break;
      }
      switch (code[pc]! & 255) {
        case Op.Jump:
          enter(code[pc + 3]!);
          break;
        case Op.Try:
          enter(code[pc + 3]!);
          enter(code[pc + 4]!);
          break;
        case Op.Branch: {
          const outcome = names.size > 1 && name !== '' ? decide(values, fn, code[pc + 3]!, name, names) : undefined;
          if (outcome !== false) enter(code[pc + 4]!);
          if (outcome !== true) enter(code[pc + 5]!);
          break;
        }
        default:
      }
    }
  }
  return [...live]
    .sort((a, b) => a - b)
    .map((block) => [blocks[block]!, ends.get(block) ?? blocks[block + 1]!] as const);
}

/** `toolName === 'x'`, `toolName !== 'x'`: known where x is the name of a tool. */
function decide(
  values: StaticValues,
  fn: number,
  condition: number,
  name: string,
  names: ReadonlySet<string>,
): boolean | undefined {
  const { code } = values.program.fileOf(fn);
  const pc = condition < 0 ? undefined : values.index(fn).definitions.get(condition)?.[0];
  if (pc === undefined || (code[pc]! & 255) !== Op.Compare) return undefined;
  const operator = code[pc + 4]!;
  if (operator !== CompareOperator.Equal && operator !== CompareOperator.NotEqual) return undefined;
  const texts = [code[pc + 5]!, code[pc + 6]!].map((slot) => {
    const items = values.slot(fn, slot);
    return items.length === 1 && items[0]!.kind === 'text' ? items[0]!.text : undefined;
  });
  const literal = texts[1] ?? texts[0];
  if (literal === undefined || !names.has(literal)) return undefined;
  return (literal === name) === (operator === CompareOperator.Equal);
}
