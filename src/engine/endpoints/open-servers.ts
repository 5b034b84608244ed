/**
 * MCP servers that anyone who reaches the port can use: an HTTP server that listens beyond loopback (Node's default), from whose file a transport of
 * the protocol, or an own dispatcher of it, is reached, and in which nothing looks at who asks.
 */
import { CALL_ARGUMENTS, Op } from '../../ir/instruction.js';
import { modelsOf, nameOf } from '../tools/call-states.js';
import type { Place } from '../tools/item.js';
import type { JsonRpcServers } from '../tools/json-rpc.js';
import { locate } from '../tools/locate.js';
import type { Notice } from '../tools/notice.js';
import { type Reach, reachFrom } from '../tools/reach.js';
import type { StaticValues } from '../tools/static-values.js';
import { calledNames } from './called-names.js';

/** Names of calls and fields that tell who asks. Sessions of the protocol tell nothing of that. */
const IDENTITY = /auth(?!ors?(?!i[sz]))|jwt|bearer|permission|log_?in|signed|verify|guard|protect|is_?allowed/i;
/** Names of keys: what the server itself has for other services is called so too. */
const KEY = /api_?-?key|credential|access_?token/i;
/** … of what is done with the key of whoever asks, */
const CHECKS = /valid|check|requir|^is(?=[A-Z_])|^has(?=[A-Z_])|assert|compar|equal|match|ensure|enforce|middleware/i;
/** … and of what a request is, and what it carries. */
const REQUEST = /^(?:req|request|ctx|context|headers?|query|params|searchParams|cookies)$/i;
const LOOPBACK = /^(?:127\.|localhost$|::1$|\/|\\\\)/;

/** @param modelled functions with a call that serves; @param isTest whether a function belongs to a test */
export function findOpenServers(
  values: StaticValues,
  serving: readonly Place[],
  requests: JsonRpcServers,
  isTest: (fn: number) => boolean,
): Notice[] {
  const { program } = values;
  const served = [...serving, ...requests.dispatchers].filter((place) => !isTest(place.function));
  if (served.length === 0) return [];
  const notices: Notice[] = served.flatMap((place) => openRoute(values, place));
  for (let file = 0; file < program.files.length; file++) {
    if (!program.files[file]!.strings.includes('listen')) continue;
    const functions = functionsOfFile(values, file);
    const listening = functions.flatMap((fn) => listenCalls(values, fn)).filter(({ function: fn }) => !isTest(fn));
    const open = listening.find((place) => isOpen(values, place));
    if (!open) continue;
    const reach = reachFrom(values, functions, '', new Set());
    const server = served.find((place) => reach.functions.has(place.function));
    if (!server || asksWho(values, reach)) continue;
    const { qualifiedName } = program.functionOf(open.function);
    notices.push({
      rule: 'mcp-unauthenticated-server',
      location: locate(values, open),
      message: 'The MCP server listens on every network interface, and nothing checks who asks.',
      advice: "Listen on loopback (`listen(port, '127.0.0.1')`), or demand a token before requests are handled.",
      subject: qualifiedName,
      function: qualifiedName,
      related: [{ location: locate(values, server), message: 'Requests of the protocol are taken here.' }],
    });
  }
  return notices;
}

/** A route of a web framework whose handler the protocol's own package has made. */
function openRoute(values: StaticValues, place: Place): Notice[] {
  const { program } = values;
  if (!modelsOf(values, place).some(({ listens }) => listens)) return [];
  const file = program.functionFile[place.function]!;
  if (asksWho(values, reachFrom(values, functionsOfFile(values, file), '', new Set()))) return [];
  const { qualifiedName } = program.functionOf(place.function);
  return [
    {
      rule: 'mcp-unauthenticated-server',
      location: locate(values, place),
      message: 'The MCP server answers whoever calls its route, and nothing checks who asks.',
      advice:
        'Wrap the handler, `withMcpAuth(handler, verifyToken, { required: true })`, or check a token before it runs.',
      subject: qualifiedName,
      function: qualifiedName,
      related: [],
    },
  ];
}

/** The calls that let others use the program, of which models tell. */
export function servingCalls(values: StaticValues, calls: readonly { readonly place: Place }[]): Place[] {
  return calls.flatMap(({ place }) =>
    modelsOf(values, place).some(({ serves, listens }) => serves || listens) ? [place] : [],
  );
}

function functionsOfFile({ program }: StaticValues, file: number): number[] {
  const first = program.functionBase[file]!;
  return Array.from({ length: program.functionBase[file + 1]! - first }, (_, i) => first + i);
}

function listenCalls(values: StaticValues, fn: number): Place[] {
  const { code, strings } = values.program.fileOf(fn);
  return values.index(fn).calls.flatMap((pc) => {
    const callee = values.index(fn).definitions.get(code[pc + 4]!)?.[0];
    const isListen =
      callee !== undefined && (code[callee]! & 255) === Op.Load && strings[code[callee + 5]!] === 'listen';
    return isListen ? [{ function: fn, pc }] : [];
  });
}

/** Whether a server surely listens beyond loopback: an address that says so, or none. */
function isOpen(values: StaticValues, place: Place): boolean {
  const { code } = values.program.fileOf(place.function);
  const count = (code[place.pc]! >>> 8) - CALL_ARGUMENTS;
  if (count === 0) return false;
  const [first] = values.argument(place, 0);
  if (first?.kind === 'text' && !/^\d+$/.test(first.text)) return false;
  const options = first?.kind === 'object' ? values.field(first, 'host') : undefined;
  if (first?.kind === 'object' && values.isOpen(first)) return false;
  const host = options ?? (count > 1 ? values.argument(place, 1) : []);
  const texts = host.flatMap((item) => (item.kind === 'text' && !/^\d+$/.test(item.text) ? [item.text] : []));
  if (texts.length > 0) return texts.every((text) => !LOOPBACK.test(text));
  // A callback, or a number of connections, is no address.
  return host.every((item) => item.kind === 'function' || item.kind === 'text');
}

/** Whether anything that runs for a request reads or checks who sent it. */
function asksWho(values: StaticValues, { calls, loads, functions }: Reach): boolean {
  if (calls.some((call) => calledNames(values, call).some(isCheck))) return true;
  for (const fn of functions.keys()) if (readsNamedHeader(values, fn)) return true;
  return loads.some(({ function: fn, pc }) => {
    const { code, strings } = values.program.fileOf(fn);
    const name = strings[code[pc + 5]!] ?? '';
    return IDENTITY.test(name) || (KEY.test(name) && isOfRequest(values, fn, code[pc + 4]!));
  });
}

function isCheck(name: string): boolean {
  return IDENTITY.test(name) || (KEY.test(name) && CHECKS.test(name));
}

/** Whether a slot holds a request, or a part of one: `req.headers`, `request.query`. */
function isOfRequest(values: StaticValues, fn: number, slot: number): boolean {
  const { code } = values.program.fileOf(fn);
  let at = slot;
  for (let hops = 0; hops < 4 && at >= 0; hops++) {
    if (REQUEST.test(nameOf(values, fn, at))) return true;
    const pc = values.index(fn).definitions.get(at)?.[0];
    const op = pc === undefined ? undefined : code[pc]! & 255;
    if (op !== Op.Load && op !== Op.Copy && op !== Op.Call) return false;
    at = op === Op.Call ? code[pc! + 5]! : code[pc! + 4]!;
  }
  return false;
}

/** `request.headers[HEADER]`, where the header is not known or is one that tells who asks. */
function readsNamedHeader(values: StaticValues, fn: number): boolean {
  const { code } = values.program.fileOf(fn);
  const { definitions } = values.index(fn);
  return [...definitions.values()].some((pcs) =>
    pcs.some((pc) => {
      if ((code[pc]! & 255) !== Op.LoadDynamic || !/^headers$/i.test(nameOf(values, fn, code[pc + 4]!))) return false;
      const names = values.slot(fn, code[pc + 5]!).flatMap((item) => (item.kind === 'text' ? [item.text] : []));
      return names.length === 0 || names.some((name) => IDENTITY.test(name) || KEY.test(name));
    }),
  );
}
