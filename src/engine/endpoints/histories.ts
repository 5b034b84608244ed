/**
 * Conversations that only grow: messages kept in a variable of a module or in a field of a class, to which something is added each time and nothing
 * is ever taken away, and which go to a model whole.
 */
import { covers } from '../../core/kinds.js';
import { CombineMode, Op } from '../../ir/instruction.js';
import type { Program } from '../program.js';
import type { ModelledCall } from '../tools/call-states.js';
import type { Place } from '../tools/item.js';
import { locate } from '../tools/locate.js';
import type { Notice } from '../tools/notice.js';
import type { StaticValues } from '../tools/static-values.js';

/** Fields of a request that hold a conversation. */
const CONVERSATION = new Set(['messages', 'contents', 'input', 'chat_history', 'history']);
const GROWS = new Set(['push', 'unshift', 'concat']);
/** What is done to a list that shall not grow for ever: its length is looked at, parts of it are taken or dropped. */
const LIMITS = new Set(['slice', 'splice', 'shift', 'pop', 'length', 'at', 'filter', 'clear', 'delete', 'toSpliced']);
const TRIMS = /trim|truncat|prune|window|summar|compact|limit|keep|last|recent/i;
const HOPS = 8;

/** Where a list is kept: `v12` for a variable of the program, `f3.messages` for a field of a class. */
type Keeper = string;

interface Uses {
  grows: boolean;
  limited: boolean;
}

/** @param calls those outside of tests */
export function findHistories(values: StaticValues, calls: readonly ModelledCall[]): Notice[] {
  const { program } = values;
  const sent: { keeper: Keeper; place: Place }[] = [];
  for (const { place, models } of calls) {
    if (!models.some(({ sinks }) => sinks.some(({ kind }) => covers('model.prompt', kind)))) continue;
    const keeper = sentKeeper(values, place);
    if (keeper) sent.push({ keeper, place });
  }
  if (sent.length === 0) return [];
  const uses = collectUses(values);
  return sent.flatMap(({ keeper, place }): Notice[] => {
    const found = uses.get(keeper);
    if (!found?.grows || found.limited) return [];
    const { qualifiedName } = program.functionOf(place.function);
    return [
      {
        rule: 'unbounded-history',
        location: locate(values, place),
        message: 'The whole conversation is kept and sent again with each turn, without a limit.',
        advice: 'Send a window of the last messages, or a summary: `messages.slice(-20)`.',
        subject: qualifiedName,
        function: qualifiedName,
        related: [],
      },
    ];
  });
}

/** Where the list is kept that a call sends as its conversation; undefined where it is made for the call. */
function sentKeeper(values: StaticValues, place: Place): Keeper | undefined {
  const { code } = values.program.fileOf(place.function);
  for (let slot = 0; slot < 2; slot++) {
    const at = place.pc + 8 + slot;
    if (at >= place.pc + (code[place.pc]! >>> 8)) break;
    for (const write of values.index(place.function).writes.get(resolved(values, place.function, code[at]!)) ?? []) {
      if (write.spread || write.key === undefined || !CONVERSATION.has(write.key)) continue;
      const keeper = keeperOf(values, place.function, write.slot);
      if (keeper) return keeper;
    }
  }
  return undefined;
}

/** The slot that made what a slot holds. */
function resolved(values: StaticValues, fn: number, slot: number): number {
  const { code } = values.program.fileOf(fn);
  let at = slot;
  for (let hop = 0; hop < HOPS; hop++) {
    const pc = values.index(fn).definitions.get(at)?.[0];
    if (pc === undefined || (code[pc]! & 255) !== Op.Copy) return at;
    at = code[pc + 4]!;
  }
  return at;
}

/** Where a slot's list is kept: the variable or field that it is read from, or an entry of one; a spread of it is it. */
function keeperOf(values: StaticValues, fn: number, slot: number, depth = 0): Keeper | undefined {
  const { program } = values;
  const { code, strings } = program.fileOf(fn);
  if (depth > HOPS) return undefined;
  for (const pc of values.index(fn).definitions.get(slot) ?? []) {
    switch (code[pc]! & 255) {
      case Op.Copy: {
        const found = keeperOf(values, fn, code[pc + 4]!, depth + 1);
        if (found) return found;
        break;
      }
      case Op.LoadVariable:
        return `v${program.variableBase[program.functionFile[fn]!]! + code[pc + 4]!}`;
      case Op.Load: {
        const key = strings[code[pc + 5]!]!;
        const cls = isThis(values, fn, code[pc + 4]!) ? program.ownerClass(enclosing(program, fn)) : -1;
        return cls >= 0 ? `f${cls}.${key}` : undefined;
      }
      case Op.Combine: {
        // `sessions.get(id) ?? []`
        for (let at = pc + 5; code[pc + 4] === CombineMode.Either && at < pc + (code[pc]! >>> 8); at++) {
          const found = keeperOf(values, fn, code[at]!, depth + 1);
          if (found) return found;
        }
        break;
      }
      case Op.LoadDynamic:
        return keeperOf(values, fn, code[pc + 4]!, depth + 1);
      case Op.Call: {
        // An entry of a map of conversations.
        const callee = values.index(fn).definitions.get(code[pc + 4]!)?.[0];
        if (callee === undefined || (code[callee]! & 255) !== Op.Load || strings[code[callee + 5]!] !== 'get') break;
        return keeperOf(values, fn, code[callee + 4]!, depth + 1);
      }
      case Op.Alloc:
        for (const write of values.index(fn).writes.get(slot) ?? []) {
          const found = write.spread ? keeperOf(values, fn, write.slot, depth + 1) : undefined;
          if (found) return found;
        }
        break;
      default:
    }
  }
  return undefined;
}

/** The method or function around arrow functions. */
function enclosing(program: Program, fn: number): number {
  let at = fn;
  while (program.functionOf(at).kind === 'arrow' && program.functionOf(at).parent >= 0)
    at = program.sibling(at, program.functionOf(at).parent);
  return at;
}

function isThis(values: StaticValues, fn: number, slot: number): boolean {
  const ir = values.program.functionOf(fn);
  if (slot === ir.thisSlot && slot >= 0) return true;
  const name = ir.captures.find((capture) => capture.slot === slot)?.name;
  return name === 'this';
}

/** What the program does with each kept list. */
function collectUses(values: StaticValues): ReadonlyMap<Keeper, Uses> {
  const { program } = values;
  const uses = new Map<Keeper, Uses>();
  const of = (keeper: Keeper): Uses => {
    let found = uses.get(keeper);
    if (!found) {
      found = { grows: false, limited: false };
      uses.set(keeper, found);
    }
    return found;
  };
  for (let fn = 0; fn < program.functionCount; fn++) {
    const { code, strings } = program.fileOf(fn);
    const { blocks, name } = program.functionOf(fn);
    const end = blocks[blocks.length - 1]!;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const op = code[pc]! & 255;
      if (op === Op.Load) {
        const key = strings[code[pc + 5]!]!;
        if (!GROWS.has(key) && !LIMITS.has(key)) continue;
        const keeper = keeperOf(values, fn, code[pc + 4]!);
        if (!keeper) continue;
        if (GROWS.has(key)) of(keeper).grows = true;
        else of(keeper).limited = true;
      } else if (op === Op.Store || op === Op.StoreVariable) {
        // `history = history.slice(-10)` counts by its call; `history = []` starts anew, and `history = [...history, x]` grows.
        noteWrite(values, fn, pc, of, name);
      } else if (op === Op.Call) {
        for (let i = pc + 8; i < pc + (code[pc]! >>> 8); i++) {
          const keeper = TRIMS.test(calleeText(values, fn, pc)) ? keeperOf(values, fn, code[i]!) : undefined;
          if (keeper) of(keeper).limited = true;
        }
      }
    }
  }
  return uses;
}

function noteWrite(values: StaticValues, fn: number, pc: number, of: (keeper: Keeper) => Uses, name: string): void {
  const { program } = values;
  const { code, strings } = program.fileOf(fn);
  const isVariable = (code[pc]! & 255) === Op.StoreVariable;
  const source = isVariable ? code[pc + 4]! : code[pc + 5]!;
  const cls = isVariable || !isThis(values, fn, code[pc + 3]!) ? -1 : program.ownerClass(enclosing(program, fn));
  if (!isVariable && cls < 0) return;
  const keeper = isVariable
    ? `v${program.variableBase[program.functionFile[fn]!]! + code[pc + 3]!}`
    : `f${cls}.${strings[code[pc + 4]!]!}`;
  const from = keeperOf(values, fn, source);
  if (from === keeper) of(keeper).grows = true;
  // What starts anew for each conversation is as long as that conversation, which is what the rule is about.
  else if (TRIMS.test(name)) of(keeper).limited = true;
}

function calleeText(values: StaticValues, fn: number, pc: number): string {
  const { code, strings, imports, variables } = values.program.fileOf(fn);
  const definition = values.index(fn).definitions.get(code[pc + 4]!)?.[0];
  if (definition === undefined) return '';
  const op = code[definition]! & 255;
  if (op === Op.Load) return strings[code[definition + 5]!]!;
  if (op === Op.Import) return imports[code[definition + 4]!]!.local;
  return op === Op.LoadVariable ? variables[code[definition + 4]!]!.name : '';
}
