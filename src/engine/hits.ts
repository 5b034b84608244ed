/** Data arriving at sinks. */
import { clearBits } from '../core/kinds.js';
import type { Frame, Hit } from './frame.js';
import { isName } from './keyed.js';
import { labelledBy, reach } from './memory.js';
import { EMPTY_PATH } from './path-table.js';
import { serialised } from './serialise.js';
import type { Sink } from './summary.js';
import { expandByType, withTypedLabel } from './type-evidence.js';
import type { Fact, Value } from './value.js';

/** sink: everything reachable from the value arrives there. */
export function hitSink(frame: Frame, sink: Sink, value: Value, adapt: (fact: Fact) => Fact): void {
  const bits = clearBits(sink.kind);
  const { paths, redactions } = frame.context;
  const steps = redactions.steps(sink);
  const passed = (fact: Fact, keys: readonly string[]): Fact | undefined =>
    steps.length === 0 ? fact : serialised(frame, sink, steps, fact, keys);
  for (const { fact, keys } of reach(frame, value)) {
    // The names of a thing's fields are no data.
    if (isName(frame, fact)) continue;
    let arrived = adapt(fact);
    if (arrived.cleared & bits) {
      frame.context.checked.add(`${sink.function}:${sink.start}:${sink.kind}`);
      const { origin } = frame.roots[arrived.root]!;
      const { trace } = arrived;
      if (trace?.function === frame.fn) frame.context.confined.add(sink, origin, frame.fn, trace.start);
      continue;
    }
    if (redactions.covers(sink, keys)) continue;
    // The nearest named field on the way tells what an unnamed value is: `{ email: input }`.
    if (!arrived.label) arrived = labelledBy(frame, arrived, keys);
    else arrived = withTypedLabel(frame, arrived);
    const left = passed(arrived, keys);
    if (left) arrive(frame, { sink, fact: left, keys });
    for (const member of expandByType(frame, arrived, sink)) {
      const path = paths.keys(member.path).slice(paths.keys(arrived.path).length);
      if (redactions.covers(sink, [...keys, ...path])) continue;
      const part = passed(member, [...keys, ...path]);
      if (part) arrive(frame, { sink, fact: part, keys, typed: true });
    }
  }
}

function arrive(frame: Frame, hit: Hit): void {
  frame.hit(hit);
  const { origin } = frame.roots[hit.fact.root]!;
  const { trace } = hit.fact;
  if (trace?.function === frame.fn) frame.context.arrivals.add(hit.sink, origin, frame.fn, trace.start);
  switch (origin.type) {
    case 'parameter':
    case 'this':
    case 'capture':
    case 'invoke-result':
    case 'member':
    case 'cell':
      frame.edge(hit.fact, { type: 'sink', sink: hit.sink }, EMPTY_PATH);
      break;
    default:
  }
}
