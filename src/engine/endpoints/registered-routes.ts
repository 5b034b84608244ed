import { CALL_ARGUMENTS, Op } from '../../ir/instruction.js';
import { functionsOf } from '../tools/caller-index.js';
import type { Place } from '../tools/item.js';
import type { StaticValues } from '../tools/static-values.js';
import type { Endpoint } from './open-endpoints.js';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all']);
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** A call `app.verb(path, …)`, `app.use(…)`. */
interface Registration {
  readonly place: Place;
  readonly verb: string;
  readonly path: string | undefined;
  readonly functions: readonly number[];
  readonly names: readonly string[];
}

/**
 * Handlers registered for a path: `app.post('/chat', check, handler)`. What stands before the handler, and what the same file or program uses for all
 * (`app.use(check)`), runs before it. Files whose server listens on loopback only have none.
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
        if (registration.names.some((name) => LOOPBACK.has(name))) return [];
      } else if (registration.verb === 'use') used.push(registration);
      else if (registration.path !== undefined && registration.functions.length > 0) routes.push(registration);
    }
  }
  const before = used.flatMap(({ functions }) => functions);
  const names = used.flatMap((each) => each.names);
  return routes.map((route) => ({
    handler: route.functions.at(-1)!,
    registration: route.place,
    before: [...before, ...route.functions.slice(0, -1)],
    names: [...names, ...route.names],
  }));
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
  const functions: number[] = [];
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    const slot = code[place.pc + CALL_ARGUMENTS + i]!;
    functions.push(...functionsOf(tracker, place.function, slot));
    names.push(...slotNames(values, place.function, slot));
    if (verb === 'listen')
      for (const item of values.argument(place, i)) if (item.kind === 'text') names.push(item.text);
  }
  return { place, verb, path, functions, names };
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
