/** Opening traces: from the linked steps of a flow to places in files, in order from source to sink. */
import type { Feature } from '../core/finding.js';
import type { Location } from '../core/span.js';
import type { Flow } from './flow.js';
import type { Program } from './program.js';
import type { StepKind, Trace } from './trace.js';
import { FeatureBit } from './value.js';

/** A step of a flow, not yet in words. */
export interface FlowStep {
  readonly kind: StepKind;
  readonly subject: string;
  readonly location: Location;
  readonly nesting: number;
  readonly function: string;
}

export interface ExplainedFlow {
  readonly flow: Flow;
  readonly location: Location;
  /** Qualified names of the functions in which the source is read and the data leaves. */
  readonly sourceFunction: string;
  readonly sinkFunction: string;
  readonly steps: readonly FlowStep[];
  readonly features: readonly Feature[];
  readonly origin: Location | undefined;
  readonly partner: Location | undefined;
}

const FEATURES: readonly (readonly [FeatureBit, Feature])[] = [
  [FeatureBit.UnmodelledCall, 'unmodelled-call'],
  [FeatureBit.SharedState, 'shared-state'],
  [FeatureBit.DynamicTarget, 'dynamic-target'],
  [FeatureBit.NameGuess, 'name-guess'],
  [FeatureBit.Broadened, 'broadened'],
  [FeatureBit.OutOfFuel, 'out-of-fuel'],
];

export function explain(program: Program, flow: Flow): ExplainedFlow {
  const locate = (place: { function: number; start: number; end: number }): Location => ({
    file: program.fileOf(place.function).path,
    start: place.start,
    end: place.end,
  });
  const steps = openTrace(program, flow.trace, program.limits.traceSteps);
  const { sink, source, partner } = flow;
  return {
    flow,
    location: locate(sink),
    sourceFunction: source ? program.functionOf(source.function).qualifiedName : (steps[0]?.function ?? ''),
    sinkFunction: program.functionOf(sink.function).qualifiedName,
    steps,
    features: FEATURES.filter(([bit]) => flow.features & bit).map(([, feature]) => feature),
    origin: source && locate(source),
    partner: partner && locate(partner),
  };
}

/** The steps of a trace, oldest first; where there are too many, the middle is left out. */
function openTrace(program: Program, head: Trace | undefined, maximum: number): FlowStep[] {
  const steps: FlowStep[] = [];
  const add = (trace: Trace, nesting: number): void => {
    steps.push({
      kind: trace.step,
      subject: trace.subject,
      location: { file: program.fileOf(trace.function).path, start: trace.start, end: trace.end },
      nesting,
      function: program.functionOf(trace.function).qualifiedName,
    });
  };
  const open = (trace: Trace | undefined, nesting: number, budget: number): void => {
    const chain: Trace[] = [];
    for (let at = trace; at; at = at.previous) chain.push(at);
    for (const at of chain.reverse()) {
      if (steps.length > budget) return;
      if (at.step === 'parameter' && nesting > 0 && at.previous === undefined) continue;
      if (at.step === 'cell' && at.inner) {
        // What was read from the cell says so itself.
        open(at.inner, nesting, budget);
      } else if (at.step === 'from') {
        open(at.inner, nesting + 1, budget);
        add(at, nesting);
      } else {
        add(at, nesting);
        if (at.inner) open(at.inner, nesting + 1, budget);
      }
    }
  };
  open(head, 0, maximum * 4);
  const base = Math.min(...steps.map((step) => step.nesting), 0);
  const level = steps.map((step) => ({ ...step, nesting: step.nesting - base }));
  const distinct = level.filter((step, i) => {
    const before = level[i - 1];
    return (
      !before ||
      before.location.start !== step.location.start ||
      before.location.file !== step.location.file ||
      before.kind !== step.kind
    );
  });
  if (distinct.length <= maximum) return distinct;
  const half = maximum >> 1;
  return [...distinct.slice(0, half), ...distinct.slice(distinct.length - half)];
}
