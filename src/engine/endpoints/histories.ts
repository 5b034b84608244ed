/**
 * Conversations that only grow: messages kept in a variable of a module, in a field of a class or in a store, to which something is added each time and
 * nothing is ever taken away, and which go to a model whole.
 */
import { covers } from '../../core/kinds.js';
import { CALL_ARGUMENTS, Op } from '../../ir/instruction.js';
import type { ModelledCall } from '../tools/call-states.js';
import type { Place } from '../tools/item.js';
import { locate } from '../tools/locate.js';
import type { Notice } from '../tools/notice.js';
import type { StaticValues } from '../tools/static-values.js';
import { enclosing, isThis, type Keeper, KeptLists, LIMITS, TRIMS } from './kept-lists.js';

/** Fields of a request that hold a conversation. */
const CONVERSATION = new Set(['messages', 'contents', 'input', 'chat_history', 'history']);
const GROWS = new Set(['push', 'unshift', 'concat']);
const HOPS = 8;

interface Uses {
  grows: boolean;
  limited: boolean;
}

/** @param calls those outside of tests */
export function findHistories(values: StaticValues, calls: readonly ModelledCall[]): Notice[] {
  const { program } = values;
  const lists = new KeptLists(values);
  const sent: { keeper: Keeper; place: Place }[] = [];
  for (const call of calls) {
    if (!call.models.some(({ sinks }) => sinks.some(({ kind }) => covers('model.prompt', kind)))) continue;
    const keeper = sentKeeper(values, lists, call);
    if (keeper) sent.push({ keeper, place: call.place });
  }
  if (sent.length === 0) return [];
  const uses = collectUses(values, new KeptLists(values, new Set(sent.map(({ keeper }) => keeper.split('.', 1)[0]!))));
  return sent.flatMap(({ keeper, place }): Notice[] => {
    const found = uses.get(keeper);
    // What is stored of a conversation grows, wherever that is written.
    if ((!found?.grows && !keeper.startsWith('r')) || found?.limited) return [];
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
function sentKeeper(values: StaticValues, lists: KeptLists, { place, models }: ModelledCall): Keeper | undefined {
  const { code } = values.program.fileOf(place.function);
  const prompts = models.flatMap(({ sinks }) => sinks.filter(({ kind }) => covers('model.prompt', kind)));
  for (let index = 0; index < 2; index++) {
    const at = place.pc + CALL_ARGUMENTS + index;
    if (at >= place.pc + (code[place.pc]! >>> 8)) break;
    const slot = resolved(values, place.function, code[at]!);
    const isWhole = prompts.some(
      ({ port }) => port.root === 'argument' && port.index === index && port.path.length === 0,
    );
    const found = isWhole ? lists.of(place.function, slot) : undefined;
    if (found) return found;
    for (const write of values.index(place.function).writes.get(slot) ?? []) {
      if (write.spread || write.key === undefined || !CONVERSATION.has(write.key)) continue;
      const keeper = lists.of(place.function, write.slot);
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

/** What the program does with each kept list. */
function collectUses(values: StaticValues, lists: KeptLists): ReadonlyMap<Keeper, Uses> {
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
        const keeper = lists.of(fn, code[pc + 4]!);
        if (!keeper) continue;
        if (GROWS.has(key)) of(keeper).grows = true;
        else of(keeper).limited = true;
      } else if (op === Op.Store || op === Op.StoreVariable) {
        // `history = history.slice(-10)` counts by its call; `history = []` starts anew, and `history = [...history, x]` grows.
        noteWrite(values, lists, { function: fn, pc }, of, name);
      } else if (op === Op.Call && TRIMS.test(calleeText(values, fn, pc))) {
        for (let i = pc + CALL_ARGUMENTS; i < pc + (code[pc]! >>> 8); i++) {
          const keeper = lists.of(fn, code[i]!);
          if (keeper) of(keeper).limited = true;
        }
      }
    }
  }
  return uses;
}

function noteWrite(
  values: StaticValues,
  lists: KeptLists,
  { function: fn, pc }: Place,
  of: (keeper: Keeper) => Uses,
  name: string,
): void {
  const { program } = values;
  const { code, strings } = program.fileOf(fn);
  const isVariable = (code[pc]! & 255) === Op.StoreVariable;
  const source = isVariable ? code[pc + 4]! : code[pc + 5]!;
  const cls = isVariable || !isThis(values, fn, code[pc + 3]!) ? -1 : program.ownerClass(enclosing(program, fn));
  if (!isVariable && cls < 0) return;
  const keeper = isVariable
    ? `v${program.variableBase[program.functionFile[fn]!]! + code[pc + 3]!}`
    : `f${cls}.${strings[code[pc + 4]!]!}`;
  const from = lists.of(fn, source);
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
