import { Clears, family } from '../core/kinds.js';
import type { ApiState } from '../core/knowledge.js';
import type { Limits } from '../core/limits.js';
import type { FileIR, FunctionIR } from '../ir/file.js';
import type { Arrivals } from './arrivals.js';
import type { CallGraph } from './call-graph.js';
import type { CellTable } from './cells.js';
import type { Compositions } from './compositions.js';
import type { Constant } from './constants.js';
import type { ElementParameter } from './element-parameters.js';
import type { FieldTables } from './field-tables.js';
import type { RuleTable } from './flow.js';
import type { GivenLists, GivenTuple } from './given-lists.js';
import { type Refinement, State } from './heap.js';
import type { NameGuards } from './name-guards.js';
import type { NameLists } from './name-lists.js';
import { EVERY, type NameTests } from './name-tests.js';
import { type Names, NEUTRAL } from './names.js';
import { EMPTY_PATH, isNamed, type PathId, type PathTable } from './path-table.js';
import type { PredicateTable } from './predicates.js';
import type { Program } from './program.js';
import type { Redactions } from './redactions.js';
import { refineNames } from './refine-names.js';
import type { SpecialisedSummaries } from './specialised.js';
import type { Edge, Invoke, Origin, Sink, Site, Source, Summary, Target } from './summary.js';
import type { ClosedArguments } from './tools/closed-arguments.js';
import type { JsonRpcServers } from './tools/json-rpc.js';
import type { ParsedSchemas } from './tools/parsed-schema.js';
import { type Trace, trace } from './trace.js';
import type { Tracker } from './tracker.js';
import type { TypeEvidence } from './type-evidence.js';
import type { DeclaredType } from './type-shape.js';
import {
  type Fact,
  FeatureBit,
  type JoinBounds,
  join,
  joinFacts,
  makeFact,
  makeValue,
  mergeFact,
  NOTHING,
  type Value,
  type When,
  withCleared,
  withFacts,
  withWhen,
} from './value.js';

/**
 * Which functions' summaries were applied at calls outside of tests, and to which arguments something was handed there: what a parameter holds
 * is then told by the callers. A function that is only known to be called, but by nobody who could be followed, speaks for itself.
 */
export class AppliedTable {
  readonly #bits: Int32Array;
  /** Arguments of which some caller handed on something as it came, unredacted and not made on the spot. */
  readonly #raw: Int32Array;

  constructor(functions: number) {
    this.#bits = new Int32Array(functions);
    this.#raw = new Int32Array(functions);
  }

  mark(fn: number, args: readonly Value[], spread: boolean): void {
    let bits = 1 << 30;
    for (let i = 0; i < args.length && i < 30; i++) {
      if (args[i] !== NOTHING || spread) bits |= 1 << i;
      if (args[i]!.facts.some(({ cleared }) => cleared === 0)) this.#raw[fn]! |= 1 << i;
    }
    if (spread) bits |= (1 << 30) - 1;
    this.#bits[fn]! |= bits;
  }

  /** Whether callers hand on what they were given themselves, so that the parameter's name may tell most. */
  isRaw(fn: number, origin: Origin): boolean {
    return origin.type === 'parameter' && origin.index < 30 && (this.#raw[fn]! & (1 << origin.index)) !== 0;
  }

  /** Whether callers have told what an edge's origin holds. */
  covers(fn: number, origin: Origin): boolean {
    const bits = this.#bits[fn]!;
    return origin.type === 'parameter' && origin.index < 30 ? (bits & (1 << origin.index)) !== 0 : bits !== 0;
  }
}

/** What all functions' analyses share. */
export interface Context {
  readonly program: Program;
  readonly tracker: Tracker;
  readonly graph: CallGraph;
  readonly paths: PathTable;
  readonly cells: CellTable;
  readonly names: Names;
  readonly rules: RuleTable;
  readonly evidence: TypeEvidence;
  readonly constants: readonly (Constant | undefined)[];
  /** The function that a module variable holds for good, -1 for none. */
  readonly functions: Int32Array;
  /** By module variable; see `findFilled`. */
  readonly filled: Uint8Array;
  readonly tables: FieldTables;
  /** By callback; see `findElementParameters`. */
  readonly elementParameters: ReadonlyMap<number, ElementParameter>;
  readonly summaries: (Summary | undefined)[];
  readonly limits: Limits;
  readonly applied: AppliedTable;
  readonly redactions: Redactions;
  readonly predicates: PredicateTable;
  readonly tests: NameTests;
  readonly guards: NameGuards;
  readonly lists: NameLists;
  readonly closed: ClosedArguments;
  readonly schemas: ParsedSchemas;
  readonly requests: JsonRpcServers;
  /** Places and kinds of sinks at which something arrived that was cleared for them: `function:start:kind`. */
  readonly checked: Set<string>;
  readonly arrivals: Arrivals;
  /** The same of what was cleared for the sink before. */
  readonly confined: Arrivals;
  readonly specialised: SpecialisedSummaries;
  readonly givenLists: GivenLists;
  readonly compositions: Compositions;
  /** 1 for functions whose summaries no longer change. */
  readonly finished: Uint8Array;
}

/** The index under which a function's `arguments` object is asked of the caller. */
export const ALL_ARGUMENTS = 999;

/** More paths than a program has: what keys made of a root and a path are counted in. */
const PATHS = 2 ** 30;

/** Slots from this number on stand for the module's variables, in the states of its top-level code. */
const MODULE_VARIABLES = 1 << 24;

/** Where a fact begins, in the function at hand. */
export interface Root {
  readonly origin: Origin;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** It stands for the names of the fields of an object that was made here, or for those of a list. */
  readonly names?: boolean;
  /** That object. */
  readonly object?: number;
  /** The names of that list. */
  readonly listed?: readonly string[];
  /** The types written for the thing and for what stands below it, by path, where variables or calls told them. */
  declared?: Map<PathId, DeclaredType>;
}

/** An abstract object of the function at hand. */
export type ObjectInfo =
  | { readonly kind: 'plain' }
  /** `told`: only the tracker says so, of something that the caller provides; the caller knows which one it is. */
  | { readonly kind: 'function'; readonly function: number; readonly told?: boolean }
  | { readonly kind: 'api'; readonly state: ApiState }
  /** A function made by a model that writes its argument into a cell: the second result of `useState`. */
  | { readonly kind: 'setter'; readonly cell: number; readonly argument: number }
  /** A function made by a model that hands its argument to what the call at hand returns: the `resolve` of a promise. */
  | { readonly kind: 'resolver'; readonly holder: number; readonly argument: number }
  /** A function made by a model that runs the functions in its elements one after the other: `pipe(trim, mask)`. */
  | { readonly kind: 'composed' }
  /** What a promise is rejected with, in its field `REJECTED`: beside the value of the promise, and gone when that is awaited. */
  | { readonly kind: 'rejection' };

/** Data that reached a sink. */
export interface Hit {
  readonly sink: Sink;
  readonly fact: Fact;
  /** Field names below the sink's port, for people and for telling content from ids. */
  readonly keys: readonly string[];
  /** A member that a declared type tells of; the whole has its own hit. */
  readonly typed?: boolean;
}

/** The analysis of one function: its tables, its current state, and what it has found. */
export class Frame {
  readonly ir: FunctionIR;
  readonly file: FileIR;
  readonly fileIndex: number;
  readonly roots: Root[] = [];
  readonly #rootKeys = new Map<string, number>();
  readonly objects: ObjectInfo[] = [];
  readonly #objectKeys = new Map<string, number>();
  readonly #overlays = new Map<number, number>();
  readonly #bounds: JoinBounds;
  /** The fact that each overlay object stands for. */
  readonly overlayFacts = new Map<number, Fact>();
  readonly values: (Value | undefined)[];
  /** The last instruction that defined each slot. */
  readonly definitions: Int32Array;
  readonly summarised = new Set<number>();
  readonly hits = new Map<string, Hit>();
  readonly edges = new Map<string, Edge>();
  readonly settled = new Map<string, Edge>();
  /** Module variables of this file that were written here or in a callee, as cells. */
  readonly writes = new Set<number>();
  readonly invokes: Invoke[] = [];
  /** The keys of origins and targets that were asked for: many edges share them. */
  readonly #keys = new Map<Origin | Target, string>();
  /** Whether the function does more than its summary has room for. */
  isFull = false;
  /** Edges so far that tell only of something unknown. */
  #vague = 0;
  /** Edges from what callers provide to sinks. */
  #provided = 0;
  /** Edges so far between an origin and a target. */
  readonly #pairs = new Map<string, number>();
  readonly #invokeKeys = new Map<string, number>();
  /** Closure objects of methods, by global function. */
  readonly methodObjects = new Map<number, number>();
  readonly closures = new Set<number>();
  readonly closurePcs = new Map<number, number>();
  /** Function objects that were called here. */
  readonly called = new Set<number>();
  /** Writes to module variables; they take effect with what the objects hold when the function ends. */
  /** Calls whose callbacks receive what is put into a state later: made once more when the function ends. */
  readonly later = new Map<string, () => void>();
  readonly stored: { readonly cell: number; readonly value: Value; readonly pc: number }[] = [];
  /** How many of them functions that were called since may have read as they were then. */
  seen = 0;
  /** A state in which nothing was written. */
  readonly blank = new State();
  state = new State();
  /** What was raised outside of all guarded regions. */
  escaped: Value = NOTHING;
  /** What was raised in the region of each handler, by the handler's block. */
  readonly caught = new Map<number, Value>();
  /** The states in which the function was left by throwing. */
  thrownState: State | undefined;
  block = 0;
  /** The handler of the innermost region around the current block, -1 for none. */
  handler = -1;
  #collected: Value | undefined;
  returned: Value = NOTHING;
  /** Where what the function returns goes to, by a convention of a framework. */
  returns: { readonly kind: string; readonly recipient: string; readonly selector: string } | undefined;
  exit: State | undefined;
  fuel: number;
  /** Data of parameters went into a call that is no logging. */
  usesParameters = false;
  /** See `Summary.virtual`. */
  virtual = false;
  /** Single-assignment slots are evaluated again, and keep what they had. */
  looping = false;
  /** Lists from which something was taken, or whose elements were moved. */
  readonly disordered = new Set<number>();
  /** Of lists that are gone through element by element, by the slot that holds them: the number of the element at hand. */
  readonly turns = new Map<number, number>();
  /** Tells calls apart that are made again for another element. */
  turn = '';
  /** What variables were given in the current block, where it lies in a region that a handler guards. */
  regionVars: Map<number, Value> | undefined;

  constructor(
    readonly context: Context,
    readonly fn: number,
    /** The class of `this`, where the method is looked at for one class; -1 for all. */
    readonly thisClass = -1,
    /** The list that it is given with a known number of elements, where it is looked at for such a one. */
    readonly given?: GivenTuple,
  ) {
    const { program, limits } = context;
    this.ir = program.functionOf(fn);
    this.file = program.fileOf(fn);
    this.fileIndex = program.functionFile[fn]!;
    this.values = new Array(this.ir.slots);
    this.definitions = new Int32Array(this.ir.slots).fill(-1);
    this.#bounds = {
      paths: context.paths,
      tests: context.tests,
      facts: limits.factsPerValue,
      objects: limits.objectsPerValue,
      isVague: (fact) => isVague(this.roots[fact.root]!.origin, fact),
    };
    const { blocks } = this.ir;
    this.fuel = limits.fuelBase + limits.fuelPerInstruction * ((blocks[blocks.length - 1]! - (blocks[0] ?? 0)) / 5);
  }

  // ── what is thrown ──

  raise(value: Value): void {
    if (value === NOTHING) return;
    if (this.#collected) this.#collected = this.join(this.#collected, value);
    else if (this.handler < 0) this.escaped = this.join(this.escaped, value);
    else this.caught.set(this.handler, this.join(this.caught.get(this.handler) ?? NOTHING, value));
  }

  /** Runs something and returns what it has raised, instead of raising it. */
  collect(run: () => void): Value {
    const outer = this.#collected;
    this.#collected = NOTHING;
    run();
    const raised = this.#collected;
    this.#collected = outer;
    return raised;
  }

  // ── tables ──

  root(key: string, make: () => Root): number {
    let id = this.#rootKeys.get(key);
    if (id === undefined) {
      id = this.roots.length;
      this.roots.push(make());
      this.#rootKeys.set(key, id);
    }
    return id;
  }

  /** The offset of the instruction that made a closure. */
  closurePc(object: number): number {
    return this.closurePcs.get(object) ?? this.ir.blocks[0]!;
  }

  object(key: string, info: ObjectInfo): number {
    let id = this.#objectKeys.get(key);
    if (id === undefined) {
      id = this.objects.length;
      this.objects.push(info);
      this.#objectKeys.set(key, id);
    }
    return id;
  }

  plainObject(key: string): number {
    return this.object(key, PLAIN);
  }

  apiObject(state: ApiState): number {
    return this.object(`a${state}`, { kind: 'api', state });
  }

  rejection(key: string): number {
    return this.object(`z${key}`, REJECTION);
  }

  functionObject(fn: number): number {
    return this.object(`f${fn}`, { kind: 'function', function: fn });
  }

  /** A function that the tracker knows to arrive where the caller provides one. */
  toldFunction(fn: number): number {
    return this.object(`q${fn}`, { kind: 'function', function: fn, told: true });
  }

  /** The object that holds what was written to the thing that a fact stands for. */
  overlay(fact: Fact, create: boolean): number {
    const key = (fact.root * PATHS + fact.path) * 2 + (fact.exact ? 1 : 0);
    let id = this.#overlays.get(key);
    if (id === undefined) {
      if (!create) return -1;
      id = this.plainObject(`y${key}`);
      this.#overlays.set(key, id);
      this.overlayFacts.set(id, fact);
    }
    return id;
  }

  /** The number of a nested call of the summary, -1 where there are too many. */
  invoke(key: string, invoke: Invoke): number {
    let id = this.#invokeKeys.get(key);
    if (id === undefined) {
      if (this.invokes.length >= this.context.limits.invokesPerSummary) return -1;
      id = this.invokes.length;
      this.invokes.push(invoke);
      this.#invokeKeys.set(key, id);
    }
    return id;
  }

  // ── slots ──

  /** The value of a slot at this point, cleared of what guards on the way have checked. */
  get(slot: number): Value {
    const value = this.ir.slotMutable[slot] ? (this.state.vars.get(slot) ?? NOTHING) : (this.values[slot] ?? NOTHING);
    if (this.state.refinements.length === 0 || (value.facts.length === 0 && value.objects.length === 0)) return value;
    return this.#refine(slot, value);
  }

  /** What is read into a slot, as it was checked where it stands: `allowed.has(user.role) && user.role`. */
  setRead(slot: number, value: Value, pc: number): void {
    const isChecked = this.state.refinements.length > 0 && value.facts.length > 0;
    this.set(slot, isChecked ? this.#refine(NO_SLOT, value) : value, pc);
  }

  set(slot: number, value: Value, pc: number): void {
    this.definitions[slot] = pc;
    if (this.ir.slotMutable[slot]) {
      this.state.vars.set(slot, value);
      this.regionVars?.set(slot, this.join(this.regionVars.get(slot) ?? NOTHING, value));
    } else {
      const old = this.looping ? this.values[slot] : undefined;
      this.values[slot] = old ? this.join(old, value) : value;
    }
  }

  /** The index of the variable of this file that a cell is, -1 for none. */
  ownVariable(cell: number): number {
    const variable = this.context.cells.variableOf(cell);
    const { variableBase } = this.context.program;
    const first = variableBase[this.fileIndex]!;
    return variable >= first && variable < variableBase[this.fileIndex + 1]! ? variable - first : -1;
  }

  /** What a module's top-level code has itself written to one of its variables, undefined elsewhere. */
  localVariable(index: number): Value | undefined {
    return this.ir.parent < 0 ? this.state.vars.get(MODULE_VARIABLES + index) : undefined;
  }

  setLocalVariable(index: number, value: Value): void {
    if (this.ir.parent >= 0) return;
    const slot = MODULE_VARIABLES + index;
    this.state.vars.set(slot, value);
    this.regionVars?.set(slot, this.join(this.regionVars.get(slot) ?? NOTHING, value));
  }

  #refine(slot: number, value: Value): Value {
    let facts: Fact[] | undefined;
    let { objects } = value;
    for (const refinement of this.state.refinements) {
      // A text that was made of an object's fields is a constant.
      if (refinement.slot === slot && refinement.clears === Clears.Everything)
        objects = objects.filter((object) => this.objects[object]!.kind !== 'plain');
      if (refinement.name || refinement.isScalar) continue;
      value.facts.forEach((fact, i) => {
        const checked = refinement.derived
          ? refinement.facts.some((f) => f.root === fact.root && this.context.paths.overlaps(f.path, fact.path))
          : refinement.slot === slot ||
            (fact.exact && refinement.facts.some((f) => f.exact && f.root === fact.root && f.path === fact.path));
        if (!checked) return;
        facts ??= value.facts.slice();
        facts[i] = withCleared(facts[i]!, facts[i]!.cleared | refinement.clears);
      });
    }
    const refined =
      objects.length !== value.objects.length
        ? makeValue(facts ?? value.facts, objects, value.literals)
        : facts
          ? withFacts(value, facts)
          : value;
    return refineNames(this, slot, refined);
  }

  /** A fact of something that a check was made of as a whole, with all that derives from it. */
  refineDerived(fact: Fact, refinements: readonly Refinement[]): Fact {
    let { cleared } = fact;
    for (const { facts, clears } of refinements)
      if (facts.some(({ root, path }) => root === fact.root && this.context.paths.overlaps(path, fact.path)))
        cleared |= clears;
    return cleared === fact.cleared ? fact : withCleared(fact, cleared);
  }

  /** A fresh object is made: one that is made again (in a loop) stands for several from then on. */
  allocate(object: number): void {
    if (this.state.heap.has(object)) this.summarised.add(object);
    else this.state.write(object);
  }

  /** Remembers that a call of something unknown receives data of this function's parameters. */
  noteUse(call: { readonly args: readonly Value[] }): void {
    if (this.usesParameters) return;
    for (const value of call.args) {
      for (const fact of value.facts) {
        const { type } = this.roots[fact.root]!.origin;
        if (type === 'parameter') this.usesParameters = true;
      }
    }
  }

  // ── facts ──

  join(a: Value, b: Value): Value {
    this.fuel -= (a.facts.length * b.facts.length) >> 4;
    return join(a, b, this.#bounds);
  }

  joinFacts(a: readonly Fact[], b: readonly Fact[]): readonly Fact[] {
    return joinFacts(a, b, this.#bounds);
  }

  fact(
    root: number,
    start: number,
    end: number,
    label = '',
    labelName = '',
    step: 'source' | 'parameter' | 'cell' = 'source',
  ): Fact {
    const { name } = this.roots[root]!;
    const begin = trace(undefined, step, name, this.fn, start, end);
    return makeFact(root, EMPTY_PATH, true, label, labelName, '', 0, FeatureBit.None, begin, undefined);
  }

  sourceFact(source: Source, key: string): Fact {
    const root = this.root(`s${key}:${source.kind}:${source.element}`, () => ({
      origin: { type: 'source', source },
      name: source.element,
      start: source.start,
      end: source.end,
    }));
    return this.fact(root, source.start, source.end);
  }

  /** The member of an interface that argument `index` names. */
  memberFact(state: ApiState, index: number, name: string, start: number, end: number): Fact {
    const root = this.root(`m${state}.${index}`, () => ({
      origin: { type: 'member', state, index },
      name,
      start,
      end,
    }));
    return this.fact(root, start, end);
  }

  /** Something unknown; `site` is where it came up, when that was in a callee. */
  opaqueFact(key: string, name: string, start: number, end: number, site: Site = { function: this.fn, start }): Fact {
    const root = this.root(`o${key}`, () => ({ origin: { type: 'opaque', name, site }, name, start, end }));
    return this.fact(root, start, end);
  }

  cellFact(cell: number, start: number, end: number): Fact {
    const name = this.context.cells.name(cell);
    const root = this.root(`c${cell}`, () => ({ origin: { type: 'cell', cell }, name, start, end }));
    return this.fact(root, start, end, '', '', 'cell');
  }

  step(previous: Trace | undefined, kind: Trace['step'], subject: string, pc: number, inner?: Trace): Trace {
    const { code } = this.file;
    return trace(previous, kind, subject, this.fn, code[pc + 1]!, code[pc + 2]!, inner);
  }

  // ── what is found ──

  hit(hit: Hit): void {
    const { sink, fact } = hit;
    const key = `${sink.function}:${sink.start}:${sink.kind}:${sink.port}|${fact.root}:${fact.path}:${fact.exact}:${fact.label}:${fact.without}`;
    const known = this.hits.get(key);
    if (known) {
      const merged = mergeFact(known.fact, fact, this.context.tests);
      if (merged.cleared !== known.fact.cleared || merged.when !== known.fact.when)
        this.hits.set(key, { ...known, fact: withWhen(withCleared(known.fact, merged.cleared), merged.when) });
      return;
    }
    this.hits.set(key, hit);
  }

  edge(from: Fact, to: Target, toPath: PathId): void {
    const { origin } = this.roots[from.root]!;
    this.rawEdge({
      from: origin,
      fromPath: from.path,
      without: from.without,
      to,
      toPath,
      exact: from.exact,
      label: from.label,
      labelName: from.labelName,
      cleared: from.cleared,
      features: from.features,
      trace: from.trace,
      when: from.when && this.#condition(from.when, to),
    });
  }

  /** A condition on a name, as callers see it; undefined where no caller tells the name. */
  #condition({ root, path, test, holder, outer }: When, to: Target): Edge['when'] {
    const { origin } = this.roots[root]!;
    const isTold = isNamed(this.context.paths, path) || isProvidedOrigin(origin);
    const above = outer && this.#condition(outer, to);
    return isTold && to.type !== 'cell' ? { origin, path, test, holder, ...(above && { outer: above }) } : above;
  }

  rawEdge(edge: Edge): void {
    // The names of a thing's fields are no data of their own; they are told to those who go through them.
    if (isNamed(this.context.paths, edge.fromPath) && !HANDS_ON.has(edge.to.type)) return;
    if (edge.to.type === 'cell' && this.ownVariable(edge.to.cell) >= 0) this.writes.add(edge.to.cell);
    const settled = isSettled(edge);
    if (settled && !isTracked(edge.from)) return;
    // What leaves the state of a hook leaves that of each call of the hook too, which callers know.
    if (settled && edge.from.type === 'cell' && this.context.cells.isOwnedByCalls(edge.from.cell))
      this.#keep(this.edges, edge);
    this.#keep(settled ? this.settled : this.edges, edge);
  }

  #keep(edges: Map<string, Edge>, edge: Edge): void {
    const key = this.#edgeKey(edge, edge.exact, edge.label);
    const known = edges.get(key);
    if (known) {
      const when = known.when === edge.when ? known.when : this.#either(known.when, edge.when);
      if ((known.cleared & edge.cleared) !== known.cleared || when !== known.when) {
        edges.set(key, { ...edge, cleared: known.cleared & edge.cleared, when });
      }
      return;
    }
    const { edgesPerSummary } = this.context.limits;
    // Only where room gets short: three keys are made to find out.
    if (edge.to.type === 'sink' && edges.size >= edgesPerSummary >> 1 && this.#isTold(edges, edge)) return;
    // What decides what a sink does is never vague, and a server that dispatches to two hundred tools hands on as many choices.
    const isChosen = isChoice(edge);
    const vague = isVague(edge.from, edge) && !isChosen;
    // What callers hand to sinks has room of its own, or a busy function would seem to do nothing with it.
    const provided = edges === this.edges && edge.to.type === 'sink';
    // Results are told last: what a function is known to bring up has room kept for it, or a busy function would seem to return nothing.
    const room = edge.from.type === 'source' && edge.to.type === 'return' ? edgesPerSummary >> 2 : 0;
    const kept = edges === this.edges && !provided ? Math.min(this.#provided, edgesPerSummary >> 1) : 0;
    if (
      edges.size - kept >=
      edgesPerSummary + (provided ? (isChosen ? edgesPerSummary << 2 : edgesPerSummary >> 1) : room)
    ) {
      this.isFull = true;
      return;
    }
    if (!this.#hasQuota(edge) || (vague && this.#vague >= edgesPerSummary >> 1)) return;
    if (vague) this.#vague++;
    if (provided) this.#provided++;
    edges.set(key, edge);
  }

  #edgeKey(edge: Edge, exact: boolean, label: string): string {
    const names = edge.when ? `.${edge.when.path}` : '';
    return `${this.#originKey(edge.from)}.${edge.fromPath}.${edge.without}>${this.#targetKey(edge.to)}.${edge.toPath}.${exact ? 1 : 0}.${label}${names}`;
  }

  /** What is in a thing arrives at a sink with the thing itself: that something derived from it arrives too says no more. */
  #isTold(edges: Map<string, Edge>, edge: Edge): boolean {
    if (edge.exact) {
      if (edge.label !== '') return false;
      for (const label of ['', NEUTRAL]) {
        const key = this.#edgeKey(edge, false, label);
        const part = edges.get(key);
        if (part && (edge.cleared & ~part.cleared) === 0 && part.when === edge.when) edges.delete(key);
      }
      return false;
    }
    if (edge.label !== '' && edge.label !== NEUTRAL) return false;
    const whole = edges.get(this.#edgeKey(edge, true, ''));
    return whole !== undefined && (whole.cleared & ~edge.cleared) === 0 && whole.when === edge.when;
  }

  #either(a: Edge['when'], b: Edge['when']): Edge['when'] {
    if (!a || !b || a.path !== b.path || a.holder !== b.holder || originKey(a.origin) !== originKey(b.origin))
      return undefined;
    const test = this.context.tests.or(a.test, b.test, EVERY);
    if (test === a.test && a.outer === b.outer) return a;
    const outer = this.#either(a.outer, b.outer);
    return test === EVERY && a.holder < 0 ? outer : { ...a, test, outer };
  }

  #originKey(origin: Origin): string {
    const known = this.#keys.get(origin);
    if (known !== undefined) return known;
    const key = originKey(origin);
    this.#keys.set(origin, key);
    return key;
  }

  #targetKey(target: Target): string {
    const known = this.#keys.get(target);
    if (known !== undefined) return known;
    const key = targetKey(target);
    this.#keys.set(target, key);
    return key;
  }

  /**
   * Code that rebuilds trees moves every path of a thing to every other; of such edges a summary keeps a few. Sinks have their own, smaller number.
   */
  #hasQuota(edge: Edge): boolean {
    const { from, to, label, exact } = edge;
    if (to.type === 'sink') return true;
    const sort =
      from.type === 'literal' ? 'l' : `${this.#originKey(from)}${exact ? '' : label === NEUTRAL ? '0' : '~'}`;
    const pair = `${sort}>${this.#targetKey(to)}`;
    const count = this.#pairs.get(pair) ?? 0;
    const { edgesPerPair } = this.context.limits;
    if (count >= (exact ? edgesPerPair : label === NEUTRAL ? edgesPerPair >> 3 : edgesPerPair >> 1)) return false;
    this.#pairs.set(pair, count + 1);
    return true;
  }
}

/** Whether something tells only that there is something unknown, or an id or a count of it. */
function isVague(origin: Origin, { label, exact }: { readonly label: string; readonly exact: boolean }): boolean {
  return (label === NEUTRAL && !exact) || (origin.type === 'opaque' && (label === '' || label === NEUTRAL));
}

/** Families of sinks that do what they are handed: an id or a number that a caller chose is the whole matter there. */
const DOES = new Set(['shell', 'code', 'sql', 'path', 'url']);

/** Whether what callers provide decides what a sink does. */
function isChoice({ from, to }: Edge): boolean {
  return to.type === 'sink' && isProvidedOrigin(from) && DOES.has(family(to.sink.kind));
}

/** Where names of fields are handed on to. */
const HANDS_ON = new Set<Target['type']>(['return', 'parameter', 'capture', 'invoke-argument']);

/** Whether callers provide what begins at an origin. */
export function isProvidedOrigin({ type }: Origin): boolean {
  return type === 'parameter' || type === 'capture' || type === 'this' || type === 'invoke-result';
}

/** Whether no caller provides an end of an edge. */
function isSettled({ from, to }: Edge): boolean {
  if (to.type !== 'cell' && to.type !== 'sink') return false;
  return (
    from.type !== 'parameter' &&
    from.type !== 'member' &&
    from.type !== 'capture' &&
    from.type !== 'this' &&
    from.type !== 'invoke-result'
  );
}

/** Whether the closing of cells follows what begins here; functions and interfaces in cells are the tracker's. */
function isTracked(from: Origin): boolean {
  return from.type === 'source' || from.type === 'opaque' || from.type === 'cell';
}

/** No slot, nor what stands for none in what was checked. */
const NO_SLOT = -2;

const PLAIN: ObjectInfo = { kind: 'plain' };
const REJECTION: ObjectInfo = { kind: 'rejection' };

export function originKey(origin: Origin): string {
  switch (origin.type) {
    case 'parameter':
      return `p${origin.index}`;
    case 'capture':
      return `k${origin.index}`;
    case 'invoke-result':
      return `i${origin.index}`;
    case 'this':
      return 't';
    case 'source':
      return `s${origin.source.kind}:${origin.source.element}`;
    case 'opaque':
      return `o${origin.name}`;
    case 'cell':
      return `c${origin.cell}`;
    case 'member':
      return `m${origin.state}.${origin.index}`;
    case 'literal':
      return `l${origin.text}`;
    case 'function':
      return `f${origin.function}`;
    case 'api':
      return `a${origin.state}`;
    case 'fresh':
      return `n${origin.object}`;
    case 'setter':
      return `w${origin.cell}:${origin.argument}`;
  }
}

export function targetKey(target: Target): string {
  switch (target.type) {
    case 'return':
      return 'r';
    case 'thrown':
      return 'x';
    case 'this':
      return 't';
    case 'parameter':
      return `p${target.index}`;
    case 'capture':
      return `k${target.index}`;
    case 'cell':
      return `c${target.cell}`;
    case 'invoke-argument':
      return `i${target.index}:${target.argument}`;
    case 'sink':
      return `s${target.sink.function}:${target.sink.start}:${target.sink.kind}:${target.sink.port}`;
  }
}
