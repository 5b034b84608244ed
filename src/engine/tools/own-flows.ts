import { covers } from '../../core/kinds.js';
import type { Arrivals } from '../arrivals.js';
import type { Flow } from '../flow.js';
import { functionsOf } from './caller-index.js';
import type { Definition } from './definitions.js';
import type { Reach } from './reach.js';

/**
 * Of the flows of what models chose, those that one tool's own code shows: from its handler, along calls that run for this tool, to the sink. What
 * another tool hands to a helper that they share is the other's.
 */
export function ownFlows(
  { values, handlers, call }: Definition,
  reach: Reach,
  flows: readonly Flow[],
  arrivals: Arrivals,
): Flow[] {
  const { program, tracker } = values;
  /** The calls that run for this tool, by function and where they stand. */
  const live = new Map<string, number>();
  for (const { function: fn, pc } of reach.calls) live.set(`${fn}:${program.fileOf(fn).code[pc + 1]!}`, pc);
  return flows.filter((flow) => {
    const { sink, source } = flow;
    if (!covers('toolarg', flow.kind)) return true;
    const { calls: places, entries } = arrivals.to(sink);
    const isSink = (fn: number, start: number): boolean => fn === sink.function && start === sink.start;
    const seen = new Set<number>();
    const arrives = (fn: number): boolean => {
      seen.add(fn);
      for (const start of places.get(fn) ?? []) {
        const pc = live.get(`${fn}:${start}`);
        if (pc === undefined) continue;
        if (isSink(fn, start)) return true;
        const next = functionsOf(tracker, fn, program.fileOf(fn).code[pc + 4]!).filter((each) => places.has(each));
        // Where a callback or a class of which nothing more is known leads on, it may be this way.
        if (next.length === 0 || next.some((each) => !seen.has(each) && arrives(each))) return true;
      }
      return false;
    };
    const starts = [...handlers, ...entries].filter((fn) => reach.functions.has(fn) && places.has(fn));
    if (starts.length > 0) return starts.some(arrives);
    // Through what the program keeps, there is no way to go along.
    return source !== undefined && (reach.functions.has(source.function) || source.function === call.function);
  });
}
