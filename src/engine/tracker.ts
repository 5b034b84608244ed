/**
 * The tracker: which functions, classes, instances, interfaces of packages and own objects each variable and field may hold, over the whole
 * program, flow-insensitively. It resolves calls; data itself is followed later, function by function (see `interpreter.ts`).
 *
 * It is an inclusion-based points-to analysis (`points-to.ts`) whose objects are allocation sites, with fields kept apart per object
 * (`members.ts`). Sets are capped (`limits.trackerSet`). Strings, numbers and unknown values are not tracked, so most sets stay empty and
 * most constraints never fire.
 */
import type { TypeOracle } from '../core/type-oracle.js';
import { Op } from '../ir/instruction.js';
import { askTypes } from './ask-types.js';
import { addConstraints, react, type Tracking } from './constraints.js';
import { entryFunctions } from './entry-functions.js';
import { ExportTable } from './exports.js';
import { Members } from './members.js';
import { Nodes } from './nodes.js';
import { PointsTo } from './points-to.js';
import type { Program } from './program.js';
import { TokenKind, TokenTable } from './tokens.js';
import { type Callable, TrackedCalls } from './tracked-calls.js';
import { TrackedModels } from './tracked-models.js';
import { TypeTable } from './type-table.js';

export { entryFunctions } from './entry-functions.js';
export { TokenKind } from './tokens.js';

/** Rounds in which calls of modelled functions pass tracked values on. Why: what a round adds is rarely handed to a further callback. */
const MODEL_ROUNDS = 6;

export class Tracker {
  readonly exports: ExportTable;
  readonly types: TypeTable;
  readonly #tracking: Tracking;
  readonly #calls: TrackedCalls;
  /** The callables that something keeps, found when first asked for. */
  #stored: Set<number> | undefined;
  readonly #storedPlaces = new Set<string>();

  constructor(
    private readonly program: Program,
    oracle?: TypeOracle,
  ) {
    this.exports = new ExportTable(program);
    this.types = new TypeTable(program, this.exports);
    const tokens = new TokenTable();
    const nodes = new Nodes(program);
    const graph = new PointsTo(nodes.count, program.limits.trackerSet, (fn, pc, token) => this.#react(fn, pc, token));
    const members = new Members(program, tokens, graph, nodes, this.exports, this.types);
    this.#tracking = { program, exports: this.exports, tokens, nodes, graph, members, indirect: new Map() };
    this.#calls = new TrackedCalls(this.#tracking);
    for (let fn = 0; fn < program.functionCount; fn++) addConstraints(this.#tracking, fn);
    this.#seedVariables();
    for (const entry of program.knowledge.entries) this.#seedEntry(entry);
    graph.solve();
    const models = new TrackedModels(this.#tracking, this.#calls);
    this.#passThroughModels(models, true);
    if (oracle && askTypes(this.#tracking, this.types, oracle) > 0) {
      graph.solve();
      this.#passThroughModels(models, false);
    }
  }

  #passThroughModels(models: TrackedModels, isFirst: boolean): void {
    const { graph } = this.#tracking;
    for (let round = 0; round < MODEL_ROUNDS; round++) {
      models.apply();
      if (round === 0 && isFirst) models.addNamedMethods();
      if (round > 0 && !graph.pending) break;
      graph.solve();
    }
  }

  /** The tokens that a slot of a function may hold. */
  slotTokens(fn: number, slot: number): readonly number[] {
    return this.#tracking.graph.tokens(this.#tracking.nodes.slot(fn, slot));
  }

  variableTokens(variable: number): readonly number[] {
    return this.#tracking.graph.tokens(this.#tracking.nodes.variable(variable));
  }

  /** The interfaces of packages that a module variable holds, or a list in it does. */
  heldStates(variable: number, depth = 2): readonly number[] {
    const { tokens, graph, members } = this.#tracking;
    const visit = (held: readonly number[], left: number): number[] =>
      held.flatMap((token) => {
        if (tokens.kind(token) === TokenKind.Api) return [tokens.data(token)];
        if (tokens.kind(token) !== TokenKind.Object || left === 0) return [];
        return [...members.fieldsOf(token)].flatMap(([, node]) => visit(graph.tokens(node), left - 1));
      });
    return visit(this.variableTokens(variable), depth);
  }

  returnTokens(fn: number): readonly number[] {
    return this.#tracking.graph.tokens(this.#tracking.nodes.returned(fn));
  }

  tokenKind(token: number): TokenKind {
    return this.#tracking.tokens.kind(token);
  }

  tokenData(token: number): number {
    return this.#tracking.tokens.data(token);
  }

  /** The function that `new` or `super` of a class runs: its own constructor. */
  constructorOf(cls: number): number {
    return this.#calls.constructorOf(cls);
  }

  /** The superclasses of a class, itself first. */
  lineage(cls: number): number[] {
    return this.#tracking.members.lineage(cls);
  }

  isExtended(cls: number): boolean {
    return this.#tracking.members.isExtended(cls);
  }

  /** The method or accessor of a class or its superclasses; -1 for none. */
  method(cls: number, key: string, isStatic: boolean, kind: 'method' | 'getter' | 'setter'): number {
    return this.#tracking.members.method(cls, key, isStatic, kind);
  }

  /**
   * The function behind a token of a callable, where it may be called by those who know nothing of the call that made it: what it is given goes
   * into the state of that call.
   */
  sharedCallable(token: number): Callable | undefined {
    const callable = this.#calls.callables[this.tokenData(token)]!;
    if (callable.given < 0 || callable.state) return callable.state ? callable : undefined;
    return this.#storedCallables().has(token) ? callable : undefined;
  }

  /** The parameters of a callback of a call that are functions which something keeps. */
  isStored(fn: number, pc: number, given: number): boolean {
    this.#storedCallables();
    return this.#storedPlaces.has(`${fn}:${pc}:${given}`);
  }

  #storedCallables(): ReadonlySet<number> {
    if (!this.#stored) {
      const { tokens, graph, members } = this.#tracking;
      this.#stored = new Set();
      if (this.#calls.callables.length > 0)
        for (const node of members.allFields())
          for (const token of graph.tokens(node))
            if (tokens.kind(token) === TokenKind.Callable) this.#stored.add(token);
      for (const token of this.#stored) {
        const { fn, pc, given } = this.#calls.callables[tokens.data(token)]!;
        this.#storedPlaces.add(`${fn}:${pc}:${given}`);
      }
    }
    return this.#stored;
  }

  /** The functions that models keep in fields of a thing. */
  handlersOf(token: number): readonly number[] {
    const { tokens, graph, members } = this.#tracking;
    const nodes = members.handlersOf(token);
    if (nodes.length === 0) return nodes;
    return nodes.flatMap((node) => {
      const held = graph.tokens(node).filter((one) => tokens.kind(one) === TokenKind.Function);
      return held.map((one) => tokens.data(one));
    });
  }

  /** The functions that models keep in a field of the things that a slot may hold: the transformation of a stream. */
  keptFunctions(fn: number, slot: number, key: string): number[] {
    const { tokens, graph, members } = this.#tracking;
    return this.slotTokens(fn, slot).flatMap((token) => {
      const node = tokens.kind(token) === TokenKind.Object ? members.known(token, key) : undefined;
      const held = node === undefined ? [] : graph.tokens(node);
      return held.filter((one) => tokens.kind(one) === TokenKind.Function).map((one) => tokens.data(one));
    });
  }

  /** The own class of which a field of a class surely holds an instance, -1 for none or several. */
  fieldClass(cls: number, key: string): number {
    const { tokens, graph, members } = this.#tracking;
    const token = tokens.find(TokenKind.Instance, cls);
    const node = token === undefined ? undefined : members.known(token, key);
    const found = node === undefined ? [] : graph.tokens(node).filter((t) => tokens.kind(t) === TokenKind.Instance);
    return found.length === 1 ? tokens.data(found[0]!) : -1;
  }

  #react(fn: number, pc: number, token: number): void {
    if ((this.program.fileOf(fn).code[pc]! & 255) === Op.Call) this.#calls.call(fn, pc, token);
    else react(this.#tracking, fn, pc, token);
  }

  #seedVariables(): void {
    const { program, tokens, nodes, graph, members } = this.#tracking;
    for (let variable = 0; variable < program.variableCount; variable++) {
      const file = program.variableFile[variable]!;
      const { type, kind } = program.files[file]!.variables[variable - program.variableBase[file]!]!;
      if (type) members.seedType(file, type, nodes.variable(variable));
      // `module.exports` is an object before anything is written to it.
      if (kind === 'commonjs') graph.add(nodes.variable(variable), tokens.site(file, -1 - variable));
    }
  }

  #seedEntry(entry: Program['knowledge']['entries'][number]): void {
    if (entry.parameters.every((state) => !state)) return;
    const { program, tokens, nodes, graph } = this.#tracking;
    for (const fn of entryFunctions(program, this.exports, entry)) {
      program.functionOf(fn).params.forEach((param, i) => {
        const state = entry.parameters[i];
        if (state) graph.add(nodes.slot(fn, param.slot), tokens.of(TokenKind.Api, state));
      });
    }
  }
}
