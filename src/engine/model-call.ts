/** Applying the model of an interface at a call. */
import type { CallModel, FlowModel, Port, SinkModel, TurnModel } from '../core/port.js';
import { ANY, CALL_ARGUMENTS, ELEMENT } from '../ir/instruction.js';
import { absorb } from './absorb.js';
import {
  argument,
  type Call,
  callFunction,
  callUnknown,
  callValue,
  GETTER,
  makeCall,
  runInTurn,
  siteOf,
  stepInto,
} from './call.js';
import { holds, siblingsHold } from './condition.js';
import { confineFields } from './confine.js';
import { emit } from './exit.js';
import type { Frame } from './frame.js';
import { keepsGiven } from './given-functions.js';
import { hitSink } from './hits.js';
import { writeAt } from './instantiate.js';
import { eachName, entriesWhere, namesIn } from './keyed.js';
import { derived, isText, isWritable, load, loadPath, store } from './memory.js';
import { parseValue } from './parse-value.js';
import { EMPTY_PATH, isIndex } from './path-table.js';
import { fulfilled, REJECTED, THROWN } from './rejection.js';
import { holders, loadShaped } from './shaped.js';
import type { Sink, Source } from './summary.js';
import { elementsOf, MOVING } from './tuples.js';
import { describeRow } from './type-evidence.js';
import { rowOf } from './type-row.js';
import {
  type Fact,
  makeFact,
  makeValue,
  NOTHING,
  ofFacts,
  ofObject,
  ofObjects,
  type Value,
  withFacts,
  withObjects,
  withTrace,
} from './value.js';

interface Scope {
  readonly frame: Frame;
  readonly call: Call;
  readonly model: CallModel;
  /** Features that the way to this model leaves: `name-guess` where only names told the target. */
  readonly features: number;
  readonly results: (Value | undefined)[];
  readonly thrown: Value[];
  readonly args: Value[][];
  result: Value;
}

export function applyModel(frame: Frame, call: Call, model: CallModel, features = 0): Value {
  frame.fuel -= 2 + model.flows.length + model.sinks.length;
  const scope: Scope = { frame, call, model, features, results: [], thrown: [], args: [], result: NOTHING };
  if (model.flows.some(isLater)) frame.later.set(call.key, () => void applyModel(frame, call, model, features));
  // What callbacks return arrives when they have run.
  const early = model.sinks.filter(({ port }) => port.root !== 'invoke-result');
  for (const sink of early) if (holds(frame, call, sink.when)) arrive(scope, sink);
  for (const source of model.sources) {
    if (!holds(frame, call, source.when)) continue;
    const { function: fn, start, end } = siteOf(frame, call);
    const row = source.row && rowOf(frame, call, source.row);
    const element = row?.entity
      ? describeRow(frame.context.evidence, row.entity)
      : (source.element ?? model.selector).replace('{}', call.name);
    const data: Source = {
      // Of chosen fields, names and types tell; they are no whole record.
      kind: row?.selected ? 'row' : source.kind,
      element,
      ...(row?.entity && { row: row.entity.type }),
      selector: model.selector,
      function: fn,
      start,
      end,
    };
    // What holds something else below it is a thing of its own: else its neighbours would hold that too.
    const isHolder = model.sources.some((other) => isBelow(other.port, source.port));
    const fact = frame.sourceFact(data, isHolder ? `${call.key}.${source.port.path.join('.')}` : call.key);
    put(scope, source.port, ofFacts([withTrace(fact, fact.trace, fact.features | features)]));
    if (model.tools && source.port.root === 'invoke-argument') closeArguments(scope, source.port, fact);
  }
  if (MOVING.has(call.name)) for (const object of call.receiver.objects) frame.disordered.add(object);
  const last = model.inTurn && goInTurn(scope, model.inTurn);
  if (last) return last;
  makeFunctions(scope);
  for (const flow of model.flows) if (!isLate(scope, flow) && flow.to.root !== 'invoke-argument') pass(scope, flow);
  // A callback may be handed what one before it has made: the stages of a pipeline.
  for (let k = 0; k < model.invokes.length; k++) {
    for (const flow of model.flows) if (flow.to.root === 'invoke-argument' && flow.to.invoke === k) pass(scope, flow);
    scope.results[k] = invoke(scope, k);
    for (const flow of model.flows) if (isHandedOn(scope, flow, k)) pass(scope, flow);
  }
  for (const sink of model.sinks)
    if (sink.port.root === 'invoke-result' && holds(frame, call, sink.when)) arrive(scope, sink);
  for (const flow of model.flows) if (isLate(scope, flow)) pass(scope, flow);
  return model.closed ? scope.result : frame.join(scope.result, callUnknown(frame, call, false));
}

/** What running a list of functions one after the other returns, or the function that does; undefined where not all of them are known. */
function goInTurn(scope: Scope, { list, from, by, backward }: TurnModel): Value | undefined {
  const { frame, call } = scope;
  const elements = elementsAt(scope, list);
  if (!elements) return undefined;
  const functions = backward ? elements.toReversed() : elements;
  const inner = makeCall(call, {
    key: `${call.key}>`,
    receiver: NOTHING,
    instance: NOTHING,
    isNew: false,
    awaited: false,
  });
  if (by) {
    const callback = read(scope, by);
    let value: Value | undefined = from && read(scope, from);
    for (const [i, element] of functions.entries()) {
      if (!value) return undefined;
      const args = [value, element];
      const next = makeCall(inner, { key: `${inner.key}${i}`, args, spreadFrom: -1, depth: call.depth + 1 });
      value = callValue(frame, next, callback);
    }
    return value;
  }
  if (from) return runInTurn(frame, makeCall(inner, { args: [read(scope, from)], spreadFrom: -1 }), functions);
  const made = frame.object(`o${call.key}`, { kind: 'composed' });
  const { map } = frame.state.write(made);
  for (const [i, element] of functions.entries()) map.set(String(i), element);
  return ofObject(made);
}

/** The elements of a list, or the arguments from one on. */
function elementsAt({ frame, call }: Scope, list: Port): readonly Value[] | undefined {
  if (list.root === 'receiver') return elementsOf(frame, call.receiver);
  const given = call.spreadFrom < 0 ? call.args.slice(list.index) : [];
  const listed = given.length === 1 ? elementsOf(frame, given[0]!) : undefined;
  if (listed) return listed;
  const isKnown = (arg: Value): boolean =>
    arg.objects.length > 0 && arg.objects.every((object) => frame.objects[object]!.kind !== 'plain');
  return given.length > 0 && given.every(isKnown) ? given : undefined;
}

/** Whether a callback receives what is put into a state, which may happen after the call, or the model says that it happens later. */
function isLater({ from, to, later }: FlowModel): boolean {
  return later === true || (from.root === 'state' && to.root === 'invoke-argument');
}

/** Whether a flow moves what callback `k` has handed to the function that it was given: to where the next callback finds it. */
function isHandedOn({ model }: Scope, { from, to }: FlowModel, k: number): boolean {
  const made = from.root === 'invoke-argument' ? model.invokes[from.invoke] : undefined;
  return made?.root === 'invoke-argument' && made.invoke === k && to.root !== 'result' && to.root !== 'thrown';
}

/** Arguments of a tool that its schema confines to a closed set are no free choice of the model, and plain ones are none of what runs. */
function closeArguments({ frame, call, model }: Scope, port: Port, fact: Fact): void {
  if (port.path.length > 0) return;
  confineFields(frame, fact, frame.context.closed.of({ function: frame.fn, pc: call.pc }, model), call.pc);
}

/** Whether a port lies below another one. */
function isBelow(port: Port, above: Port): boolean {
  return (
    port.path.length > above.path.length &&
    port.root === above.root &&
    port.index === above.index &&
    above.path.every((key, i) => key === port.path[i])
  );
}

/** Whether a flow moves what callbacks have done: it is followed after they have run. */
function isLate(scope: Scope, flow: FlowModel): boolean {
  if (flow.from.root === 'invoke-result' || flow.to.root === 'result' || flow.to.root === 'thrown') return true;
  return flow.from.root === 'invoke-argument' && isMade(scope.model.invokes[flow.from.invoke]);
}

function invoke(scope: Scope, k: number): Value {
  const { frame, call, model } = scope;
  const port = model.invokes[k]!;
  if (isMade(port)) return NOTHING;
  const callee = withTracked(scope, port, read(scope, port));
  if (callee === NOTHING && !model.tools) return NOTHING;
  const inner = makeCall(call, {
    key: `${call.key}>${k}`,
    args: scope.args[k] ?? [],
    spreadFrom: -1,
    receiver: holderOfCallback(scope, port),
    instance: NOTHING,
    isNew: false,
    awaited: false,
    depth: call.depth + 1,
  });
  let result: Value | undefined;
  const thrown = frame.collect(() => {
    result = callValue(frame, inner, callee);
  });
  if (model.flows.some(({ from }) => from.invoke === k && from.path[0] === THROWN)) scope.thrown[k] = thrown;
  else frame.raise(thrown);
  if (result || !model.tools) return result ?? NOTHING;
  const handlers = frame.context.closed.handlers(port, { function: frame.fn, pc: call.pc });
  return handlers.reduce((all, fn) => frame.join(all, callFunction(frame, inner, fn, NOTHING)), NOTHING);
}

/** What a callback that belongs to a thing is called on: `new Readable({ read() { this.push(x); } })`. */
function holderOfCallback(scope: Scope, port: Port): Value {
  if (port.path.at(-1)?.startsWith('%')) return read(scope, { ...port, path: port.path.slice(0, -1) });
  return scope.call.isNew && port.path.length === 1 ? scope.call.instance : NOTHING;
}

/** The functions that a thing of another function keeps, where only the tracker knows them. */
function withTracked({ frame, call }: Scope, port: Port, callee: Value): Value {
  const key = port.path.at(-1);
  if (!key?.startsWith('%') || port.path.length !== 1 || call.depth > 0 || callee.objects.length > 0) return callee;
  const { code } = frame.file;
  const slot =
    port.root === 'receiver'
      ? code[call.pc + 5]!
      : port.root === 'argument' && port.index < call.args.length
        ? code[call.pc + CALL_ARGUMENTS + port.index]!
        : -1;
  if (slot < 0) return callee;
  const functions = frame.context.tracker.keptFunctions(frame.fn, slot, key);
  return functions.reduce((all, fn) => frame.join(all, ofObject(frame.functionObject(fn))), callee);
}

function pass(scope: Scope, flow: FlowModel): void {
  const { frame, call, model } = scope;
  if (flow.when.length > 0 && !holds(frame, call, flow.when)) return;
  if (flow.from.root === 'invoke-argument' && isMade(model.invokes[flow.from.invoke])) {
    readResolved(scope, flow);
    return;
  }
  if (flow.from.root === 'nothing') {
    empty(scope, flow.to);
    return;
  }
  if (flow.fields && copyFields(scope, flow, flow.fields)) return;
  if (copiesAll(flow) && copyAll(scope, flow)) return;
  let value = read(scope, flow.from);
  if (value === NOTHING) {
    // What is known to be nothing replaces what was there.
    if (flow.to.path.at(-1)?.startsWith('%(') && flow.to.root === 'receiver') empty(scope, flow.to);
    return;
  }
  const moved = (f: Fact): Fact => {
    const exact = f.exact && flow.mode === 'value';
    const features = f.features | scope.features;
    const trace = frame.step(f.trace, 'through', call.name, call.pc);
    const cleared = f.cleared | flow.clears;
    return makeFact(f.root, f.path, exact, f.label, f.labelName, f.without, cleared, features, trace, f.when);
  };
  if (flow.parsed !== undefined && call.depth === 0) {
    const slot = schemaSlot(frame, call.pc, flow.parsed);
    const { schemas } = frame.context;
    const parsing = { call, keepsUnknown: flow.parsed === 'loose' };
    const schema = flow.parsed === 'paths' ? schemas.redactor(frame.fn, slot) : schemas.at(frame.fn, slot);
    if (slot >= 0) value = parseValue(frame, parsing, schema, value);
  }
  const { from, to } = flow;
  // Each of a list of names that is known in full is handed to a callback.
  if (to.root === 'invoke-argument' && from.root === 'receiver' && from.path[0] === ELEMENT)
    value = eachName(frame, call.depth > 0 ? -1 : frame.file.code[call.pc + 5]!, call.receiver, value, call.pc);
  if (flow.chosen) value = chosenBy(scope, value);
  if (flow.numeric) value = ofFacts(derived(frame, value).filter((fact) => isNumericKind(fact.label)));
  if (flow.mode === 'value') value = flow.clears ? withFacts(value, value.facts.map(moved)) : value;
  else value = makeValue(derived(frame, value).map(moved), [], flow.clears ? [] : value.literals);
  put(scope, flow.to, value);
}

/** Where the schema stands through which a call lets a value: what it is called on, or one of its arguments; -1 where there is none. */
function schemaSlot({ file }: Frame, pc: number, parsed: NonNullable<FlowModel['parsed']>): number {
  const { code } = file;
  if (typeof parsed !== 'number') return code[pc + (parsed === 'paths' ? 4 : 5)]!;
  return parsed < (code[pc]! >>> 8) - CALL_ARGUMENTS ? code[pc + CALL_ARGUMENTS + parsed]! : -1;
}

/** Of elements, or of entries, those for which the callback returns something that is true, as far as it asks of their names. */
function chosenBy(scope: Scope, value: Value): Value {
  const { frame, call, model } = scope;
  const port = model.invokes[0];
  const functions = port
    ? read(scope, port).objects.filter((object) => frame.objects[object]!.kind === 'function')
    : [];
  const info = functions.length === 1 ? frame.objects[functions[0]!]! : undefined;
  if (info?.kind !== 'function') return value;
  let result = value;
  for (const [place, test] of frame.context.predicates.of(info.function).names.whenTrue)
    if (place === 'p0' || place.startsWith('p0.'))
      result = entriesWhere(frame, result, place.slice(3), test, `g${call.key}`);
  return result;
}

/** The names of a list at a port, where the code tells them all. */
function listedAt({ frame, call }: Scope, { root, index, path }: Port): readonly string[] | undefined {
  const isList = root === 'argument' && (path.length === 0 || (path.length === 1 && path[0] === ELEMENT));
  if (!isList || call.depth > 0 || call.spreadFrom >= 0 || index >= call.args.length) return undefined;
  return (
    namesIn(frame, call.args[index]!) ??
    frame.context.lists.of(frame.fn, frame.file.code[call.pc + CALL_ARGUMENTS + index]!)
  );
}

/** `pick` and `omit`: only the fields whose names are literals, or all but those. False where no name is known: then all pass. */
function copyFields(scope: Scope, flow: FlowModel, { at, keep }: NonNullable<FlowModel['fields']>): boolean {
  const { frame, call } = scope;
  const listed = read(scope, at);
  const names = listedAt(scope, at) ?? [
    ...listed.literals,
    ...loadPath(frame, withFacts(listed, []), [ELEMENT], call.pc).literals,
  ];
  if (names.length === 0 || flow.to.root !== 'result') return false;
  const base = read(scope, { ...flow.from, path: flow.from.path.slice(0, -1) });
  const copy = ofObject(frame.plainObject(`k${call.key}`));
  if (keep) for (const name of names) store(frame, copy, name, load(frame, base, name, call.pc));
  else absorb(frame, copy, base, names);
  scope.result = frame.join(scope.result, copy);
  return true;
}

/** `nothing -> this.%(0)`, `nothing -> this[]`: what is there is gone, where it is surely that one thing. */
function empty(scope: Scope, to: Port): void {
  const { frame } = scope;
  const parent = read(scope, { ...to, path: to.path.slice(0, -1) });
  const paths = pathsOf(scope, to.path);
  const key = paths[0]!.at(-1)!;
  if (paths.length > 1 || key === ANY || !isSingle(frame, parent)) return;
  if (key !== ELEMENT) {
    store(frame, parent, key, NOTHING);
    return;
  }
  for (const object of parent.objects) {
    const { map } = frame.state.write(object);
    for (const name of [...map.keys()]) if (name === ELEMENT || isIndex(name)) map.delete(name);
  }
}

/** Whether a value is one thing, made once. */
function isSingle(frame: Frame, value: Value): boolean {
  const objects = value.objects.filter((object) => isWritable(frame, object));
  return objects.length + value.facts.length === 1 && !objects.some((object) => frame.summarised.has(object));
}

/** `x.* -> y.*` */
function copiesAll({ from, to, mode }: FlowModel): boolean {
  return mode === 'value' && from.path.at(-1) === ANY && to.path.at(-1) === ANY;
}

/** The fields of one thing after the other become fields of the target, under their names. False where nothing is known that they could be written to. */
function copyAll(scope: Scope, { from, to }: FlowModel): boolean {
  const { frame, call } = scope;
  let target = read(scope, { ...to, path: to.path.slice(0, -1) });
  if (to.root === 'result' && to.path.length === 1 && target === NOTHING) {
    target = ofObject(frame.plainObject(`k${call.key}`));
    scope.result = target;
  }
  if (target === NOTHING) return false;
  const all = from.root === 'arguments' && call.spreadFrom < 0;
  const ports = all ? call.args.slice(from.index).map((_, i) => from.index + i) : [from.index];
  for (const index of ports) {
    const root = all ? 'argument' : from.root;
    absorb(frame, target, read(scope, { ...from, root, index, path: from.path.slice(0, -1) }), []);
  }
  return true;
}

/** Numbers that are data by themselves. */
export function isNumericKind(label: string): boolean {
  return (
    /^personal\.(financial|government-id|location|health|birth-date|card|phone|salary)/.test(label) ||
    /^secret\.(pin|otp)/.test(label)
  );
}

/** Whether the function at a port is one that the modelled call itself makes: the second result of `useState`, the `resolve` of a promise. */
function isMade(callee: Port | undefined): boolean {
  return callee?.root === 'result' || callee?.root === 'invoke-argument';
}

/**
 * `result.1->0 -> state`, `(0)->0->0 -> result`: what a function made by the call is later called with. The function in a result may be called at
 * any time, so that its argument goes into the call's own cell; the one that is handed to a callback is called while that runs.
 */
function makeFunctions(scope: Scope): void {
  const { frame, call, model } = scope;
  for (const { from, to } of model.flows) {
    if (from.root === 'state' && to.root === 'invoke-result' && isMade(model.invokes[to.invoke])) {
      const cell = stateCell(scope);
      const getter = frame.object(`w${cell}:${GETTER}`, { kind: 'setter', cell, argument: GETTER });
      put(scope, model.invokes[to.invoke]!, ofObject(getter));
    }
    const callee = from.root === 'invoke-argument' ? model.invokes[from.invoke] : undefined;
    if (!callee || !isMade(callee)) continue;
    const argument = from.index;
    if (callee.root === 'result' || to.root === 'state') {
      const cell = stateCell(scope);
      put(scope, callee, ofObject(frame.object(`w${cell}:${argument}`, { kind: 'setter', cell, argument })));
    } else {
      const holder = frame.plainObject(`v${call.key}:${from.invoke}`);
      frame.state.write(holder);
      put(
        scope,
        callee,
        ofObject(frame.object(`v${call.key}:${from.invoke}:${argument}`, { kind: 'resolver', holder, argument })),
      );
    }
  }
}

function readResolved(scope: Scope, flow: FlowModel): void {
  const { frame, call, model } = scope;
  if (flow.to.root === 'state') return;
  if (model.invokes[flow.from.invoke]!.root === 'result') {
    const { code } = frame.file;
    put(scope, flow.to, ofFacts([frame.cellFact(stateCell(scope), code[call.pc + 1]!, code[call.pc + 2]!)]));
    return;
  }
  const holder = frame.plainObject(`v${call.key}:${flow.from.invoke}`);
  put(scope, flow.to, load(frame, ofObject(holder), RESOLVED, call.pc));
  // What keeps the function may call it when nothing of this call is in sight.
  const given = model.invokes[flow.from.invoke]!.index;
  if (call.depth > 0 || !frame.context.tracker.isStored(frame.fn, call.pc, given)) return;
  const { code } = frame.file;
  const cell = frame.context.cells.given(frame.fn, call.pc, call.name);
  const held = ofFacts([frame.cellFact(cell, code[call.pc + 1]!, code[call.pc + 2]!)]);
  put(scope, flow.to, load(frame, held, `%given${given}`, call.pc));
}

/** The field of a resolver's holder. */
export const RESOLVED = '%resolved';

function stateCell({ frame, call, model }: Scope): number {
  const { cells } = frame.context;
  return keepsGiven(model) ? cells.given(frame.fn, call.pc, call.name) : cells.state(frame.fn, call.pc, call.name);
}

/** A callback is handed what the call returns: the controller of a stream. */
function makeResult(scope: Scope): void {
  const { frame, call } = scope;
  if (scope.result !== NOTHING) return;
  if (call.isNew) scope.result = call.instance;
  else {
    const holder = frame.plainObject(`m${call.key}`);
    frame.state.write(holder);
    scope.result = ofObject(holder);
  }
}

/** The value at a port of the call. */
function read(scope: Scope, port: Port): Value {
  const { frame, call } = scope;
  let base: Value;
  switch (port.root) {
    case 'argument':
      base = argument(frame, call, port.index);
      break;
    case 'arguments':
      base = NOTHING;
      for (let i = port.index; i < call.args.length && (call.spreadFrom < 0 || i < call.spreadFrom); i++)
        base = frame.join(base, call.args[i]!);
      for (let i = Math.max(call.spreadFrom, 0); call.spreadFrom >= 0 && i < call.args.length; i++)
        base = frame.join(base, i === call.spreadFrom ? load(frame, call.args[i]!, ELEMENT, call.pc) : call.args[i]!);
      break;
    case 'receiver':
      base = call.receiver;
      break;
    case 'callee':
      base = call.callee;
      break;
    case 'result':
      if (port.path.length === 0) makeResult(scope);
      base = scope.result;
      break;
    case 'thrown':
    case 'nothing':
      return NOTHING;
    case 'state':
      base = state(scope);
      break;
    case 'shared':
      base = shared(scope);
      break;
    case 'invoke-result':
      if (port.path[0] === THROWN)
        return loadPath(frame, scope.thrown[port.invoke] ?? NOTHING, port.path.slice(1), call.pc);
      base = scope.results[port.invoke] ?? NOTHING;
      break;
    case 'invoke-argument':
      base = scope.args[port.invoke]?.[port.index] ?? NOTHING;
      break;
  }
  if (!port.path.some(isSpecial)) return loadPath(frame, base, port.path, call.pc);
  let value = NOTHING;
  for (const path of pathsOf(scope, port.path)) {
    value = frame.join(
      value,
      path.reduce((at, key) => member(scope, at, key), base),
    );
  }
  return value;
}

/** What stands under a key of a port's path. */
function member(scope: Scope, value: Value, key: string): Value {
  const { frame, call } = scope;
  switch (key) {
    case '%fulfilled':
      return fulfilled(frame, value);
    case '%copy':
      return copied(scope, value);
    case '%item': {
      const facts = value.facts.filter((fact) => !isText(frame, fact));
      return load(frame, withFacts(value, facts), ELEMENT, call.pc);
    }
    default:
      return load(frame, value, key, call.pc);
  }
}

/** `%copy`: what is written to the original later is not in it. */
function copied({ frame, call }: Scope, value: Value): Value {
  if (value.objects.length === 0) return value;
  const objects = value.objects.map((object) => {
    if (frame.objects[object]!.kind !== 'plain') return object;
    const copy = frame.plainObject(`c${call.key}:${object}`);
    const own = frame.state.read(object);
    const fields = frame.state.write(copy);
    fields.map.clear();
    for (const [key, inner] of own?.map ?? []) fields.map.set(key, inner);
    fields.rest = own?.rest ?? [];
    return copy;
  });
  return withObjects(
    value,
    objects.sort((a, b) => a - b),
  );
}

function isSpecial(key: string): boolean {
  return key.charCodeAt(0) === 37;
}

/**
 * A path in which `%(n)` stands for the name that argument n is: a path for each name it may be, one with any member where it is not known.
 * `%key(n)` stands for the key that argument n is to a store, as far as the code writes it: what lies under `summary:…` is not read under `limit:…`,
 * and under a key of which nothing is known lies what was put under such a key.
 */
function pathsOf(scope: Scope, path: readonly string[]): readonly (readonly string[])[] {
  let result: (readonly string[])[] = [[]];
  for (const key of path) {
    const known = namesOf(scope, key);
    result = result.flatMap((prefix) => known.map((name) => [...prefix, name]));
  }
  return result;
}

function namesOf({ frame, call }: Scope, key: string): readonly string[] {
  const named = /^%(key)?\((\d+)\)$/.exec(key);
  if (!named) return [key];
  const { literals } = argument(frame, call, Number(named[2]));
  if (named[1]) return literals.length > 0 ? literals.map((text) => `%key:${text}`) : ['%key'];
  return literals.length > 0 && !literals.some((text) => text.includes('*')) ? literals : [ANY];
}

/** One name for all that a package's models share: `Context.set` and `Context.get`. */
function sharedName({ package: name }: CallModel): string {
  return `shared:${name}`;
}

function shared({ frame, call, model }: Scope): Value {
  const { code } = frame.file;
  const cell = frame.context.cells.external(sharedName(model));
  return ofFacts([frame.cellFact(cell, code[call.pc + 1]!, code[call.pc + 2]!)]);
}

/** The cell of the receiver, or of the call site where there is none. */
function state(scope: Scope): Value {
  const { frame, call } = scope;
  if (call.isNew) {
    // One thing for all that a model makes of it.
    const held = load(frame, call.instance, '%state', call.pc);
    if (held !== NOTHING) return held;
    const made = frame.plainObject(`s${call.key}`);
    frame.state.write(made);
    writeAt(frame, call.instance, ['%state'], ofObject(made), `s${call.key}`, call.pc);
    return ofObject(made);
  }
  if (call.receiver !== NOTHING && !keepsMade(scope.model)) {
    let value = load(frame, call.receiver, '%state', call.pc);
    // What a module's variable holds, functions may write to as well.
    for (const { cell, value: held } of frame.ir.parent < 0 ? frame.stored : [])
      if (held.objects.some((object) => isWritable(frame, object) && call.receiver.objects.includes(object)))
        value = frame.join(value, load(frame, ofFacts([frame.cellFact(cell, 0, 0)]), '%state', call.pc));
    return value;
  }
  const { code } = frame.file;
  return ofFacts([frame.cellFact(stateCell(scope), code[call.pc + 1]!, code[call.pc + 2]!)]);
}

/** Whether functions in the result of a call write to its state, which is the call's then, whatever it is called on: `async.queue(work)`. */
function keepsMade({ flows, invokes }: CallModel): boolean {
  return flows.some(
    ({ from, to }) => to.root === 'state' && from.root === 'invoke-argument' && invokes[from.invoke]?.root === 'result',
  );
}

function put(scope: Scope, port: Port, value: Value): void {
  if (!port.path.some(isSpecial)) {
    putAt(scope, port, value);
    return;
  }
  const paths = pathsOf(scope, port.path);
  if (paths.length === 1 && port.path.at(-1)!.startsWith('%(') && port.root === 'receiver') empty(scope, port);
  for (const path of paths) putAt(scope, { ...port, path }, value);
}

function putAt(scope: Scope, port: Port, value: Value): void {
  const { frame, call } = scope;
  const prefix = `m${call.key}`;
  switch (port.root) {
    case 'result':
      if (port.path.length === 0) scope.result = frame.join(scope.result, value);
      else if (port.path[0] === REJECTED) {
        const holder = frame.rejection(prefix);
        scope.result = frame.join(scope.result, ofObject(holder));
        writeAt(frame, ofObject(holder), port.path, value, `z${prefix}`, call.pc);
      } else {
        // What `new` makes is one thing, with what the model says of it.
        const holder = call.isNew && call.instance !== NOTHING ? call.instance : ofObject(frame.plainObject(prefix));
        scope.result = frame.join(scope.result, holder);
        writeAt(frame, holder, port.path, value, prefix, call.pc);
      }
      return;
    case 'argument':
    case 'receiver': {
      const base = port.root === 'receiver' ? call.receiver : argument(frame, call, port.index);
      if (port.path.length > 0) writeAt(frame, base, port.path, value, `${prefix}${port.root}${port.index}`, call.pc);
      else for (const fact of value.facts) writeAt(frame, base, ['[]'], ofFacts([fact]), prefix, call.pc);
      return;
    }
    case 'state':
      if (call.isNew) writeAt(frame, call.instance, ['%state', ...port.path], value, prefix, call.pc);
      else if (call.receiver !== NOTHING)
        writeAt(frame, call.receiver, ['%state', ...port.path], value, prefix, call.pc);
      else
        emit(
          frame,
          value,
          { type: 'cell', cell: stateCell(scope) },
          frame.context.paths.extendAll(EMPTY_PATH, port.path),
        );
      return;
    case 'invoke-argument': {
      scope.args[port.invoke] ??= [];
      const args = scope.args[port.invoke]!;
      while (args.length <= port.index) args.push(NOTHING);
      if (port.path.length === 0) args[port.index] = frame.join(args[port.index]!, value);
      else {
        const holder = frame.plainObject(`${prefix}i${port.invoke}:${port.index}`);
        args[port.index] = frame.join(args[port.index]!, ofObject(holder));
        writeAt(frame, ofObject(holder), port.path, value, `${prefix}i${port.invoke}:${port.index}`, call.pc);
      }
      return;
    }
    case 'shared': {
      const { cells, paths } = frame.context;
      const cell = cells.external(sharedName(scope.model));
      emit(frame, value, { type: 'cell', cell }, paths.extendAll(EMPTY_PATH, port.path));
      return;
    }
    case 'thrown':
      frame.raise(value);
      return;
    default:
  }
}

function arrive(scope: Scope, model: SinkModel): void {
  const { frame, call } = scope;
  const { function: fn, start, end } = siteOf(frame, call);
  const sink: Sink = {
    kind: model.kind,
    recipient: (model.host && hostAt(scope, model.host)) ?? model.recipient ?? scope.model.package,
    selector: scope.model.selector,
    function: fn,
    start,
    end,
    port: portText(model.port),
  };
  const adapt = (fact: Fact): Fact =>
    withTrace(fact, stepInto(frame, call, fact.trace, 'sink'), fact.features | scope.features);
  const { port } = model;
  if (model.shape) {
    arriveShaped(scope, model, sink, adapt);
    return;
  }
  if (!model.when.some((condition) => condition.sibling) || port.path.length === 0) {
    const whole = scope.model.sinks.find((other) => other.kind !== model.kind && isBelow(port, other.port));
    const value = whole ? readObjects(scope, port, whole.port) : read(scope, port);
    hitSink(frame, sink, model.field ? named(scope, model.field, value) : value, adapt);
    return;
  }
  const parent = read(scope, { ...port, path: port.path.slice(0, -1) });
  const key = port.path[port.path.length - 1]!;
  for (const holder of holders(parent)) {
    if (siblingsHold(frame, call, model.when, holder)) hitSink(frame, sink, load(frame, holder, key, call.pc), adapt);
  }
}

/** The host of an address that the code tells: at the port, or as the `url` of what stands there. */
function hostAt(scope: Scope, port: Port): string | undefined {
  const texts = read(scope, port).literals;
  const [address, ...others] =
    texts.length > 0 ? texts : read(scope, { ...port, path: [...port.path, 'url'] }).literals;
  return others.length > 0 ? undefined : /^https?:\/\/([\w.-]+\.\w+)(?:[:/]|$)/.exec(address ?? '')?.[1];
}

/** A value as the field of an object whose name stands at a port, where the code tells that name. */
function named(scope: Scope, port: Port, value: Value): Value {
  const { frame, call } = scope;
  const [name, ...others] = read(scope, port).literals;
  if (name === undefined || others.length > 0) return value;
  const object = frame.plainObject(`f${call.key}`);
  frame.state.write(object).map.set(name, value);
  return ofObject(object);
}

/** The sink takes what has its shape: for sure, or as callers know. */
function arriveShaped(scope: Scope, model: SinkModel, sink: Sink, adapt: (fact: Fact) => Fact): void {
  const { frame, call } = scope;
  const { port } = model;
  const hasSiblings = model.when.some((condition) => condition.sibling);
  const path = hasSiblings ? port.path.slice(0, -1) : port.path;
  const { sure, open } = loadShaped(frame, read(scope, { ...port, path: [] }), path, call.pc);
  const openSink: Sink = { ...sink, shape: true };
  for (const [at, value] of [
    [sink, sure],
    [openSink, open],
  ] as const) {
    if (!hasSiblings) hitSink(frame, at, value, adapt);
    else
      for (const holder of holders(value))
        if (siblingsHold(frame, call, model.when, holder))
          hitSink(frame, at, load(frame, holder, port.path[port.path.length - 1]!, call.pc), adapt);
  }
}

/**
 * The value at a port below another one that takes a text as well as an object: of a text, which is what all but objects built here are taken
 * for, there is nothing below.
 */
function readObjects(scope: Scope, port: Port, whole: Port): Value {
  const { frame, call } = scope;
  const { objects } = read(scope, whole);
  return loadPath(frame, ofObjects(objects), port.path.slice(whole.path.length), call.pc);
}

function portText(port: Port): string {
  const root = port.root === 'argument' ? `argument ${port.index}` : port.root;
  return port.path.length === 0 ? root : port.path.join('.').replaceAll('.[]', '[]');
}
