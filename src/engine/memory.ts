/** Reading and writing of abstract objects and of the things that facts stand for. */
import type { ReadModel } from '../core/port.js';
import { ANY, ELEMENT } from '../ir/instruction.js';
import type { Frame } from './frame.js';
import type { Fields } from './heap.js';
import { fieldNamed, isKeyed, loadKeyed } from './keyed.js';
import { isOpened, NEUTRAL } from './names.js';
import { EMPTY_PATH, isIndex, isInternal, KEYED, type PathId } from './path-table.js';
import { REJECTED, THROWN } from './rejection.js';
import {
  atPath,
  type Fact,
  FeatureBit,
  inexact,
  makeFact,
  NOTHING,
  ofFacts,
  ofObject,
  type Value,
  withFacts,
  withLabel,
} from './value.js';

/** load: ⊔ over objects o of heap[o][key], ⊔ over facts f of f.key */
export function load(frame: Frame, value: Value, key: string, pc: number): Value {
  if (isKeyed(key)) return loadKeyed(frame, value, key, pc);
  let result = NOTHING;
  frame.fuel -= (value.objects.length + value.facts.length) >> 2;
  // The fields of a row are told by its type; the unknown behind the interface of its query would say the same less well.
  const told = value.facts.some((fact) => fact.exact && isRow(frame, fact));
  for (const object of value.objects) result = frame.join(result, loadObject(frame, object, key, pc, told));
  for (const fact of value.facts) result = frame.join(result, loadFact(frame, fact, key));
  return result;
}

export function loadPath(frame: Frame, value: Value, keys: readonly string[], pc: number): Value {
  let result = value;
  for (const key of keys) {
    if (result === NOTHING) return result;
    result = load(frame, result, key, pc);
  }
  return result;
}

/** How often a way that leads back to where recursive data was folded is gone through own objects. */
const ROUNDS = 4;

/** What stands at a path; where recursive data was folded there, own objects are gone through as often as they nest. */
export function unfolded(frame: Frame, value: Value, path: PathId, pc: number): Value {
  const loops = value.objects.length > 0 ? frame.context.paths.loops(path) : undefined;
  if (!loops) return value;
  let result = value;
  for (const loop of loops) {
    for (let round = 0; round < ROUNDS; round++) {
      const next = frame.join(result, loadPath(frame, withFacts(result, []), loop, pc));
      if (next === result) break;
      result = next;
    }
  }
  return result;
}

function loadObject(frame: Frame, object: number, key: string, pc: number, told: boolean): Value {
  const info = frame.objects[object]!;
  if (info.kind === 'api') return loadApi(frame, info.state, key, pc, told);
  if (info.kind === 'rejection' && key !== REJECTED) return NOTHING;
  const fields = frame.state.read(object);
  if (!fields) return NOTHING;
  const own = ownField(frame, object, fields, key);
  if (own && key !== ANY && key !== ELEMENT && fields.map.has(key)) return own;
  let result = own ?? NOTHING;
  for (const fact of fields.rest) result = frame.join(result, extended(frame, fact, key));
  return result;
}

function isRow(frame: Frame, fact: Fact): boolean {
  const { origin } = frame.roots[fact.root]!;
  return origin.type === 'source' && origin.source.row !== undefined;
}

/** The member of an interface: its state, and what reading it yields. */
function loadApi(frame: Frame, state: number, key: string, pc: number, told: boolean): Value {
  const { knowledge } = frame.context.program;
  let next = key === ELEMENT || isIndex(key) ? knowledge.element(state) : knowledge.member(state, key);
  if (!next && key === ANY) next = knowledge.element(state);
  if (!next) return told ? NOTHING : unknownMember(frame, state, key, pc);
  const result = ofObject(frame.apiObject(next));
  const read = knowledge.onRead(next);
  if (!read) return result;
  const { code } = frame.file;
  if (read.kind === SHARED) return frame.join(result, sharedPlace(frame, read, pc));
  const element = (read.element ?? '{}').replace('{}', key);
  const source = {
    kind: read.kind,
    element,
    selector: read.selector,
    function: frame.fn,
    start: code[pc + 1]!,
    end: code[pc + 2]!,
  };
  const fact = frame.sourceFact(source, `${pc}`);
  const label = frame.context.names.label(key);
  return withFacts(result, [label ? withLabel(fact, label, key) : fact]);
}

/** What all code writes to and reads from one place. */
export function sharedPlace(frame: Frame, { kind, selector }: ReadModel, pc: number): Value {
  if (kind !== SHARED) return NOTHING;
  const { code } = frame.file;
  const cell = frame.context.cells.external(`shared:${selector.replace(/^.*#/, '')}`);
  return ofFacts([frame.cellFact(cell, code[pc + 1] ?? 0, code[pc + 2] ?? 0)]);
}

/** In place of a kind: the member is one place for the whole program, such as what is kept beside a request. */
const SHARED = 'shared';

/** A member of which no model tells: something unknown, unless its name stands for a constant or a type. */
function unknownMember(frame: Frame, state: number, key: string, pc: number): Value {
  if (pc < 0 || /^[A-Z%]/.test(key)) return NOTHING;
  const { code } = frame.file;
  const fact = frame.opaqueFact(`u${state}.${key}`, key, code[pc + 1]!, code[pc + 2]!);
  const label = frame.context.names.label(key);
  return ofFacts([label ? withLabel(fact, label, key) : fact]);
}

/** The field that stands for the names of an object's fields, where these are computed: `table[email] = 1` holds an address. */
export const KEYS = '%keys';

/** What the fields say of a key, undefined where they say nothing. */
function ownField(frame: Frame, object: number, fields: Fields, key: string): Value | undefined {
  const { map } = fields;
  if (map.size === 0) return undefined;
  let result = map.get(key);
  // What a closure has captured, a map keeps, or a promise is rejected with is no field that a computed name could mean.
  if (isInternal(key)) return result;
  const add = (value: Value | undefined): void => {
    if (value) result = result ? frame.join(result, value) : value;
  };
  if (key === ANY) {
    for (const [name, value] of map) if (!isInternal(name) || name === KEYED) add(value);
  } else {
    // What was added to a list stands behind what it was made of, unless something was moved.
    const isMoved = isIndex(key) && frame.disordered.has(object);
    if (key === ELEMENT || isMoved) {
      for (const [name, value] of map) if (isIndex(name)) add(value);
    }
    if (isIndex(key) && (isMoved || result === undefined)) add(map.get(ELEMENT));
    add(map.get(ANY));
    const keyed = map.get(KEYED);
    if (keyed) add(key === ELEMENT || isIndex(key) ? keyed : fieldNamed(frame, keyed, key));
  }
  return result;
}

export function loadFact(frame: Frame, fact: Fact, key: string): Value {
  const overlay = frame.overlay(fact, false);
  const fields = overlay >= 0 ? frame.state.read(overlay) : undefined;
  if (!fields) return extended(frame, fact, key);
  const own = ownField(frame, overlay, fields, key);
  if (own && fields.map.has(key) && key !== ELEMENT && key !== ANY) return own;
  const isHidden = fields.hidden !== '' && frame.context.tests.lacks(fields.hidden, key);
  let value = isHidden ? (own ?? NOTHING) : frame.join(own ?? NOTHING, extended(frame, fact, key));
  for (const taken of fields.rest) value = frame.join(value, extended(frame, taken, key));
  return value;
}

/** f.key where nothing was written: the path grows for the very thing, and stays for what derives from it. */
export function extended(frame: Frame, fact: Fact, key: string): Value {
  const { names, paths } = frame.context;
  if (key === KEYED) return NOTHING;
  if (key === REJECTED || key === THROWN) return raisedBy(frame, fact, key);
  if (fact.without && key !== ELEMENT && frame.context.tests.lacks(fact.without, key)) return NOTHING;
  if (!fact.exact) {
    if (names.isContainer(key)) return ofFacts([fact]);
    if (fact.features & FeatureBit.UnmodelledCall || names.isNeutral(key)) return NOTHING;
    const label = fact.label && !isOpened(fact.label, names.label(key)) ? '' : names.label(key);
    return ofFacts([label ? withLabel(fact, label, key) : fact]);
  }
  // One character of a text that has a name: `email[0]`.
  if (fact.label && fact.label !== NEUTRAL && isIndex(key) && !/s$/i.test(fact.labelName)) return NOTHING;
  if (isIndex(key) && isText(frame, fact)) return NOTHING;
  const whole = wholeOf(frame, fact);
  // The entries of headers are these headers, name and value.
  if (whole) return whole === HEADERS && (key === ELEMENT || key === '1') ? ofFacts([fact]) : NOTHING;
  const path = paths.extend(fact.path, key);
  if (path === undefined) return ofFacts([inexact(fact, fact.features | FeatureBit.Broadened)]);
  const own = names.labelIn(key === 'name' ? holderOf(frame, fact) : '', key);
  const inherits = own === '' && (names.isContainer(key) || key.charCodeAt(0) === 37) && fact.label !== NEUTRAL;
  const label = own || (inherits ? fact.label : '');
  return ofFacts([atPath(fact, path, label, own ? key : inherits ? fact.labelName : '')]);
}

/** What the field of a fact would be a field of: the last name on its path, or that of what the path begins with. */
function holderOf(frame: Frame, fact: Fact): string {
  const last = frame.context.paths.keys(fact.path).findLast((key) => key !== ELEMENT && key !== ANY && !isIndex(key));
  return last ?? frame.roots[fact.root]!.name;
}

/** Whether a fact is a text as a whole: an environment variable. One character of it tells nothing. */
export function isText(frame: Frame, fact: Fact): boolean {
  const { origin } = frame.roots[fact.root]!;
  return fact.path === EMPTY_PATH && origin.type === 'source' && origin.source.kind.startsWith('secret.env');
}

/** What a call of something that the caller provides raises, or the rejection of what is provided; of all else, nothing is known. */
function raisedBy(frame: Frame, fact: Fact, key: string): Value {
  const { type } = frame.roots[fact.root]!.origin;
  const isProvided = type === 'invoke-result' || type === 'parameter' || type === 'capture';
  const path = isProvided && fact.exact ? frame.context.paths.extend(fact.path, key) : undefined;
  return path === undefined ? NOTHING : ofFacts([atPath(fact, path, '', '')]);
}

/** All headers of a request at once. */
const HEADERS = 'secret.headers';

/** The kind of a fact that tells of a thing as a whole and of none of its members, which are modelled each for itself; '' of all others. */
function wholeOf(frame: Frame, fact: Fact): string {
  const { origin } = frame.roots[fact.root]!;
  const kind = origin.type === 'source' ? origin.source.kind : '';
  return kind === 'secret.environment' || kind === HEADERS ? kind : '';
}

/** Whether a fact stands for all headers of a request, and for nothing that was made of them. */
export function isHeaders(frame: Frame, fact: Fact): boolean {
  return wholeOf(frame, fact) === HEADERS;
}

/**
 * store: ∀o ∈ objects(base). heap[o][key] ⊔= value. A strong update (old value forgotten) where the base is exactly one object that is
 * allocated once, and the key is known.
 */
export function store(frame: Frame, base: Value, key: string, value: Value): void {
  const objects = base.objects.filter((o) => isWritable(frame, o));
  const single = objects.length + base.facts.length === 1 && key !== ANY && key !== ELEMENT;
  for (const object of objects) {
    const fields = frame.state.write(object);
    const strong = single && !frame.summarised.has(object);
    const old = strong ? undefined : fields.map.get(key);
    put(frame, fields, key, old ? frame.join(old, value) : value);
  }
  for (const fact of base.facts) {
    const fields = frame.state.write(frame.overlay(fact, true));
    const old = single
      ? undefined
      : (fields.map.get(key) ?? (key === ELEMENT || key === ANY ? undefined : extended(frame, fact, key)));
    put(frame, fields, key, old ? frame.join(old, value) : value);
  }
}

/** Whether fields can be written to an abstract object. */
export function isWritable(frame: Frame, object: number): boolean {
  const { kind } = frame.objects[object]!;
  return kind === 'plain' || kind === 'function' || kind === 'rejection';
}

export function put(frame: Frame, fields: Fields, key: string, value: Value): void {
  const name = fields.map.size >= frame.context.limits.pathWidth && !fields.map.has(key) ? ANY : key;
  const old = name === key ? undefined : fields.map.get(ANY);
  fields.map.set(name, old ? frame.join(old, value) : value);
}

/** The fields that surely hold what is written in them, and nothing absorbed. */
export function knownKeys(fields: Fields): string[] {
  return [...fields.map.keys()].filter((key) => key !== ELEMENT && key !== ANY);
}

export function withoutKeys(fact: Fact, keys: readonly string[]): Fact {
  if (keys.length === 0) return fact;
  const { root, path, exact, label, labelName, cleared, features, trace, when } = fact;
  const without = joinNames(fact.without, keys);
  return makeFact(root, path, exact, label, labelName, without, cleared, features, trace, when);
}

/** Names in the form of `Fact.without` and `Fields.hidden`, and further ones. */
export function joinNames(names: string, others: readonly string[]): string {
  const all = new Set(names ? names.split('\n') : []);
  for (const name of others) all.add(name);
  return [...all].sort().join('\n');
}

/** A fact that a value holds, and the fields through which it was reached. */
export interface Reached {
  readonly fact: Fact;
  readonly keys: readonly string[];
}

/** Everything that is in a value, through objects and through what was written to the things that facts stand for. */
export function reach(frame: Frame, value: Value, maximumDepth = 6): Reached[] {
  const result: Reached[] = [];
  const seen = new Set<number>();
  const visit = (current: Value, keys: readonly string[]): void => {
    if (--frame.fuel <= 0) return;
    for (const fact of current.facts) {
      const overlay = frame.overlay(fact, false);
      const fields = overlay >= 0 ? frame.state.read(overlay) : undefined;
      const isPlain = !fields || (fields.map.size === 0 && fields.rest.length === 0 && fields.hidden === '');
      if (isPlain || seen.has(overlay)) {
        result.push({ fact, keys });
        continue;
      }
      seen.add(overlay);
      const hidden: string[] = fields.hidden === '' ? [] : fields.hidden.split('\n');
      for (const [key, inner] of fields.map) {
        if (key !== ELEMENT && key !== ANY) hidden.push(key);
        if (keys.length < maximumDepth) visit(inner, key === KEYED ? keys : [...keys, key]);
      }
      for (const own of [fact, ...fields.rest]) result.push({ fact: own.exact ? withoutKeys(own, hidden) : own, keys });
    }
    for (const object of current.objects) {
      if (seen.has(object)) continue;
      seen.add(object);
      if (frame.objects[object]!.kind !== 'plain') continue;
      const fields = frame.state.read(object);
      if (!fields) continue;
      for (const fact of fields.rest)
        result.push({ fact: fact.exact ? withoutKeys(fact, knownKeys(fields)) : fact, keys });
      // Private members are neither printed nor serialised.
      if (keys.length < maximumDepth)
        for (const [key, inner] of fields.map)
          if (!key.startsWith('#')) visit(inner, key === KEYED ? keys : [...keys, key]);
    }
  };
  visit(value, []);
  const refinements = frame.state.refinements.filter(({ derived }) => derived);
  if (refinements.length === 0) return result;
  return result.map(({ fact, keys }) => ({ fact: frame.refineDerived(fact, refinements), keys }));
}

/** A fact with the label that the nearest named field gives which it was reached through: `{ email: input }`. */
export function labelledBy(frame: Frame, fact: Fact, keys: readonly string[]): Fact {
  for (let i = keys.length - 1; i >= 0; i--) {
    const label = frame.context.names.label(keys[i]!);
    if (label) return withLabel(fact, label, keys[i]!);
  }
  return fact;
}

/** What is derived from all that is in a value: facts that no longer grow with reads. */
export function derived(frame: Frame, value: Value, maximumDepth = 6): Fact[] {
  let facts: readonly Fact[] = [];
  for (const { fact: found, keys } of reach(frame, value, maximumDepth)) {
    const fact = found.label ? found : labelledBy(frame, found, keys);
    // Of an id or a count of which nothing is known, nothing will ever be told.
    if (fact.label === NEUTRAL && frame.roots[fact.root]!.origin.type === 'opaque') continue;
    facts = frame.joinFacts(facts, [fact.exact ? inexact(fact) : fact]);
  }
  return [...facts];
}
