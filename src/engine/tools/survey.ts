/**
 * What the program hands to models: its tools, agents and servers, what each can do, and what is wrong with their definitions. Read-only: it runs when
 * data has been followed, and asks the tracker, the models and the flows that were found.
 *
 * 1. definitions are found where models say so (`definitions.ts`), or by the names that a shared handler tells apart (`dispatched.ts`);
 * 2. the calls that a tool's handler reaches (`reach.ts`) tell its capabilities; a flow of its arguments into one of these calls tells that the model
 *    decides what the call does;
 * 3. rules about definitions are judged on the result (`judge.ts`).
 *
 * Its expressions are read off the code without flow (`static-values.ts`): what is computed stays unknown, and unknown is never a finding.
 */

import { covers } from '../../core/kinds.js';
import type { Condition } from '../../core/port.js';
import { type Approval, CAPABILITIES, type Capability, type Control, type ToolReport } from '../../core/tool.js';
import type { Arrivals } from '../arrivals.js';
import type { CallGraph } from '../call-graph.js';
import type { Flow } from '../flow.js';
import { isQuestion } from './asks.js';
import { findAssigned } from './assigned.js';
import { type ModelledCall, modelsOf } from './call-states.js';
import { capabilitiesOf } from './capability-of.js';
import { type Confinement, confinedIn, type IsConfined } from './confined.js';
import { type Definition, findDefinitions, findToolClasses } from './definitions.js';
import { findDispatched, findLookedUp, findRequested } from './dispatched.js';
import { findEnvironment } from './environment.js';
import { type Item, itemKey, type Place } from './item.js';
import type { JsonRpcServers } from './json-rpc.js';
import { judge } from './judge.js';
import { locate } from './locate.js';
import { findLoops } from './loops.js';
import type { Notice } from './notice.js';
import { isOfFile } from './of-file.js';
import { findOutside, type Outside, outsideOfReady } from './outside.js';
import { ownFlows } from './own-flows.js';
import { inputOf } from './process-input.js';
import { NO_TOOL, type Reach, reachFrom } from './reach.js';
import { withoutReadOnly } from './read-only.js';
import { CONVERTS, handlerArguments, methodOf, readSchema, type Schema } from './schema.js';
import { findSettings, holds } from './settings.js';
import type { StaticValues } from './static-values.js';

export { locate } from './locate.js';

/** A tool, agent or server with all that is known of it. */
export interface Surveyed {
  readonly definition: Definition;
  readonly report: ToolReport;
  readonly schema: Schema;
  readonly members: readonly Surveyed[];
  /** What it has to do with others: whose text it brings in, whom it can tell something. */
  readonly outside: Outside;
}

export interface Survey {
  /** The flows that hold for what the connections allow. */
  readonly flows: readonly Flow[];
  readonly tools: readonly ToolReport[];
  readonly notices: readonly Notice[];
}

/**
 * @param calls those outside of tests
 * @param known `own`: tools that only their shape tells; `checked`: keys (`function:start`) of sinks at which something arrived that was cleared for them;
 *   `arrivals`: the ways to sinks; `confined`: those of what was cleared on the way
 */
export function survey(
  values: StaticValues,
  calls: readonly ModelledCall[],
  graph: CallGraph,
  flows: readonly Flow[],
  {
    checked,
    arrivals,
    confined,
    requests,
    own,
  }: {
    readonly checked: ReadonlySet<string>;
    readonly arrivals: Arrivals;
    readonly confined: Arrivals;
    readonly requests: JsonRpcServers;
    readonly own: readonly Definition[];
  },
): Survey {
  const isTest = (fn: number): boolean => graph.tests[fn] === 1;
  const found = withNames(values, [
    ...findDefinitions(values, calls),
    ...findDispatched(values, calls),
    ...findRequested(values, requests, isTest),
    ...findToolClasses(values, isTest),
    ...own,
  ]);
  const all = withHandlers(values, found, isTest);
  const tools = all.filter(({ kind }) => kind === 'tool');
  const names = new Set(tools.map(({ name }) => name).filter((name) => name !== ''));
  const possible = withoutReadOnly(values, flows);
  const byArgument = possible.filter(
    (flow) => (covers('toolarg', flow.kind) || covers('completion', flow.kind)) && inputOf(values, flow) !== 'plain',
  );
  // What a connection that changes nothing is asked is confined by that.
  const readOnly = flows.filter((flow) => !possible.includes(flow));
  const made = new Map<string, Surveyed>();
  const shared = new SharedReach(tools, names);
  for (const definition of tools) {
    const key = placeKey(definition);
    made.set(key, surveyTool(definition, names, shared, byArgument, { checked, confined, readOnly, arrivals }));
  }
  const surveyed = [...made.values()];
  const holders = all
    .filter(({ kind }) => kind !== 'tool')
    .map((definition) => surveyHolder(definition, all, surveyed));
  const kept = holders.filter(({ definition, members }) => definition.kind === 'server' || members.length > 0);
  const notices = [
    ...judge(surveyed, kept),
    ...findSettings(values, calls),
    ...findAssigned(values, isTest),
    ...findLoops(values, calls),
  ];
  return {
    // What is no interpreter for sure may be one, and no finding.
    flows: possible.filter((flow) => ['interpreter', 'none'].includes(inputOf(values, flow))),
    tools: [...kept, ...surveyed].map(({ report }) => report).sort(byPlace),
    notices,
  };
}

/** A tool whose definition has no name is known by its key among the first agent's tools, else by its variable. */
function withNames(values: StaticValues, definitions: Definition[]): Definition[] {
  const keys = new Map<string, string>();
  for (const agent of definitions) {
    if (agent.kind !== 'agent') continue;
    for (const holder of agent.toolHolders)
      for (const [key, items] of values.entries(holder))
        for (const { place } of items)
          if (/^[A-Za-z_$]/.test(key) && !keys.has(placeText(place))) keys.set(placeText(place), key);
  }
  return definitions.map((each) => {
    if (each.name !== '' || each.kind !== 'tool') return each;
    const { function: fn, pc } = each.place;
    const name = keys.get(placeText(each.place)) ?? variableName(values, fn, values.program.fileOf(fn).code[pc + 3]!);
    return { ...each, name };
  });
}

/** The variable to which the result of an instruction is given, '' for none. */
function variableName(values: StaticValues, fn: number, slot: number): string {
  const { strings, variables } = values.program.fileOf(fn);
  const { slotNames } = values.program.functionOf(fn);
  const { stored, copies } = values.index(fn);
  for (const each of [slot, ...(copies.get(slot) ?? [])]) if (slotNames[each]! >= 0) return strings[slotNames[each]!]!;
  for (const [variable, slots] of stored) if (slots.includes(slot)) return variables[variable]!.name;
  return '';
}

function withHandlers(values: StaticValues, definitions: Definition[], isTest: (fn: number) => boolean): Definition[] {
  const wanted = new Set(
    definitions.filter((each) => each.kind === 'tool' && !each.hasHandler && each.name !== '').map(({ name }) => name),
  );
  if (wanted.size === 0) return definitions;
  const found = findLookedUp(values, wanted, isTest);
  return definitions.map((each) =>
    each.kind === 'tool' && !each.hasHandler
      ? { ...each, values: values.pinned(each.name), handlers: found.get(each.name) ?? [] }
      : each,
  );
}

/** The calls that several tools with the same handlers have in common: what they run whichever tool is meant. */
class SharedReach {
  readonly #counts = new Map<string, number>();
  readonly #memo = new Map<string, ReadonlySet<string>>();

  constructor(
    tools: readonly Definition[],
    private readonly names: ReadonlySet<string>,
  ) {
    for (const definition of tools) {
      // Instances of one class run the same code, all of it for each.
      if (isOwnHandler(definition)) continue;
      const { handlers } = definition;
      const key = handlers.join(',');
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  of(definition: Definition): ReadonlySet<string> {
    if (isOwnHandler(definition)) return NO_CALLS;
    const { handlers, values } = definition;
    const key = handlers.join(',');
    if ((this.#counts.get(key) ?? 0) < 2) return NO_CALLS;
    let calls = this.#memo.get(key);
    if (!calls) {
      calls = new Set(reachFrom(values.pinned(NO_TOOL), handlers, NO_TOOL, this.names).calls.map(placeText));
      this.#memo.set(key, calls);
    }
    return calls;
  }
}

/** Whether a tool's handler is its own, and is not called for others, to be told apart by name. */
function isOwnHandler({ hasHandler, model }: Definition): boolean {
  return hasHandler && !model.dispatch;
}

const NO_CALLS: ReadonlySet<string> = new Set();

function placeText({ function: fn, pc }: Place): string {
  return `${fn}:${pc}`;
}

function surveyTool(
  definition: Definition,
  names: ReadonlySet<string>,
  shared: SharedReach,
  chosen: readonly Flow[],
  { checked, confined, readOnly, arrivals }: Confinement,
): Surveyed {
  const { values } = definition;
  const reach = reachFrom(values, definition.handlers, definition.name, names);
  const flows = ownFlows(definition, reach, chosen, arrivals);
  const isConfined = confinedIn(definition, reach, {
    checked,
    confined,
    readOnly: ownFlows(definition, reach, readOnly, arrivals),
  });
  const schema = readSchema(values, definition.schema);
  const annotations = definition.annotations.flatMap((item) =>
    values
      .entries(item)
      .flatMap(([key, items]) => items.flatMap((each) => (each.kind === 'text' ? [`${key}: ${each.text}`] : []))),
  );
  // What a shared handler takes apart is the request, and not what one tool is given.
  const hasOwnHandler = isOwnHandler(definition);
  const asked = definition.asks || asksInside(values, reach);
  // What is ready says itself what it can do, unless the program brings the code that does it.
  const can = definition.handlers.length > 0 ? undefined : definition.model.can;
  const approval: Approval = asked ? 'asked' : definition.host ? 'host' : 'none';
  return {
    definition,
    schema,
    members: [],
    outside: can ? outsideOfReady(can, locate(values, definition.place)) : findOutside(values, reach, flows),
    report: {
      kind: 'tool',
      name: definition.name,
      framework: definition.framework,
      location: locate(values, definition.place),
      arguments:
        schema.names.length > 0 ? schema.names : handlerArguments(values, hasOwnHandler ? definition.handlers : []),
      capabilities: can
        ? CAPABILITIES.flatMap((kind) =>
            can[kind] ? [{ kind, control: can[kind], location: locate(values, definition.place) }] : [],
          )
        : findCapabilities(
            values,
            reach,
            shared.of(definition),
            ...(fillsNothing(values, definition.schema) ? NOTHING_CHOSEN : ([flows, isConfined] as const)),
          ),
      approval,
      annotations: [...new Set(annotations)].filter((text) => /^\w*Hint: /.test(text)).sort(),
      tools: [],
    },
  };
}

/** Who fills in nothing decides nothing, also where a helper does with others what they are told. */
const NOTHING_CHOSEN: readonly [readonly Flow[], IsConfined] = [[], () => false];

/** Whether a schema surely names no field: `{}`, `z.object({})`, `{ properties: {} }`. One that only says `object` is open. */
function fillsNothing(values: StaticValues, schema: readonly Item[]): boolean {
  const isBare = (item: Item): boolean =>
    item.kind === 'object' && !values.isOpen(item) && values.entries(item).length === 0;
  return (
    schema.length > 0 &&
    schema.every((item) => {
      if (item.kind === 'call') {
        const method = methodOf(values, item);
        const inner = values.argument(item.place, 0);
        return method === 'object' ? inner.every(isBare) : CONVERTS.has(method) && fillsNothing(values, inner);
      }
      const properties = values.field(item, 'properties');
      return properties.length > 0 ? properties.every(isBare) : isBare(item);
    })
  );
}

/** Whether a handler asks a person. What asks far below it (what an agent asks that the tool starts) does not ask for this tool. */
function asksInside(values: StaticValues, reach: Reach): boolean {
  return reach.calls.some(
    (place) =>
      reach.functions.get(place.function)! <= NEAR && !reach.given.has(place.function) && isQuestion(values, place),
  );
}

/** What programs do on the side, to tell someone of what happens. */
const TELLS: ReadonlySet<string> = new Set(['sends mail', 'sends messages']);
/** Functions below a handler up to which its own mails are sent (a service, its mailer, the transport, a retry), and questions are its own. */
const NEAR = 5;

const RANK: Readonly<Record<Control, number>> = { model: 0, confined: 1, code: 2 };

function findCapabilities(
  values: StaticValues,
  reach: Reach,
  shared: ReadonlySet<string>,
  flows: readonly Flow[],
  isConfined: IsConfined,
): Capability[] {
  const { program } = values;
  const chosen = new Set(flows.map(({ sink }) => `${sink.function}:${sink.start}:${sink.kind}`));
  const best = new Map<string, Capability>();
  // An own helper for requests is handed another address, and told another method, by each tool.
  let own: StaticValues | undefined;
  const within = (): StaticValues => {
    own ??= values.within(reach.calls);
    return own;
  };
  const isMet = (place: Place, condition: Condition): boolean => holds(within(), place, condition, undefined, 'some');
  const isWritten = flows.some(({ sink }) => covers('code', sink.kind));
  for (const place of reach.calls) {
    // What evaluated code is given does nothing where the program itself wrote that code.
    if (!isWritten && reach.offered.has(place.function)) continue;
    const { code } = program.fileOf(place.function);
    const start = code[place.pc + 1]!;
    const isShared = shared.has(placeText(place));
    for (const model of modelsOf(values, place, within)) {
      for (const [kind, sink] of capabilitiesOf(model, (condition) => isMet(place, condition))) {
        if (kind === 'reads files' && covers('untrusted.content.file', sink) && !isOfFile(values, place)) continue;
        const control: Control = chosen.has(`${place.function}:${start}:${sink}`)
          ? 'model'
          : isConfined({ function: place.function, start, kind: sink })
            ? 'confined'
            : 'code';
        // What the server does for every tool (it counts, it logs) says nothing of this one, nor do notices far below it (a login has expired).
        if (control !== 'model' && reach.given.has(place.function)) continue;
        if (control === 'code' && (isShared || (TELLS.has(kind) && reach.functions.get(place.function)! > NEAR)))
          continue;
        const known = best.get(kind);
        if (!known || RANK[control] < RANK[known.control])
          best.set(kind, { kind, control, location: locate(values, place) });
      }
    }
  }
  const environment = best.has('reads the environment') ? undefined : findEnvironment(values, reach);
  if (environment)
    best.set('reads the environment', {
      kind: 'reads the environment',
      control: 'code',
      location: locate(values, environment),
    });
  return CAPABILITIES.flatMap((kind) => best.get(kind) ?? []);
}

/** An agent or a server with its tools. */
function surveyHolder(definition: Definition, all: readonly Definition[], tools: readonly Surveyed[]): Surveyed {
  const members =
    definition.kind === 'agent' ? toolsOfAgent(definition, all, tools) : toolsOfServer(definition, all, tools);
  const best = new Map<string, Capability>();
  for (const { report } of members) {
    for (const capability of report.capabilities) {
      const known = best.get(capability.kind);
      if (!known || RANK[capability.control] < RANK[known.control]) best.set(capability.kind, capability);
    }
  }
  return {
    definition,
    schema: { names: [], loose: [] },
    members,
    outside: {},
    report: {
      kind: definition.kind,
      name: definition.name,
      framework: definition.framework,
      location: locate(definition.values, definition.place),
      arguments: [],
      capabilities: CAPABILITIES.flatMap((kind) => best.get(kind) ?? []),
      approval: definition.asks ? 'asked' : definition.host ? 'host' : 'none',
      annotations: [],
      tools: members.map(({ report }) => report.name),
    },
  };
}

function toolsOfAgent(
  agent: Definition,
  all: readonly Definition[],
  tools: readonly Surveyed[],
  nested = 0,
): Surveyed[] {
  const keys = new Set<string>();
  const add = (item: Item, depth: number): void => {
    keys.add(`${item.place.function}:${item.place.pc}`);
    if (item.kind === 'instance') keys.add(`class ${item.class}`);
    // `toolkit.getTools()`: the toolkit
    if (item.kind === 'call' && depth < 3) {
      const { function: fn, pc } = item.place;
      for (const owner of agent.values.owner(fn, agent.values.program.fileOf(fn).code[pc + 5]!))
        if (owner.kind === 'call') add(owner, 3);
    }
    // `tools: { search: wrap(tool(…)) }`, lists in lists
    if (depth < 2 && (item.kind === 'list' || (item.kind === 'object' && item.array)))
      for (const each of [...agent.values.entries(item).flatMap(([, inner]) => inner), ...agent.values.spreads(item)])
        add(each, depth + 1);
  };
  for (const item of agent.tools) add(item, 0);
  for (const item of agent.toolHolders) for (const each of [item, ...agent.values.spreads(item)]) add(each, 0);
  // `mcpServers: { desk: createSdkMcpServer({ tools }) }`: what another holds.
  const held =
    nested > 0 ? [] : all.filter((each) => each.kind === 'agent' && each !== agent && keys.has(placeText(each.call)));
  const inner = new Set(held.flatMap((each) => toolsOfAgent(each, all, tools, nested + 1)));
  return tools.filter((tool) => inner.has(tool) || isHeld(tool));

  function isHeld({ definition }: Surveyed): boolean {
    return (
      keys.has(`class ${definition.class}`) ||
      [definition.place, definition.call].some((place) => keys.has(`${place.function}:${place.pc}`)) ||
      (definition.model.items !== undefined && samePlace(definition.call, agent.call))
    );
  }
}

/** By the server on which a tool was registered; where that is not known, by the only server of the file, or of all. */
function toolsOfServer(server: Definition, all: readonly Definition[], tools: readonly Surveyed[]): Surveyed[] {
  const { program } = server.values;
  const servers = all.filter(({ kind }) => kind === 'server');
  const own = itemKey({ kind: 'call', place: server.call });
  return tools.filter(({ definition }) => {
    if (definition.framework !== server.framework) return false;
    const known = definition.server.filter((item) =>
      servers.some((each) => itemKey({ kind: 'call', place: each.call }) === itemKey(item)),
    );
    if (known.length > 0) return known.some((item) => itemKey(item) === own);
    const file = program.functionFile[definition.call.function];
    const near = servers.filter((each) => program.functionFile[each.call.function] === file);
    const candidates = near.length > 0 ? near : servers;
    return candidates.length === 1 && candidates[0] === server;
  });
}

function samePlace(a: Place, b: Place): boolean {
  return a.function === b.function && a.pc === b.pc;
}

function placeKey({ place, name, call }: Definition): string {
  return `${place.function}:${place.pc}:${name}:${samePlace(place, call) ? '' : 'item'}`;
}

function byPlace(a: ToolReport, b: ToolReport): number {
  const left = a.location.file;
  const right = b.location.file;
  if (left !== right) return left < right ? -1 : 1;
  if (a.location.start !== b.location.start) return a.location.start - b.location.start;
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
