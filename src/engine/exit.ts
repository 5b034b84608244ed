/** Turning values into edges of the summary: at calls of unknown callbacks, at cells, and when the function ends. */
import { ANY } from '../ir/instruction.js';
import type { Frame } from './frame.js';
import { joinStates } from './join-states.js';
import { knownKeys, withoutKeys } from './memory.js';
import { EMPTY_PATH, KEYED, type PathId } from './path-table.js';
import { REJECTED, THROWN } from './rejection.js';
import type { Summary, Target } from './summary.js';
import { FeatureBit, type Value, withFacts } from './value.js';

const MAXIMUM_DEPTH = 5;
/** Values visited while one value is turned into edges. */
const MAXIMUM_VISITS = 2000;

/** Where callers tell the names under which fields are kept. */
const KEEPS_NAMES = new Set<Target['type']>(['return', 'parameter', 'capture', 'invoke-argument']);

/** ∀ facts and objects in value: edges to target.path… */
export function emit(frame: Frame, value: Value, to: Target, path: PathId): void {
  const seen = new Set<number>();
  let visits = 0;
  const { paths } = frame.context;
  const visit = (current: Value, at: PathId, depth: number): void => {
    frame.fuel--;
    if (++visits > MAXIMUM_VISITS) return;
    for (const fact of current.facts) {
      frame.edge(fact, to, at);
      const overlay = frame.overlay(fact, false);
      if (overlay >= 0 && !seen.has(overlay)) visitObject(overlay, at, depth);
    }
    for (const object of current.objects) {
      const info = frame.objects[object]!;
      if (info.kind === 'api') raw(frame, { type: 'api', state: info.state }, to, at);
      else if (info.kind === 'resolver') continue;
      else if (info.kind === 'setter') raw(frame, { type: 'setter', cell: info.cell, argument: info.argument }, to, at);
      else {
        if (info.kind === 'function' && info.told) continue;
        if (info.kind === 'function') raw(frame, { type: 'function', function: info.function }, to, at);
        else if (isCapture(paths.last(at))) raw(frame, { type: 'fresh', object }, to, at);
        if (!seen.has(object)) visitObject(object, at, depth);
      }
    }
    if (
      current.literals.length > 0 &&
      current.literals.length <= 4 &&
      (to.type === 'return' || to.type === 'invoke-argument')
    ) {
      for (const text of current.literals) if (text.length <= 200) raw(frame, { type: 'literal', text }, to, at);
    }
  };
  const visitObject = (object: number, at: PathId, depth: number): void => {
    seen.add(object);
    const fields = frame.state.read(object);
    if (!fields) return;
    for (const fact of fields.rest) frame.edge(fact.exact ? withoutKeys(fact, knownKeys(fields)) : fact, to, at);
    if (depth >= MAXIMUM_DEPTH) return;
    for (const [key, inner] of fields.map) {
      const next = paths.extend(at, key === KEYED && !KEEPS_NAMES.has(to.type) ? ANY : key);
      if (next !== undefined) visit(inner, next, depth + 1);
    }
  };
  visit(value, path, 0);
}

/** What is in module variables now, functions that are called from here on may read. */
export function publishStored(frame: Frame): void {
  for (; frame.seen < frame.stored.length; frame.seen++) {
    const { cell, value } = frame.stored[frame.seen]!;
    emit(frame, value, { type: 'cell', cell }, EMPTY_PATH);
  }
}

/** Whether a field is one of a closure's captured values: what is there may be shared with other closures. */
function isCapture(key: string): boolean {
  return key.length > 1 && key.charCodeAt(0) === 37 && key.charCodeAt(1) >= 48 && key.charCodeAt(1) <= 57;
}

function raw(frame: Frame, from: Parameters<Frame['rawEdge']>[0]['from'], to: Target, toPath: PathId): void {
  frame.rawEdge({
    from,
    fromPath: EMPTY_PATH,
    without: '',
    to,
    toPath,
    exact: true,
    label: '',
    labelName: '',
    cleared: 0,
    features: FeatureBit.None,
    trace: undefined,
  });
}

/** The summary of a function whose analysis has ended. */
export function summarise(frame: Frame): Summary {
  const { paths } = frame.context;
  const kills: Summary['kills'][number][] = [];
  frame.state = frame.exit ?? frame.state;
  emit(frame, frame.returned, { type: 'return' }, EMPTY_PATH);
  for (const { cell, value } of frame.stored) emit(frame, value, { type: 'cell', cell }, EMPTY_PATH);
  const escapes = emitThrown(frame);
  for (const [object, fact] of frame.overlayFacts) {
    const fields = frame.state.read(object);
    if (!fields || !fact.exact) continue;
    const { origin } = frame.roots[fact.root]!;
    let target: Target & { readonly type: 'parameter' | 'capture' | 'this' | 'cell' };
    if (origin.type === 'parameter' || origin.type === 'capture') target = { type: origin.type, index: origin.index };
    else if (origin.type === 'this') target = { type: 'this' };
    else if (origin.type === 'cell') target = { type: 'cell', cell: origin.cell };
    else continue;
    for (const [key, value] of fields.map) {
      const path = paths.extend(fact.path, key);
      if (path === undefined) continue;
      const keeps = value.facts.some((f) => f.root === fact.root && f.path === path && f.exact);
      const folded = paths.parent(path) !== fact.path;
      if (target.type !== 'cell' && !keeps && !folded && frame.exit && key !== '[]' && key !== '*') {
        kills.push({ root: target.type, index: target.type === 'this' ? 0 : target.index, path });
      }
      emit(frame, withoutIdentity(value, fact.root, path), target, path);
    }
    for (const fact2 of fields.rest) frame.edge(fact2, target, fact.path);
    if (target.type === 'cell' || !frame.exit) continue;
    const place = { root: target.type, index: target.type === 'this' ? 0 : target.index, path: fact.path } as const;
    if (fields.hidden !== '') kills.push({ ...place, hidden: fields.hidden });
    for (const { root, path, test, loop } of fields.keyed?.values() ?? [])
      if (loop < 0) kills.push({ ...place, each: { origin: frame.roots[root]!.origin, path, test } });
  }
  return {
    edges: [...frame.edges.values()],
    settled: [...frame.settled.values()],
    writes: frame.writes,
    invokes: frame.invokes,
    kills,
    escapes,
    forwards: isForwarder(frame),
    consumes: frame.usesParameters,
    coarse: frame.fuel <= 0,
    virtual: frame.virtual,
  };
}

/** What the function throws, or what its promise is rejected with. Returns the nested calls whose exceptions pass through it as they are. */
function emitThrown(frame: Frame): number[] {
  const { state, thrownState } = frame;
  const passing: number[] = [];
  const thrown = frame.context.paths.extendAll(EMPTY_PATH, [THROWN]);
  const facts = frame.escaped.facts.filter((fact) => {
    const { origin } = frame.roots[fact.root]!;
    if (origin.type !== 'invoke-result' || fact.path !== thrown) return true;
    passing.push(origin.index);
    return false;
  });
  const escaped = withFacts(frame.escaped, facts);
  if (facts.length + escaped.objects.length === 0) return passing;
  if (thrownState && thrownState !== state) frame.state = joinStates(frame, thrownState, state.fork());
  if (frame.ir.async && !frame.ir.generator)
    emit(frame, escaped, { type: 'return' }, frame.context.paths.extendAll(EMPTY_PATH, [REJECTED]));
  else emit(frame, escaped, { type: 'thrown' }, EMPTY_PATH);
  frame.state = state;
  return passing;
}

/** A value without the fact that it is what it was before. */
function withoutIdentity(value: Value, root: number, path: PathId): Value {
  const facts = value.facts.filter((f) => !(f.root === root && f.path === path && f.exact));
  return facts.length === value.facts.length ? value : withFacts(value, facts);
}

/** Methods of loggers. */
export const LOG_METHOD = /^(?:log|trace|debug|verbose|info|notice|warn|warning|error|critical|fatal|success)$/i;

/**
 * A forwarder hands what it is given to logs or telemetry, and does nothing else with it: all its sinks are such, all that reaches them
 * is its parameters' (or its object's), and no unknown call receives any of it. A method of an own logger may besides format what it is given
 * and keep it: its callers log.
 */
function isForwarder(frame: Frame): boolean {
  if (frame.ir.parent < 0) return false;
  const isLogger = LOG_METHOD.test(frame.ir.name);
  if (frame.usesParameters && !isLogger) return false;
  // What it is given goes on to nothing but sinks: it is not returned, kept, or handed to callbacks.
  for (const { from, to } of frame.edges.values())
    if (from.type === 'parameter' && to.type !== 'sink' && !isLogger) return false;
  let provided = false;
  for (const { sink, fact } of frame.hits.values()) {
    if (!sink.kind.startsWith('log') && !sink.kind.startsWith('telemetry')) return false;
    const { type } = frame.roots[fact.root]!.origin;
    if (type === 'parameter') provided = true;
    else if (type === 'source') return false;
  }
  return provided;
}
