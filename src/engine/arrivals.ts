import { covers, family } from '../core/kinds.js';
import type { Origin, Sink } from './summary.js';

/** Families of sinks that make a capability of a tool: who decides what they do is asked for each tool. */
const FAMILIES = new Set(['shell', 'code', 'sql', 'path', 'url', 'storage']);
/** What a function was handed by who calls it. */
const HANDED: ReadonlySet<Origin['type']> = new Set(['parameter', 'this', 'capture', 'invoke-result', 'member']);

export interface Ways {
  /** The calls, by function and where they stand, at which something goes on to the sink. */
  readonly calls: ReadonlyMap<number, ReadonlySet<number>>;
  /** The functions that models call with it. */
  readonly entries: ReadonlySet<number>;
}

/**
 * At which calls of which functions something goes on to a sink. A flow tells one way; this tells of all callers of a helper which of them hand on what
 * arrives: what one tool chose says nothing of the others that share its helper.
 */
export class Arrivals {
  readonly #ways = new Map<string, { readonly calls: Map<number, Set<number>>; readonly entries: Set<number> }>();

  /** @param start of the call in the function at which the value goes on, or leaves */
  add(sink: Sink, origin: Origin, fn: number, start: number): void {
    if (!FAMILIES.has(family(sink.kind))) return;
    const isChosen = origin.type === 'source' && covers('toolarg', origin.source.kind);
    if (!isChosen && !HANDED.has(origin.type)) return;
    const key = sinkKey(sink);
    let ways = this.#ways.get(key);
    if (!ways) {
      ways = { calls: new Map(), entries: new Set() };
      this.#ways.set(key, ways);
    }
    const starts = ways.calls.get(fn);
    if (starts) starts.add(start);
    else ways.calls.set(fn, new Set([start]));
    if (isChosen) ways.entries.add(fn);
  }

  to(sink: Pick<Sink, 'function' | 'start' | 'kind'>): Ways {
    return this.#ways.get(sinkKey(sink)) ?? NONE;
  }
}

const NONE: Ways = { calls: new Map(), entries: new Set() };

function sinkKey({ function: fn, start, kind }: Pick<Sink, 'function' | 'start' | 'kind'>): string {
  return `${fn}:${start}:${kind}`;
}
