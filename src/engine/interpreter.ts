/** Runs one function: blocks in reverse post order, instructions as transfer functions on the state. */
import { Clears } from '../core/kinds.js';
import { AllocKind, ANY, CallFlag, CombineMode, ELEMENT, FIELD_NAME, LiteralKind, Op } from '../ir/instruction.js';
import { absorb } from './absorb.js';
import { type Call, evaluateCall, isProvided, makeCall, unbind } from './call.js';
import { composition } from './compositions.js';
import { confineFields } from './confine.js';
import type { Constant } from './constants.js';
import { summarise } from './exit.js';
import type { Binding } from './exports.js';
import { tablesAt } from './field-tables.js';
import { isFilled } from './filled.js';
import { ALL_ARGUMENTS, type Context, Frame } from './frame.js';
import type { GivenTuple } from './given-lists.js';
import { refineBranch } from './guards.js';
import type { State } from './heap.js';
import { hitSink } from './hits.js';
import { instantiate } from './instantiate.js';
import { iterate } from './iterate.js';
import { joinStates } from './join-states.js';
import { eachName, fieldsOf, type Key, keyOf, storeFields } from './keyed.js';
import { derived, extended, KEYS, load, sharedPlace, store } from './memory.js';
import { isNumericKind } from './model-call.js';
import { isNoContent } from './names.js';
import { endLoop, loopOf, overwrite } from './overwritten.js';
import { EMPTY_PATH, KEYED } from './path-table.js';
import { settle } from './rejection.js';
import { EMPTY_SUMMARY, type Summary } from './summary.js';
import type { Confined } from './tools/closed-arguments.js';
import { TokenKind } from './tracker.js';
import { elementsOf } from './tuples.js';
import { declareResult, declareSlot, declareType } from './type-evidence.js';
import {
  type Fact,
  makeValue,
  NOTHING,
  ofFacts,
  ofLiteral,
  ofObject,
  type Value,
  withCleared,
  withFacts,
  withLabel,
  withTrace,
} from './value.js';

/** The kinds that conventions of frameworks give to a function's parameters, by global function number. */
export type EntryKinds = ReadonlyMap<number, EntryKind>;

export interface EntryKind {
  /** Of parameters that are sources. */
  readonly parameters: readonly (EntryParameter | undefined)[];
  /** Where what the function returns goes to. */
  readonly returns?: { readonly kind: string; readonly recipient: string; readonly selector: string };
}

export interface EntryParameter {
  readonly kind: string;
  readonly selector: string;
  /** What a schema confines of its fields. */
  readonly confined?: Confined | undefined;
}

export interface Analysed {
  readonly summary: Summary;
  readonly frame: Frame;
}

export function analyseFunction(
  context: Context,
  fn: number,
  entries: EntryKinds,
  thisClass = -1,
  given?: GivenTuple,
): Analysed {
  const frame = new Frame(context, fn, thisClass, given);
  const { blocks } = frame.ir;
  const { code } = frame.file;
  bindParameters(frame, entries);
  frame.returns = entries.get(fn)?.returns;
  runBlocks(frame, frame.state, findLatches(code, blocks));
  if (frame.fuel <= 0) return { summary: coarse(frame), frame };
  frame.state = frame.exit ?? frame.state;
  frame.handler = -1;
  // What closures throw at some later time is nothing that the function throws.
  frame.collect(() => {
    for (const again of frame.later.values()) again();
    runEscaped(frame);
  });
  return { summary: summarise(frame), frame };
}

/** How often a loop is gone through again because what it hands back to its head has grown. */
const LOOP_PASSES = 5;

/** Out of fuel: what was found so far stands, and everything given may come back. */
function coarse(frame: Frame): Summary {
  const summary = summarise(frame);
  const { edges, settled, writes, invokes } = summary;
  return { ...EMPTY_SUMMARY, edges, settled, writes, invokes, consumes: true, coarse: true };
}

/** The heads of loops, inner ones first, by the last block that jumps back to them. */
type Latches = ReadonlyMap<number, readonly number[]>;

function findLatches(code: Int32Array, blocks: Int32Array): Latches {
  const last = new Map<number, number>();
  let block = 0;
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    while (blocks[block + 1]! <= pc) block++;
    const op = code[pc]! & 255;
    const first = op === Op.Jump ? pc + 3 : op === Op.Branch ? pc + 4 : 0;
    if (first > 0)
      for (let at = first; at < pc + (code[pc]! >>> 8); at++) if (code[at]! <= block) last.set(code[at]!, block);
  }
  const latches = new Map<number, number[]>();
  for (const head of [...last.keys()].sort((a, b) => b - a)) {
    const latch = last.get(head)!;
    latches.set(latch, [...(latches.get(latch) ?? []), head]);
  }
  return latches;
}

/**
 * Blocks in order; at the end of a loop back to its head, until what arrives there no longer grows. Blocks stand in the order of structured
 * code, so that a loop is what stands from its head to the last block that jumps back, and nothing outside of it need be looked at again.
 */
function runBlocks(frame: Frame, entry: State, latches: Latches): void {
  const { blocks } = frame.ir;
  const { code } = frame.file;
  const count = blocks.length - 1;
  const pending: (State | undefined)[] = new Array(count);
  const loops = new Map<number, Loop>();
  for (const heads of latches.values())
    for (const head of heads)
      loops.set(head, {
        entry: undefined,
        back: undefined,
        left: undefined,
        seen: undefined,
        rounds: 0,
        list: -1,
        turns: 0,
      });
  pending[0] = entry;
  let regions: Region[] = [];
  /** The last block of the loops that are gone through again. */
  let again = -1;
  const flow = (from: number, to: number, state: State): void => {
    frame.fuel -= 1 + (state.size >> 2);
    if (to <= from) {
      const loop = loops.get(to)!;
      loop.back = loop.back ? joinStates(frame, loop.back, state) : state;
      return;
    }
    const known = pending[to];
    pending[to] = known ? joinStates(frame, known, state) : state;
  };
  for (let block = 0; block < count && frame.fuel > 0; block++) {
    let state = pending[block];
    pending[block] = undefined;
    const loop = loops.get(block);
    if (loop) {
      if (state) enter(frame, block, loop, state);
      if (loop.turns > 0) state = nextTurn(frame, block, loop);
      else {
        state = loop.entry?.fork();
        if (loop.back) state = state ? joinStates(frame, state, loop.back.fork()) : loop.back.fork();
      }
    }
    if (state) {
      frame.looping = block <= again;
      frame.state = state;
      runBlock(frame, block, flow, regions, loop);
    }
    for (const head of latches.get(block) ?? []) {
      const inner = loops.get(head)!;
      if (inner.turns > 0) {
        if (inner.rounds++ >= inner.turns) continue;
        regions = regions.filter(({ from }) => from < head);
        block = head - 1;
        break;
      }
      const held = inner.back && inner.rounds < LOOP_PASSES ? digest(inner.back) : undefined;
      if (held === undefined || held === inner.seen) {
        // What goes on behind a loop over elements is what its last round leaves.
        if (inner.left) flow(head, code[blocks[head]! + 5]!, inner.left);
        inner.left = undefined;
        continue;
      }
      inner.seen = held;
      inner.rounds++;
      again = Math.max(again, block);
      regions = regions.filter(({ from }) => from < head);
      block = head - 1;
      break;
    }
  }
  frame.looping = false;
}

/** A loop while it is gone through. */
interface Loop {
  /** What arrives at its head from before. */
  entry: State | undefined;
  /** What its blocks have handed back to its head. */
  back: State | undefined;
  /** What goes on behind it, where it goes through elements. */
  left: State | undefined;
  /** The digest of what had been handed back when it was last gone through again. */
  seen: number | undefined;
  rounds: number;
  /** The slot of the list whose elements its rounds are about, -1 for none. */
  list: number;
  /** The elements of a list that is gone through one by one, 0 where all are looked at together. */
  turns: number;
}

/** What arrives at the head of a loop from before. */
function enter(frame: Frame, head: number, loop: Loop, state: State): void {
  frame.state = state;
  loop.list = listOf(frame, head);
  loop.turns = loop.list < 0 ? 0 : (elementsOf(frame, frame.get(loop.list))?.length ?? 0);
  if (loop.turns > 0) loop.rounds = 0;
  loop.entry = loop.entry && loop.turns === 0 ? joinStates(frame, loop.entry, state) : state;
}

/** The state in which the next element of a list is looked at; behind the last one, that in which the loop is left. */
function nextTurn(frame: Frame, head: number, loop: Loop): State | undefined {
  const state = loop.rounds === 0 ? loop.entry : loop.back;
  loop.entry = undefined;
  loop.back = undefined;
  if (loop.rounds < loop.turns) {
    frame.turns.set(loop.list, loop.rounds);
    frame.turn = `@${head}.${loop.rounds}`;
  } else {
    frame.turns.delete(loop.list);
    frame.turn = '';
  }
  return state;
}

/** The slot of the list whose elements the rounds of a loop are about, by the block of its head; -1 for none. */
function listOf(frame: Frame, head: number): number {
  const { code } = frame.file;
  const { blocks } = frame.ir;
  for (let pc = blocks[head]!; pc < blocks[head + 1]!; pc += code[pc]! >>> 8)
    if ((code[pc]! & 255) === Op.Branch && code[pc + 3]! < 0) return iterated(frame, code[pc + 4]!, ELEMENT);
  return -1;
}

interface Region {
  readonly from: number;
  readonly handler: number;
}

/** A number that changes when a state does, ways to the facts in it aside. */
function digest(state: State): number {
  let sum = 0;
  const add = (value: Value): void => {
    for (const fact of value.facts) sum = (Math.imul(sum, 31) + digestFact(fact)) | 0;
    sum = (Math.imul(sum, 31) + value.objects.length * 16 + value.literals.length) | 0;
  };
  for (const value of state.vars.values()) add(value);
  for (const { map, rest } of state.heap.values()) {
    for (const fact of rest) sum = (Math.imul(sum, 31) + digestFact(fact)) | 0;
    for (const value of map.values()) add(value);
  }
  return sum;
}

function digestFact({ root, path, exact, cleared, when }: Fact): number {
  return (
    (Math.imul(root, 8191) + Math.imul(path, 127) + cleared * 2 + (exact ? 1 : 0) + (when ? when.test * 31 + 7 : 0)) | 0
  );
}

type Flow = (from: number, to: number, state: State) => void;

function runBlock(frame: Frame, block: number, flow: Flow, regions: Region[], loop: Loop | undefined): void {
  const { code } = frame.file;
  const { blocks } = frame.ir;
  const end = blocks[block + 1]!;
  let pc = blocks[block]!;
  frame.block = block;
  frame.handler = -1;
  // Regions that begin later lie inside of those that begin earlier.
  for (const { from, handler } of regions) if (block > from && block < handler) frame.handler = handler;
  frame.regionVars = frame.handler < 0 ? undefined : new Map();
  for (; pc < end; pc += code[pc]! >>> 8) {
    if (--frame.fuel <= 0) return;
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.Jump:
        toHandlers(frame, block, regions, flow);
        flow(block, a, frame.state);
        return;
      case Op.Branch: {
        toHandlers(frame, block, regions, flow);
        if (loop && loop.turns > 0 && a < 0) {
          flow(block, loop.rounds < loop.turns ? b : code[pc + 5]!, frame.state);
          return;
        }
        const other = frame.state.fork();
        const taken = frame.state;
        if (a >= 0) refineBranch(frame, a, taken, other);
        else if (loop) {
          // What goes through something that is not empty leaves nothing as it was before.
          const left = loop.back && isFilled(frame, iterated(frame, b)) ? loop.back.fork() : other;
          if (loop.back) endLoop(frame, block, loop.back, left);
          flow(block, b, taken);
          loop.left = left;
          return;
        }
        flow(block, b, taken);
        flow(block, code[pc + 5]!, other);
        return;
      }
      case Op.Try:
        regions.push({ from: block, handler: b });
        flow(block, b, frame.state.fork());
        flow(block, a, frame.state);
        return;
      case Op.Return:
        // return: result ⊔= value(src)
        if (a >= 0 && frame.ir.generator) store(frame, yields(frame), RETURNED, frame.get(a));
        else if (a >= 0) frame.returned = frame.join(frame.returned, frame.get(a));
        if (a >= 0 && frame.returns) returnModel(frame, frame.returns, frame.get(a), pc);
        toHandlers(frame, block, regions, flow);
        frame.exit = frame.exit ? joinStates(frame, frame.exit, frame.state) : frame.state;
        return;
      case Op.Throw:
        frame.raise(frame.get(a));
        if (frame.handler < 0)
          frame.thrownState = frame.thrownState ? joinStates(frame, frame.thrownState, frame.state) : frame.state;
        toHandlers(frame, block, regions, flow);
        return;
      default:
        step(frame, pc);
    }
  }
  // No terminator: falls through.
  toHandlers(frame, block, regions, flow);
  if (block + 1 < blocks.length - 1) flow(block, block + 1, frame.state);
  else frame.exit = frame.exit ? joinStates(frame, frame.exit, frame.state) : frame.state;
}

/** The slot whose elements, or names, the rounds of a loop are about that begin at a block; -1 for none. */
function iterated({ file: { code, strings }, ir: { blocks } }: Frame, block: number, wanted?: string): number {
  for (let pc = blocks[block]!; pc < blocks[block + 1]!; pc += code[pc]! >>> 8) {
    if ((code[pc]! & 255) !== Op.Load) continue;
    const key = strings[code[pc + 5]!]!;
    return (wanted === undefined ? key === ELEMENT || key === FIELD_NAME : key === wanted) ? code[pc + 4]! : -1;
  }
  return -1;
}

/** A handler may be entered from the end of any block of its region (that stands before it in reverse post order). */
function toHandlers(frame: Frame, block: number, regions: readonly Region[], flow: Flow): void {
  for (const { from, handler } of regions) {
    if (block <= from || block >= handler) continue;
    const state = frame.state.fork();
    for (const [slot, value] of frame.regionVars ?? [])
      state.vars.set(slot, frame.join(state.vars.get(slot) ?? NOTHING, value));
    flow(block, handler, state);
  }
}

/** The member of an interface that the caller names. */
function memberByArgument(frame: Frame, base: Value, key: Value, pc: number): Value {
  let result = NOTHING;
  const { code } = frame.file;
  for (const fact of key.facts) {
    const { origin, name } = frame.roots[fact.root]!;
    if (origin.type !== 'parameter' || fact.path !== EMPTY_PATH || !fact.exact) continue;
    for (const object of base.objects) {
      const info = frame.objects[object]!;
      if (info.kind === 'api')
        result = frame.join(
          result,
          ofFacts([frame.memberFact(info.state, origin.index, name, code[pc + 1]!, code[pc + 2]!)]),
        );
    }
  }
  return result;
}

/** Whether a copy is an `await`. */
function isAwaited(code: Int32Array, pc: number): boolean {
  return code[pc]! >>> 8 > 5;
}

/** One instruction that ends no block. */
function step(frame: Frame, pc: number): void {
  const { code, strings } = frame.file;
  const a = code[pc + 3]!;
  const b = code[pc + 4]!;
  const c = code[pc + 5]!;
  switch (code[pc]! & 255) {
    case Op.Const:
      frame.set(a, literal(frame, b, strings[c]!), pc);
      return;
    case Op.Copy:
      // copy: slot[dst] = slot[src]
      frame.set(a, named(frame, a, isAwaited(code, pc) ? settle(frame, frame.get(b), pc) : frame.get(b)), pc);
      return;
    case Op.Alloc: {
      const object = frame.plainObject(`h${pc}`);
      frame.allocate(object);
      if (b === AllocKind.Box) frame.summarised.delete(object);
      frame.set(a, ofObject(object), pc);
      return;
    }
    case Op.Load: {
      const turn = strings[c] === ELEMENT ? frame.turns.get(b) : undefined;
      if (turn !== undefined) {
        frame.set(a, load(frame, frame.get(b), String(turn), pc), pc);
        return;
      }
      let value = member(frame, a, b, strings[c]!, pc);
      const tables = tablesAt(frame.context, frame.fn, b, strings[c]!);
      if (tables) value = frame.join(value, constantsValue(frame, tables, `t${pc}`));
      if (strings[c] === ELEMENT) value = eachName(frame, b, frame.get(b), value, pc);
      frame.setRead(a, named(frame, a, value), pc);
      return;
    }
    case Op.LoadDynamic: {
      const name = keyOf(frame, frame.get(c));
      const keys = name ? NO_KEYS : frame.get(c).literals;
      const base = frame.get(b);
      let value = NOTHING;
      if (keys.length === 0)
        value = frame.join(
          name ? fieldsOf(frame, base, name, pc) : load(frame, base, ANY, pc),
          memberByArgument(frame, base, frame.get(c), pc),
        );
      else for (const key of keys) value = frame.join(value, load(frame, base, key, pc));
      frame.set(a, withTokens(frame, a, value), pc);
      return;
    }
    case Op.Store:
      storeTo(frame, a, strings[b]!, frame.get(c), pc);
      return;
    case Op.StoreDynamic: {
      const name = keyOf(frame, frame.get(b));
      const keys = name ? NO_KEYS : frame.get(b).literals;
      if (keys.length === 1) storeTo(frame, a, keys[0]!, frame.get(c), pc);
      else {
        storeTo(frame, a, name ? KEYED : ANY, frame.get(c), pc, name);
        const loop = name && loopOf(frame, b, name);
        if (name && loop !== undefined) overwrite(frame, frame.get(a), name, frame.get(c), loop);
        const key = derived(frame, frame.get(b), 1);
        if (key.length > 0) storeTo(frame, a, KEYS, ofFacts(key), pc);
      }
      return;
    }
    case Op.Delete:
      if (b >= 0) store(frame, frame.get(a), strings[b]!, NOTHING);
      else remove(frame, a, c);
      return;
    case Op.Absorb: {
      const excluded: string[] = [];
      for (let i = pc + 5; i < pc + (code[pc]! >>> 8); i++) excluded.push(strings[code[i]!]!);
      const iterated = iterate(frame, frame.get(b), b, pc);
      if (iterated) store(frame, frame.get(a), ELEMENT, iterated);
      else absorb(frame, frame.get(a), frame.get(b), excluded);
      return;
    }
    case Op.Combine:
      frame.set(a, combine(frame, b, pc), pc);
      return;
    case Op.Compare:
      frame.set(a, NOTHING, pc);
      return;
    case Op.Closure:
      frame.set(a, closure(frame, pc), pc);
      return;
    case Op.Class:
      frame.set(a, makeClass(frame, pc), pc);
      return;
    case Op.Call:
      frame.set(a, named(frame, a, withTokens(frame, a, evaluateTyped(frame, pc, b))), pc);
      return;
    case Op.Global:
      frame.set(a, global(frame, strings[b]!, pc), pc);
      return;
    case Op.LoadVariable:
      frame.setRead(a, withTokens(frame, a, loadVariable(frame, b, pc)), pc);
      return;
    case Op.StoreVariable:
      storeVariable(frame, a, frame.get(b), pc);
      return;
    case Op.Import:
      frame.setRead(a, withTokens(frame, a, imported(frame, b, pc)), pc);
      return;
    case Op.Yield: {
      const value = frame.get(b);
      const delegates = code[pc + 5] === 1;
      store(frame, yields(frame), ELEMENT, delegates ? elements(frame, value, b, pc) : value);
      if (a >= 0) frame.set(a, delegates ? load(frame, value, RETURNED, pc) : NOTHING, pc);
      return;
    }
    case Op.Caught:
      if (a >= 0) frame.set(a, frame.caught.get(frame.block) ?? NOTHING, pc);
      return;
    case Op.Unknown: {
      let facts: readonly Fact[] = [];
      for (let i = pc + 5; i < pc + (code[pc]! >>> 8); i++)
        facts = frame.joinFacts(facts, derived(frame, frame.get(code[i]!), 2));
      if (a >= 0) frame.set(a, ofFacts(facts), pc);
      return;
    }
    default:
      throw new Error(`instruction ${code[pc]! & 255} is not known`);
  }
}

/** `delete base[key]` */
function remove(frame: Frame, base: number, slot: number): void {
  const value = frame.get(slot);
  const name = keyOf(frame, value);
  const loop = name && loopOf(frame, slot, name);
  if (name && loop !== undefined) overwrite(frame, frame.get(base), name, NOTHING, loop);
  else if (!name && value.literals.length === 1 && value.facts.length === 0)
    store(frame, frame.get(base), value.literals[0]!, NOTHING);
}

const NO_KEYS: readonly string[] = [];

function literal(frame: Frame, kind: LiteralKind, text: string): Value {
  if (kind === LiteralKind.Null || kind === LiteralKind.Undefined) return NOTHING;
  if (kind !== LiteralKind.RegExp) return ofLiteral(text);
  const { knowledge } = frame.context.program;
  const state = knowledge.construct(knowledge.global('RegExp'));
  return state ? { ...ofLiteral(text), objects: [frame.apiObject(state)] } : ofLiteral(text);
}

/** What a generator hands out, as a list; what it returns stands beside. */
function yields(frame: Frame): Value {
  const list = ofObject(frame.plainObject('yields'));
  frame.returned = frame.join(frame.returned, list);
  return list;
}

/** The field of what a generator returns. */
const RETURNED = '%returned';

function elements(frame: Frame, value: Value, slot: number, pc: number): Value {
  return frame.join(load(frame, value, ELEMENT, pc), iterate(frame, value, slot, pc) ?? NOTHING);
}

/** call, and what the callee's declared type says of its result. */
function evaluateTyped(frame: Frame, pc: number, callee: number): Value {
  const made = evaluateCall(frame, pc);
  const result = frame.file.code[pc + 6]! & CallFlag.Awaited ? settle(frame, made, pc) : made;
  declareResult(frame, frame.get(callee), result);
  return result;
}

/** Facts that no name has told of take the label of the variable they go into, where they are results of the unknown. */
function named(frame: Frame, slot: number, value: Value): Value {
  declareSlot(frame, slot, value);
  const index = frame.ir.slotNames[slot]!;
  if (index < 0 || value.facts.length === 0) return value;
  const name = frame.file.strings[index]!;
  const label = frame.context.names.label(name);
  if (!label) return value;
  let facts: Fact[] | undefined;
  value.facts.forEach((fact, i) => {
    if (fact.label) return;
    const { origin } = frame.roots[fact.root]!;
    const { type } = origin;
    // A row is no timestamp because its variable is called `created`.
    if (type === 'source' && fact.exact && isNoContent(label) && origin.source.kind.startsWith('record')) return;
    // What a model, a secret store or a row says of itself weighs more than a variable's name, but a row's name may say more.
    if (type === 'parameter' && fact.path === 0 && fact.exact) return;
    facts ??= value.facts.slice();
    facts[i] = withLabel(fact, label, name);
  });
  return facts ? withFacts(value, facts) : value;
}

/** Words that end the name of a variable and say nothing of what it holds. */
const HOLDS = /(?:Data|Info|Config|Record|Row|Doc|Definition)$/;

/** The name of a thing of which only the variable tells what it is: `agent.name`, where `agent` is a row of whatever table. */
function nameOf(frame: Frame, base: number, value: Value): Value {
  if (!value.facts.some((fact) => fact.label === '')) return value;
  const { code, strings } = frame.file;
  const pc = frame.definitions[base]!;
  const read = pc >= 0 && (code[pc]! & 255) === Op.Copy ? code[pc + 4]! : base;
  const index = frame.ir.slotNames[base]! >= 0 ? frame.ir.slotNames[base]! : frame.ir.slotNames[read]!;
  const label = index < 0 ? '' : frame.context.names.labelIn(strings[index]!.replace(HOLDS, ''), 'name');
  if (!isNoContent(label)) return value;
  return withFacts(
    value,
    value.facts.map((fact) => (fact.label === '' ? withLabel(fact, label, 'name') : fact)),
  );
}

/** Functions and interfaces that the tracker knows a slot to hold join its value, so that they can be handed on. */
function withTokens(frame: Frame, slot: number, value: Value): Value {
  const { tracker } = frame.context;
  const tokens = tracker.slotTokens(frame.fn, slot);
  if (tokens.length === 0) return value;
  let result = value;
  const has = value.objects.some((o) => frame.objects[o]!.kind === 'function');
  // Who calls this function knows which ones it hands in.
  const isTold =
    (frame.context.graph.called[frame.fn] === 1 || frame.given !== undefined) &&
    value.facts.some((fact) => fact.exact && isProvided(frame, fact));
  for (const token of tokens) {
    const kind = tracker.tokenKind(token);
    if (kind === TokenKind.Function && !has) {
      const fn = tracker.tokenData(token);
      const made = frame.methodObjects.get(fn);
      result = frame.join(result, ofObject(made ?? (isTold ? frame.toldFunction(fn) : frame.functionObject(fn))));
    } else if (kind === TokenKind.Api) result = frame.join(result, ofObject(frame.apiObject(tracker.tokenData(token))));
  }
  return result;
}

/** load, and the getter where the tracker knows the class. */
function member(frame: Frame, dst: number, base: number, key: string, pc: number): Value {
  const { tracker, program, summaries } = frame.context;
  let value = load(frame, frame.get(base), key, pc);
  if (key === 'name') value = nameOf(frame, base, value);
  if (key === ELEMENT) value = frame.join(value, iterate(frame, frame.get(base), base, pc) ?? NOTHING);
  for (const token of tracker.slotTokens(frame.fn, base)) {
    const kind = tracker.tokenKind(token);
    if (kind === TokenKind.Module) {
      const binding = tracker.exports.find(tracker.tokenData(token), key);
      if (binding) value = frame.join(value, bound(frame, binding, key, pc));
      continue;
    }
    if (kind !== TokenKind.Instance && kind !== TokenKind.Class) continue;
    if (kind === TokenKind.Class)
      value = frame.join(value, load(frame, statics(frame, tracker.tokenData(token), pc), key, pc));
    const getter = tracker.method(tracker.tokenData(token), key, kind === TokenKind.Class, 'getter');
    if (getter < 0 || !summaries[getter] || program.functionOf(getter).kind !== 'getter') continue;
    value = frame.join(
      value,
      instantiate(frame, plainCall(pc, key, frame.get(base)), summaries[getter]!, getter, NOTHING, frame.get(base)),
    );
  }
  const holder = frame.get(base);
  const getters = accessors(frame, holder, `get ${key}`);
  if (isAllOf(getters, holder)) value = NOTHING;
  for (const [object, fn] of getters)
    value = frame.join(
      value,
      instantiate(frame, plainCall(pc, key, holder), summaries[fn]!, fn, ofObject(object), holder),
    );
  if (key === 'arguments' && frame.context.requests.isArguments({ function: frame.fn, pc }))
    value = frame.join(value, ofFacts([requested(frame, pc)]));
  return withTokens(frame, dst, value);
}

/** What the static members of a class hold, wherever they were written. */
function statics(frame: Frame, cls: number, pc: number): Value {
  const { code } = frame.file;
  const cell = frame.context.cells.instances(cls, frame.context.program.classOf(cls).name);
  return ofFacts([frame.cellFact(cell, code[pc + 1]!, code[pc + 2]!)]);
}

/** Whether a fact is the object of a method, whose fields are the class's anyway. */
function isOwn(frame: Frame, fact: Fact): boolean {
  return frame.roots[fact.root]!.origin.type === 'this';
}

/** What a model chose as arguments of a tool, in a request that the program takes apart itself. */
function requested(frame: Frame, pc: number): Fact {
  const { code } = frame.file;
  const place = { function: frame.fn, start: code[pc + 1]!, end: code[pc + 2]! };
  const source = { kind: 'toolarg', element: 'tool argument', selector: 'MCP#tools/call', ...place };
  return frame.sourceFact(source, `${pc}`);
}

/** The accessors of object literals under a name: their closures and functions. */
function accessors(frame: Frame, base: Value, name: string): (readonly [object: number, fn: number])[] {
  const result: (readonly [number, number])[] = [];
  for (const holder of base.objects) {
    for (const object of frame.state.read(holder)?.map.get(name)?.objects ?? []) {
      const info = frame.objects[object]!;
      if (info.kind === 'function' && frame.context.summaries[info.function]) result.push([object, info.function]);
    }
  }
  return result;
}

/** Whether whatever a value may be has one of these accessors. */
function isAllOf(found: readonly unknown[], base: Value): boolean {
  return found.length > 0 && base.facts.length === 0 && found.length >= base.objects.length;
}

function plainCall(pc: number, name: string, receiver: Value, args: readonly Value[] = []): Call {
  return makeCall({ pc, key: `g${pc}`, name, args, receiver, depth: 1 });
}

/** What a function hands to the framework that calls it. */
function returnModel(
  frame: Frame,
  { kind, recipient, selector }: NonNullable<EntryKind['returns']>,
  value: Value,
  pc: number,
) {
  const { code } = frame.file;
  const sink = {
    ...{ kind, recipient, selector, function: frame.fn, port: 'return' },
    ...{ start: code[pc + 1]!, end: code[pc + 2]! },
  };
  hitSink(frame, sink, value, (fact) => withTrace(fact, frame.step(fact.trace, 'sink', 'return', pc)));
}

/** Properties that are sinks when they are written: `innerHTML`, `ctx.body`. */
function writeModels(frame: Frame, base: Value, key: string, value: Value, pc: number): void {
  const { knowledge } = frame.context.program;
  if (!knowledge.onWrite || (value.facts.length === 0 && value.objects.length === 0)) return;
  const states = base.objects.flatMap((object) => {
    const info = frame.objects[object]!;
    return info.kind === 'api' ? [knowledge.member(info.state, key)] : [];
  });
  if (states.length === 0) states.push(knowledge.method(key));
  for (const state of states) {
    const model = state ? knowledge.onWrite(state) : undefined;
    if (!model) continue;
    const { code } = frame.file;
    const sink = {
      kind: model.kind,
      recipient: model.recipient ?? model.package,
      selector: model.selector,
      function: frame.fn,
      start: code[pc + 1]!,
      end: code[pc + 2]!,
      port: key,
    };
    hitSink(frame, sink, value, (fact) => withTrace(fact, frame.step(fact.trace, 'sink', key, pc)));
    return;
  }
}

function storeTo(frame: Frame, slot: number, key: string, value: Value, pc: number, name?: Key): void {
  let base = frame.get(slot);
  writeModels(frame, base, key, value, pc);
  if (key === 'length') for (const object of base.objects) frame.disordered.add(object);
  if (base.facts.length === 0 && base.objects.every((o) => frame.objects[o]!.kind === 'api')) {
    // A base of which nothing is known still remembers what is written to it.
    base = frame.join(base, ofObject(frame.plainObject(`b${slot}`)));
    frame.set(slot, base, pc);
  }
  const { tracker, summaries } = frame.context;
  const setters = accessors(frame, base, `set ${key}`);
  const methods: number[] = [];
  const tokens = tracker.slotTokens(frame.fn, slot);
  for (const token of tokens)
    if (tracker.tokenKind(token) === TokenKind.Class && !base.facts.some((fact) => isOwn(frame, fact)))
      store(frame, statics(frame, tracker.tokenData(token), pc), key, value);
  for (const token of tokens) {
    const kind = tracker.tokenKind(token);
    if (kind !== TokenKind.Instance && kind !== TokenKind.Class) continue;
    const setter = tracker.method(tracker.tokenData(token), key, kind === TokenKind.Class, 'setter');
    if (setter >= 0 && summaries[setter]) methods.push(setter);
  }
  // Where a setter takes the value, nothing else keeps it.
  const isTaken = isAllOf(setters, base) || (methods.length > 0 && methods.length === tokens.length);
  if (!isTaken) {
    if (key === KEYED) storeFields(frame, base, value, name);
    else store(frame, base, key, value);
  }
  const call = plainCall(pc, key, base, [value]);
  for (const [object, fn] of setters) instantiate(frame, call, summaries[fn]!, fn, ofObject(object), base);
  for (const setter of methods) instantiate(frame, call, summaries[setter]!, setter, NOTHING, base);
}

const ANY_TEXT: readonly string[] = ['*'];

/** combine: facts of all operands, no longer exact; truth values drop them, numbers keep the numeric-sensitive. */
/** The part of a URL behind which only its query follows: what stands there chooses neither host nor path. */
const QUERY = /^[^?\s]*\/[^?\s]*\?/;

function combine(frame: Frame, mode: CombineMode, pc: number): Value {
  const { code } = frame.file;
  const end = pc + (code[pc]! >>> 8);
  if (mode === CombineMode.Truth) return NOTHING;
  if (mode === CombineMode.Either) {
    let value = NOTHING;
    for (let i = pc + 5; i < end; i++) value = frame.join(value, frame.get(code[i]!));
    return value;
  }
  let facts: readonly Fact[] = [];
  let text: string | undefined = '';
  for (let i = pc + 5; i < end; i++) {
    const value = frame.get(code[i]!);
    const isQuery = text !== undefined && QUERY.test(text);
    if (text !== undefined) {
      const literal = value.literals.length === 1 && value.facts.length === 0 ? value.literals[0]! : '*';
      text = text.length > 500 ? undefined : text + literal;
    }
    let operand = derived(frame, value, 2);
    if (mode === CombineMode.Number) operand = operand.filter((fact) => isNumericKind(fact.label));
    else {
      const clears = isQuery ? Clears.Url : 0;
      operand = operand.map((fact) =>
        withCleared(fact, fact.cleared | clears, frame.step(fact.trace, 'combine', '', pc)),
      );
    }
    facts = frame.joinFacts(facts, operand);
  }
  // The literal '*' stands for any text: a number is no known key.
  if (mode === CombineMode.Number) return makeValue(facts, [], ANY_TEXT);
  if (pc + 5 === end) text = '*';
  return text === undefined ? ofFacts(facts) : makeValue(facts, [], [text]);
}

/** closure: a function object whose fields %i are the captured values. */
function closure(frame: Frame, pc: number): Value {
  const { code } = frame.file;
  const fn = frame.context.program.sibling(frame.fn, code[pc + 4]!);
  const object = frame.object(`h${pc}`, { kind: 'function', function: fn });
  frame.closures.add(object);
  frame.closurePcs.set(object, pc);
  frame.methodObjects.set(fn, object);
  const fields = frame.state.write(object);
  const end = pc + (code[pc]! >>> 8);
  for (let i = pc + 5; i < end; i++) if (code[i]! >= 0) fields.map.set(`%${i - pc - 5}`, frame.get(code[i]!));
  return ofObject(object);
}

function makeClass(frame: Frame, pc: number): Value {
  const { code } = frame.file;
  const object = frame.plainObject(`h${pc}`);
  frame.allocate(object);
  const statics = code[pc + 7]!;
  if (statics >= 0) {
    const value = frame.get(statics);
    for (const made of value.objects) {
      const info = frame.objects[made]!;
      const summary = info.kind === 'function' ? frame.context.summaries[info.function] : undefined;
      if (info.kind === 'function' && summary)
        instantiate(
          frame,
          plainCall(pc, 'static', ofObject(object)),
          summary,
          info.function,
          ofObject(made),
          ofObject(object),
        );
    }
  }
  return ofObject(object);
}

function global(frame: Frame, name: string, pc: number): Value {
  const { knowledge } = frame.context.program;
  const state = knowledge.global(name);
  if (state) {
    const value = ofObject(frame.apiObject(state));
    const read = knowledge.onRead(state);
    return read ? frame.join(value, sharedPlace(frame, read, pc)) : value;
  }
  if (name === 'undefined' || name === 'NaN' || name === 'Infinity') return NOTHING;
  if (isConstantName(name)) return NOTHING;
  const { code } = frame.file;
  return ofFacts([labelled(frame, frame.opaqueFact(`g${name}`, name, code[pc + 1]!, code[pc + 2]!), name)]);
}

/** SCREAMING_CASE and Capitalised names stand for constants, classes and modules, not for data. */
function isConstantName(name: string): boolean {
  return /^[A-Z]/.test(name);
}

function labelled(frame: Frame, fact: Fact, name: string): Fact {
  const label = frame.context.names.label(name);
  return label ? withLabel(fact, label, name) : fact;
}

function loadVariable(frame: Frame, index: number, pc: number): Value {
  const { program, constants, cells } = frame.context;
  const variable = program.variableBase[frame.fileIndex]! + index;
  const value = variableValue(frame, variable, pc, constants, cells, program);
  const local = frame.localVariable(index);
  // Top-level code knows what it has written itself; what functions write later reaches the cell.
  return local ? (constants[variable] ? value : local) : value;
}

function variableValue(
  frame: Frame,
  variable: number,
  pc: number,
  constants: Context['constants'],
  cells: Context['cells'],
  program: Context['program'],
): Value {
  const constant = constants[variable];
  const { code } = frame.file;
  if (constant) return constantValue(frame, constant, `v${variable}`);
  const composed = composition(frame, variable, pc);
  if (composed) return composed;
  const file = program.variableFile[variable]!;
  const row = program.files[file]!.variables[variable - program.variableBase[file]!]!;
  if (row.kind === 'function' || row.kind === 'class' || frame.context.functions[variable]! >= 0) return NOTHING;
  const cell = cells.variable(variable, row.name);
  const fact = frame.cellFact(cell, code[pc + 1]!, code[pc + 2]!);
  return ofFacts([labelled(frame, fact, row.name)]);
}

function constantValue(frame: Frame, constant: Constant, key: string): Value {
  if ('text' in constant) return ofLiteral(constant.text);
  if ('plain' in constant) return constant.pattern === undefined ? NOTHING : ofLiteral(constant.pattern);
  if ('function' in constant) return ofObject(frame.functionObject(constant.function));
  const object = frame.plainObject(`k${key}`);
  if (!frame.state.heap.has(object)) {
    const fields = frame.state.write(object);
    for (const [name, inner] of constant.fields) {
      if ('fields' in inner) fields.map.set(name, constantValue(frame, inner, `${key}.${name}`));
      else fields.map.set(name, constantValue(frame, inner, ''));
    }
  }
  return ofObject(object);
}

/** One of several constants. */
function constantsValue(frame: Frame, constants: readonly Constant[], key: string): Value {
  const values = constants.map((constant, i) => constantValue(frame, constant, `${key}.${i}`));
  return values.reduce((all, value) => frame.join(all, value), NOTHING);
}

function storeVariable(frame: Frame, index: number, value: Value, pc: number): void {
  const { program, constants, cells } = frame.context;
  const variable = program.variableBase[frame.fileIndex]! + index;
  if (constants[variable]) return;
  const row = frame.file.variables[index]!;
  declareType(frame, value, frame.fileIndex, row.type);
  const cell = cells.variable(variable, row.name);
  frame.stored.push({ cell, value, pc });
  frame.setLocalVariable(index, value);
}

function imported(frame: Frame, index: number, pc: number): Value {
  const { exports } = frame.context.tracker;
  const { local } = frame.file.imports[index]!;
  const own = bound(frame, exports.imported(frame.fileIndex, index), local, pc);
  const published = exports.published(frame.fileIndex, index);
  return published ? frame.join(own, bound(frame, published, local, pc)) : own;
}

/** The value of an exported name, under the name by which it is used. */
function bound(frame: Frame, binding: Binding | undefined, local: string, pc: number): Value {
  const { program, constants, cells } = frame.context;
  const { code } = frame.file;
  switch (binding?.kind) {
    case 'variable':
      return variableValue(frame, binding.variable, pc, constants, cells, program);
    case 'commonjs': {
      const cell = cells.variable(binding.variable, 'module.exports');
      return load(frame, ofFacts([frame.cellFact(cell, code[pc + 1]!, code[pc + 2]!)]), binding.name, pc);
    }
    case 'namespace':
      return NOTHING;
    case 'package': {
      const { knowledge } = program;
      const state = knowledge.module(binding.specifier, binding.major);
      if (binding.name === '*') return state ? ofObject(frame.apiObject(state)) : NOTHING;
      const member = knowledge.member(state, binding.name);
      // `import { KEY } from …` reads as `import * as all from …; all.KEY` does
      if (member && knowledge.onRead(member)) return load(frame, ofObject(frame.apiObject(state)), binding.name, pc);
      return member ? ofObject(frame.apiObject(member)) : NOTHING;
    }
    default:
      return isConstantName(local)
        ? NOTHING
        : ofFacts([labelled(frame, frame.opaqueFact(`m${local}`, local, code[pc + 1]!, code[pc + 2]!), local)]);
  }
}

/** At entry, every slot that the caller fills holds what the caller knows. */
function bindParameters(frame: Frame, entries: EntryKinds): void {
  const { ir, fn } = frame;
  const { names } = frame.context;
  const start = ir.start;
  const bind = (slot: number, fact: Fact, extra: Value = NOTHING): void => {
    frame.set(slot, frame.join(withTokens(frame, slot, ofFacts([fact])), extra), -1);
  };
  ir.params.forEach((param, index) => {
    const root = frame.root(`p${index}`, () => ({
      origin: { type: 'parameter', index },
      name: param.name,
      start,
      end: ir.end,
    }));
    const fact = frame.fact(root, start, ir.end, param.name ? names.label(param.name) : '', param.name, 'parameter');
    const entry = entries.get(fn)?.parameters[index];
    const source = entry && {
      kind: entry.kind,
      element: param.name || 'input',
      selector: entry.selector,
      function: fn,
      start,
      end: start + 1,
    };
    if (isGiven(frame, 'parameter', index)) {
      frame.set(param.slot, givenList(frame, fact), -1);
      return;
    }
    const element = frame.context.elementParameters.get(fn);
    const known = element?.index === index ? constantsValue(frame, element.elements, 'e') : NOTHING;
    const chosen = source && frame.sourceFact(source, `p${index}`);
    if (chosen && entry?.confined) confineFields(frame, chosen, entry.confined, ir.blocks[0]!);
    bind(param.slot, fact, chosen ? frame.join(known, ofFacts([chosen])) : known);
  });
  if (ir.argumentsSlot >= 0) {
    const root = frame.root('pall', () => ({
      origin: { type: 'parameter', index: ALL_ARGUMENTS },
      name: 'arguments',
      start,
      end: ir.end,
    }));
    bind(ir.argumentsSlot, frame.fact(root, start, ir.end, '', '', 'parameter'));
  }
  if (ir.thisSlot >= 0) {
    const root = frame.root('t', () => ({ origin: { type: 'this' }, name: 'this', start, end: ir.end }));
    bind(ir.thisSlot, frame.fact(root, start, ir.end, '', '', 'parameter'));
  }
  ir.captures.forEach((capture, index) => {
    const root = frame.root(`k${index}`, () => ({
      origin: { type: 'capture', index },
      name: capture.name,
      start,
      end: ir.end,
    }));
    const label = capture.boxed ? '' : names.label(capture.name);
    const fact = frame.fact(root, start, ir.end, label, capture.name, 'parameter');
    if (isGiven(frame, 'capture', index)) frame.set(capture.slot, givenList(frame, fact), -1);
    else bind(capture.slot, fact);
  });
}

/** Whether the function is looked at for a known number of elements in a list that it is given there. */
function isGiven({ given }: Frame, root: GivenTuple['root'], index: number): boolean {
  return given !== undefined && given.length > 0 && given.root === root && given.index === index;
}

/** A list of the caller's with a known number of elements. */
function givenList(frame: Frame, fact: Fact): Value {
  const list = frame.plainObject('given');
  const { map } = frame.state.write(list);
  for (let i = 0; i < frame.given!.length; i++) map.set(String(i), extended(frame, fact, String(i)));
  return ofObject(list);
}

/**
 * Closures that were made and never called here run at some later time, with what they captured as it is when the function ends. Twice,
 * because one may write a box that another reads.
 */
function runEscaped(frame: Frame): void {
  for (let round = 0; round < 2; round++) {
    for (const object of [...frame.closures]) {
      const info = frame.objects[object]!;
      if (info.kind !== 'function' || frame.called.has(object)) continue;
      const summary = frame.context.summaries[info.function];
      if (!summary || !(usesCaptures(summary) || isBound(frame, object))) continue;
      const target = frame.context.program.functionOf(info.function);
      const given = unknownArguments(frame, info.function);
      const known = plainCall(frame.closurePc(object), target.name, NOTHING, given);
      const call = makeCall(known, { key: `e${object}`, escaped: true });
      const bound = unbind(frame, call, ofObject(object));
      instantiate(frame, bound, summary, info.function, ofObject(object), bound.receiver);
    }
  }
}

/** What a closure that nothing in the program calls is given, where it hands that on to what it has captured: the setter of a state. */
function unknownArguments(frame: Frame, fn: number): readonly Value[] {
  const { graph, program, summaries } = frame.context;
  const handsOn = summaries[fn]!.edges.some(
    ({ from, to }) => from.type === 'parameter' && to.type === 'invoke-argument',
  );
  if (graph.called[fn] || !handsOn) return [];
  const { params, start, end } = program.functionOf(fn);
  return params.map((param, i) => ofFacts([frame.opaqueFact(`e${fn}:${i}`, param.name, start, end)]));
}

function isBound(frame: Frame, object: number): boolean {
  return frame.closurePcs.has(object) && (frame.file.code[frame.closurePc(object)]! & 255) === Op.Call;
}

function usesCaptures(summary: Summary): boolean {
  return (
    summary.edges.some((edge) => edge.from.type === 'capture' || edge.to.type === 'capture') ||
    summary.invokes.some((invoke) => invoke.callee.type === 'capture')
  );
}
