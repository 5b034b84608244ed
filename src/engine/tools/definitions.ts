/** Finding the definitions of tools, agents and servers: calls whose model says that they define one. */
import { matchesGlob } from '../../core/literal-glob.js';
import type { PartPort, ToolModel } from '../../core/port.js';
import { ANY, CALL_ARGUMENTS, Op } from '../../ir/instruction.js';
import { entryFunctions } from '../entry-functions.js';
import type { ModelledCall } from './call-states.js';
import { functionsOf } from './caller-index.js';
import type { Item, Place } from './item.js';
import { rootItems } from './root-items.js';
import { holds } from './settings.js';
import type { StaticValues } from './static-values.js';

/** Tools that one call may define. */
const NAMES = 400;

export interface Definition {
  readonly kind: ToolModel['kind'];
  readonly framework: string;
  readonly name: string;
  /** The call that defines it, or hands its definition over. */
  readonly call: Place;
  /** Where it is reported: its object literal, where it has one of its own, else the call. */
  readonly place: Place;
  /** The code as this tool sees it. */
  readonly values: StaticValues;
  readonly handlers: readonly number[];
  readonly schema: readonly Item[];
  readonly annotations: readonly Item[];
  /** Whether a person is asked because the definition says so. */
  readonly asks: boolean;
  readonly host: boolean;
  readonly tools: readonly Item[];
  /** The objects and lists in which the tools of an agent stand. */
  readonly toolHolders: readonly Item[];
  readonly server: readonly Item[];
  /** The definition says where its handler stands; those that do not are dispatched to by name. */
  readonly hasHandler: boolean;
  readonly model: ToolModel;
  /** The own class of which the tool is an instance. */
  readonly class?: number;
}

/** What holds of each tool that its handler alone tells of: no call of a model made it. */
export const TOLD_BY_HANDLER = { asks: false, tools: [], toolHolders: [], hasHandler: true } as const;

export function findDefinitions(values: StaticValues, calls: readonly ModelledCall[]): Definition[] {
  const result: Definition[] = [];
  for (const { place, models } of calls)
    for (const { tools, selector } of models)
      for (const model of tools ?? [])
        if ((model.when ?? []).every((condition) => holds(values, place, condition)))
          result.push(...define(values, place, model, readyName(selector)));
  return distinctPlaces(result);
}

/** What a ready tool is called where nothing else names it: `QuerySqlTool` for `new QuerySqlTool`. */
function readyName(selector: string): string {
  return selector.slice(selector.indexOf('#') + 1).replace(/^new /, '');
}

function define(values: StaticValues, call: Place, model: ToolModel, ready: string): Definition[] {
  if (model.dispatch) return [];
  if (!model.items) {
    const names = model.name ? textsAt(values, call, undefined, model.name) : model.can ? [ready] : [];
    if (names.length <= 1) return [makeDefinition(values, call, undefined, model, names[0] ?? '', '')];
    return names.slice(0, NAMES).map((name) => makeDefinition(values.pinned(name), call, undefined, model, name, ''));
  }
  const { path } = model.items;
  const holders = values.path(rootItems(values, call, model.items), path.slice(0, -1));
  const result: Definition[] = [];
  for (const holder of holders) {
    for (const [key, items] of values.entries(holder)) {
      for (const item of items) {
        if (item.kind !== 'object' && item.kind !== 'instance') continue;
        const names = model.name ? textsAt(values, call, item, model.name, key) : [key];
        // Settings that stand among the tools are none.
        if (names.length === 0 && model.name) continue;
        if (model.types && !isOfType(values, item, model.types)) continue;
        result.push(makeDefinition(values, call, item, model, names[0] ?? '', key));
      }
    }
  }
  return result;
}

function isOfType(values: StaticValues, item: Item, types: readonly string[]): boolean {
  const found = values.field(item, 'type');
  return found.some((each) => each.kind === 'text' && types.some((glob) => matchesGlob(glob, each.text)));
}

function makeDefinition(
  values: StaticValues,
  call: Place,
  item: Item | undefined,
  model: ToolModel,
  name: string,
  key: string,
): Definition {
  const part = (ports: readonly PartPort[] | undefined): readonly Item[] =>
    (ports ?? []).flatMap((port) => itemsAt(values, call, item, port, key));
  return {
    kind: model.kind,
    framework: model.framework,
    // A key that the code computes is no name.
    name: name === ANY ? '' : name,
    call,
    place: item?.place ?? call,
    values,
    handlers: model.handler ? handlersAt(values, call, item, model.handler) : [],
    schema: part(model.schema).filter((each) => !isBeside(values, each)),
    annotations: part(model.annotations),
    asks: model.approval.some((port) => asksAt(values, part([port]))),
    host: model.host,
    tools: part(model.tools),
    toolHolders: part(
      model.tools?.map((each) => ({ ...each, port: { ...each.port, path: each.port.path.slice(0, -1) } })),
    ),
    server: part(model.server),
    hasHandler: model.handler !== undefined,
    model,
  };
}

/** What stands beside a schema among the arguments of a definition: a description of several lines, hints for clients. */
function isBeside(values: StaticValues, item: Item): boolean {
  if (item.kind !== 'object') return false;
  const keys = values.entries(item).map(([key]) => key);
  return item.array || (keys.length > 0 && keys.every((key) => key === 'title' || key.endsWith('Hint')));
}

/** What stands for approval, and asks nobody: what is approved is approved in advance. */
const UNASKED: ReadonlySet<string> = new Set(['false', 'never', 'null', 'approved', 'not-applicable', 'always_allow']);

/** Approval that is written and not switched off, for all tools or for some: `true`, `{ refund: 'user-approval' }`. */
function asksAt(values: StaticValues, items: readonly Item[]): boolean {
  return items.some((item) => {
    if (item.kind === 'text') return !UNASKED.has(item.text);
    const entries = item.kind === 'object' && !item.array ? values.entries(item).flatMap(([, each]) => each) : [];
    return entries.length === 0 || !entries.every((each) => each.kind === 'text' && UNASKED.has(each.text));
  });
}

function itemsAt(
  values: StaticValues,
  call: Place,
  item: Item | undefined,
  port: PartPort,
  key: string,
): readonly Item[] {
  if (port.from === 'key') return [{ kind: 'text', text: key, place: call }];
  if (port.from === 'item') return item ? values.path([item], port.port.path) : [];
  return values.path(rootItems(values, call, port.port), port.port.path);
}

function textsAt(
  values: StaticValues,
  call: Place,
  item: Item | undefined,
  ports: readonly PartPort[],
  key = '',
): string[] {
  for (const port of ports) {
    const items = itemsAt(values, call, item, port, key);
    const texts = items.flatMap((each) => (each.kind === 'text' ? [each.text] : []));
    if (texts.length > 0) return [...new Set(texts)];
  }
  return [];
}

/** The functions at a port: written there, made by an own function, wrapped by a call of something else, or known to the tracker. */
function handlersAt(
  values: StaticValues,
  call: Place,
  item: Item | undefined,
  ports: readonly PartPort[],
): readonly number[] {
  const found = new Set<number>();
  const add = (items: readonly Item[], depth: number): void => {
    for (const each of items) {
      if (each.kind === 'function') found.add(each.function);
      else if (each.kind === 'call' && depth < 3) {
        const { code } = values.program.fileOf(each.place.function);
        const count = (code[each.place.pc]! >>> 8) - CALL_ARGUMENTS;
        for (let i = 0; i < count; i++) add(values.argument(each.place, i), depth + 1);
      }
    }
  };
  for (const port of ports) add(itemsAt(values, call, item, port, ''), 0);
  const { code } = values.program.fileOf(call.function);
  for (const { from, port } of found.size === 0 ? ports : []) {
    const at = call.pc + CALL_ARGUMENTS + port.index;
    const isArgument = from === 'call' && port.root === 'argument' && port.path.length === 0;
    if (!isArgument || at >= call.pc + (code[call.pc]! >>> 8)) continue;
    for (const fn of functionsOf(values.tracker, call.function, code[at]!)) found.add(fn);
  }
  return [...found].sort((a, b) => a - b);
}

/** Own classes that extend a class of a framework: `class Search extends StructuredTool`. */
export function findToolClasses(values: StaticValues, isTest: (fn: number) => boolean): Definition[] {
  const { program, tracker } = values;
  const result: Definition[] = [];
  for (const entry of program.knowledge.entries) {
    if (!entry.classes || !entry.kinds.includes('toolarg')) continue;
    for (const handler of entryFunctions(program, tracker.exports, entry)) {
      const cls = program.ownerClass(handler);
      if (isTest(handler)) continue;
      const place = placeOfClass(values, cls);
      const instance: Item = { kind: 'instance', class: cls, place };
      const told = {
        kind: 'tool',
        framework: entry.selector,
        values,
        handlers: [handler],
        annotations: [],
        ...TOLD_BY_HANDLER,
        host: false,
        server: [],
        model: { kind: 'tool', framework: entry.selector, approval: [], host: false },
      } as const;
      const schemaOf = (item: Item): readonly Item[] => SCHEMA_FIELDS.flatMap((key) => values.field(item, key));
      const names = textsOf(values.field(instance, 'name'));
      const instances = instancesOf(values, cls, isTest);
      // A name that some of the instances have, and others not, is the name of those.
      const isOne = new Set(names).size <= 1 && (instances.isAll || instances.made.length === 0);
      // A class whose instances have names of their own is several tools, and by its own name those whose names are not known.
      const { made, isAll } = isOne ? NOTHING_MADE : instances;
      for (const { call, name, schema } of made) result.push({ ...told, name, call, place: call, schema });
      if (isAll) continue;
      const name = isOne && names[0] !== undefined ? names[0] : program.classOf(cls).name;
      result.push({ ...told, name, call: place, place, schema: isOne ? schemaOf(instance) : [], class: cls });
    }
  }
  return result;
}

const SCHEMA_FIELDS = ['schema', 'inputSchema', 'parameters'];

interface MadeTool {
  readonly call: Place;
  readonly name: string;
  readonly schema: readonly Item[];
}

const NOTHING_MADE: { readonly made: readonly MadeTool[]; readonly isAll: boolean } = { made: [], isAll: false };

/** The places where a class of tools is constructed with one literal name each; `isAll` where there are no others. */
function instancesOf(
  values: StaticValues,
  cls: number,
  isTest: (fn: number) => boolean,
): { readonly made: readonly MadeTool[]; readonly isAll: boolean } {
  const calls = values.constructions(cls).filter(({ function: fn }) => !isTest(fn));
  const made = calls.flatMap((call): MadeTool[] => {
    const names = new Set(textsOf(values.fieldOfMade(cls, 'name', call)));
    const [name] = names;
    if (names.size !== 1 || name === undefined) return [];
    return [{ call, name, schema: SCHEMA_FIELDS.flatMap((key) => values.fieldOfMade(cls, key, call)) }];
  });
  return { made, isAll: made.length > 0 && made.length === calls.length };
}

function textsOf(items: readonly Item[]): string[] {
  return items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
}

/** The instruction that makes a class. */
export function placeOfClass(values: StaticValues, cls: number): Place {
  const { program } = values;
  const file = program.classFile[cls]!;
  const fn = program.functionBase[file]! + Math.max(0, program.classOf(cls).parent);
  const { code } = program.files[file]!;
  const own = cls - program.classBase[file]!;
  for (const pcs of values.index(fn).definitions.values())
    for (const pc of pcs) if ((code[pc]! & 255) === Op.Class && code[pc + 4] === own) return { function: fn, pc };
  return { function: fn, pc: program.functionOf(fn).blocks[0]! };
}

/** The handlers that all tools of a server share, and the names that the server lists. */
export interface Dispatch {
  readonly model: ToolModel;
  readonly call: Place;
  readonly handlers: readonly number[];
  readonly server: readonly Item[];
}

/** @param which `dispatch` for the calls that register the shared handler, `list` for those that register what lists the tools */
export function findDispatches(
  values: StaticValues,
  calls: readonly ModelledCall[],
  which: 'dispatch' | 'list',
): Dispatch[] {
  const result: Dispatch[] = [];
  for (const { place: call, models } of calls) {
    for (const { tools } of models) {
      for (const model of tools ?? []) {
        if (!model.dispatch || !model.handler || !(model[which] ?? []).includes(schemaName(values, call))) continue;
        const server = model.server ? model.server.flatMap((port) => itemsAt(values, call, undefined, port, '')) : [];
        result.push({ model, call, handlers: handlersAt(values, call, undefined, model.handler), server });
      }
    }
  }
  return result;
}

/** The name of what is handed as first argument: an imported name, or a text. */
function schemaName(values: StaticValues, { function: fn, pc }: Place): string {
  const file = values.program.fileOf(fn);
  const { code } = file;
  const slot = code[pc + CALL_ARGUMENTS]!;
  const definition = values.index(fn).definitions.get(slot)?.[0];
  if (definition !== undefined && (code[definition]! & 255) === Op.Import)
    return file.imports[code[definition + 4]!]!.name;
  const items = values.slot(fn, slot);
  return items.length === 1 && items[0]!.kind === 'text' ? items[0]!.text : '';
}

/** How much a definition tells of what the tool does: by its code, by what models say of ready ones, not at all. */
function tells({ handlers, model }: Definition): number {
  return handlers.length > 0 ? 2 : model.can ? 1 : 0;
}

/** A definition that several models tell of, or that several calls hand over, is one. */
function distinctPlaces(definitions: readonly Definition[]): Definition[] {
  const seen = new Map<string, Definition>();
  for (const each of definitions) {
    const key = `${each.kind}:${each.place.function}:${each.place.pc}:${each.name}`;
    const known = seen.get(key);
    if (!known || tells(each) > tells(known)) seen.set(key, each);
  }
  return [...seen.values()];
}
