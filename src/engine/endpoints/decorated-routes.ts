import type { Program } from '../program.js';
import type { Endpoint } from './open-endpoints.js';

/** Decorators that make a method answer requests or messages of a socket, and those of the class around it. */
const ROUTE = /^(?:Get|Post|Put|Patch|Delete|All|Sse|SubscribeMessage)$/;
const CONTROLLER = /Controller$|^WebSocketGateway$/;
/** What a gateway runs when someone connects. */
const CONNECTS = new Set(['handleConnection', 'afterInit']);
/** What an application sets up once for all of its routes. */
const FOR_ALL = /^(?:APP_GUARD|useGlobalGuards|useWebSocketAdapter)$/;

/**
 * Methods of controllers and gateways that decorators make endpoints: `@Controller('chat') class { @Post() ask(@Body() body) }`. None where the program
 * has guards for all of its routes, or an own adapter for its sockets.
 */
export function decoratedRoutes(program: Program): Endpoint[] {
  const routes: Endpoint[] = [];
  for (let cls = 0; cls < program.classCount; cls++) {
    const { decorators, methods } = program.classOf(cls);
    if (!decorators.some(({ name }) => CONTROLLER.test(name))) continue;
    const base = program.functionBase[program.classFile[cls]!]!;
    const before = methods
      .filter(({ isStatic, function: fn }) => !isStatic && CONNECTS.has(program.functionOf(base + fn).name))
      .map(({ function: fn }) => base + fn);
    for (const { isStatic, function: fn } of methods) {
      const own = program.functionOf(base + fn).decorators;
      if (isStatic || !own.some(({ name }) => ROUTE.test(name))) continue;
      routes.push({ handler: base + fn, before, names: [...decorators, ...own].map(({ name }) => name) });
    }
  }
  return routes.length > 0 && hasGuardForAll(program) ? [] : routes;
}

function hasGuardForAll(program: Program): boolean {
  return program.files.some(
    ({ imports, strings }) =>
      imports.some(({ name }) => FOR_ALL.test(name)) || strings.some((text) => FOR_ALL.test(text)),
  );
}
