/**
 * The engine's main file. The whole program in, flows out:
 *
 * 1. the tracker resolves calls (`tracker.ts`), from which the call graph and its strongly connected components follow;
 * 2. each function is run once, callees first, on a symbolic heap (`interpreter.ts`), and leaves a summary (`summary.ts`): edges from what the
 *    caller provides, from sources and from cells to what it returns, writes, and hands to sinks; components run until nothing changes;
 * 3. what moves through cells is closed at the end (`close.ts`).
 *
 * Where this departs from the design's text: a value carries the functions and interfaces it may be (as abstract objects), so that a client
 * handed to a parameter is still known there; the tracker's answer is what remains when a value is silent. Results of awaited unknown calls
 * are not tainted by the call's arguments, because what comes back from a disk or a network is something else.
 */
import type { Diagnostic } from '../core/diagnostic.js';
import type { Clears } from '../core/kinds.js';
import type { ToolReport } from '../core/tool.js';
import { Arrivals } from './arrivals.js';
import { buildCallGraph, components } from './call-graph.js';
import { CellTable } from './cells.js';
import { closeCells } from './close.js';
import { Compositions } from './compositions.js';
import { findConstants, findFunctions } from './constants.js';
import { findElementParameters } from './element-parameters.js';
import { findHistories } from './endpoints/histories.js';
import { findOpenEndpoints } from './endpoints/open-endpoints.js';
import { findOpenServers, servingCalls } from './endpoints/open-servers.js';
import { findFieldTables } from './field-tables.js';
import { findFilled } from './filled.js';
import { type Flow, FlowSet, RuleTable, withoutSiblings } from './flow.js';
import { AppliedTable, type Context, type Frame } from './frame.js';
import { GivenLists } from './given-lists.js';
import { analyseFunction, type EntryKind, type EntryKinds } from './interpreter.js';
import { Masks } from './masks.js';
import { NameGuards } from './name-guards.js';
import { NameLists } from './name-lists.js';
import { NameTests } from './name-tests.js';
import { Names } from './names.js';
import { PathTable } from './path-table.js';
import { PredicateTable } from './predicates.js';
import { Program, type ProgramInput } from './program.js';
import { findKept, findSeen, type Kept, raiseAcross, raiseFlows, type Seen } from './raise.js';
import { Redactions } from './redactions.js';
import { SpecialisedSummaries } from './specialised.js';
import type { Summary } from './summary.js';
import { findModelledCalls } from './tools/call-states.js';
import { ClosedArguments, type Confined } from './tools/closed-arguments.js';
import { type Definition, findDefinitions, findToolClasses } from './tools/definitions.js';
import type { Item } from './tools/item.js';
import { JsonRpcServers } from './tools/json-rpc.js';
import type { Notice } from './tools/notice.js';
import { findOwnTools } from './tools/own-tools.js';
import { ParsedSchemas } from './tools/parsed-schema.js';
import { StaticValues } from './tools/static-values.js';
import { survey } from './tools/survey.js';
import { entryFunctions, Tracker } from './tracker.js';
import { findTrusted, trust } from './trusted.js';
import { TypeEvidence } from './type-evidence.js';

export interface EngineResult {
  readonly program: Program;
  /** What was found out about functions and calls, for those who ask about one place. */
  readonly context: Context;
  readonly entries: EntryKinds;
  readonly flows: readonly Flow[];
  readonly tools: readonly ToolReport[];
  /** Findings about definitions and settings in code, which are no flows. */
  readonly notices: readonly Notice[];
  readonly diagnostics: readonly Diagnostic[];
  readonly functions: number;
  readonly calls: number;
  readonly callsResolved: number;
}

export function analyse(input: ProgramInput, onProgress?: (done: number, total: number) => void): EngineResult {
  const program = new Program(input);
  const tracker = new Tracker(program, input.oracle);
  const graph = buildCallGraph(program, tracker);
  const values = StaticValues.of(program, tracker);
  const calls = findModelledCalls(values);
  const isTest = (fn: number): boolean => graph.tests[fn] === 1;
  const names = new Names(program.knowledge);
  const paths = new PathTable(program.limits.pathDepth);
  const functions = findFunctions(program);
  const constants = findConstants(program, tracker.exports, functions);
  const tables = findFieldTables(program, tracker, constants);
  const tests = new NameTests();
  const lists = new NameLists(values);
  const guards = new NameGuards(program, lists, tests);
  const closed = new ClosedArguments(values);
  const context: Context = {
    program,
    tracker,
    graph,
    paths,
    cells: new CellTable(),
    names,
    evidence: new TypeEvidence(program, tracker.exports, tracker.types, names, paths),
    rules: new RuleTable(program.rules),
    constants,
    functions,
    filled: findFilled(program, tracker.exports),
    tables,
    elementParameters: findElementParameters(program, tracker, constants, tables),
    summaries: new Array(program.functionCount),
    limits: program.limits,
    redactions: new Redactions(values, calls),
    applied: new AppliedTable(program.functionCount),
    tests,
    guards,
    lists,
    predicates: new PredicateTable(program, tracker, constants, guards),
    closed,
    schemas: new ParsedSchemas(values, closed),
    requests: new JsonRpcServers(values),
    checked: new Set(),
    arrivals: new Arrivals(),
    givenLists: new GivenLists(program),
    compositions: new Compositions(program, tracker),
    confined: new Arrivals(),
    finished: new Uint8Array(program.functionCount),
    specialised: new SpecialisedSummaries(program.limits.specialisedSummaries, (fn, cls, given) => {
      const { summary } = analyseFunction(context, fn, entries, cls, given);
      return trust(summary, trusted.get(fn));
    }),
  };
  const classes = findToolClasses(values, isTest);
  const own = findOwnTools(values, [...findDefinitions(values, calls), ...classes], isTest);
  const entries = entryKinds(program, tracker, own, confinedEntries(closed, [...classes, ...own]));
  const flows = new FlowSet();
  const kept: Kept[] = [];
  const seen: Seen[] = [];
  const full = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const trusted = findTrusted(program, tracker, input.trusted ?? [], (diagnostic) => diagnostics.push(diagnostic));
  const order = first(components(graph.callees), graph.callees, context.redactions.functions);
  let done = 0;
  for (const component of order) {
    for (const frame of runComponent(context, component, graph.callees, entries, trusted)) {
      flows.addAll(raiseFlows(frame));
      for (const one of findKept(frame)) kept.push(one);
      for (const one of findSeen(frame)) seen.push(one);
      if (context.summaries[frame.fn]?.coarse) diagnostics.push(outOfFuel(frame));
      if (frame.isFull) full.add(`\`${frame.ir.qualifiedName}\` (${frame.file.path})`);
    }
    for (const fn of component) context.finished[fn] = 1;
    done += component.length;
    if (onProgress && (done & 1023) < component.length) onProgress(done, program.functionCount);
  }
  if (full.size > 0) diagnostics.push(summariesFull([...full].sort(), program.limits.edgesPerSummary));
  flows.addAll(closeCells(context, kept));
  flows.addAll(raiseAcross(context, seen));
  const masks = new Masks(context, values, calls);
  const found = withoutSiblings(flows.values()).filter((flow) => !masks.hides(flow));
  const untested = calls.filter(({ place }) => graph.tests[place.function] === 0);
  const { tools, notices, flows: possible } = survey(values, untested, graph, found, { ...context, own });
  const exposed = [
    ...findOpenEndpoints(values, graph),
    ...findOpenServers(values, servingCalls(values, untested), context.requests, isTest),
    ...findHistories(values, untested),
  ];
  return {
    program,
    context,
    entries,
    flows: possible,
    tools,
    notices: [...notices, ...exposed].filter((notice) => !masks.answersFor(notice)),
    diagnostics,
    functions: program.functionCount,
    calls: graph.calls,
    callsResolved: graph.callsResolved,
  };
}

/** The components with functions that others depend on without calling them, and with what these call, before all others. */
function first(
  order: readonly (readonly number[])[],
  callees: readonly (readonly number[])[],
  functions: readonly number[],
): readonly (readonly number[])[] {
  if (functions.length === 0) return order;
  const wanted = new Set(functions);
  for (const fn of wanted) for (const callee of callees[fn]!) wanted.add(callee);
  const isWanted = (component: readonly number[]): boolean => component.some((fn) => wanted.has(fn));
  return [...order.filter(isWanted), ...order.filter((component) => !isWanted(component))];
}

/**
 * The members of a component until their summaries no longer change, or the bound is reached. A member is run again only where the summary of
 * one that it calls has changed since.
 */
function runComponent(
  context: Context,
  component: readonly number[],
  callees: readonly (readonly number[])[],
  entries: EntryKinds,
  trusted: ReadonlyMap<number, Clears>,
): Frame[] {
  const frames = new Map<number, Frame>();
  const places = new Map(component.map((fn, place) => [fn, place]));
  const calls = component.map((fn) => callees[fn]!.filter((callee) => places.has(callee)));
  let waiting: ReadonlySet<number> = new Set(component);
  for (let round = 0; round < context.limits.componentRounds && waiting.size > 0; round++) {
    const changed = new Set<number>();
    component.forEach((fn, i) => {
      if (!waiting.has(fn) && !calls[i]!.some((callee) => changed.has(callee))) return;
      const { summary: own, frame } = analyseFunction(context, fn, entries);
      const summary = trust(own, trusted.get(fn));
      if (size(summary) !== size(context.summaries[fn])) changed.add(fn);
      context.summaries[fn] = summary;
      frames.set(fn, frame);
    });
    // Who comes later in the round has seen the change already.
    waiting = new Set(
      component.filter((_, i) => calls[i]!.some((callee) => changed.has(callee) && places.get(callee)! >= i)),
    );
  }
  return component.map((fn) => frames.get(fn)!);
}

function size(summary: Summary | undefined): number {
  return summary ? summary.edges.length + summary.invokes.length : 0;
}

/** What schemas confine of what handlers are given that no call hands over; of a handler of several tools nothing is known. */
function confinedEntries(closed: ClosedArguments, tools: readonly Definition[]): ReadonlyMap<number, Confined> {
  const schemas = new Map<number, readonly Item[] | undefined>();
  for (const { handlers, schema } of tools)
    for (const fn of handlers) schemas.set(fn, schemas.has(fn) ? undefined : schema);
  const known = [...schemas].flatMap(([fn, schema]) => (schema ? [[fn, closed.ofSchema(schema)] as const] : []));
  return new Map(known);
}

function entryKinds(
  program: Program,
  tracker: Tracker,
  own: readonly Definition[],
  confined: ReadonlyMap<number, Confined>,
): EntryKinds {
  const result = new Map<number, EntryKind>();
  for (const entry of program.knowledge.entries) {
    if (!entry.returns && entry.kinds.every((kind) => kind === undefined)) continue;
    const returns = entry.returns && { returns: { ...entry.returns, selector: entry.selector } };
    for (const fn of entryFunctions(program, tracker.exports, entry)) {
      const fields = confined.get(fn);
      const parameters = entry.kinds.map((kind, i) =>
        kind ? { kind, selector: entry.selector, ...(i === 0 && fields && { confined: fields }) } : undefined,
      );
      result.set(fn, { ...result.get(fn), parameters, ...returns });
    }
  }
  for (const fn of own.flatMap(({ handlers }) => handlers))
    result.set(fn, {
      ...result.get(fn),
      parameters: [{ kind: 'toolarg', selector: 'own tool', confined: confined.get(fn) }],
    });
  return result;
}

/** Functions that are named in a diagnostic about many. */
const NAMED = 3;

/** One for all: there are such in every large program, one in eighty functions or so. */
function summariesFull(functions: readonly string[], room: number): Diagnostic {
  const more = functions.length > NAMED ? `, and ${functions.length - NAMED} more` : '';
  const [has, it] = functions.length === 1 ? ['function has', 'it'] : ['functions have', 'them'];
  return {
    kind: 'limit',
    message: `${functions.length} ${has} more ways through ${it} than the ${room} that are kept; some of what callers hand to ${it} is not followed: ${functions.slice(0, NAMED).join(', ')}${more}`,
  };
}

function outOfFuel(frame: Frame): Diagnostic {
  return {
    kind: 'limit',
    message: `\`${frame.ir.qualifiedName}\` is too large to be followed step by step; what reaches it was followed only in part`,
    file: frame.file.path,
  };
}
