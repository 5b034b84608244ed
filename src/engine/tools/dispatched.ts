/** Tools without a handler of their own: those that a server dispatches by name, and those whose handler the program looks up by name. */
import type { ToolModel } from '../../core/port.js';
import { CompareOperator, Op } from '../../ir/instruction.js';
import type { ModelledCall } from './call-states.js';
import { nameOf } from './call-states.js';
import { type Definition, findDispatches, TOLD_BY_HANDLER } from './definitions.js';
import { type Item, itemKey, type Place } from './item.js';
import type { JsonRpcServers } from './json-rpc.js';
import { reachFrom } from './reach.js';
import type { StaticValues } from './static-values.js';

/** Tools of servers that register one handler for all of them. */
export function findDispatched(values: StaticValues, calls: readonly ModelledCall[]): Definition[] {
  const lists = findDispatches(values, calls, 'list');
  const result: Definition[] = [];
  for (const dispatch of findDispatches(values, calls, 'dispatch')) {
    const own = lists.filter((list) => sharesServer(values, list, dispatch));
    const listed = own.flatMap((list) => list.handlers.flatMap((handler) => listedTools(values, handler)));
    const tools = listed.length > 0 ? listed : comparedNames(values, dispatch.handlers, dispatch.call);
    for (const { name, item } of distinctNames(tools)) {
      result.push({
        kind: 'tool',
        framework: dispatch.model.framework,
        name,
        call: dispatch.call,
        place: item?.place ?? dispatch.call,
        values: values.pinned(name),
        handlers: dispatch.handlers,
        schema: item ? values.field(item, 'inputSchema') : [],
        annotations: item ? values.field(item, 'annotations') : [],
        ...TOLD_BY_HANDLER,
        host: dispatch.model.host,
        server: dispatch.server,
        model: dispatch.model,
      });
    }
  }
  return result;
}

const REQUESTED: ToolModel = { kind: 'tool', framework: 'MCP', host: true, approval: [], dispatch: ['tools/call'] };

/** Tools of servers that tell requests apart by themselves. */
export function findRequested(
  values: StaticValues,
  requests: JsonRpcServers,
  isTest: (fn: number) => boolean,
): Definition[] {
  return requests.dispatchers.flatMap((call) => {
    if (isTest(call.function)) return [];
    const names = comparedNames(values, [call.function], call).map(({ name }) => name);
    const described = describedTools(values, values.program.functionFile[call.function]!);
    return [...new Set(names)].map((name) => ({
      kind: 'tool' as const,
      framework: REQUESTED.framework,
      name,
      call,
      place: described.get(name)?.place ?? call,
      values: values.pinned(name),
      handlers: [call.function],
      schema: described.has(name) ? values.field(described.get(name)!, 'inputSchema') : [],
      annotations: described.has(name) ? values.field(described.get(name)!, 'annotations') : [],
      ...TOLD_BY_HANDLER,
      host: true,
      server: [],
      model: REQUESTED,
    }));
  });
}

/** The descriptions of tools in a file, by name: `{ name, inputSchema }`. */
function describedTools(values: StaticValues, file: number): Map<string, Item> {
  const { program } = values;
  const result = new Map<string, Item>();
  for (let fn = program.functionBase[file]!; fn < program.functionBase[file + 1]!; fn++) {
    const { code } = program.fileOf(fn);
    for (const pcs of values.index(fn).definitions.values()) {
      for (const pc of pcs) {
        if ((code[pc]! & 255) !== Op.Alloc) continue;
        const item: Item = { kind: 'object', array: false, place: { function: fn, pc } };
        const [name] = values.field(item, 'name');
        if (name?.kind === 'text' && values.field(item, 'inputSchema').length > 0) result.set(name.text, item);
      }
    }
  }
  return result;
}

interface Named {
  readonly name: string;
  readonly item: Item | undefined;
}

function distinctNames(tools: readonly Named[]): Named[] {
  return [...new Map(tools.map((tool) => [tool.name, tool])).values()];
}

/** The tools that the handler of a list request returns: `{ tools: [{ name, … }] }`. */
function listedTools(values: StaticValues, handler: number): Named[] {
  const returned = values.index(handler).returned.flatMap((slot) => values.slot(handler, slot));
  return values
    .path(returned, ['tools', '[]'])
    .flatMap((item) =>
      values.field(item, 'name').flatMap((name) => (name.kind === 'text' ? [{ name: name.text, item }] : [])),
    );
}

/** The texts with which what a handler reaches compares something called `name`. */
function comparedNames(values: StaticValues, handlers: readonly number[], call: Place): Named[] {
  const result: Named[] = [];
  const { program } = values;
  for (const fn of reachFrom(values, handlers, '', new Set()).functions.keys()) {
    // A name is told apart where it is dispatched, not in what is called for it.
    if (program.functionFile[fn] !== program.functionFile[call.function]) continue;
    const { code } = program.fileOf(fn);
    for (const [, pcs] of values.index(fn).definitions) {
      for (const pc of pcs) {
        if ((code[pc]! & 255) !== Op.Compare || code[pc + 4] !== CompareOperator.Equal) continue;
        const items = values.slot(fn, code[pc + 6]!);
        if (
          items.length !== 1 ||
          items[0]!.kind !== 'text' ||
          !/^(name|tool_?name)$/i.test(nameOf(values, fn, code[pc + 5]!))
        )
          continue;
        result.push({ name: items[0]!.text, item: undefined });
      }
    }
  }
  return result;
}

function sharesServer(
  values: StaticValues,
  a: { readonly server: readonly Item[]; readonly call: Place },
  b: { readonly server: readonly Item[]; readonly call: Place },
): boolean {
  const keys = new Set(a.server.filter((item) => item.kind !== 'unknown').map(itemKey));
  if (b.server.some((item) => keys.has(itemKey(item)))) return true;
  const { program } = values;
  return program.functionFile[a.call.function] === program.functionFile[b.call.function];
}

/** The handlers of tools that are only described to the model, found where the program compares with, or looks up, their names. */
export function findLookedUp(
  values: StaticValues,
  names: ReadonlySet<string>,
  isTest: (fn: number) => boolean,
): Map<string, number[]> {
  const { program } = values;
  const result = new Map<string, Set<number>>();
  const add = (name: string, fn: number): void => {
    const known = result.get(name);
    if (known) known.add(fn);
    else result.set(name, new Set([fn]));
  };
  for (let fn = 0; fn < program.functionCount; fn++) {
    if (isTest(fn)) continue;
    const { code } = program.fileOf(fn);
    for (const pcs of values.index(fn).definitions.values()) {
      for (const pc of pcs) {
        const op = code[pc]! & 255;
        if (op === Op.Compare && code[pc + 4] === CompareOperator.Equal) {
          const items = values.slot(fn, code[pc + 6]!);
          if (items.length === 1 && items[0]!.kind === 'text' && names.has(items[0]!.text)) add(items[0]!.text, fn);
        } else if (op === Op.LoadDynamic) {
          for (const base of values.slot(fn, code[pc + 4]!))
            for (const [key, items] of values.entries(base))
              if (names.has(key) && items.some((item) => item.kind === 'function')) add(key, fn);
        }
      }
    }
  }
  return new Map([...result].map(([name, fns]) => [name, [...fns].sort((a, b) => a - b)]));
}
