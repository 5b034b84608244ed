/** Calls: finding the targets, applying summaries of own functions, models of interfaces, and the default for everything else. */
import { Clears } from '../core/kinds.js';
import { CALL_ARGUMENTS, CallFlag, ELEMENT, Op } from '../ir/instruction.js';
import { emit, publishStored } from './exit.js';
import { ALL_ARGUMENTS, type Frame } from './frame.js';
import { refineAfterCall } from './guards.js';
import { instantiate } from './instantiate.js';
import { asList, isDeclaredList, listMethod } from './lists.js';
import { PROMISIFIED } from './members.js';
import { derived, isHeaders, load } from './memory.js';
import { applyModel, RESOLVED } from './model-call.js';
import { EMPTY_PATH } from './path-table.js';
import { THROWN } from './rejection.js';
import { narrowToClass, specialised } from './specialised.js';
import { type CallSite, EMPTY_SUMMARY } from './summary.js';
import { type Trace, trace } from './trace.js';
import type { Callable } from './tracked-calls.js';
import { TokenKind } from './tracker.js';
import { elementsOf } from './tuples.js';
import { bindTypes, declareType } from './type-evidence.js';
import {
  type Fact,
  FeatureBit,
  NOTHING,
  ofFacts,
  ofObject,
  ofObjects,
  type Value,
  withCleared,
  withObjects,
  withTrace,
} from './value.js';

/** A call at hand, its operands evaluated. */
export interface Call {
  /** Offset of the instruction, and a suffix that tells nested calls of one instruction apart. */
  readonly pc: number;
  readonly key: string;
  readonly args: readonly Value[];
  /** Index of the first spread argument, whose value stands for itself and all behind it; -1 for none. */
  readonly spreadFrom: number;
  readonly receiver: Value;
  /** What is called. */
  readonly callee: Value;
  /** The object made by `new`. */
  readonly instance: Value;
  readonly isNew: boolean;
  readonly awaited: boolean;
  /** Name of the callee, for people. */
  readonly name: string;
  /** How many callbacks deep. */
  readonly depth: number;
  /** The call happens elsewhere, with arguments that are not known. */
  readonly escaped: boolean;
  /** A tagged template: functions of the program receive its (constant) strings before the arguments. */
  readonly tagged: boolean;
  /** An element: its component is rendered, which is no call that anyone wrote. */
  readonly rendered: boolean;
  /** Where it is written, if that is in a callee: what it does is reported there. */
  readonly site: CallSite | undefined;
}

/** A call of which this much is known, with changes. The one place where calls are made, for the reason that facts are. */
export function makeCall(
  known: Pick<Call, 'pc' | 'key' | 'name'> & Partial<Call>,
  changes: Partial<Call> = known,
): Call {
  return {
    pc: known.pc,
    key: changes.key ?? known.key,
    args: changes.args ?? known.args ?? NO_ARGUMENTS,
    spreadFrom: changes.spreadFrom ?? known.spreadFrom ?? -1,
    receiver: changes.receiver ?? known.receiver ?? NOTHING,
    instance: changes.instance ?? known.instance ?? NOTHING,
    isNew: changes.isNew ?? known.isNew ?? false,
    awaited: changes.awaited ?? known.awaited ?? false,
    name: changes.name ?? known.name,
    depth: changes.depth ?? known.depth ?? 0,
    escaped: changes.escaped ?? known.escaped ?? false,
    tagged: changes.tagged ?? known.tagged ?? false,
    rendered: changes.rendered ?? known.rendered ?? false,
    callee: changes.callee ?? known.callee ?? NOTHING,
    site: changes.site ?? known.site,
  };
}

/** Where a call is written. */
export function siteOf(frame: Frame, call: Call): CallSite {
  const { code } = frame.file;
  return call.site ?? { function: frame.fn, start: code[call.pc + 1]!, end: code[call.pc + 2]!, name: call.name };
}

/** The step of a way into a call, or to the sink that it is. */
export function stepInto(
  frame: Frame,
  call: Call,
  previous: Trace | undefined,
  kind: 'into' | 'sink',
  inner?: Trace,
): Trace {
  const { name, function: fn, start, end } = siteOf(frame, call);
  return trace(previous, kind, name, fn, start, end, inner);
}

const NO_ARGUMENTS: readonly Value[] = [];

/** In place of an argument's number, from here on: the list of all arguments from that number on. */
export const SPREAD = 1000;

/** The value of argument `index` of a call; of all arguments as a list for `ALL_ARGUMENTS`. */
export function argument(frame: Frame, call: Call, index: number): Value {
  if (index === ALL_ARGUMENTS) return argumentsFrom(frame, call, 0);
  const { spreadFrom } = call;
  if (spreadFrom < 0 || index < spreadFrom) return call.args[index] ?? NOTHING;
  if (call.args.length === spreadFrom + 1)
    return load(frame, call.args[spreadFrom]!, String(index - spreadFrom), call.pc);
  let result = NOTHING;
  for (let i = spreadFrom; i < call.args.length; i++) result = frame.join(result, spread(frame, call, i));
  return result;
}

/** What an argument from the first spread one on may hand over: its elements, or, behind that one, itself. */
function spread(frame: Frame, call: Call, index: number): Value {
  const value = call.args[index]!;
  const elements = load(frame, value, ELEMENT, call.pc);
  return index === call.spreadFrom ? elements : frame.join(value, elements);
}

/** A list of the arguments from `first` on. */
export function argumentsFrom(frame: Frame, call: Call, first: number): Value {
  if (call.spreadFrom === first && call.args.length === first + 1) return call.args[first]!;
  const list = frame.plainObject(`args${first}:${call.key}`);
  const fields = frame.state.write(list);
  for (let i = first; i < call.args.length; i++) {
    if (call.spreadFrom >= 0 && i >= call.spreadFrom) {
      fields.map.set(ELEMENT, frame.join(fields.map.get(ELEMENT) ?? NOTHING, spread(frame, call, i)));
    } else fields.map.set(String(i - first), call.args[i]!);
  }
  return ofObject(list);
}

/** call: evaluates the instruction at `pc`. */
export function evaluateCall(frame: Frame, pc: number): Value {
  const { code } = frame.file;
  const flags = code[pc + 6]!;
  const spreads = code[pc + 7]!;
  const count = (code[pc]! >>> 8) - CALL_ARGUMENTS;
  const args: Value[] = [];
  let spreadFrom = -1;
  for (let i = 0; i < count; i++) {
    if (spreadFrom < 0 && i < 31 && spreads & (1 << i)) spreadFrom = i;
    args.push(frame.get(code[pc + CALL_ARGUMENTS + i]!));
  }
  const calleeSlot = code[pc + 4]!;
  const isNew = (flags & CallFlag.New) !== 0;
  let instance = NOTHING;
  const key = `${pc}${frame.turn}`;
  if (isNew) {
    const object = frame.plainObject(`n${pc}`);
    frame.allocate(object);
    instance = ofObject(object);
  }
  const call = makeCall({
    pc,
    key,
    args,
    spreadFrom,
    receiver:
      code[pc + 5]! >= 0 ? frame.get(code[pc + 5]!) : flags & CallFlag.Jsx ? holderOf(frame, calleeSlot) : NOTHING,
    instance,
    isNew,
    awaited: (flags & CallFlag.Awaited) !== 0,
    name: calleeName(frame, calleeSlot),
    tagged: (flags & CallFlag.Tagged) !== 0,
    rendered: (flags & CallFlag.Jsx) !== 0,
  });
  const result = callSlot(frame, call, calleeSlot, flags);
  refineAfterCall(frame, pc);
  return result;
}

/** What a member that stands for a component was read from: `<Context.Provider>`. */
function holderOf(frame: Frame, slot: number): Value {
  const { code } = frame.file;
  const pc = frame.definitions[slot]!;
  return pc >= 0 && (code[pc]! & 255) === Op.Load ? frame.get(code[pc + 4]!) : NOTHING;
}

/** The name under which a slot is called: the loaded member, the variable, the imported name. */
export function calleeName(frame: Frame, slot: number, hops = 0): string {
  const { code, strings, imports } = frame.file;
  const pc = frame.definitions[slot]!;
  if (pc >= 0) {
    switch (code[pc]! & 255) {
      case Op.Load:
        return strings[code[pc + 5]!]!;
      case Op.Global:
        return strings[code[pc + 4]!]!;
      case Op.Import:
        return imports[code[pc + 4]!]!.local;
      case Op.LoadVariable:
        return frame.file.variables[code[pc + 4]!]!.name;
      case Op.Copy:
        if (hops < 8) return calleeName(frame, code[pc + 4]!, hops + 1);
        break;
      default:
    }
  }
  const name = frame.ir.slotNames[slot]!;
  return name >= 0 ? strings[name]! : '';
}

function callSlot(frame: Frame, call: Call, calleeSlot: number, flags: number): Value {
  const { tracker } = frame.context;
  const indirect = callIndirectly(frame, call, calleeSlot, flags);
  if (indirect) return indirect;
  const callee = frame.get(calleeSlot);
  const functions = new Map<number, Value>();
  const states = new Set<number>();
  let result = NOTHING;
  let resolved = false;
  for (const object of callee.objects) {
    const info = frame.objects[object]!;
    if (info.kind === 'function') functions.set(info.function, ofObject(object));
    else if (info.kind === 'api') states.add(info.state);
    else if (info.kind === 'setter') {
      result = frame.join(result, callSetter(frame, call, info.cell, info.argument));
      resolved = true;
    } else if (info.kind === 'resolver') {
      resolve(frame, call, info.holder, info.argument);
      resolved = true;
    } else if (info.kind === 'composed') {
      result = frame.join(result, callComposed(frame, call, object));
      resolved = true;
    }
  }
  if (functions.size === 0 && states.size === 0) {
    for (const token of tracker.slotTokens(frame.fn, calleeSlot)) {
      const data = tracker.tokenData(token);
      switch (tracker.tokenKind(token)) {
        case TokenKind.Function: {
          const made = frame.methodObjects.get(data);
          functions.set(data, made === undefined ? NOTHING : ofObject(made));
          break;
        }
        case TokenKind.Class: {
          const target = tracker.constructorOf(data);
          const made = frame.methodObjects.get(target);
          functions.set(target, made === undefined ? NOTHING : ofObject(made));
          break;
        }
        case TokenKind.Api:
          states.add(tracker.tokenData(token));
          break;
        default:
      }
    }
  }
  if (!resolved) {
    const promised = callPromisified(frame, call, calleeSlot, callee);
    if (promised) {
      result = frame.join(result, promised);
      resolved = true;
    }
    for (const token of tracker.slotTokens(frame.fn, calleeSlot)) {
      if (tracker.tokenKind(token) !== TokenKind.Callable) continue;
      const callable = tracker.sharedCallable(token);
      if (!callable) continue;
      result = frame.join(result, callShared(frame, call, callable));
      resolved = true;
    }
  }
  narrowToClass(frame, call, calleeSlot, functions);
  const symbolic = callee.facts.filter((fact) => fact.exact && isProvided(frame, fact));
  const open = symbolic.length > 0 && [...functions.keys()].every((fn) => frame.context.program.ownerClass(fn) < 0);
  // What only names tell of (`items.map`, `logger.info`) is not left to the caller, unless functions are known to arrive there.
  if (open && states.size === 0 && functions.size === 0) {
    const named = callByName(frame, call, calleeSlot);
    if (named) return named;
  }
  if (open && states.size === 0 && !call.isNew) {
    for (const fact of symbolic) result = frame.join(result, defer(frame, call, fact));
    resolved = true;
    if (frame.context.graph.called[frame.fn] || frame.given) functions.clear();
  }
  for (const [fn, closure] of functions) {
    resolved = true;
    result = frame.join(result, callFunction(frame, call, fn, closure));
  }
  for (const state of states) {
    const { knowledge } = frame.context.program;
    const constructs = call.isNew || (flags & CallFlag.Super) !== 0;
    const model = constructs ? knowledge.onConstruct(state) : knowledge.onCall(state);
    const next = constructs ? knowledge.construct(state) : knowledge.call(state);
    // What no model calls was no function: an element, where a list's method was asked for by its name.
    if (!model && !next) continue;
    if (next) result = frame.join(result, ofObject(frame.apiObject(next)));
    if (model) result = frame.join(result, applyModel(frame, makeCall(call, { callee }), model));
    else result = frame.join(result, callUnknown(frame, call, true));
    resolved = true;
  }
  if (resolved) return call.isNew ? frame.join(result, call.instance) : result;
  if (flags & CallFlag.Jsx) return callJsx(frame, call, callee);
  const named = callByName(frame, call, calleeSlot);
  if (named) return named;
  return callUnknown(frame, call, false);
}

/** `f.call(x, …)`, `f.apply(x, list)`, `f.bind(x, …)`, where `f` may be a function. */
function callIndirectly(frame: Frame, call: Call, calleeSlot: number, flags: number): Value | undefined {
  const { code, strings } = frame.file;
  const pc = frame.definitions[calleeSlot]!;
  if (pc < 0 || (code[pc]! & 255) !== Op.Load || call.isNew) return undefined;
  const key = strings[code[pc + 5]!]!;
  if (key !== 'call' && key !== 'apply' && key !== 'bind') return undefined;
  const slot = code[pc + 4]!;
  const target = frame.get(slot);
  const provided = target.facts.filter((fact) => fact.exact && isProvided(frame, fact));
  const functions = target.objects.filter((object) => frame.objects[object]!.kind === 'function');
  const isFunction = functions.length > 0 || (provided.length > 0 && key !== 'call' && target.objects.length === 0);
  if (!isFunction) return undefined;
  if (key === 'bind') {
    const bound = functions.map((object) => ofObject(bind(frame, call, object)));
    return bound.reduce((all, one) => frame.join(all, one), ofFacts(provided));
  }
  const receiver = call.args[0] ?? NOTHING;
  const name = calleeName(frame, slot);
  const args = call.args.slice(1, key === 'apply' ? 2 : undefined);
  const spreadFrom = key === 'apply' ? (args.length > 0 ? 0 : -1) : call.spreadFrom > 0 ? call.spreadFrom - 1 : -1;
  return callSlot(frame, makeCall(call, { name, receiver, args, spreadFrom }), slot, flags);
}

/** A function object that knows its receiver and its first arguments besides what it has captured. */
function bind(frame: Frame, call: Call, object: number): number {
  const info = frame.objects[object]!;
  const bound = frame.object(`${call.key}b${object}`, info);
  const fields = frame.state.write(bound);
  for (const [key, value] of frame.state.read(object)?.map ?? []) fields.map.set(key, value);
  fields.map.set(BOUND_THIS, call.args[0] ?? NOTHING);
  if (call.args.length > 1) fields.map.set(BOUND_ARGUMENTS, argumentsFrom(frame, call, 1));
  frame.called.add(object);
  frame.closures.add(bound);
  frame.closurePcs.set(bound, call.pc);
  return bound;
}

const BOUND_THIS = '%this';
const BOUND_ARGUMENTS = '%args';
/** Arguments that a bound function has been given are looked for up to this number. */
const BOUND = 8;

/** A call of a bound function, with the receiver and the arguments that it knows. */
export function unbind(frame: Frame, call: Call, closure: Value): Call {
  const fields = closure.objects.length === 1 ? frame.state.read(closure.objects[0]!) : undefined;
  const receiver = fields?.map.get(BOUND_THIS);
  if (!receiver) return call;
  const list = fields?.map.get(BOUND_ARGUMENTS);
  if (!list) return makeCall(call, { receiver });
  const first: Value[] = [];
  for (const object of list.objects) {
    const { map } = frame.state.read(object) ?? { map: new Map<string, Value>() };
    for (let i = 0; i < BOUND && map.has(String(i)); i++)
      first[i] = frame.join(first[i] ?? NOTHING, map.get(String(i))!);
  }
  const spreadFrom = call.spreadFrom < 0 ? -1 : call.spreadFrom + first.length;
  return makeCall(call, { receiver, args: [...first, ...call.args], spreadFrom });
}

/** Whether the caller knows more of what a fact stands for. */
export function isProvided(frame: Frame, fact: Fact): boolean {
  const { type } = frame.roots[fact.root]!.origin;
  return (
    type === 'parameter' ||
    type === 'capture' ||
    type === 'invoke-result' ||
    (type === 'this' && frame.context.program.ownerClass(frame.fn) < 0)
  );
}

/** Functions of other files that a logger may call on what it forwards. */
const FORMATTER = /format|serial|stringify|redact|sanit|mask|scrub|clean|color|prefix|timestamp|pretty|inspect/i;

export function callFunction(frame: Frame, given: Call, fn: number, closure: Value): Value {
  const { summaries } = frame.context;
  const call = unbind(frame, withStrings(given), closure);
  publishStored(frame);
  const summary = specialised(frame, call, fn, closure) ?? summaries[fn] ?? EMPTY_SUMMARY;
  if (
    !summary.forwards &&
    call.depth === 0 &&
    frame.context.program.functionFile[fn] !== frame.fileIndex &&
    !FORMATTER.test(call.name)
  )
    frame.noteUse(call);
  for (const object of closure.objects) frame.called.add(object);
  const receiver = call.isNew ? call.instance : call.receiver;
  const result = instantiate(frame, call, summary, fn, closure, receiver);
  const { program } = frame.context;
  const { returnType, typeParameters } = program.functionOf(fn);
  const bindings = typeParameters && call.depth === 0 ? bindTypes(frame, typeParameters, call.pc) : undefined;
  declareType(frame, result, program.functionFile[fn]!, returnType, bindings);
  return result;
}

function withStrings(call: Call): Call {
  if (!call.tagged) return call;
  return makeCall(call, { tagged: false, args: [NOTHING, ...call.args] });
}

/** A call of something the caller provides: it goes into the summary, and is resolved there. */
export function defer(frame: Frame, given: Call, fact: Fact): Value {
  const call = withStrings(given);
  publishStored(frame);
  const { code } = frame.file;
  const start = code[call.pc + 1]!;
  const end = code[call.pc + 2]!;
  const { origin } = frame.roots[fact.root]!;
  const index = frame.invoke(`${call.key}:${fact.root}:${fact.path}`, {
    callee: origin,
    calleePath: fact.path,
    site: siteOf(frame, call),
  });
  if (index < 0) return callUnknown(frame, call, false);
  const positions = call.spreadFrom < 0 ? call.args.length : call.spreadFrom;
  for (let i = 0; i < positions && i < 8; i++) {
    const value = call.args[i]!;
    emit(frame, value, { type: 'invoke-argument', index, argument: i }, EMPTY_PATH);
    // A function does not go far in summaries, what it makes of a state does: `setMessages((before) => [...before, answer])`.
    const updated = SETTER.test(call.name) ? callValue(frame, updaterCall(call, []), value) : undefined;
    if (updated) emit(frame, updated, { type: 'invoke-argument', index, argument: i }, EMPTY_PATH);
  }
  if (call.spreadFrom >= 0) {
    const list = argumentsFrom(frame, call, call.spreadFrom);
    emit(frame, list, { type: 'invoke-argument', index, argument: SPREAD + call.spreadFrom }, EMPTY_PATH);
  }
  const root = frame.root(`i${index}`, () => ({
    origin: { type: 'invoke-result', index },
    name: call.name,
    start,
    end,
  }));
  const result = ofFacts([frame.fact(root, start, end)]);
  frame.raise(load(frame, result, THROWN, call.pc));
  return result;
}

/** Calls whatever functions a value holds, as a callback. */
export function callValue(frame: Frame, call: Call, callee: Value): Value | undefined {
  let result: Value | undefined;
  const add = (value: Value): void => {
    result = result ? frame.join(result, value) : value;
  };
  if (call.depth > frame.context.limits.callbackDepth) return undefined;
  for (const object of callee.objects) {
    const info = frame.objects[object]!;
    if (info.kind === 'function') {
      if (!info.told) add(callFunction(frame, call, info.function, ofObject(object)));
    } else if (info.kind === 'setter') add(callSetter(frame, call, info.cell, info.argument));
    else if (info.kind === 'resolver') add(resolve(frame, call, info.holder, info.argument));
    else if (info.kind === 'composed') add(callComposed(frame, call, object));
    else if (info.kind === 'api') {
      const model = frame.context.program.knowledge.onCall(info.state);
      add(model ? applyModel(frame, call, model) : callUnknown(frame, call, false));
    }
  }
  for (const fact of callee.facts) if (fact.exact && isProvided(frame, fact)) add(defer(frame, call, fact));
  return result;
}

/** Runs what stands in a composed function: the first on what it is called with, each that follows on what the one before has returned. */
function callComposed(frame: Frame, call: Call, object: number): Value {
  const functions = elementsOf(frame, ofObject(object)) ?? [];
  return runInTurn(frame, call, functions) ?? callUnknown(frame, call, false);
}

/** Undefined where one of them is nothing that can be run. */
export function runInTurn(frame: Frame, call: Call, functions: readonly Value[]): Value | undefined {
  let given: Partial<Call> = {};
  let result: Value | undefined;
  for (const [i, fn] of functions.entries()) {
    result = callValue(frame, makeCall(call, { key: `${call.key}#${i}`, depth: call.depth + 1, ...given }), fn);
    if (!result) return undefined;
    given = { args: [result], spreadFrom: -1 };
  }
  return result;
}

/** In place of the number of a setter's argument: the function returns what is in the state. */
export const GETTER = -1;

/** What hooks of state call the function that changes it. */
const SETTER = /^set[A-Z]/;

/** The call of the function that a setter is handed. */
function updaterCall(call: Call, args: readonly Value[]): Call {
  return makeCall(call, { key: `${call.key}s`, args, spreadFrom: -1, receiver: NOTHING, depth: call.depth + 1 });
}

/** A state setter: its argument, or what its argument returns for the old state, goes into the cell. A getter has no argument. */
function callSetter(frame: Frame, call: Call, cell: number, index: number): Value {
  const { code } = frame.file;
  const current = ofFacts([frame.cellFact(cell, code[call.pc + 1]!, code[call.pc + 2]!)]);
  if (index === GETTER) return current;
  const value = argument(frame, call, index);
  const updated = callValue(frame, updaterCall(call, [current]), value);
  emit(
    frame,
    updated ? frame.join(updated, withObjects(value, plainObjects(frame, value))) : value,
    { type: 'cell', cell },
    EMPTY_PATH,
  );
  return NOTHING;
}

/** A function that a call elsewhere has handed out: what it is given is kept in that call's state, or what is there comes back. */
function callShared(frame: Frame, call: Call, { fn, pc, given, state, own, returned }: Callable): Value {
  const { cells } = frame.context;
  const cell = state && own ? cells.state(fn, pc, call.name) : cells.given(fn, pc, call.name);
  const { code } = frame.file;
  if (returned >= 0) return ofFacts([frame.cellFact(cell, code[call.pc + 1]!, code[call.pc + 2]!)]);
  if (state) return callSetter(frame, call, cell, 0);
  emit(frame, argument(frame, call, 0), { type: 'cell', cell }, givenPath(frame, given));
  return NOTHING;
}

/** Where the state of a call keeps what parameter `given` of its callback is called with. */
export function givenPath(frame: Frame, given: number): number {
  return frame.context.paths.extend(EMPTY_PATH, `%given${given}`)!;
}

/** A call of what a function in the style of callbacks was made into: the value that it hands to its callback comes back. */
function callPromisified(frame: Frame, call: Call, calleeSlot: number, callee: Value): Value | undefined {
  const functions = new Map<number, Value>();
  const kept = load(frame, ofObjects(callee.objects), PROMISIFIED, -1);
  for (const object of kept.objects) {
    const info = frame.objects[object]!;
    if (info.kind === 'function') functions.set(info.function, ofObject(object));
  }
  if (functions.size === 0)
    for (const fn of frame.context.tracker.keptFunctions(frame.fn, calleeSlot, PROMISIFIED)) functions.set(fn, NOTHING);
  if (functions.size === 0) return undefined;
  const holder = frame.plainObject(`p${call.key}`);
  frame.state.write(holder);
  const callback = ofObject(frame.object(`p${call.key}:1`, { kind: 'resolver', holder, argument: 1 }));
  const inner = makeCall(call, { key: `${call.key}p`, args: [...call.args, callback], receiver: NOTHING });
  for (const [fn, closure] of functions) callFunction(frame, inner, fn, closure);
  return load(frame, ofObject(holder), RESOLVED, call.pc);
}

/** `resolve(x)`: x becomes what the promise holds. */
function resolve(frame: Frame, call: Call, holder: number, index: number): Value {
  const fields = frame.state.write(holder);
  fields.map.set(RESOLVED, frame.join(fields.map.get(RESOLVED) ?? NOTHING, argument(frame, call, index)));
  return NOTHING;
}

function plainObjects(frame: Frame, value: Value): readonly number[] {
  return value.objects.filter((o) => frame.objects[o]!.kind !== 'function');
}

/** A call by the name of its method or receiver, where nothing else is known. */
function callByName(frame: Frame, call: Call, calleeSlot: number): Value | undefined {
  const { knowledge } = frame.context.program;
  const { code, strings } = frame.file;
  const pc = frame.definitions[calleeSlot]!;
  if (pc < 0 || (code[pc]! & 255) !== Op.Load) {
    const state = knowledge.name(call.name);
    const model = state && !call.isNew ? knowledge.onCall(state) : undefined;
    return model && applyModel(frame, call, model, FeatureBit.NameGuess);
  }
  const method = strings[code[pc + 5]!]!;
  const receiver = stateOfName(frame, code[pc + 4]!);
  const state = receiver ? knowledge.member(receiver, method) : 0;
  let model = state ? knowledge.onCall(state) : undefined;
  if (model) {
    const applied = applyModel(frame, call, model, FeatureBit.NameGuess);
    const next = knowledge.call(state);
    return next ? frame.join(applied, ofObject(frame.apiObject(next))) : applied;
  }
  const list = listMethod(frame, method);
  if (list && isDeclaredList(frame, call.receiver)) {
    const next = knowledge.call(list.state);
    const applied = applyModel(frame, call, list.model);
    return next ? frame.join(applied, ofObject(frame.apiObject(next))) : applied;
  }
  const builtin = knowledge.method(method);
  model = builtin ? knowledge.onCall(builtin) : undefined;
  if (!model) return undefined;
  const isList = list && !list.ofTexts;
  return applyModel(frame, isList ? makeCall(call, { receiver: asList(frame, call.receiver) }) : call, model);
}

/** Members of a name that are followed: `openai.chat.completions.create` has two before its method. */
const NAME_HOPS = 3;

/** The interface that a slot is known for by its name, or a member of one: `prisma.user`. */
function stateOfName(frame: Frame, slot: number, hops = 0): number {
  const { knowledge } = frame.context.program;
  const { code, strings } = frame.file;
  const pc = frame.definitions[slot] ?? -1;
  if (pc >= 0 && hops < NAME_HOPS && (code[pc]! & 255) === Op.Load) {
    const base = stateOfName(frame, code[pc + 4]!, hops + 1);
    const member = base ? knowledge.member(base, strings[code[pc + 5]!]!) : 0;
    if (member) return member;
  }
  return knowledge.name(calleeName(frame, slot));
}

/** A JSX element: intrinsic elements are modelled as members of the global `jsx`; others render their component, which is called elsewhere. */
function callJsx(frame: Frame, call: Call, callee: Value): Value {
  const { knowledge } = frame.context.program;
  const props = argument(frame, call, 0);
  for (const tag of callee.literals) {
    const state = knowledge.member(knowledge.global('jsx'), tag);
    const model = state ? knowledge.onCall(state) : undefined;
    if (model) applyModel(frame, call, model);
  }
  return ofFacts(derived(frame, props, 3));
}

/** Functions of packages that stand for `new`: `createOpenRouter({ apiKey })`. */
const MAKES_CLIENT = /^(?:create|init|initialize|connect|configure|setup)(?:[A-Z]|$)|Client$/;
/** What the same words make of a key that holds it: a signature, a header. */
const MAKES_TEXT =
  /token|jwt|sign|hash|hmac|cipher|header|auth|url|uri|link|cookie|session|text|string|body|message|request/i;
/** What signs or encrypts with a key hands out what it made. */
const USES_KEY = /^(?:sign|verify|encrypt)(?![a-z])/;

function isCredential(frame: Frame, fact: Fact): boolean {
  const { origin } = frame.roots[fact.root]!;
  return fact.label.startsWith('secret') || (origin.type === 'source' && origin.source.kind.startsWith('secret'));
}

/**
 * Nothing is known of the target: arguments and receiver taint the result, and the result is something new besides. The result of an awaited
 * call comes from elsewhere (a disk, a network): its arguments are not in it.
 */
export function callUnknown(frame: Frame, call: Call, known: boolean): Value {
  const { names } = frame.context;
  const { code } = frame.file;
  if (names.isPredicate(call.name) || names.isDigest(call.name)) return NOTHING;
  frame.noteUse(call);
  const keepsKeys =
    call.isNew || (MAKES_CLIENT.test(call.name) && !MAKES_TEXT.test(call.name)) || USES_KEY.test(call.name);
  let facts: readonly Fact[] = [];
  const add = (value: Value): void => {
    for (const fact of derived(frame, value, 3)) {
      // A client that is given its key does not hand it out again with each answer; callers may provide a key, too.
      if (keepsKeys && isCredential(frame, fact)) continue;
      // Who is handed a request's headers looks for something in them.
      if (isHeaders(frame, fact)) continue;
      const step = frame.step(fact.trace, 'through', call.name, call.pc);
      const through = withTrace(fact, step, fact.features | FeatureBit.UnmodelledCall);
      facts = frame.joinFacts(facts, [keepsKeys ? withCleared(through, through.cleared | Clears.Secret) : through]);
    }
  };
  if (!known) {
    if (!call.awaited) for (const value of call.args) add(value);
    add(call.receiver);
  }
  const opaque = frame.opaqueFact(call.key, call.name, code[call.pc + 1]!, code[call.pc + 2]!);
  return ofFacts(frame.joinFacts([opaque], facts));
}
