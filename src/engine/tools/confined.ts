import type { Arrivals } from '../arrivals.js';
import type { Flow } from '../flow.js';
import type { Sink } from '../summary.js';
import type { Definition } from './definitions.js';
import type { Reach } from './reach.js';

/** What is known of sinks at which something arrived that cannot do harm there. */
export interface Confinement {
  /** `function:start:kind` of all of them. */
  readonly checked: ReadonlySet<string>;
  /** At which calls of which functions what was cleared went on to them. */
  readonly confined: Arrivals;
  /** Flows into what changes nothing, whatever it is asked. */
  readonly readOnly: readonly Flow[];
  /** At which calls something went on to sinks that was not cleared. */
  readonly arrivals: Arrivals;
}

type SinkPlace = Pick<Sink, 'function' | 'start' | 'kind'>;
export type IsConfined = (sink: SinkPlace) => boolean;

/**
 * Whether what one tool hands to a sink is confined: it was cleared at a call that runs for this tool. What others that share a helper have checked says
 * nothing of it.
 *
 * @param readOnly of this tool
 */
export function confinedIn(
  { values, call, model }: Definition,
  reach: Reach,
  { checked, confined, readOnly }: Omit<Confinement, 'arrivals'>,
): IsConfined {
  // What a schema confines is confined where the tool is defined.
  const places = model.dispatch ? reach.calls : [...reach.calls, call];
  const live = new Set(places.map(({ function: fn, pc }) => `${fn}:${values.program.fileOf(fn).code[pc + 1]!}`));
  const unchanged = new Set(readOnly.map(({ sink }) => keyOf(sink)));
  return (sink) => {
    if (unchanged.has(keyOf(sink))) return true;
    if (!checked.has(keyOf(sink))) return false;
    const { calls } = confined.to(sink);
    if (calls.size === 0) return true;
    return [...calls].some(([fn, starts]) => [...starts].some((start) => live.has(`${fn}:${start}`)));
  };
}

function keyOf({ function: fn, start, kind }: SinkPlace): string {
  return `${fn}:${start}:${kind}`;
}
