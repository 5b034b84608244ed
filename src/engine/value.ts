import { Clears } from '../core/kinds.js';
import { ANY } from '../ir/instruction.js';
import type { NameTest, NameTests } from './name-tests.js';
import { EVERY } from './name-tests.js';
import { NEUTRAL } from './names.js';
import type { PathId, PathTable } from './path-table.js';
import type { Trace } from './trace.js';

/** Approximations on a path, as bits; the names are those of `Feature`. */
export enum FeatureBit {
  None = 0,
  UnmodelledCall = 1,
  SharedState = 2,
  DynamicTarget = 4,
  NameGuess = 8,
  Broadened = 16,
  OutOfFuel = 32,
}

/**
 * A fact says that a value is, or derives from, what stood at `path` below `root` (an index into the roots of the function at hand).
 *
 * - `exact`: the value is that very thing, so that reading a field extends the path; otherwise it is something derived from it
 *   (a substring of a secret is secret), and reading a field changes nothing.
 * - `label`: the kind that names on the way gave it ('' for none); it counts where the root itself tells no kind.
 * - `without`: fields of the root's object that are surely not in it (rest patterns, `omit`), '' or a sorted list joined by '\n'; a number behind
 *   `~` stands for all names that pass that test (`name-tests.ts`).
 * - `when`: a name that has to pass a test for the fact to hold.
 */
export interface Fact {
  readonly root: number;
  readonly path: PathId;
  readonly exact: boolean;
  readonly label: string;
  /** The name that gave the label: for people. */
  readonly labelName: string;
  readonly without: string;
  readonly cleared: Clears;
  readonly features: number;
  readonly trace: Trace | undefined;
  readonly when: When | undefined;
}

/**
 * A fact holds for those fields of a thing whose names pass a test: what is read in `for (const [k, v] of Object.entries(o))` where `k` is none of
 * a list. The name is what stands at `path` below `root`. Where `holder` is a path, the fact is what stands under that name there: `o.*` is `o[k]`.
 */
export interface When {
  readonly root: number;
  readonly path: PathId;
  readonly test: NameTest;
  /** -1 where the fact does not stand under the name. */
  readonly holder: PathId;
  /** What holds besides of what it was read from: a field of a field. */
  readonly outer?: When | undefined;
}

/** What a slot or a field may hold: facts, abstract objects, and literals where it may be a known string. */
export interface Value {
  readonly facts: readonly Fact[];
  /** Ascending numbers of abstract objects. */
  readonly objects: readonly number[];
  /** Known literal texts; at most 8. */
  readonly literals: readonly string[];
}

/**
 * The one place where facts are made. Why: an object that is made by spreading another one gets a hidden class of its own for each such place
 * and each class of the other (in the V8 of Node 20), until no read of a field can be compiled to a look at one offset.
 */
export function makeFact(
  root: number,
  path: PathId,
  exact: boolean,
  label: string,
  labelName: string,
  without: string,
  cleared: Clears,
  features: number,
  trace: Trace | undefined,
  when: When | undefined,
): Fact {
  return { root, path, exact, label, labelName, without, cleared, features, trace, when };
}

export function withLabel(f: Fact, label: string, labelName: string): Fact {
  return makeFact(f.root, f.path, f.exact, label, labelName, f.without, f.cleared, f.features, f.trace, f.when);
}

/** Something derived from what a fact stands for. */
export function inexact(f: Fact, features = f.features): Fact {
  return makeFact(f.root, f.path, false, f.label, f.labelName, f.without, f.cleared, features, f.trace, f.when);
}

export function withCleared(f: Fact, cleared: Clears, trace = f.trace): Fact {
  return makeFact(f.root, f.path, f.exact, f.label, f.labelName, f.without, cleared, f.features, trace, f.when);
}

export function withTrace(f: Fact, trace: Trace | undefined, features = f.features): Fact {
  return makeFact(f.root, f.path, f.exact, f.label, f.labelName, f.without, f.cleared, features, trace, f.when);
}

/** Another place below the root of a fact. */
export function atPath(f: Fact, path: PathId, label = f.label, labelName = f.labelName): Fact {
  return makeFact(f.root, path, f.exact, label, labelName, '', f.cleared, f.features, f.trace, f.when);
}

export function withWhen(f: Fact, when: When | undefined): Fact {
  return makeFact(f.root, f.path, f.exact, f.label, f.labelName, f.without, f.cleared, f.features, f.trace, when);
}

const NO_FACTS: readonly Fact[] = [];
const NO_OBJECTS: readonly number[] = [];
const NO_LITERALS: readonly string[] = [];

/** The value of which nothing is known, and nothing needs to be: constants, numbers, undefined. */
export const NOTHING: Value = makeValue(NO_FACTS, NO_OBJECTS, NO_LITERALS);

/** The one place where values are made, for the same reason as that of facts. */
export function makeValue(facts: readonly Fact[], objects: readonly number[], literals: readonly string[]): Value {
  return { facts, objects, literals };
}

export function ofFacts(facts: readonly Fact[]): Value {
  return facts.length === 0 ? NOTHING : makeValue(facts, NO_OBJECTS, NO_LITERALS);
}

export function ofObject(object: number): Value {
  return makeValue(NO_FACTS, [object], NO_LITERALS);
}

export function ofObjects(objects: readonly number[]): Value {
  return makeValue(NO_FACTS, objects, NO_LITERALS);
}

export function ofLiteral(text: string): Value {
  return makeValue(NO_FACTS, NO_OBJECTS, [text]);
}

export function withFacts(value: Value, facts: readonly Fact[]): Value {
  return makeValue(facts, value.objects, value.literals);
}

export function withObjects(value: Value, objects: readonly number[]): Value {
  return makeValue(value.facts, objects, value.literals);
}

/** The one of two equal facts that is kept: cleared of what both are cleared of, by the shorter way, for the names for which either holds. */
export function mergeFact(a: Fact, b: Fact, tests: NameTests): Fact {
  const cleared = a.cleared & b.cleared;
  const first = a.cleared === cleared && (b.cleared !== cleared || isBefore(a, b)) ? a : b;
  const when = a.when === b.when ? a.when : eitherWhen(a.when, b.when, tests);
  if (first.cleared === cleared && first.when === when) return first;
  const { root, path, exact, label, labelName, without, features, trace } = first;
  return makeFact(root, path, exact, label, labelName, without, cleared, features, trace, when);
}

/** a ∨ b, one of the two where it says as much; undefined, that is always, where they ask of different names. */
export function eitherWhen(a: When | undefined, b: When | undefined, tests: NameTests): When | undefined {
  if (!a || !b || a.root !== b.root || a.path !== b.path || a.holder !== b.holder) return undefined;
  const test = tests.or(a.test, b.test, EVERY);
  const outer = isSameWhen(a.outer, b.outer) ? a.outer : eitherWhen(a.outer, b.outer, tests);
  if (test === a.test && outer === a.outer) return a;
  if (test === b.test && isSameWhen(outer, b.outer)) return b;
  return test === EVERY && a.holder < 0 && !outer ? undefined : { ...a, test, outer };
}

function isSameWhen(a: When | undefined, b: When | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.root !== b.root || a.path !== b.path || a.holder !== b.holder || a.test !== b.test) return false;
  return isSameWhen(a.outer, b.outer);
}

function isBefore(a: Fact, b: Fact): boolean {
  const left = a.trace;
  const right = b.trace;
  if (!left || !right) return left === undefined;
  if (left.length !== right.length) return left.length < right.length;
  if (left.start !== right.start) return left.start < right.start;
  return left.end <= right.end;
}

export const VALUE_BOUNDS = { literals: 8 } as const;

/** Bounds of a join, and the table in which paths are widened. */
export interface JoinBounds {
  readonly paths: PathTable;
  readonly tests: NameTests;
  readonly facts: number;
  readonly objects: number;
  /** Whether a fact tells only that something unknown is there: it makes room for others where a value is full. */
  readonly isVague: (fact: Fact) => boolean;
}

/** a ⊔ b. Returns `a` itself when b adds nothing. */
export function join(a: Value, b: Value, bounds: JoinBounds): Value {
  if (a === b || b === NOTHING) return a;
  if (a === NOTHING) return b;
  const facts = joinFacts(a.facts, b.facts, bounds);
  const objects = joinObjects(a.objects, b.objects, bounds.objects);
  const literals = joinLiterals(a.literals, b.literals);
  if (facts === a.facts && objects === a.objects && literals === a.literals) return a;
  return makeValue(facts, objects, literals);
}

/** Pieces of one thing under one name that a value tells apart; of what derives from ids and counts, only that there is some. */
const PIECES = 3;

export function joinFacts(a: readonly Fact[], b: readonly Fact[], bounds: JoinBounds): readonly Fact[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  let result: Fact[] | undefined;
  for (const fact of b) {
    const current = result ?? a;
    if (current.includes(fact)) continue;
    const at = findPlace(current, fact);
    if (at < 0) {
      const place =
        current.length < bounds.facts ? current.length : bounds.isVague(fact) ? -1 : findVague(current, bounds);
      if (place < 0) continue;
      result ??= a.slice();
      result[place] = fact;
      continue;
    }
    const known = current[at]!;
    const wide = widened(known, fact, bounds.paths);
    const merged = mergeFact(pieceOf(known, wide), pieceOf(fact, wide), bounds.tests);
    if (merged === current[at]) continue;
    result ??= a.slice();
    result[at] = merged;
  }
  return result ?? a;
}

function findVague(facts: readonly Fact[], { isVague }: JoinBounds): number {
  let at = facts.length - 1;
  while (at >= 0 && !isVague(facts[at]!)) at--;
  return at;
}

/**
 * The index of the fact with which another is merged: its equal, or, where a value may already be, or derive from, more than a few pieces of one
 * thing, the last of these, which then stands for a larger piece. -1 where it is one of its own.
 */
function findPlace(facts: readonly Fact[], fact: Fact): number {
  let pieces = 0;
  let last = -1;
  for (let i = 0; i < facts.length; i++) {
    const other = facts[i]!;
    if (other.root !== fact.root || other.exact !== fact.exact || other.label !== fact.label) continue;
    if (other.path === fact.path && other.without === fact.without) return i;
    pieces++;
    last = i;
  }
  return pieces >= (fact.label === NEUTRAL && !fact.exact ? 1 : PIECES) ? last : -1;
}

/** derived(r.p) ⊑ derived(r.q) for every prefix q of p; r.p.k ⊑ r.p.* */
function widened(known: Fact, fact: Fact, paths: PathTable): Fact {
  if (known.path === fact.path && known.without === fact.without) return known;
  const common = paths.common(known.path, fact.path);
  let path: PathId = common;
  let { exact } = known;
  if (exact && !(known.path === common && paths.last(common) === ANY)) {
    const member = paths.extend(common, ANY);
    if (member === undefined) exact = false;
    else path = member;
  }
  if (path === known.path && exact === known.exact && known.without === '') return known;
  const features = known.features | FeatureBit.Broadened;
  const { root, label, labelName, cleared, trace } = known;
  return makeFact(root, path, exact, label, labelName, '', cleared, features, trace, undefined);
}

/** What is neither in an id nor in a count, of whatever thing they are pieces. */
const BEYOND_LABELS = Clears.Secret | Clears.Personal | Clears.Record;

/** A fact in the place of the larger piece that is to stand for it. The thing of which ids and counts are pieces may hold keys and addresses; these do not. */
function pieceOf(fact: Fact, wide: Fact): Fact {
  if (fact === wide) return fact;
  const isBeyond = fact.label === NEUTRAL && !fact.exact && fact.path !== wide.path;
  const cleared = isBeyond ? fact.cleared | BEYOND_LABELS : fact.cleared;
  const { root, path, exact, without } = wide;
  const features = fact.features | (wide.features & FeatureBit.Broadened);
  return makeFact(root, path, exact, fact.label, fact.labelName, without, cleared, features, fact.trace, fact.when);
}

function joinObjects(a: readonly number[], b: readonly number[], maximum: number): readonly number[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  let result: number[] | undefined;
  for (const object of b) {
    const current = result ?? a;
    if (current.includes(object) || current.length >= maximum) continue;
    result ??= a.slice();
    result.push(object);
  }
  return result ? result.sort((x, y) => x - y) : a;
}

function joinLiterals(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  let result: string[] | undefined;
  for (const text of b) {
    const current = result ?? a;
    if (current.includes(text) || current.length >= VALUE_BOUNDS.literals) continue;
    result ??= a.slice();
    result.push(text);
  }
  return result ?? a;
}
