/** What is left of data when it has gone through the functions by which a logger, or another package, cleans what it is handed. */

import { family } from '../core/kinds.js';
import { ELEMENT } from '../ir/instruction.js';
import { type Call, makeCall } from './call.js';
import type { Frame } from './frame.js';
import { instantiate } from './instantiate.js';
import { load, loadPath, reach, store } from './memory.js';
import type { Step } from './redactions.js';
import type { Sink } from './summary.js';
import { type Fact, NOTHING, ofFacts, ofObject, type Value, withCleared } from './value.js';

/**
 * The fact as it leaves; undefined where nothing of it does. Functions run on a copy of the heap, on an entry that holds nothing but the fact.
 *
 * @param keys the path of fields at which the fact stands below what the sink was handed
 */
export function serialised(
  frame: Frame,
  sink: Sink,
  steps: readonly Step[],
  fact: Fact,
  keys: readonly string[],
): Fact | undefined {
  const before = { state: frame.state, uses: frame.usesParameters };
  frame.state = before.state.fork();
  let result: Fact | undefined = fact;
  frame.collect(() => {
    for (const step of steps) if (result) result = passed(frame, sink, step, result, keys);
  });
  frame.state = before.state;
  frame.usesParameters = before.uses;
  return result;
}

function passed(frame: Frame, sink: Sink, step: Step, fact: Fact, keys: readonly string[]): Fact | undefined {
  const summary = frame.context.summaries[step.function];
  if (!summary || summary.coarse) return fact;
  let path = keys;
  if (keys.length === 0 && isText(frame, fact)) {
    // Where a text was handed on by a caller, its place in the entry is not known.
    if (step.text === undefined || sink.function !== frame.fn) return fact;
    path = [step.text];
  }
  if (step.field !== undefined) {
    if (path[0] !== step.field) return fact;
    path = path.slice(1);
  }
  const { below, list } = step.inPlace ?? { below: [], list: false };
  const entry = holding(frame, ofFacts([fact]), [...below, ...path], 0);
  const given = list ? holding(frame, entry, [ELEMENT], 99) : entry;
  const returned = instantiate(frame, callOf(frame, sink, given), summary, step.function, NOTHING, NOTHING);
  const left = step.inPlace ? (list ? load(frame, given, ELEMENT, 0) : given) : returned;
  const kept = reach(frame, loadPath(frame, left, below, 0)).filter(
    (each) => each.fact.root === fact.root && frame.context.paths.overlaps(each.fact.path, fact.path),
  );
  if (kept.length === 0) return undefined;
  return withCleared(
    fact,
    kept.reduce<number>((cleared, each) => cleared & each.fact.cleared, -1),
  );
}

/** Whether a fact is known to be a text: by the kind of its source, or by its name. */
function isText(frame: Frame, fact: Fact): boolean {
  const { origin } = frame.roots[fact.root]!;
  return !fact.exact || fact.label !== '' || (origin.type === 'source' && family(origin.source.kind) !== 'record');
}

/** An entry that holds a value at a path of fields. */
function holding(frame: Frame, value: Value, path: readonly string[], salt: number): Value {
  return path.reduceRight((inner, key, i) => {
    const object = frame.plainObject(`q${salt}:${i}`);
    const holder = ofObject(object);
    frame.state.write(object).map.clear();
    store(frame, holder, key, inner);
    return holder;
  }, value);
}

function callOf(frame: Frame, sink: Sink, given: Value): Call {
  const pc = frame.ir.blocks[0]!;
  return makeCall({ pc, key: `q${sink.start}`, name: '', args: [given], depth: 1, escaped: true });
}
