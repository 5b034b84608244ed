import { CALL_ARGUMENTS, Op } from '../../ir/instruction.js';
import { functionsOf } from '../tools/caller-index.js';
import type { Place } from '../tools/item.js';
import type { StaticValues } from '../tools/static-values.js';
import type { Endpoint } from './open-endpoints.js';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all']);
/** What returns the router that it is called on. */
const CHAINS = new Set([...VERBS, 'use', 'on', 'basePath']);
/** Registrations in one chain. Why: routers of Hono and Elysia are written as one, of a hundred routes at most. */
const MOST_LINKS = 200;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** A call `app.verb(path, …)`, `app.use(…)`. */
interface Registration {
  readonly place: Place;
  readonly verb: string;
  readonly path: string | undefined;
  readonly given: readonly Given[];
  /** The application or router on which it is called, by where that is made; none where that is not told. */
  readonly on: readonly string[];
}

/** What a registration is given. */
interface Given {
  readonly functions: readonly number[];
  readonly names: readonly string[];
  /** Where it is made, where it is no function of the program: a router perhaps. */
  readonly made: readonly string[];
}

/**
 * Handlers registered for a path: `app.post('/chat', check, handler)`. What stands before the handler, and what is used for all (`app.use(check)`) by its
 * router, by one above, or by one of which nothing is known, runs before it. A router that is mounted checks nobody by its name: `app.use(loginRouter)`.
 * Files whose server listens on loopback only have none.
 */
export function registeredRoutes(values: StaticValues, isTest: (fn: number) => boolean): Endpoint[] {
  const { program } = values;
  const routes: Registration[] = [];
  const used: Registration[] = [];
  for (let fn = 0; fn < program.functionCount; fn++) {
    if (isTest(fn)) continue;
    for (const pc of values.index(fn).calls) {
      const registration = readRegistration(values, { function: fn, pc });
      if (!registration) continue;
      if (registration.verb === 'listen') {
        if (namesOf(registration.given).some((name) => LOOPBACK.has(name))) return [];
      } else if (registration.verb === 'use') used.push(registration);
      else if (registration.path !== undefined && functionsGiven(registration.given).length > 0)
        routes.push(registration);
    }
  }
  const routers = new Set([...routes, ...used].flatMap(({ on }) => on));
  return routes.map((route) => {
    const inFront = usedBefore(route, used, routers);
    const functions = functionsGiven(route.given);
    return {
      handler: functions.at(-1)!,
      registration: route.place,
      before: [...functionsGiven(inFront), ...functions.slice(0, -1)],
      names: namesOf([...inFront, ...route.given]),
    };
  });
}

/** What is used by the router of a route and those that it is mounted on, without routers; by all where its router is not told. */
function usedBefore(
  route: Registration,
  used: readonly Registration[],
  routers: ReadonlySet<string>,
): readonly Given[] {
  const isRouter = ({ made }: Given): boolean => made.some((each) => routers.has(each));
  const above = new Set(route.on);
  for (let size = -1; size !== above.size; ) {
    size = above.size;
    for (const { on, given } of used)
      if (given.some(({ made }) => made.some((each) => above.has(each)))) for (const each of on) above.add(each);
  }
  return used
    .filter(({ on, given }) => {
      const mounted = given.filter(isRouter).flatMap(({ made }) => made);
      const below = mounted.length > 0 ? mounted : on;
      return route.on.length === 0 || below.length === 0 || below.some((each) => above.has(each));
    })
    .flatMap(({ given }) => given.filter((each) => !isRouter(each)));
}

function functionsGiven(given: readonly Given[]): number[] {
  return given.flatMap(({ functions }) => functions);
}

function namesOf(given: readonly Given[]): string[] {
  return given.flatMap(({ names }) => names);
}

function readRegistration(values: StaticValues, place: Place): Registration | undefined {
  const { program, tracker } = values;
  const { code, strings } = program.fileOf(place.function);
  const callee = values.index(place.function).definitions.get(code[place.pc + 4]!)?.[0];
  if (callee === undefined || (code[callee]! & 255) !== Op.Load) return undefined;
  const verb = strings[code[callee + 5]!]!;
  if (!VERBS.has(verb) && verb !== 'use' && verb !== 'listen') return undefined;
  const count = (code[place.pc]! >>> 8) - CALL_ARGUMENTS;
  const [first] = values.argument(place, 0);
  const path = first?.kind === 'text' && first.text.startsWith('/') ? first.text : undefined;
  if (VERBS.has(verb) && (path === undefined || count < 2)) return undefined;
  const given: Given[] = [];
  for (let i = 0; i < count; i++) {
    const slot = code[place.pc + CALL_ARGUMENTS + i]!;
    const functions = functionsOf(tracker, place.function, slot);
    const names = slotNames(values, place.function, slot);
    if (verb === 'listen')
      for (const item of values.argument(place, i)) if (item.kind === 'text') names.push(item.text);
    const made = verb === 'use' && functions.length === 0 ? routersAt(values, place.function, slot) : [];
    given.push({ functions, names, made });
  }
  return { place, verb, path, given, on: routersAt(values, place.function, code[callee + 4]!) };
}

/** Where the router is made that a slot holds; of a chain of registrations, the router that it begins with. */
function routersAt(values: StaticValues, fn: number, slot: number, depth = 0): string[] {
  const { program } = values;
  return values.slot(fn, slot).flatMap((item) => {
    if (item.kind !== 'call') return [];
    const { function: made, pc } = item.place;
    const { code, strings } = program.fileOf(made);
    const callee = values.index(made).definitions.get(code[pc + 4]!)?.[0];
    const isLink = callee !== undefined && (code[callee]! & 255) === Op.Load && CHAINS.has(strings[code[callee + 5]!]!);
    return isLink && depth < MOST_LINKS ? routersAt(values, made, code[callee + 4]!, depth + 1) : [`${made}:${pc}`];
  });
}

/** What an argument is called: the variable, the import, the function whose result it is. */
function slotNames(values: StaticValues, fn: number, slot: number, depth = 0): string[] {
  const { code, strings, imports, variables } = values.program.fileOf(fn);
  const pc = values.index(fn).definitions.get(slot)?.[0];
  if (pc === undefined || depth > 3) return [];
  switch (code[pc]! & 255) {
    case Op.Import:
      return [imports[code[pc + 4]!]!.local];
    case Op.LoadVariable:
      return [variables[code[pc + 4]!]!.name];
    case Op.Load:
      return [strings[code[pc + 5]!]!, ...slotNames(values, fn, code[pc + 4]!, depth + 1)];
    case Op.Call:
    case Op.Copy:
      return slotNames(values, fn, code[pc + 4]!, depth + 1);
    default:
      return [];
  }
}
