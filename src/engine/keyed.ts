/**
 * Fields whose names are not known where they are read: `o[k]`, the entries of `o`. Each is told together with its name, so that what is asked of the
 * name later is asked of the field, and what is stored under the same name is that field again.
 */
import { ANY, ELEMENT } from '../ir/instruction.js';
import { type Frame, isProvidedOrigin } from './frame.js';
import { extended, isText, isWritable, load, put, withoutKeys } from './memory.js';
import { EVERY, type NameTest, type NameTests, NEVER } from './name-tests.js';
import { NEUTRAL } from './names.js';
import { FIELD, isIndex, isInternal, isNamed, KEYED, NAME, type PathId } from './path-table.js';
import {
  type Fact,
  makeFact,
  NOTHING,
  ofFacts,
  type Value,
  type When,
  withFacts,
  withLabel,
  withWhen,
} from './value.js';

/** A name of a field: what stands at a path below a root. */
export interface Key {
  readonly root: number;
  readonly path: PathId;
  /** Passed by the name. */
  readonly test: NameTest;
}

/** The one name that a value is; undefined where it may be one of several, or more than a name. */
export function keyOf(frame: Frame, value: Value): Key | undefined {
  const [fact, ...others] = value.facts;
  if (!fact || others.length + value.objects.length > 0) return undefined;
  if (value.literals.length > 0 && !frame.roots[fact.root]!.listed) return undefined;
  return asKey(frame, fact);
}

export function asKey(frame: Frame, fact: Fact): Key | undefined {
  if (!fact.exact || !(isName(frame, fact) || isProvidedOrigin(frame.roots[fact.root]!.origin))) return undefined;
  const { root, path, when } = fact;
  if (when && when.root === root && when.path === path) return { root, path, test: when.test };
  const { listed } = frame.roots[root]!;
  return { root, path, test: listed ? frame.context.tests.oneOf(listed) : EVERY };
}

/** Whether a fact is the name of a field of something at hand, and not just some text that a caller names. */
export function isName(frame: Frame, { root, path }: Pick<Fact, 'root' | 'path'>): boolean {
  return isNamed(frame.context.paths, path) || frame.roots[root]!.names === true;
}

/** The texts of a list that is known in full; undefined for any other value. */
export function namesIn(frame: Frame, { facts, objects, literals }: Value): readonly string[] | undefined {
  if (facts.length + literals.length > 0 || objects.length !== 1) return undefined;
  const fields = frame.objects[objects[0]!]!.kind === 'plain' ? frame.state.read(objects[0]!) : undefined;
  if (!fields || fields.map.size === 0 || fields.rest.length > 0) return undefined;
  const names: string[] = [];
  for (const [key, value] of fields.map) {
    const [text, ...others] = value.literals;
    if (!isIndex(key) || text === undefined || others.length + value.facts.length + value.objects.length > 0)
      return undefined;
    names.push(text);
  }
  return names;
}

/** The elements of a list of names that are gone through at a place: one name that stands for each of them. */
export function eachName(frame: Frame, slot: number, list: Value, element: Value, pc: number): Value {
  const { lists } = frame.context;
  const listed = namesIn(frame, list) ?? (slot >= 0 && lists.isUsed(frame.fn) ? lists.of(frame.fn, slot) : undefined);
  if (!listed) return element;
  const { code } = frame.file;
  const start = code[pc + 1]!;
  const root = frame.root(`list${pc}:${listed.join()}`, () => ({
    origin: { type: 'opaque', name: 'name', site: { function: frame.fn, start } },
    ...{ name: 'name', start, end: start, names: true, listed },
  }));
  return withFacts(element, [withLabel(frame.fact(root, start, start), NEUTRAL, '')]);
}

/** The names of a thing's fields. */
export function namesOf(frame: Frame, value: Value, pc: number): Value {
  let result = NOTHING;
  for (const object of value.objects) {
    if (frame.objects[object]!.kind !== 'plain' || !frame.state.read(object)) continue;
    result = frame.join(result, ofFacts([nameOf(frame, object, pc)]));
  }
  for (const fact of value.facts) {
    const path = fact.exact ? frame.context.paths.extend(fact.path, NAME) : undefined;
    if (path === undefined) continue;
    const { root, features, trace } = fact;
    result = frame.join(result, ofFacts([makeFact(root, path, true, NEUTRAL, '', '', 0, features, trace, undefined)]));
  }
  return result;
}

function nameOf(frame: Frame, object: number, pc: number): Fact {
  const { code } = frame.file;
  const place = pc < 0 ? 0 : code[pc + 1]!;
  const root = frame.root(`names${object}`, () => ({
    origin: { type: 'opaque', name: 'name', site: { function: frame.fn, start: place } },
    ...{ name: 'name', start: place, end: place, names: true, object },
  }));
  return withLabel(frame.fact(root, place, place), NEUTRAL, '');
}

/** Each field of a thing with its name: with one that is known elsewhere (`key`), or with that which the thing's own names stand for. */
export function fieldsOf(
  frame: Frame,
  value: Value,
  key: Key | undefined,
  pc: number,
  passed: NameTest = EVERY,
): Value {
  const { paths, tests } = frame.context;
  let result = NOTHING;
  const listed = key && frame.roots[key.root]!.listed;
  if (key && listed) {
    for (const name of listed) {
      if (!tests.passes(key.test, name) || !tests.passes(passed, name)) continue;
      const found = load(frame, value, name, pc);
      const when = { root: key.root, path: key.path, test: tests.oneOf([name]), holder: -1 };
      result = frame.join(
        result,
        withFacts(
          found,
          found.facts.map((fact) => tagged(frame, fact, when)),
        ),
      );
    }
    return result;
  }
  const add = (found: Value, own: Key | undefined, test: NameTest, holder: PathId): void => {
    if (test === NEVER) return;
    if (!own) {
      result = frame.join(result, found);
      return;
    }
    const both = tests.and(test, passed, test);
    if (both === NEVER) return;
    const facts = found.facts.map((fact) =>
      tagged(frame, fact, { root: own.root, path: own.path, test: both, holder }),
    );
    result = frame.join(result, withFacts(found, facts));
  };
  const addField = (name: string, held: Value, own: Key | undefined): void => {
    if (isInternal(name) && name !== KEYED) return;
    const named = isOpenName(name) ? undefined : own;
    add(held, named, named ? tests.and(named.test, tests.oneOf([name]), named.test) : EVERY, -1);
  };
  const rest = (fact: Fact, own: Key | undefined, without: readonly string[]): void => {
    const path = fact.exact ? paths.extend(fact.path, ANY) : undefined;
    const found = extended(frame, fact, ANY);
    const left = tests.left(withoutKeys(fact, without).without);
    if (isText(frame, fact)) return;
    if (path === undefined || found.facts[0]?.path !== path) add(found, undefined, EVERY, -1);
    else add(found, own, own ? tests.and(own.test, left, own.test) : EVERY, fact.path);
  };
  for (const object of value.objects) {
    const info = frame.objects[object]!;
    const fields = info.kind === 'plain' ? frame.state.read(object) : undefined;
    if (!fields) {
      result = frame.join(result, load(frame, withObject(object), ANY, pc));
      continue;
    }
    const own = key ?? asKey(frame, nameOf(frame, object, pc));
    for (const [name, held] of fields.map) addField(name, held, own);
    const known = [...fields.map.keys()].filter((name) => name !== ELEMENT && name !== ANY);
    for (const fact of fields.rest) rest(fact, own, known);
  }
  for (const fact of value.facts) {
    const names = frame.context.paths.extend(fact.path, NAME);
    const own = key ?? (fact.exact && names !== undefined ? { root: fact.root, path: names, test: EVERY } : undefined);
    const overlay = frame.overlay(fact, false);
    const fields = overlay >= 0 ? frame.state.read(overlay) : undefined;
    const known: string[] = fields?.hidden ? fields.hidden.split('\n') : [];
    for (const [name, held] of fields?.map ?? []) {
      addField(name, held, own);
      if (!isInternal(name) && !isOpenName(name)) known.push(name);
    }
    for (const one of [fact, ...(fields?.rest ?? [])]) rest(one, own, known);
  }
  return result;
}

/** What stands for several fields, or for elements. */
function isOpenName(name: string): boolean {
  return name === ANY || name === ELEMENT || name === KEYED || isIndex(name);
}

/** Conditions one inside the other. */
const DEPTH = 3;

/** A fact that stands under a name, besides what it was read from. */
function tagged(frame: Frame, fact: Fact, when: When): Fact {
  const { tests } = frame.context;
  const known = fact.when;
  if (!known) return withWhen(fact, when);
  if (known.root === when.root && known.path === when.path && known.holder === when.holder)
    return withWhen(fact, { ...known, test: tests.and(known.test, when.test, known.test) });
  let depth = 1;
  for (let outer: When | undefined = known; outer; outer = outer.outer) depth++;
  return depth > DEPTH ? fact : withWhen(fact, { ...when, outer: known });
}

function withObject(object: number): Value {
  return { facts: [], objects: [object], literals: [] };
}

/** What is left of a value where a name passes a test. `attach`: what is told without a name may belong to this one. */
export function whereName(
  frame: Frame,
  value: Value,
  key: Pick<Key, 'root' | 'path'>,
  test: NameTest,
  attach: (fact: Fact) => boolean,
): Value {
  if (test === EVERY || value.facts.length === 0) return value;
  const { tests } = frame.context;
  let facts: Fact[] | undefined;
  value.facts.forEach((fact, i) => {
    const when = whenPassed(fact, key, test, attach);
    if (!when) {
      facts?.push(fact);
      return;
    }
    facts ??= value.facts.slice(0, i);
    const left = narrowed(tests, when, key, test);
    if (left) facts.push(left === fact.when ? fact : withWhen(fact, left));
  });
  return facts ? withFacts(value, facts) : value;
}

function whenPassed(
  fact: Fact,
  { root, path }: Pick<Key, 'root' | 'path'>,
  test: NameTest,
  attach: (fact: Fact) => boolean,
): When | undefined {
  for (let when = fact.when; when; when = when.outer) if (when.root === root && when.path === path) return fact.when;
  if (fact.when) return undefined;
  const isKey = fact.root === root && fact.path === path && fact.exact;
  return isKey || attach(fact) ? { root, path, test, holder: -1 } : undefined;
}

/** A condition where one of the names that it asks of passes a test; undefined where that cannot be. */
function narrowed(tests: NameTests, when: When, key: Pick<Key, 'root' | 'path'>, test: NameTest): When | undefined {
  if (when.root === key.root && when.path === key.path) {
    const both = tests.and(when.test, test, when.test);
    return both === NEVER ? undefined : both === when.test ? when : { ...when, test: both };
  }
  if (!when.outer) return when;
  const outer = narrowed(tests, when.outer, key, test);
  return outer && (outer === when.outer ? when : { ...when, outer });
}

/** Elements of a list, or pairs of names and values, where their names pass a test. */
export function entriesWhere(frame: Frame, value: Value, place: string, test: NameTest, prefix: string): Value {
  const never = (): boolean => false;
  if (place === '') {
    let result = value;
    for (const fact of value.facts) {
      const key = asKey(frame, fact);
      if (key && isName(frame, fact)) result = whereName(frame, result, key, test, never);
    }
    return result;
  }
  if (value.objects.length === 0) return value;
  const objects = value.objects.map((object) => {
    const fields = frame.objects[object]!.kind === 'plain' ? frame.state.read(object) : undefined;
    const names = fields?.map.get(place)?.facts.filter((fact) => isName(frame, fact)) ?? [];
    if (!fields || names.length === 0) return object;
    const copy = frame.plainObject(`${prefix}:${object}`);
    const own = frame.state.write(copy);
    own.map.clear();
    for (const [name, held] of fields.map) {
      let left = held;
      for (const key of names) left = whereName(frame, left, key, test, never);
      own.map.set(name, left);
    }
    own.rest = fields.rest;
    return copy;
  });
  return { ...value, objects: [...new Set(objects)].sort((a, b) => a - b) };
}

/** Values that stand each under its own name are written to a thing, each to its field. May or may not happen: nothing is overwritten. */
export function storeFields(frame: Frame, base: Value, value: Value, key: Key | undefined): void {
  const open: Fact[] = [];
  for (const fact of value.facts) {
    const { when } = fact;
    if (!when) open.push(fact);
    else if (!isName(frame, when)) write(frame, base, KEYED, ofFacts([fact]));
    else storeField(frame, base, fact, when, open);
  }
  const left = withFacts(value, open);
  if (open.length + value.objects.length === 0) return;
  const listed = key && frame.context.tests.listed(key.test);
  if (!listed) write(frame, base, ANY, left);
  else for (const name of listed) write(frame, base, name, left);
}

function storeField(frame: Frame, base: Value, fact: Fact, when: When, open: Fact[]): void {
  const { paths, tests } = frame.context;
  const isField = when.holder >= 0 && fact.exact && paths.extend(when.holder, ANY) === fact.path;
  const names = tests.listed(when.test);
  if (names) {
    for (const name of names) {
      const held = isField ? extended(frame, at(fact, when.holder), name) : ofFacts([withWhen(fact, undefined)]);
      write(frame, base, name, held);
    }
  } else if (isField && fact.without !== '') write(frame, base, KEYED, ofFacts([fact]));
  else if (isField) {
    const whole = withoutKeys(at(fact, when.holder), tests.marks(tests.not(when.test)));
    const take = (object: number): void => {
      const fields = frame.state.write(object);
      // Fields written before may be overwritten.
      for (const [name, held] of fields.map)
        if (!isInternal(name) && name !== ANY && name !== ELEMENT)
          fields.map.set(name, frame.join(held, extended(frame, whole, name)));
      fields.rest = frame.joinFacts(fields.rest, [whole]);
    };
    for (const object of base.objects) if (isWritable(frame, object)) take(object);
    for (const held of base.facts) take(frame.overlay(held, true));
  } else open.push(fact);
}

/** Of what stands under names that are gone through, what stands under one of them. */
export function fieldNamed(frame: Frame, value: Value, name: string): Value {
  const { paths, tests } = frame.context;
  if (!value.facts.some(({ when }) => when)) return value;
  const facts = value.facts.flatMap((fact) => {
    const { when } = fact;
    if (!when || !isName(frame, when)) return [fact];
    if (!tests.passes(when.test, name)) return [];
    if (!fact.exact || when.holder < 0 || paths.extend(when.holder, ANY) !== fact.path)
      return [withWhen(fact, undefined)];
    return extended(frame, at(fact, when.holder), name).facts.map((found) =>
      fact.without === '' ? found : withoutKeys(found, fact.without.split('\n')),
    );
  });
  return withFacts(value, facts);
}

/** The thing whose field a fact is. */
function at(fact: Fact, holder: PathId): Fact {
  const { root, features, trace, cleared } = fact;
  return makeFact(root, holder, true, '', '', '', cleared, features, trace, undefined);
}

function write(frame: Frame, base: Value, key: string, value: Value): void {
  for (const object of base.objects) {
    if (!isWritable(frame, object)) continue;
    const fields = frame.state.write(object);
    put(frame, fields, key, frame.join(held(frame, fields.map.get(key), fields.rest, key), value));
  }
  for (const fact of base.facts) {
    const fields = frame.state.write(frame.overlay(fact, true));
    put(frame, fields, key, frame.join(held(frame, fields.map.get(key), [...fields.rest, fact], key), value));
  }
}

/** What a field holds already. */
function held(frame: Frame, own: Value | undefined, rest: readonly Fact[], key: string): Value {
  if (own || key === ANY || key === KEYED) return own ?? NOTHING;
  return rest.reduce((all, fact) => frame.join(all, extended(frame, fact, key)), NOTHING);
}

/** What stands under `%name` and `%field` of a thing. */
export function loadKeyed(frame: Frame, value: Value, key: string, pc: number): Value {
  return key === NAME ? namesOf(frame, value, pc) : fieldsOf(frame, value, undefined, pc);
}

export function isKeyed(key: string): boolean {
  return key === NAME || key === FIELD;
}
