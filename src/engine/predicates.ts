/**
 * What own functions check: a function that returns true only for paths below a root, one that throws for any other. Read off the code: the ways
 * through a function are enumerated, and what each has checked before it ends is what all of them have in common.
 *
 *     true(f)   = ⋂ over the ways that may return something truthy of what was checked on them, the returned condition included
 *     false(f)  = the same for falsy results
 *     normal(f) = ⋂ over all ways that return
 */
import { Clears } from '../core/kinds.js';
import type { CallModel, Condition, GuardModel, Port } from '../core/port.js';
import {
  BOX_FIELD,
  CALL_ARGUMENTS,
  CallFlag,
  CombineMode,
  CompareOperator,
  LiteralKind,
  Op,
} from '../ir/instruction.js';
import { type Constant, literalAt } from './constants.js';
import { globMatches } from './literals.js';
import type { NameGuards } from './name-guards.js';
import { EVERY, type NameTest } from './name-tests.js';
import type { Program } from './program.js';
import { TokenKind, type Tracker } from './tracker.js';

/** What was checked, by parameter (`p0`) or captured variable (`k0`): the families of sinks for which it is fit then. */
export type Checked = ReadonlyMap<string, Check>;

export interface Check {
  readonly clears: Clears;
  /** Further families, if the value was resolved before: without `..` and links, or the host of an address. */
  readonly ifResolved: Clears;
}

export interface Predicate {
  readonly whenTrue: Checked;
  readonly whenFalse: Checked;
  readonly normal: Checked;
  /** What names were asked, by where they stand: `p0`, `p0.0` for the first of an entry. */
  readonly names: {
    readonly whenTrue: ReadonlyMap<string, NameTest>;
    readonly whenFalse: ReadonlyMap<string, NameTest>;
  };
}

const NONE: Checked = new Map();
const NO_NAMES: ReadonlyMap<string, NameTest> = new Map();
const NOTHING_CHECKED: Predicate = {
  ...{ whenTrue: NONE, whenFalse: NONE, normal: NONE },
  names: { whenTrue: NO_NAMES, whenFalse: NO_NAMES },
};

/** Ways through one function, its blocks, and functions one inside the other. Beyond them nothing counts as checked. */
const WAYS = 64;
const BLOCKS = 48;
/** Bounds of the blocks of a function that may wrap a validator. */
const SMALL = 4;
const DEPTH = 6;
const HOPS = 8;

/** What membership in a list of allowed values takes away. */
export const ALLOWED =
  Clears.Shell |
  Clears.Code |
  Clears.Sql |
  Clears.Html |
  Clears.Path |
  Clears.Url |
  Clears.System |
  Clears.Untrusted |
  Clears.ToolArgument |
  Clears.Effect;

/** Parts of an address that tell where it leads. */
const ADDRESS_PARTS = new Set(['hostname', 'host', 'origin', 'href']);
/** Own functions by which a path or address goes on as the same one. */
const SAME_PLACE = /normal|resolve|canonical|real|expand|absolute|hostname|origin/i;

/** Methods whose result is the same text to all that asks what stands in it. */
const SAME_TEXT = new Set(['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'toString', 'normalize']);
/** Instructions that a value may come through unchanged. */
const DEFINES: ReadonlySet<Op> = new Set([Op.Const, Op.Copy, Op.Load, Op.Combine, Op.Call]);

/** One way through a function, up to a point. */
interface Way {
  readonly definitions: Map<number, number>;
  readonly decided: Map<number, boolean>;
  /** What the cells of captured variables hold, by slot of the cell. */
  readonly boxes: Map<number, number>;
  checked: Map<string, Check>;
  /** What names have passed. */
  names: Map<string, NameTest>;
}

export class PredicateTable {
  readonly #memo = new Map<number, Predicate>();
  readonly #busy = new Set<number>();
  readonly #throwing = new Map<number, boolean>();
  readonly #asking = new Map<number, boolean>();
  readonly #handed = new Map<number, number>();

  constructor(
    private readonly program: Program,
    private readonly tracker: Tracker,
    private readonly constants: readonly (Constant | undefined)[],
    private readonly guards: NameGuards,
  ) {}

  /** The literal that an instruction yields, also by a constant of a module. */
  literalAt(fn: number, pc: number): string | undefined {
    return literalAt(this.program, this.tracker.exports, this.constants, fn, pc);
  }

  of(fn: number): Predicate {
    const known = this.#memo.get(fn);
    if (known) return known;
    if (this.#busy.has(fn) || this.#busy.size > DEPTH) return NOTHING_CHECKED;
    this.#busy.add(fn);
    const predicate = this.#compute(fn);
    this.#busy.delete(fn);
    if (this.#busy.size === 0 || predicate !== NOTHING_CHECKED) this.#memo.set(fn, predicate);
    return predicate;
  }

  /** What a call of a function that returned has checked: nothing where it never throws. */
  afterReturn(fn: number): Checked {
    return this.#throws(fn) ? this.of(fn).normal : NONE;
  }

  #throws(fn: number): boolean {
    let throws = this.#throwing.get(fn);
    if (throws === undefined) {
      const { code } = this.program.fileOf(fn);
      const { blocks } = this.program.functionOf(fn);
      const end = blocks[blocks.length - 1]!;
      throws = false;
      // A validator throws itself, or is a few lines around one that does.
      if (blocks.length <= SMALL) throws = true;
      else
        for (let pc = blocks[0] ?? end; pc < end && !throws; pc += code[pc]! >>> 8)
          throws = (code[pc]! & 255) === Op.Throw;
      this.#throwing.set(fn, throws);
    }
    return throws;
  }

  /** The own functions that a call calls; none where it may call something else. */
  targets(fn: number, pc: number): readonly number[] {
    const { code } = this.program.fileOf(fn);
    const tokens = this.tracker.slotTokens(fn, code[pc + 4]!);
    const functions = tokens.filter((token) => this.tracker.tokenKind(token) === TokenKind.Function);
    return functions.length === tokens.length ? functions.map((token) => this.tracker.tokenData(token)) : [];
  }

  /** The models of a call, by what the tracker knows of its callee, else by the name of the method. */
  models(fn: number, pc: number, definition: number | undefined): readonly CallModel[] {
    const { code, strings } = this.program.fileOf(fn);
    const { knowledge } = this.program;
    const isNew = (code[pc + 6]! & CallFlag.New) !== 0;
    const states = new Set<number>();
    for (const token of this.tracker.slotTokens(fn, code[pc + 4]!))
      if (this.tracker.tokenKind(token) === TokenKind.Api) states.add(this.tracker.tokenData(token));
    if (states.size === 0 && definition !== undefined && (code[definition]! & 255) === Op.Load) {
      const state = knowledge.method(strings[code[definition + 5]!]!);
      if (state) states.add(state);
    }
    return [...states].flatMap((state) => (isNew ? knowledge.onConstruct(state) : knowledge.onCall(state)) ?? []);
  }

  #compute(fn: number): Predicate {
    const { code, strings } = this.program.fileOf(fn);
    const { blocks } = this.program.functionOf(fn);
    if (blocks.length > BLOCKS) return NOTHING_CHECKED;
    const ends: { way: Way; slot: number }[] = [];
    let ways = 0;
    const walk = (block: number, way: Way, visited: ReadonlySet<number>): boolean => {
      if (visited.has(block)) return true;
      if (ways > WAYS) return false;
      const seen = new Set(visited).add(block);
      const end = blocks[block + 1]!;
      for (let pc = blocks[block]!; pc < end; pc += code[pc]! >>> 8) {
        switch (code[pc]! & 255) {
          case Op.Jump:
            return walk(code[pc + 3]!, way, seen);
          case Op.Try:
            return walk(code[pc + 3]!, fork(way), seen) && walk(code[pc + 4]!, fork(way), seen);
          case Op.Branch: {
            const slot = code[pc + 3]!;
            for (const outcome of [true, false]) {
              const next = fork(way);
              if (slot >= 0 && !this.#decide(fn, slot, outcome, next)) continue;
              ways++;
              if (!walk(code[pc + (outcome ? 4 : 5)]!, next, seen)) return false;
            }
            return true;
          }
          case Op.Return:
            ends.push({ way, slot: code[pc + 3]! });
            return true;
          case Op.Throw:
            return true;
          case Op.Store:
            if (strings[code[pc + 4]!] === BOX_FIELD) way.boxes.set(code[pc + 3]!, code[pc + 5]!);
            break;
          case Op.StoreDynamic:
          case Op.StoreVariable:
          case Op.Absorb:
          case Op.Delete:
            break;
          default:
            way.definitions.set(code[pc + 3]!, pc);
            if ((code[pc]! & 255) === Op.Call) this.#after(fn, pc, way);
        }
      }
      return true;
    };
    const start: Way = {
      definitions: new Map(),
      decided: new Map(),
      boxes: new Map(),
      checked: new Map(),
      names: new Map(),
    };
    if (!walk(0, start, new Set()) || ends.length === 0) return NOTHING_CHECKED;
    const result = (outcome: boolean): Way[] =>
      ends.flatMap(({ way, slot }) => {
        const next = fork(way);
        return this.#decide(fn, slot, outcome, next) ? [next] : [];
      });
    const [whenTrue, whenFalse] = [result(true), result(false)];
    return {
      whenTrue: common(whenTrue.map(({ checked }) => checked)),
      whenFalse: common(whenFalse.map(({ checked }) => checked)),
      normal: common(ends.map(({ way }) => way.checked)),
      names: { whenTrue: this.#eitherName(whenTrue), whenFalse: this.#eitherName(whenFalse) },
    };
  }

  /** The slot turns out to be truthy or falsy; false where it cannot. */
  #decide(fn: number, slot: number, outcome: boolean, way: Way): boolean {
    const known = way.decided.get(slot);
    if (known !== undefined) return known === outcome;
    const { code, strings } = this.program.fileOf(fn);
    const pc = slot < 0 ? undefined : way.definitions.get(slot);
    if (pc === undefined) {
      const isOpen = slot >= 0 && this.#isGiven(fn, slot);
      return isOpen || !outcome;
    }
    way.decided.set(slot, outcome);
    switch (code[pc]! & 255) {
      case Op.Const:
        return isTruthy(code[pc + 4]!, strings[code[pc + 5]!]!) === outcome;
      case Op.Copy:
        return this.#decide(fn, code[pc + 4]!, outcome, way);
      case Op.Combine:
        if (code[pc + 4] === CombineMode.Truth && code[pc]! >>> 8 === 6)
          return this.#decide(fn, code[pc + 5]!, !outcome, way);
        return true;
      case Op.Compare:
        this.#compared(fn, pc, outcome, way);
        this.#named(fn, pc, outcome, way);
        return true;
      case Op.Call:
        this.#called(fn, pc, outcome, way);
        this.#named(fn, pc, outcome, way);
        return true;
      default:
        return true;
    }
  }

  /** What names have passed on one way or another. */
  #eitherName(ways: readonly Way[]): ReadonlyMap<string, NameTest> {
    const { tests } = this.guards;
    const [first, ...others] = ways;
    if (!first || first.names.size === 0) return NO_NAMES;
    const result = new Map<string, NameTest>();
    for (const [place, test] of first.names) {
      const either = others.reduce((all, way) => tests.or(all, way.names.get(place) ?? EVERY, EVERY), test);
      if (either !== EVERY) result.set(place, either);
    }
    return result;
  }

  /** What an instruction's outcome tells of a name that the function was given. */
  #named(fn: number, pc: number, outcome: boolean, way: Way): void {
    const { tests } = this.guards;
    const guard = this.guards.at(fn, pc, {
      definition: (slot) => way.definitions.get(slot),
      isAsked: (slot) => this.#placeOf(fn, slot, way) !== undefined,
    });
    if (!guard) return;
    const test = outcome ? guard.test : tests.not(guard.test);
    this.#passed(this.#placeOf(fn, guard.slot, way)!, test, way);
  }

  #passed(place: string, test: NameTest, way: Way): void {
    const { tests } = this.guards;
    const known = way.names.get(place) ?? EVERY;
    way.names.set(place, tests.and(known, test, known));
  }

  /** Where a slot's value stands in what the function was given: `p0`, `p0.0`, `p0.name`. */
  #placeOf(fn: number, slot: number, way: Way, hops = 0): string | undefined {
    const parameter = this.program.functionOf(fn).params.findIndex((param) => param.slot === slot);
    if (parameter >= 0) return `p${parameter}`;
    const pc = hops > HOPS ? undefined : way.definitions.get(slot);
    if (pc === undefined) return undefined;
    const { code, strings } = this.program.fileOf(fn);
    if ((code[pc]! & 255) === Op.Copy) return this.#placeOf(fn, code[pc + 4]!, way, hops + 1);
    if ((code[pc]! & 255) !== Op.Load) return undefined;
    const base = this.#placeOf(fn, code[pc + 4]!, way, hops + 1);
    return base && !base.includes('.') ? `${base}.${strings[code[pc + 5]!]!}` : undefined;
  }

  /** Whether a function tells objects from what is none by `typeof`: what it finds to be nothing is worth noting then. */
  asksForObjects(fn: number): boolean {
    let asks = this.#asking.get(fn);
    if (asks === undefined) {
      const { code } = this.program.fileOf(fn);
      const { blocks } = this.program.functionOf(fn);
      const end = blocks[blocks.length - 1]!;
      asks = false;
      for (let pc = blocks[0] ?? end; pc < end && !asks; pc += code[pc]! >>> 8)
        asks =
          (code[pc]! & 255) === Op.Compare &&
          (code[pc + 4] === CompareOperator.TypeOf || code[pc + 4] === CompareOperator.NotTypeOf);
      this.#asking.set(fn, asks);
    }
    return asks;
  }

  /** The slot of an argument at a place, -1 for none. */
  argumentAt(fn: number, pc: number, place: string): number {
    const parameter = /^p(\d+)$/.exec(place)?.[1];
    return parameter === undefined ? -1 : argumentSlot(this.program.fileOf(fn).code, pc, Number(parameter));
  }

  #isGiven(fn: number, slot: number): boolean {
    const ir = this.program.functionOf(fn);
    return ir.params.some((param) => param.slot === slot) || ir.captures.some((capture) => capture.slot === slot);
  }

  /** x === y: both are fit for what the other is fit for. */
  #compared(fn: number, pc: number, outcome: boolean, way: Way): void {
    const { code } = this.program.fileOf(fn);
    const operator = code[pc + 4]!;
    const equal =
      (operator === CompareOperator.Equal && outcome) || (operator === CompareOperator.NotEqual && !outcome);
    if (!equal && !(operator === CompareOperator.In && outcome)) return;
    const check: Check = { clears: ALLOWED, ifResolved: Clears.Nothing };
    this.#check(fn, code[pc + 5]!, check, way);
    if (equal) this.#check(fn, code[pc + 6]!, check, way);
  }

  #called(fn: number, pc: number, outcome: boolean, way: Way): void {
    const { code } = this.program.fileOf(fn);
    const targets = this.targets(fn, pc);
    for (const target of targets) {
      const predicate = this.of(target);
      const names = outcome ? predicate.names.whenTrue : predicate.names.whenFalse;
      for (const [place, test] of targets.length === 1 ? names : []) {
        const slot = this.argumentAt(fn, pc, place);
        const own = slot < 0 ? undefined : this.#placeOf(fn, slot, way);
        if (own !== undefined) this.#passed(own, test, way);
      }
      for (const [key, check] of outcome ? predicate.whenTrue : predicate.whenFalse) {
        const slot = key.startsWith('p') ? argumentSlot(code, pc, Number(key.slice(1))) : -1;
        if (slot >= 0) this.#check(fn, slot, check, way);
      }
    }
    for (const model of this.models(fn, pc, way.definitions.get(code[pc + 4]!))) {
      for (const guard of model.guards) {
        if ((guard.when === 'true') !== outcome || !this.#holds(fn, pc, guard.if ?? [], way)) continue;
        if (guard.port.root === 'invoke-result') this.#invoked(fn, pc, model.invokes[guard.port.invoke]!, outcome, way);
        else this.#check(fn, portSlot(code, pc, guard), toCheck(guard), way);
      }
    }
  }

  /** What the callback has checked of what it captured: `roots.some((root) => path.startsWith(root))`. */
  #invoked(fn: number, pc: number, port: Port, outcome: boolean, way: Way): void {
    const { code } = this.program.fileOf(fn);
    const slot = port.root === 'argument' && port.path.length === 0 ? argumentSlot(code, pc, port.index) : -1;
    const closure = slot < 0 ? undefined : way.definitions.get(slot);
    if (closure === undefined || (code[closure]! & 255) !== Op.Closure) return;
    const predicate = this.of(this.program.sibling(fn, code[closure + 4]!));
    for (const [key, check] of outcome ? predicate.whenTrue : predicate.whenFalse)
      if (key.startsWith('k')) this.#check(fn, code[closure + 5 + Number(key.slice(1))]!, check, way);
  }

  /** A call that returned has checked what it throws for. */
  #after(fn: number, pc: number, way: Way): void {
    const { code } = this.program.fileOf(fn);
    const targets = this.targets(fn, pc);
    if (targets.length !== 1) return;
    for (const [key, check] of this.of(targets[0]!).normal) {
      const slot = key.startsWith('p') ? argumentSlot(code, pc, Number(key.slice(1))) : -1;
      if (slot >= 0) this.#check(fn, slot, check, way);
    }
  }

  /** The slot was checked, and with it what it was made from. */
  #check(fn: number, slot: number, check: Check, way: Way): void {
    for (const [key, resolved] of this.#roots(fn, slot, way)) {
      const own = resolved ? resolve(check) : check;
      const known = way.checked.get(key);
      way.checked.set(key, known ? union(known, own) : own);
    }
  }

  /** The parameters and captured variables of which a slot is the same place. */
  #roots(fn: number, start: number, way: Way): readonly (readonly [key: string, resolved: boolean])[] {
    const ir = this.program.functionOf(fn);
    const result: (readonly [string, boolean])[] = [];
    const seen = new Set<number>();
    const visit = (slot: number, resolved: boolean, hops: number): void => {
      if (slot < 0 || hops > HOPS || seen.has(slot)) return;
      seen.add(slot);
      const param = ir.params.findIndex((each) => each.slot === slot);
      if (param >= 0) result.push([`p${param}`, resolved]);
      const capture = ir.captures.findIndex((each) => each.slot === slot);
      if (capture >= 0) result.push([`k${capture}`, resolved]);
      const boxed = way.boxes.get(slot);
      if (boxed !== undefined) visit(boxed, resolved, hops + 1);
      const pc = way.definitions.get(slot);
      if (pc === undefined) return;
      for (const [source, resolves] of this.sources(fn, pc, way.definitions))
        visit(source, resolved || resolves, hops + 1);
    };
    visit(start, false, 0);
    return result;
  }

  /** The slots of which an instruction's result is the same place: what was resolved, normalised, trimmed. */
  sources(
    fn: number,
    pc: number,
    definitions: { get(slot: number): number | undefined },
  ): readonly (readonly [slot: number, resolves: boolean])[] {
    const { code, strings } = this.program.fileOf(fn);
    switch (code[pc]! & 255) {
      case Op.Copy:
        return [[code[pc + 4]!, false]];
      case Op.Combine:
        if (code[pc + 4] !== CombineMode.Either) return [];
        return [...code.subarray(pc + 5, pc + (code[pc]! >>> 8))].map((slot) => [slot, false] as const);
      case Op.Load:
        if (strings[code[pc + 5]!] === BOX_FIELD) return [[code[pc + 4]!, false]];
        return ADDRESS_PARTS.has(strings[code[pc + 5]!]!) ? [[code[pc + 4]!, true]] : [];
      case Op.Call: {
        const models = this.models(fn, pc, definitions.get(code[pc + 4]!));
        const resolves = models.some((model) => model.resolves);
        const targets = this.targets(fn, pc);
        const own = targets.some((target) => SAME_PLACE.test(this.program.functionOf(target).name));
        if (!resolves && !own) {
          const given = targets.length === 1 ? this.#handsBack(targets[0]!) : -1;
          if (given >= 0) return [[argumentSlot(code, pc, given), false]];
          return this.#isSameText(fn, pc, definitions) ? [[code[pc + 5]!, false]] : [];
        }
        return [...code.subarray(pc + CALL_ARGUMENTS, pc + (code[pc]! >>> 8))].map((slot) => [slot, true] as const);
      }
      default:
        return [];
    }
  }

  /** `text.trim()`, `text.toLowerCase()`: what is true of that holds for the text. */
  #isSameText(fn: number, pc: number, definitions: { get(slot: number): number | undefined }): boolean {
    const { code, strings } = this.program.fileOf(fn);
    const definition = definitions.get(code[pc + 4]!);
    return (
      definition !== undefined &&
      (code[definition]! & 255) === Op.Load &&
      SAME_TEXT.has(strings[code[definition + 5]!]!)
    );
  }

  /** The parameter that a function returns, as it is or trimmed, wherever it returns; -1 for none. */
  #handsBack(fn: number): number {
    const known = this.#handed.get(fn);
    if (known !== undefined) return known;
    this.#handed.set(fn, -1);
    const found = this.#findHandedBack(fn);
    this.#handed.set(fn, found);
    return found;
  }

  #findHandedBack(fn: number): number {
    const { code } = this.program.fileOf(fn);
    const { blocks, params } = this.program.functionOf(fn);
    const end = blocks[blocks.length - 1]!;
    const definitions = new Map<number, number>();
    const returned: number[] = [];
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const op = code[pc]! & 255;
      if (op === Op.Return) returned.push(code[pc + 3]!);
      else if (DEFINES.has(op)) {
        // What is assigned twice is not one thing.
        if (definitions.has(code[pc + 3]!)) return -1;
        definitions.set(code[pc + 3]!, pc);
      }
    }
    const parameters = new Set(
      returned.map((slot) => {
        for (let at = slot, hops = 0; hops < HOPS; hops++) {
          const parameter = params.findIndex((param) => param.slot === at);
          if (parameter >= 0) return definitions.has(at) ? -1 : parameter;
          const pc = definitions.get(at);
          if (pc === undefined || (code[pc]! & 255) === Op.Combine) return -1;
          const [source, ...others] = this.sources(fn, pc, definitions);
          if (!source || source[1] || others.length > 0) return -1;
          at = source[0];
        }
        return -1;
      }),
    );
    const [parameter = -1] = parameters;
    return parameters.size === 1 ? parameter : -1;
  }

  #holds(fn: number, pc: number, conditions: readonly Condition[], way: Way): boolean {
    const { code } = this.program.fileOf(fn);
    return conditions.every((condition) => {
      const { root, index } = condition.port;
      const slot = root === 'argument' ? argumentSlot(code, pc, index) : root === 'receiver' ? code[pc + 5]! : -1;
      const definition = slot < 0 ? undefined : way.definitions.get(slot);
      const literal = definition === undefined ? undefined : this.literalAt(fn, definition);
      return globMatches(condition, literal === undefined ? [] : [literal]);
    });
  }
}

export function toCheck({ clears, resolved }: GuardModel): Check {
  const places = resolved ? clears & (Clears.Path | Clears.Url) : Clears.Nothing;
  return { clears: clears & ~places, ifResolved: places };
}

/** A check of what was resolved. */
export function resolve({ clears, ifResolved }: Check): Check {
  return { clears: clears | ifResolved, ifResolved: Clears.Nothing };
}

export function portSlot(code: Int32Array, pc: number, guard: GuardModel): number {
  if (guard.port.path.length > 0) return -1;
  if (guard.port.root === 'receiver') return code[pc + 5]!;
  return guard.port.root === 'argument' ? argumentSlot(code, pc, guard.port.index) : -1;
}

export function argumentSlot(code: Int32Array, pc: number, index: number): number {
  const at = pc + CALL_ARGUMENTS + index;
  return at < pc + (code[pc]! >>> 8) ? code[at]! : -1;
}

function isTruthy(kind: LiteralKind, text: string): boolean {
  if (kind === LiteralKind.Null || kind === LiteralKind.Undefined) return false;
  if (kind === LiteralKind.Boolean) return text === 'true';
  return text !== '' && text !== '0';
}

function fork({ definitions, decided, boxes, checked, names }: Way): Way {
  return {
    definitions: new Map(definitions),
    decided: new Map(decided),
    boxes: new Map(boxes),
    checked: new Map(checked),
    names: new Map(names),
  };
}

function union(a: Check, b: Check): Check {
  const clears = a.clears | b.clears;
  return { clears, ifResolved: (a.ifResolved | b.ifResolved) & ~clears };
}

/** What all of several ways have checked. */
function common(ways: readonly ReadonlyMap<string, Check>[]): Checked {
  const [first, ...others] = ways;
  if (!first || first.size === 0) return NONE;
  const result = new Map<string, Check>();
  for (const [key, check] of first) {
    let both: Check | undefined = check;
    for (const other of others) {
      const own = other.get(key);
      both = own && both ? intersect(both, own) : undefined;
    }
    if (both && (both.clears | both.ifResolved) !== 0) result.set(key, both);
  }
  return result;
}

function intersect(a: Check, b: Check): Check {
  const clears = a.clears & b.clears;
  return { clears, ifResolved: (a.clears | a.ifResolved) & (b.clears | b.ifResolved) & ~clears };
}
