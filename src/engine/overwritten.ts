/**
 * Fields that are overwritten or deleted under names which are gone through: `for (const k of KEYS) delete o[k]`. Within one round one field is
 * overwritten, and which one is not known; when all rounds are over, all are that were in each of them. What a round has overwritten is therefore kept
 * beside the fields (`Fields.keyed`), and takes effect where a loop, or a callback that is called for each name, ends.
 */
import { CALL_ARGUMENTS, ELEMENT, Op } from '../ir/instruction.js';
import { type Frame, isProvidedOrigin } from './frame.js';
import type { Fields, Overwritten, State } from './heap.js';
import { isName, type Key, keyOf, namesIn, storeFields } from './keyed.js';
import { isWritable, joinNames, withoutKeys } from './memory.js';
import { EVERY, type NameTest, NEVER } from './name-tests.js';
import { EMPTY_PATH, isInternal, NAME } from './path-table.js';
import { NOTHING, ofFacts, ofObject, type Value } from './value.js';

/** Steps from a name back to the loop that goes through it. */
const HOPS = 6;

/** Methods that hand each element of a list to their callback. */
const FOR_EACH = new Set(['forEach', 'map', 'flatMap', 'reduce', 'filter']);

/** base[key] = value, for one of the names that are gone through. */
export function overwrite(
  frame: Frame,
  base: Value,
  key: Key,
  value: Value,
  loop: number,
  test: NameTest = EVERY,
): void {
  const object = oneThing(frame, base);
  if (object === undefined) return;
  const fields = frame.state.write(object);
  const known = fields.keyed?.get(placeOf(key));
  const entry: Overwritten = {
    ...{ root: key.root, path: key.path, loop, test },
    value: known ? frame.join(known.value, value) : value,
  };
  fields.keyed = new Map(fields.keyed).set(placeOf(key), entry);
}

/** The one thing that a value is, to be written to; undefined where it may be one of several, or stands for many. */
function oneThing(frame: Frame, base: Value): number | undefined {
  const objects = base.objects.filter((object) => isWritable(frame, object));
  if (objects.length + base.facts.length !== 1) return undefined;
  const [object] = objects;
  if (object === undefined) return frame.overlay(base.facts[0]!, true);
  return frame.summarised.has(object) ? undefined : object;
}

function placeOf({ root, path }: Pick<Key, 'root' | 'path'>): string {
  return `${root}.${path}`;
}

/**
 * The first block of the loop whose rounds give a slot its name, and every name of a thing or of a list one round; -1 where callers do; undefined for
 * none.
 */
export function loopOf(frame: Frame, slot: number, key: Key): number | undefined {
  const isListed = key.path !== EMPTY_PATH && frame.context.paths.last(key.path) === ELEMENT;
  if (!isName(frame, key) && !isListed) return -1;
  const { code, strings } = frame.file;
  let at = slot;
  for (let hops = 0; hops < HOPS; hops++) {
    const pc = frame.definitions[at]!;
    if (pc < 0) return undefined;
    const op = code[pc]! & 255;
    if (op !== Op.Copy && op !== Op.Load) return undefined;
    const name = op === Op.Load ? strings[code[pc + 5]!]! : '';
    if (op === Op.Load && (name === NAME || name === ELEMENT)) {
      const isAll = name === NAME || isEach(frame, code[pc + 4]!);
      return isAll ? headOf(frame, pc) : undefined;
    }
    if (op === Op.Load && name !== '0') return undefined;
    at = code[pc + 4]!;
  }
  return undefined;
}

/** Whether a slot holds all names of a thing, or a list that is known in full. */
export function isEach(frame: Frame, slot: number): boolean {
  if (slot < 0) return false;
  const value = frame.get(slot);
  if (namesIn(frame, value) || frame.context.lists.of(frame.fn, slot)) return true;
  const [fact, ...others] = value.facts;
  if (fact && others.length + value.objects.length === 0 && fact.exact)
    if (isProvidedOrigin(frame.roots[fact.root]!.origin)) return true;
  const { code, strings } = frame.file;
  let pc = frame.definitions[slot]!;
  for (let hops = 0; hops < HOPS && pc >= 0 && (code[pc]! & 255) === Op.Copy; hops++)
    pc = frame.definitions[code[pc + 4]!]!;
  if (pc < 0 || (code[pc]! & 255) !== Op.Call || code[pc]! >>> 8 !== CALL_ARGUMENTS + 1) return false;
  const callee = frame.definitions[code[pc + 4]!]!;
  if (callee < 0 || (code[callee]! & 255) !== Op.Load) return false;
  return /^(?:keys|entries|ownKeys|getOwnPropertyNames)$/.test(strings[code[callee + 5]!]!);
}

/** The head of the loop in whose first block an instruction stands. */
function headOf(frame: Frame, pc: number): number | undefined {
  const { code } = frame.file;
  const { blocks } = frame.ir;
  let block = 0;
  while (blocks[block + 1]! <= pc) block++;
  const head = block - 1;
  if (head < 0) return undefined;
  const branch = blocks[head]!;
  const isHead = (code[branch]! & 255) === Op.Branch && code[branch + 3]! < 0 && code[branch + 4] === block;
  return isHead ? head : undefined;
}

/** Whether a callback is called once for each element of what its method is called on. */
export function isForEach(frame: Frame, pc: number, name: string): boolean {
  return FOR_EACH.has(name) && isEach(frame, frame.file.code[pc + 5] ?? -1);
}

/** The rounds of a loop are over: what each has overwritten is gone. `back` is what its rounds leave, `state` what goes on behind the loop. */
export function endLoop(frame: Frame, head: number, back: State, state: State): void {
  const before = frame.state;
  frame.state = state;
  for (const [object, { keyed }] of back.heap) {
    for (const entry of keyed?.values() ?? []) {
      if (entry.loop !== head) continue;
      const fact = frame.overlayFacts.get(object);
      take(frame, fact ? ofFacts([fact]) : ofObject(object), object, entry);
    }
  }
  frame.state = before;
}

/** Fields of a thing are overwritten under all names that are gone through. */
export function overwriteAll(frame: Frame, base: Value, key: Key, test: NameTest): void {
  const object = oneThing(frame, base);
  if (object === undefined) return;
  const { tests } = frame.context;
  const both = tests.and(key.test, test, NEVER);
  take(frame, base, object, { root: key.root, path: key.path, test: both, loop: -1, value: NOTHING });
}

function take(frame: Frame, base: Value, object: number, { root, path, test, value }: Overwritten): void {
  const { tests, paths } = frame.context;
  const { listed } = frame.roots[root]!;
  const fields = frame.state.write(object);
  if (listed) {
    for (const name of listed) if (tests.passes(test, name)) fields.map.set(name, NOTHING);
  } else {
    const marks = tests.marks(test);
    const fact = frame.overlayFacts.get(object);
    const own = fact
      ? fact.root === root && paths.extend(fact.path, NAME) === path
      : frame.roots[root]!.object === object;
    if (own) lose(frame, fields, test);
    if (own && fact) fields.hidden = joinNames(fields.hidden, marks);
    fields.rest = fields.rest.map((each) => {
      const isOf = own || (each.root === root && paths.extend(each.path, NAME) === path);
      return each.exact && isOf ? withoutKeys(each, marks) : each;
    });
    if (path !== EMPTY_PATH && paths.last(path) === ELEMENT) {
      // Names that a caller lists.
      const entry: Overwritten = { root, path, test, loop: -1, value: NOTHING };
      fields.keyed = new Map(fields.keyed).set(placeOf(entry), entry);
    }
  }
  if (value !== NOTHING) storeFields(frame, base, value, undefined);
}

function lose({ context: { tests } }: Frame, fields: Fields, test: NameTest): void {
  for (const name of fields.map.keys()) {
    if (isInternal(name) || name === ELEMENT || name === '*') continue;
    if (tests.passes(test, name)) fields.map.set(name, NOTHING);
  }
}

/** Fields that a callee has taken from a thing, in the form of `Fact.without`. */
export function hide(frame: Frame, base: Value, hidden: string): void {
  const object = oneThing(frame, base);
  if (object === undefined) return;
  const { tests } = frame.context;
  const fields = frame.state.write(object);
  for (const name of fields.map.keys())
    if (!isInternal(name) && tests.lacks(hidden, name)) fields.map.set(name, NOTHING);
  const names = hidden.split('\n');
  fields.rest = fields.rest.map((each) => (each.exact ? withoutKeys(each, names) : each));
  if (frame.overlayFacts.has(object)) fields.hidden = joinNames(fields.hidden, names);
}

/**
 * What two branches have overwritten: a name that only one of them is taken for is overwritten where that one does it.
 *
 *     keyed(a ⊔ b) = (¬condition(a) ∨ keyed(a)) ∧ (¬condition(b) ∨ keyed(b))
 */
export function joinOverwritten(
  frame: Frame,
  a: State,
  own: Fields['keyed'],
  b: State,
  other: Fields['keyed'],
): Fields['keyed'] {
  if (!own && !other) return undefined;
  const { tests } = frame.context;
  const result = new Map<string, Overwritten>();
  for (const [place, entry] of [...(own ?? []), ...(other ?? [])]) {
    if (result.has(place)) continue;
    const [left, right] = [own?.get(place), other?.get(place)];
    const within = (state: State, test: NameTest): NameTest =>
      tests.or(tests.not(conditionOf(frame, state, entry)), test, NEVER);
    const test = tests.and(within(a, left?.test ?? NEVER), within(b, right?.test ?? NEVER), NEVER);
    if (test === NEVER) continue;
    const value = left && right ? frame.join(left.value, right.value) : entry.value;
    result.set(place, { ...entry, test, value });
  }
  return result.size > 0 ? result : undefined;
}

/** What has been asked of a name on the way to a state. */
function conditionOf(frame: Frame, state: State, { root, path }: Overwritten): NameTest {
  let test: NameTest = EVERY;
  for (const { name } of state.refinements)
    if (name && name.root === root && name.path === path) test = frame.context.tests.and(test, name.test, test);
  return test;
}

/** A field under a name is known to be absent or empty in a state: as good as overwritten. */
export function noteAbsent(frame: Frame, state: State, base: number, name: number): void {
  const key = keyOf(frame, frame.get(name));
  const loop = key && loopOf(frame, name, key);
  if (!key || loop === undefined) return;
  const before = frame.state;
  frame.state = state;
  overwrite(frame, frame.get(base), key, NOTHING, loop);
  frame.state = before;
}
