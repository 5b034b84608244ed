/**
 * What the engine knows of a place in a file: which calls stand there and what they call, and what reaches the sinks among them. Read-only, for
 * people who ask why nothing was found. Functions with code at the place are run once more, with what is known of the others.
 */
import { Clears, covers } from '../core/kinds.js';
import type { CallModel } from '../core/port.js';
import { Op } from '../ir/instruction.js';
import type { Context, Frame, Hit } from './frame.js';
import { analyseFunction, type EntryKinds } from './interpreter.js';
import { elementName, kindsOf } from './raise.js';
import { TokenKind } from './tracker.js';

export interface PlaceFacts {
  /** Qualified names of the functions that have code there. */
  readonly functions: readonly string[];
  readonly calls: readonly CallFacts[];
  readonly arrivals: readonly Arrival[];
}

export interface CallFacts {
  readonly start: number;
  readonly end: number;
  /** Own functions that it may call: qualified name and file. */
  readonly own: readonly { readonly name: string; readonly file: string }[];
  /** Modelled interfaces that it may call. */
  readonly models: readonly {
    readonly selector: string;
    readonly sinks: readonly string[];
    readonly sources: readonly string[];
  }[];
}

/** Something that reaches a sink. */
export interface Arrival {
  readonly sink: string;
  readonly recipient: string;
  /** Name of what arrives: `user.email`. */
  readonly element: string;
  /** Where it comes from, as far as the function shows: a source, its own parameter, a call or name of which nothing is known, shared state. */
  readonly origin: 'source' | 'parameter' | 'unknown' | 'shared';
  /** What it is taken for; empty where nothing says so. */
  readonly kinds: readonly string[];
  /** Families of which it was cleared on the way. */
  readonly cleared: readonly string[];
  /** Rules that forbid it; a rule that is there and is not reported was decided elsewhere. */
  readonly rules: readonly string[];
}

/** @param start offset of the first character of the place, `end` that behind its last */
export function inspectPlace(
  context: Context,
  entries: EntryKinds,
  path: string,
  start: number,
  end: number,
): PlaceFacts {
  const { program } = context;
  const file = program.files.findIndex((each) => each.path === path);
  const functions: string[] = [];
  const calls: CallFacts[] = [];
  const arrivals: Arrival[] = [];
  const first = file < 0 ? 0 : program.functionBase[file]!;
  const last = file < 0 ? 0 : program.functionBase[file + 1]!;
  for (let fn = first; fn < last; fn++) {
    const there = callsWithin(context, fn, start, end);
    if (!there) continue;
    functions.push(program.functionOf(fn).qualifiedName);
    calls.push(...there);
    const { frame } = analyseFunction(context, fn, entries);
    for (const hit of frame.hits.values()) {
      if (hit.sink.function === fn && hit.sink.start >= start && hit.sink.start < end)
        arrivals.push(describe(frame, hit));
    }
  }
  return { functions, calls, arrivals: distinct(arrivals) };
}

/** The calls of a function that begin at the place; undefined where it has no code there. */
function callsWithin({ program, tracker }: Context, fn: number, start: number, end: number): CallFacts[] | undefined {
  const { code } = program.fileOf(fn);
  const { blocks } = program.functionOf(fn);
  const stop = blocks[blocks.length - 1]!;
  let isThere = false;
  const calls: CallFacts[] = [];
  for (let pc = blocks[0] ?? stop; pc < stop; pc += code[pc]! >>> 8) {
    const at = code[pc + 1]!;
    if (at < start || at >= end) continue;
    isThere = true;
    if ((code[pc]! & 255) !== Op.Call) continue;
    const tokens = tracker.slotTokens(fn, code[pc + 4]!);
    const own = tokens.flatMap((token) => {
      const kind = tracker.tokenKind(token);
      if (kind !== TokenKind.Function && kind !== TokenKind.Class) return [];
      const data = tracker.tokenData(token);
      const target = kind === TokenKind.Function ? data : tracker.constructorOf(data);
      return [{ name: program.functionOf(target).qualifiedName, file: program.fileOf(target).path }];
    });
    const models = tokens.flatMap((token) => {
      if (tracker.tokenKind(token) !== TokenKind.Api) return [];
      const state = tracker.tokenData(token);
      const model = program.knowledge.onCall(state) ?? program.knowledge.onConstruct(state);
      return [describeModel(model)];
    });
    calls.push({ start: at, end: code[pc + 2]!, own, models });
  }
  return isThere ? calls : undefined;
}

function describeModel(model: CallModel | undefined): CallFacts['models'][number] {
  return {
    selector: model?.selector ?? '',
    sinks: [...new Set((model?.sinks ?? []).map(({ kind }) => kind))],
    sources: [...new Set((model?.sources ?? []).map(({ kind }) => kind))],
  };
}

function describe(frame: Frame, hit: Hit): Arrival {
  const { sink, fact } = hit;
  const root = frame.roots[fact.root]!;
  const kinds = kindsOf(frame, hit, root);
  const { type } = root.origin;
  return {
    sink: sink.kind,
    recipient: sink.recipient,
    element: elementName(frame, hit, root, type === 'source'),
    origin: ORIGINS[type] ?? 'unknown',
    kinds,
    cleared: FAMILIES.filter((family) => fact.cleared & Clears[family]).map((family) => family.toLowerCase()),
    rules: [
      ...new Set(kinds.flatMap((kind) => frame.context.rules.find(kind, sink, fact.cleared).map(({ id }) => id))),
    ],
  };
}

const ORIGINS: Readonly<Record<string, Arrival['origin']>> = {
  source: 'source',
  parameter: 'parameter',
  this: 'shared',
  capture: 'shared',
  cell: 'shared',
};

const FAMILIES = ['Secret', 'Personal', 'Content', 'Untrusted', 'Record'] as const;

/** One of several that say the same. */
function distinct(arrivals: readonly Arrival[]): Arrival[] {
  const known = new Map(arrivals.map((arrival) => [JSON.stringify(arrival), arrival]));
  return [...known.values()].filter(({ sink }) => !covers('client', sink));
}
