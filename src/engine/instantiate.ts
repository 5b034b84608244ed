/** Applying the summary of an own function at a call: evaluating where its edges begin and writing where they end. */

import { ANY, ELEMENT } from '../ir/instruction.js';
import { absorb } from './absorb.js';
import { argument, argumentsFrom, type Call, callValue, makeCall, SPREAD, siteOf, stepInto } from './call.js';
import { emit, LOG_METHOD } from './exit.js';
import { ALL_ARGUMENTS, type Frame } from './frame.js';
import { hitSink } from './hits.js';
import { fieldsOf, isName, keyOf, namesIn, storeFields, whereName } from './keyed.js';
import { derived, isWritable, load, loadPath, store, unfolded, withoutKeys } from './memory.js';
import { NEVER } from './name-tests.js';
import { isOpened } from './names.js';
import { hide, isForEach, overwrite, overwriteAll } from './overwritten.js';
import { EMPTY_PATH, KEYED, NAME, type PathId } from './path-table.js';
import { REJECTED, THROWN } from './rejection.js';
import { loadShaped } from './shaped.js';
import type { Edge, EdgeCondition, Origin, Sink, Summary, Target } from './summary.js';
import {
  type Fact,
  inexact,
  makeFact,
  makeValue,
  NOTHING,
  ofFacts,
  ofLiteral,
  ofObject,
  ofObjects,
  type Value,
  withFacts,
  withObjects,
} from './value.js';

/** What the nested calls of one instantiation have received and returned so far. */
interface Nested {
  readonly results: Map<number, Value>;
  readonly thrown: Map<number, Value>;
  readonly args: Map<number, Value[]>;
  /** Lists of arguments from a number on. */
  readonly lists: Map<number, { readonly from: number; readonly list: Value }>;
}

export function instantiate(
  frame: Frame,
  call: Call,
  summary: Summary,
  fn: number,
  closure: Value,
  receiver: Value,
): Value {
  if (frame.fuel <= 0) return NOTHING;
  frame.fuel -= 1 + summary.edges.length;
  if (!frame.context.graph.tests[frame.fn] && fn !== frame.fn && !call.escaped)
    frame.context.applied.mark(fn, call.args, call.spreadFrom >= 0);
  const nested: Nested = { results: new Map(), thrown: new Map(), args: new Map(), lists: new Map() };
  const scope: Scope = {
    frame,
    call,
    summary,
    fn,
    closure,
    receiver,
    nested,
    result: { value: NOTHING },
    read: new Map(),
  };
  if (summary.consumes) frame.noteUse(call);
  noteWrites(frame, call, summary);
  // A summary tells of what was there when the call began: all is read before anything is written.
  const given: [edge: Edge, value: Value][] = [];
  for (const edge of summary.edges) {
    if (edge.from.type === 'invoke-result') continue;
    if (--frame.fuel <= 0) break;
    const value = edge.when ? readWhere(scope, edge, edge.when) : read(scope, edge.from, edge.fromPath);
    if (value === NOTHING) continue;
    if (edge.to.type === 'sink') arrive(scope, edge, value, edge.to.sink);
    else given.push([edge, value]);
  }
  for (const kill of summary.kills) {
    const base = evaluate(scope, kill.root === 'this' ? { type: 'this' } : { type: kill.root, index: kill.index });
    const keys = frame.context.paths.keys(kill.path);
    if (kill.hidden !== undefined) {
      hide(frame, loadPath(frame, base, keys, call.pc), kill.hidden);
      continue;
    }
    if (kill.each) {
      overwriteEach(scope, loadPath(frame, base, keys, call.pc), kill.each);
      continue;
    }
    const holder = loadPath(frame, base, keys.slice(0, -1), call.pc);
    store(frame, holder, keys[keys.length - 1]!, NOTHING);
  }
  for (const [edge, value] of given) move(scope, edge, value);
  for (let k = 0; k < summary.invokes.length; k++) {
    const invoke = summary.invokes[k]!;
    const base = evaluate(scope, invoke.callee);
    const callee = loadPath(frame, base, frame.context.paths.keys(invoke.calleePath), call.pc);
    const inner = makeCall({
      pc: call.pc,
      key: `${call.key}/${fn}.${k}`,
      ...argumentsOf(nested, k),
      name: call.name,
      depth: call.depth + 1,
      escaped: call.escaped,
      site: invoke.site,
    });
    const { code } = frame.file;
    let result: Value | undefined;
    nested.thrown.set(
      k,
      frame.collect(() => {
        result = callValue(frame, inner, callee);
      }),
    );
    result ??=
      callee === NOTHING
        ? NOTHING
        : ofFacts([frame.opaqueFact(inner.key, call.name, code[call.pc + 1]!, code[call.pc + 2]!)]);
    nested.results.set(k, result);
    if (summary.escapes.includes(k)) raiseFrom(scope, nested.thrown.get(k) ?? NOTHING);
    for (const edge of summary.edges) {
      if (edge.from.type !== 'invoke-result' || edge.from.index !== k) continue;
      if (--frame.fuel <= 0) break;
      const keys = frame.context.paths.keys(edge.fromPath);
      const value =
        keys[0] === THROWN
          ? loadPath(frame, nested.thrown.get(k) ?? NOTHING, keys.slice(1), call.pc)
          : loadPath(frame, result, keys, call.pc);
      if (value === NOTHING) continue;
      if (edge.to.type === 'sink') arrive(scope, edge, value, edge.to.sink);
      else move(scope, edge, value);
    }
  }
  return scope.result.value;
}

/** What a nested call throws leaves the callee: thrown, or, where that is asynchronous, its promise's rejection. */
function raiseFrom(scope: Scope, thrown: Value): void {
  const { frame, fn } = scope;
  if (thrown === NOTHING) return;
  const ir = frame.context.program.functionOf(fn);
  if (ir.async && !ir.generator)
    write(scope, { type: 'return' }, frame.context.paths.extendAll(EMPTY_PATH, [REJECTED]), thrown);
  else frame.raise(thrown);
}

/** The arguments of a nested call; a list that is spread is the last of them. */
function argumentsOf(nested: Nested, k: number): Pick<Call, 'args' | 'spreadFrom'> {
  const args = nested.args.get(k) ?? [];
  const lists = nested.lists.get(k);
  if (!lists) return { args, spreadFrom: -1 };
  const { from, list } = lists;
  const first = Array.from({ length: from }, (_, i) => args[i] ?? NOTHING);
  return { args: [...first, list], spreadFrom: from };
}

/** What the callee writes to this file's variables: top-level code no longer knows what they hold. */
function noteWrites(frame: Frame, call: Call, summary: Summary): void {
  const { code } = frame.file;
  for (const cell of summary.writes) {
    const index = frame.ownVariable(cell);
    if (index < 0) continue;
    frame.writes.add(cell);
    const local = frame.localVariable(index);
    if (!local) continue;
    const written = ofFacts([frame.cellFact(cell, code[call.pc + 1]!, code[call.pc + 2]!)]);
    frame.setLocalVariable(index, frame.join(local, written));
  }
}

interface Scope {
  readonly frame: Frame;
  readonly call: Call;
  readonly summary: Summary;
  readonly fn: number;
  readonly closure: Value;
  readonly receiver: Value;
  readonly nested: Nested;
  readonly result: { value: Value };
  /** What stood where edges begin, by origin and path, when the call began. */
  readonly read: Map<Origin, Map<PathId, Value>>;
}

/** The caller's value at a path below an origin. */
function read(scope: Scope, origin: Origin, path: PathId): Value {
  let known = scope.read.get(origin);
  if (!known) {
    known = new Map();
    scope.read.set(origin, known);
  }
  let value = known.get(path);
  if (value) return value;
  if (path === EMPTY_PATH) value = evaluate(scope, origin);
  else {
    const { paths } = scope.frame.context;
    const base = read(scope, origin, paths.parent(path));
    value = base === NOTHING ? NOTHING : load(scope.frame, base, paths.last(path), scope.call.pc);
    value = unfolded(scope.frame, value, path, scope.call.pc);
  }
  known.set(path, value);
  return value;
}

/** The callee has overwritten fields of a thing, under a name that it was given, or under each of a list of names. */
function overwriteEach(
  scope: Scope,
  base: Value,
  { origin, path, test }: NonNullable<Summary['kills'][number]['each']>,
): void {
  const { frame, call } = scope;
  const { tests, paths } = frame.context;
  const isList = path !== EMPTY_PATH && paths.last(path) === ELEMENT;
  const list = isList ? namesIn(frame, read(scope, origin, paths.parent(path))) : undefined;
  const name = read(scope, origin, path);
  const known =
    list ?? (name.facts.length + name.objects.length === 0 && name.literals.length === 1 ? name.literals : []);
  for (const text of known) if (tests.passes(test, text)) store(frame, base, text, NOTHING);
  const key = known.length > 0 ? undefined : keyOf(frame, name);
  if (!key) return;
  if (!isName(frame, key)) overwrite(frame, base, key, NOTHING, -1, test);
  else if (call.depth > 0 && isForEach(frame, call.pc, call.name)) overwriteAll(frame, base, key, test);
}

/** The caller's value of where an edge begins that holds for some names only. */
function readWhere(scope: Scope, edge: Edge, condition: EdgeCondition): Value {
  const { paths } = scope.frame.context;
  const { value, path } = readHolder(scope, edge.from, condition, edge.fromPath);
  if (value === NOTHING) return NOTHING;
  return loadPath(scope.frame, value, paths.keys(edge.fromPath).slice(paths.keys(path).length), scope.call.pc);
}

/** Levels of recursive data that are gone through where the callee no longer tells them apart. */
const LEVELS = 4;

/** What stands under the name that a condition asks of, and at which path of the callee; what has no name, at the path that is asked for. */
function readHolder(
  scope: Scope,
  from: Origin,
  { origin, path, test, holder, outer }: EdgeCondition,
  end: PathId,
): { readonly value: Value; readonly path: PathId } {
  const { frame, call } = scope;
  const { tests, paths } = frame.context;
  const at = holder < 0 ? end : holder;
  const above = outer && readHolder(scope, from, outer, at);
  const below = above && paths.keys(at).slice(paths.keys(above.path).length);
  const base = above ? loadPath(frame, above.value, below!, call.pc) : read(scope, from, at);
  if (base === NOTHING) return { value: NOTHING, path: end };
  const name = read(scope, origin, path);
  const { literals } = name;
  const isKnown = literals.length > 0 && !literals.some((text) => text.includes('*'));
  if (isKnown && name.facts.length + name.objects.length === 0) {
    const passing = literals.filter((text) => tests.passes(test, text));
    if (holder < 0 || passing.length === 0) return { value: passing.length > 0 ? base : NOTHING, path: end };
    const value = passing.reduce((all, text) => frame.join(all, load(frame, base, text, call.pc)), NOTHING);
    return { value, path: paths.extend(holder, ANY) ?? holder };
  }
  const key = keyOf(frame, name);
  const isOwn = holder >= 0 && origin === from && paths.extend(holder, NAME) === path;
  const field = holder < 0 ? end : (paths.extend(holder, ANY) ?? holder);
  // Each thing that is gone through tells its own names.
  if (isOwn) {
    let value = fieldsOf(frame, base, undefined, call.pc, test);
    // Where recursive data was folded, one name stands for those of all levels from there on.
    for (let round = 1; field === holder && round < LEVELS; round++) {
      const next = frame.join(value, fieldsOf(frame, withFacts(value, []), undefined, call.pc, test));
      if (next === value) break;
      value = next;
    }
    return { value, path: field };
  }
  if (!key) return { value: holder < 0 ? base : load(frame, base, ANY, call.pc), path: field };
  if (tests.and(key.test, test, test) === NEVER) return { value: NOTHING, path: end };
  const value = holder < 0 ? base : fieldsOf(frame, base, key, call.pc, test);
  const isOpen = !isName(frame, key);
  return { value: whereName(frame, value, key, tests.and(key.test, test, test), () => isOpen), path: field };
}

/** The caller's value of where an edge begins. */
function evaluate(scope: Scope, origin: Origin): Value {
  const { frame, call, fn } = scope;
  const { code } = frame.file;
  const start = code[call.pc + 1]!;
  const end = code[call.pc + 2]!;
  switch (origin.type) {
    case 'parameter': {
      const param = frame.context.program.functionOf(fn).params[origin.index];
      if (origin.index === ALL_ARGUMENTS) return argument(frame, call, ALL_ARGUMENTS);
      return param?.rest ? argumentsFrom(frame, call, origin.index) : argument(frame, call, origin.index);
    }
    case 'this':
      return frame.context.program.functionOf(fn).isStatic ? withStatics(scope) : scope.receiver;
    case 'capture':
      return loadPath(frame, scope.closure, [`%${origin.index}`], call.pc);
    case 'invoke-result':
      return scope.nested.results.get(origin.index) ?? NOTHING;
    case 'source':
      return ofFacts([frame.sourceFact(origin.source, call.key)]);
    case 'opaque':
      return ofFacts([frame.opaqueFact(`${call.key}:${origin.name}`, origin.name, start, end, origin.site)]);
    case 'cell': {
      const cell = ownState(scope, origin.cell);
      const index = frame.ownVariable(cell);
      return (index < 0 ? undefined : frame.localVariable(index)) ?? ofFacts([frame.cellFact(cell, start, end)]);
    }
    case 'member': {
      const given = argument(frame, call, origin.index);
      let value = NOTHING;
      for (const name of given.literals)
        value = frame.join(value, loadPath(frame, ofObject(frame.apiObject(origin.state)), [name], call.pc));
      for (const fact of given.facts) {
        const root = frame.roots[fact.root]!;
        if (root.origin.type !== 'parameter' || fact.path !== EMPTY_PATH || !fact.exact) continue;
        value = frame.join(value, ofFacts([frame.memberFact(origin.state, root.origin.index, root.name, start, end)]));
      }
      return value;
    }
    case 'literal':
      return ofLiteral(origin.text);
    case 'function':
      return ofObject(frame.object(`${call.key}f${origin.function}`, { kind: 'function', function: origin.function }));
    case 'api':
      return ofObject(frame.apiObject(origin.state));
    case 'fresh': {
      const object = frame.plainObject(`${call.key}n${fn}:${origin.object}`);
      if (!frame.state.heap.has(object)) frame.state.write(object);
      return ofObject(object);
    }
    case 'setter': {
      const cell = ownState(scope, origin.cell);
      const { argument } = origin;
      return ofObject(frame.object(`w${cell}:${argument}`, { kind: 'setter', cell, argument }));
    }
  }
}

/** The object of a static method, with what its class keeps for all. */
function withStatics({ frame, call, fn, receiver }: Scope): Value {
  const { program, cells } = frame.context;
  const cls = program.ownerClass(fn);
  if (cls < 0) return receiver;
  const { code } = frame.file;
  const cell = cells.instances(cls, program.classOf(cls).name);
  return frame.join(receiver, ofFacts([frame.cellFact(cell, code[call.pc + 1]!, code[call.pc + 2]!)]));
}

/** The state of a hook that is called by a hook belongs to that one call; what the callee itself puts into it is in each. */
function ownState({ frame, call }: Scope, cell: number): number {
  const own = frame.context.cells.stateOf(cell, frame.fn, call.pc);
  if (own !== cell) {
    const { code } = frame.file;
    frame.edge(frame.cellFact(cell, code[call.pc + 1]!, code[call.pc + 2]!), { type: 'cell', cell: own }, EMPTY_PATH);
  }
  return own;
}

/** A fact of the caller as it comes out of an edge. */
function adapter({ frame, call }: Scope, edge: Edge): (fact: Fact) => Fact {
  const { type } = edge.from;
  const began = type === 'source' || type === 'opaque';
  const step = edge.to.type === 'sink' ? 'into' : began ? 'from' : 'through';
  const hasBegun = began || type === 'invoke-result';
  return (fact) => {
    const keeps = fact.label !== '' && (edge.exact || !isOpened(fact.label, edge.label));
    const label = keeps ? fact.label : edge.label;
    const name = keeps ? fact.labelName : edge.labelName;
    const cleared = fact.cleared | edge.cleared;
    const features = fact.features | edge.features;
    const before = hasBegun ? undefined : fact.trace;
    const trace =
      step === 'into'
        ? stepInto(frame, call, before, step, edge.trace)
        : frame.step(before, step, call.name, call.pc, edge.trace);
    const { root, path, without, when } = fact;
    return makeFact(root, path, fact.exact && edge.exact, label, name, without, cleared, features, trace, when);
  };
}

/** Hands a value to a sink of the callee. */
function arrive(scope: Scope, edge: Edge, given: Value, sink: Sink): void {
  const { frame, call } = scope;
  const value = edge.without ? exclude(frame, given, edge.without.split('\n'), call) : given;
  // A callback that logs is reported where it logs, a logger that was handed on where it is called.
  const isSeen = !call.rendered && (call.depth === 0 || (call.site !== undefined && LOG_METHOD.test(call.site.name)));
  const at = scope.summary.forwards && isSeen && isForwardable(sink) ? forwarded(scope, sink) : sink;
  if (!sink.shape) {
    hitSink(frame, at, value, adapter(scope, edge));
    return;
  }
  const { shape: _, ...known } = at;
  const keys = frame.context.paths.keys(edge.fromPath);
  const { sure, open } = loadShaped(frame, evaluate(scope, edge.from), keys, call.pc);
  hitSink(frame, known, sure, adapter(scope, edge));
  hitSink(frame, at, open, adapter(scope, edge));
}

/** Writes a value where an edge of the callee ends. */
function move(scope: Scope, edge: Edge, given: Value): void {
  const { frame, call } = scope;
  switch (edge.from.type) {
    case 'fresh':
    case 'function':
    case 'api':
    case 'literal':
    case 'setter':
      write(scope, edge.to, edge.toPath, given);
      return;
    default:
  }
  let value = edge.without ? exclude(frame, given, edge.without.split('\n'), call) : given;
  if (edge.exact && edge.label && value.facts.length === 0 && value.objects.length === 0) return;
  const adapted = adapter(scope, edge);
  // What derives from a value, or is cleared, is no longer its objects.
  const whole = edge.exact && (value.objects.length === 0 || (edge.cleared === 0 && !edge.label));
  if (whole) value = withFacts(value, value.facts.map(adapted));
  else value = ofFacts(derived(frame, value).map((fact) => adapted(edge.exact ? fact : inexact(fact))));
  write(scope, edge.to, edge.toPath, value);
}

function isForwardable(sink: Sink): boolean {
  return sink.kind.startsWith('log') || sink.kind.startsWith('telemetry');
}

/** The sink of a forwarder, as seen at the call of the forwarder: there it is reported. */
function forwarded(scope: Scope, sink: Sink): Sink {
  const { function: fn, start, end } = siteOf(scope.frame, scope.call);
  return { ...sink, function: fn, start, end };
}

/** The value without some of its fields: a copy of its objects. */
function exclude(frame: Frame, value: Value, keys: readonly string[], call: Call): Value {
  const { tests } = frame.context;
  const lacking = keys.join('\n');
  const facts = value.facts.map((fact) => (fact.exact ? withoutKeys(fact, keys) : fact));
  if (value.objects.length === 0) return withFacts(value, facts);
  const copy = frame.plainObject(`x${call.key}:${keys.join(',')}:${value.objects.join(',')}`);
  const fields = frame.state.write(copy);
  for (const object of value.objects) {
    const own = frame.state.read(object);
    if (!own) continue;
    for (const [key, inner] of own.map)
      if (!tests.lacks(lacking, key)) fields.map.set(key, frame.join(fields.map.get(key) ?? NOTHING, inner));
    fields.rest = frame.joinFacts(
      fields.rest,
      own.rest.map((fact) => withoutKeys(fact, keys)),
    );
  }
  return makeValue(facts, [copy], value.literals);
}

function write(scope: Scope, to: Target, toPath: PathId, value: Value): void {
  const { frame, call } = scope;
  const keys = frame.context.paths.keys(toPath);
  switch (to.type) {
    case 'return': {
      if (keys.length === 0) scope.result.value = frame.join(scope.result.value, value);
      else if (keys[0] === REJECTED) {
        const holder = frame.rejection(`${call.key}:${scope.fn}`);
        scope.result.value = frame.join(scope.result.value, ofObject(holder));
        writeAt(frame, ofObject(holder), keys, value, `z${call.key}:${scope.fn}`, call.pc);
      } else if (isOfClosure(keys[0]!)) {
        // What a returned closure has captured.
        const closures = scope.result.value.objects.filter((object) => frame.objects[object]!.kind === 'function');
        writeAt(frame, ofObjects(closures), keys, value, `r${call.key}:${scope.fn}`, call.pc);
      } else {
        const holder = frame.plainObject(`r${call.key}:${scope.fn}`);
        scope.result.value = frame.join(scope.result.value, ofObject(holder));
        writeAt(frame, ofObject(holder), keys, value, `r${call.key}:${scope.fn}`, call.pc, true);
      }
      return;
    }
    case 'thrown':
      if (keys.length === 0) frame.raise(value);
      else {
        const holder = frame.plainObject(`t${call.key}:${scope.fn}`);
        frame.raise(ofObject(holder));
        writeAt(frame, ofObject(holder), keys, value, `t${call.key}`, call.pc);
      }
      return;
    case 'parameter':
    case 'this':
    case 'capture': {
      const base = evaluate(scope, 'index' in to ? { type: to.type, index: to.index } : { type: 'this' });
      if (keys.length === 0) absorb(frame, base, value, [], true);
      else writeAt(frame, base, keys, value, `w${call.key}:${scope.fn}:${to.type}`, call.pc);
      return;
    }
    case 'cell': {
      emit(frame, value, { type: 'cell', cell: ownState(scope, to.cell) }, toPath);
      const index = frame.ownVariable(to.cell);
      const local = index < 0 ? undefined : frame.localVariable(index);
      if (local && keys.length === 0) frame.setLocalVariable(index, frame.join(local, value));
      else if (local) writeAt(frame, local, keys, value, `v${call.key}:${to.cell}`, call.pc);
      return;
    }
    case 'invoke-argument': {
      if (to.argument >= SPREAD) {
        const known = scope.nested.lists.get(to.index)?.list ?? NOTHING;
        const list = writeArgument(scope, known, to.index, to.argument, keys, value);
        scope.nested.lists.set(to.index, { from: to.argument - SPREAD, list });
        return;
      }
      const args = scope.nested.args.get(to.index) ?? [];
      while (args.length <= to.argument) args.push(NOTHING);
      args[to.argument] = writeArgument(scope, args[to.argument]!, to.index, to.argument, keys, value);
      scope.nested.args.set(to.index, args);
      return;
    }
    case 'sink':
      throw new Error('unreachable: sinks are no places to write to');
  }
}

/** An argument of a nested call with one more value in it. */
function writeArgument(
  scope: Scope,
  known: Value,
  index: number,
  argument: number,
  keys: readonly string[],
  value: Value,
): Value {
  const { frame, call } = scope;
  if (keys.length === 0) return frame.join(known, value);
  const prefix = `j${call.key}:${scope.fn}:${index}:${argument}`;
  if (isOfClosure(keys[0]!)) {
    const closures = known.objects.filter((object) => frame.objects[object]!.kind === 'function');
    writeAt(frame, ofObjects(closures), keys, value, prefix, call.pc);
    return known;
  }
  const holder = ofObject(frame.plainObject(prefix));
  writeAt(frame, holder, keys, value, prefix, call.pc);
  return frame.join(known, holder);
}

/** Whether a field is one of what a closure has captured or was bound to. */
function isOfClosure(key: string): boolean {
  return /^%(?:\d+|this|args)$/.test(key);
}

/**
 * Writes a value at a path below a base, making objects where there are none. The write may or may not happen: weak. What stands on the way in a
 * result (`isResult`) without having been made by the call, an argument that came back in it, is not written to.
 */
export function writeAt(
  frame: Frame,
  base: Value,
  keys: readonly string[],
  value: Value,
  prefix: string,
  pc: number,
  isResult = false,
): void {
  let holder = base;
  for (let i = 0; i < keys.length - 1; i++) {
    // What an interface says of its members is nothing that can be written to, where there are things of our own.
    const own = holder.objects.filter((object) => isWritable(frame, object));
    let next = load(frame, own.length > 0 ? withObjects(holder, own) : holder, keys[i]!, pc);
    if (isResult) next = ofObjects(next.objects);
    if (next.facts.length === 0 && !next.objects.some((object) => isWritable(frame, object))) {
      const made = frame.plainObject(`${prefix}/${keys.slice(0, i + 1).join('/')}`);
      next = ofObject(made);
      weakStore(frame, holder, keys[i]!, next);
    }
    holder = next;
  }
  weakStore(frame, holder, keys[keys.length - 1]!, value);
}

/**
 * What may be written to one of more than these many things, some of them results of the unknown, is not kept with the unknown ones. Why: each
 * would hold what all others hold.
 */
const UNKNOWN_TARGETS = 2;

function isUnknown(frame: Frame, fact: Fact): boolean {
  const { type } = frame.roots[fact.root]!.origin;
  return type === 'opaque' || type === 'source';
}

function weakStore(frame: Frame, base: Value, key: string, value: Value): void {
  if (key === KEYED) {
    storeFields(frame, base, value, undefined);
    return;
  }
  for (const object of base.objects) {
    if (frame.objects[object]!.kind === 'api') continue;
    const fields = frame.state.write(object);
    fields.map.set(key, frame.join(fields.map.get(key) ?? NOTHING, value));
  }
  const isOneOfMany = base.facts.length + base.objects.length > UNKNOWN_TARGETS;
  for (const fact of base.facts) {
    if (isOneOfMany && isUnknown(frame, fact)) continue;
    const overlay = frame.overlay(fact, true);
    const known = frame.state.read(overlay)?.map.get(key);
    const old = known ?? loadPath(frame, ofFacts([fact]), [key], -1);
    frame.state.write(overlay).map.set(key, frame.join(old, value));
  }
}
