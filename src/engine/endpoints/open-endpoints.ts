/**
 * Endpoints that call a model with nothing in front: anyone can spend the budget. An endpoint is a function that a framework calls because of where it
 * stands (a route, a server action), or one that is registered for a path. What it reaches is followed through own functions; a call whose name speaks
 * of a session, a permission or a rate is a guard.
 */

import { covers } from '../../core/kinds.js';
import type { Port } from '../../core/port.js';
import { CALL_ARGUMENTS, LiteralKind, Op } from '../../ir/instruction.js';
import type { CallGraph } from '../call-graph.js';
import { entryFunctions } from '../entry-functions.js';
import type { Program } from '../program.js';
import { modelsOf } from '../tools/call-states.js';
import type { Place } from '../tools/item.js';
import { locate } from '../tools/locate.js';
import type { Notice } from '../tools/notice.js';
import { reachFrom } from '../tools/reach.js';
import { holds } from '../tools/settings.js';
import type { StaticValues } from '../tools/static-values.js';
import type { Tracker } from '../tracker.js';
import { calledNames } from './called-names.js';
import { decoratedRoutes } from './decorated-routes.js';
import { guardedFronts, servedPath } from './guarded-fronts.js';
import { registeredRoutes } from './registered-routes.js';

/** A function that answers requests, and what runs before it. */
export interface Endpoint {
  readonly handler: number;
  /** The call that registers it; undefined for conventions, which are reported at the function. */
  readonly registration?: Place;
  /** Whether the framework calls it because of where it stands. */
  readonly isConvention?: boolean;
  readonly before: readonly number[];
  /** Names that stand before the handler: middleware of packages, decorators. */
  readonly names: readonly string[];
}

/** Names of calls, decorators and headers that check who asks, or how often. */
const GUARD =
  /auth|session|token|jwt|permission|logged|login|signed|current_?user|require_?user|get_?user(?:_?id)?$|get_?user_?from|api_?key|rate_?limit|limiter|throttl|captcha|turnstile|guard|protect|verify_?(?:request|signature|webhook)|credential|allowed|^can(?=[A-Z])|quota|member|clerk|bearer/i;
/** Conventions that are no endpoints: pages and middleware are rendered or run for everyone. */
const ENDPOINTS = /route|action|handler|endpoint|loader|api/i;

export function findOpenEndpoints(values: StaticValues, graph: CallGraph): Notice[] {
  const { program, tracker } = values;
  const isTest = (fn: number): boolean => graph.tests[fn] === 1;
  const endpoints = [
    ...conventional(program, tracker),
    ...decoratedRoutes(program),
    ...registeredRoutes(values, isTest),
  ];
  if (endpoints.length === 0) return [];
  const fronts = guardedFronts(values, GUARD);
  if (fronts.everywhere) return [];
  const notices: Notice[] = [];
  const reported = new Set<string>();
  for (const endpoint of endpoints) {
    if (isTest(endpoint.handler) || endpoint.names.some((name) => GUARD.test(name))) continue;
    if (endpoint.isConvention && fronts.covers(servedPath(program.fileOf(endpoint.handler).path))) continue;
    const model = openModelCall(values, endpoint);
    if (!model) continue;
    const { blocks, start, qualifiedName } = program.functionOf(endpoint.handler);
    const { path } = program.fileOf(endpoint.handler);
    const place = endpoint.registration ?? { function: endpoint.handler, pc: blocks[0]! };
    const location = endpoint.registration
      ? locate(values, place)
      : { file: path, start, end: program.functionOf(endpoint.handler).end };
    const key = `${location.file}:${location.start}`;
    if (reported.has(key)) continue;
    reported.add(key);
    notices.push({
      rule: 'unauthenticated-model-endpoint',
      location,
      message: 'This endpoint calls a model, and nothing checks who asks or how often.',
      advice: 'Check the session or a key first, and limit the rate for each caller.',
      subject: qualifiedName,
      function: qualifiedName,
      related: [{ location: locate(values, model), message: 'The model is called here.' }],
    });
  }
  return notices;
}

/** Functions that frameworks call by convention. */
function conventional(program: Program, tracker: Tracker): Endpoint[] {
  return program.knowledge.entries
    .filter(({ selector }) => ENDPOINTS.test(selector))
    .flatMap((entry) =>
      [...entryFunctions(program, tracker.exports, entry)].map((handler): Endpoint => {
        const cls = program.ownerClass(handler);
        const decorators = [
          ...program.functionOf(handler).decorators,
          ...(cls < 0 ? [] : program.classOf(cls).decorators),
        ];
        return { handler, isConvention: true, before: [], names: decorators.map(({ name }) => name) };
      }),
    );
}

/** The first model call that an endpoint reaches; undefined where there is none, or a guard is called on the way. */
function openModelCall(values: StaticValues, { handler, before }: Endpoint): Place | undefined {
  const { program } = values;
  const { calls, loads, functions } = reachFrom(values, [handler, ...before], '', new Set());
  let model: Place | undefined;
  for (const call of calls) {
    if (calledNames(values, call).some((name) => GUARD.test(name))) return undefined;
    if (!model && callsModel(values, call)) model = call;
  }
  if (!model) return undefined;
  for (const fn of functions.keys()) if (refuses(program, fn)) return undefined;
  for (const { function: fn, pc } of loads) {
    const { code, strings } = program.fileOf(fn);
    if (/^authorization$|^x-api-key$/i.test(strings[code[pc + 5]!] ?? '')) return undefined;
  }
  return model;
}

/** Whether a call surely goes to a model: a request does, by its address. */
function callsModel(values: StaticValues, call: Place): boolean {
  return modelsOf(values, call).some(({ sinks }) =>
    sinks.some(
      ({ kind, port, when, shape }) =>
        isModel(kind) &&
        !shape &&
        isGiven(values, call, port) &&
        when.every((condition) => holds(values, call, condition)),
    ),
  );
}

/** Whether a call has the argument in which a model is told something: a list of the models that there are tells it nothing. */
function isGiven({ program }: StaticValues, { function: fn, pc }: Place, { root, index }: Port): boolean {
  const given = (program.fileOf(fn).code[pc]! >>> 8) - CALL_ARGUMENTS;
  return root !== 'argument' || index < given;
}

/** Whether a function knows who may not ask: 401 and 403 are answers to the wrong one. */
function refuses(program: Program, fn: number): boolean {
  const { code, strings } = program.fileOf(fn);
  const { blocks } = program.functionOf(fn);
  const end = blocks[blocks.length - 1]!;
  const answers = new Set<number>();
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const op = code[pc]! & 255;
    if (op === Op.Const && code[pc + 4] === LiteralKind.Number && /^40[13]$/.test(strings[code[pc + 5]!]!))
      answers.add(code[pc + 3]!);
    // What a provider answered is compared with.
    else if (op === Op.Compare) for (const slot of [code[pc + 5]!, code[pc + 6]!]) answers.delete(slot);
  }
  return answers.size > 0;
}

function isModel(kind: string): boolean {
  return covers('model.prompt', kind) || covers('model.system', kind);
}
