import { clearBits, covers, family, type Kind } from '../core/kinds.js';
import type { FlowRule } from '../core/knowledge.js';
import type { Sink, Source } from './summary.js';
import type { Trace } from './trace.js';

/** Data of a kind that reaches a sink, as a rule forbids it: a finding before it is worded. */
export interface Flow {
  readonly rule: string;
  readonly kind: Kind;
  /** Name of the data for people: `User.email`, `apiKey`. */
  readonly element: string;
  /** The model's source, where the data's kind comes from one. */
  readonly source: Source | undefined;
  readonly sink: Sink;
  readonly features: number;
  readonly trace: Trace | undefined;
  /** For prompts: where the same content goes to a model. */
  readonly partner?: Sink;
}

/** Which rules forbid which data at which sinks; memoised, since few kinds meet many times. */
export class RuleTable {
  readonly #memo = new Map<string, { readonly bits: number; readonly rules: readonly FlowRule[] }>();

  constructor(private readonly rules: readonly FlowRule[]) {}

  /** The rules that forbid data of `kind` at `sink`, given what it was cleared of. */
  find(kind: Kind, sink: Sink, cleared: number): readonly FlowRule[] {
    const key = `${kind}>${sink.kind}`;
    let entry = this.#memo.get(key);
    if (!entry) {
      const rules = this.rules.filter(
        (rule) =>
          rule.sources.some((pattern) => covers(pattern, kind)) &&
          rule.sinks.some((pattern) => covers(pattern, sink.kind)),
      );
      entry = { bits: clearBits(kind) | clearBits(sink.kind), rules };
      this.#memo.set(key, entry);
    }
    return cleared & entry.bits ? NO_RULES : entry.rules;
  }
}

const NO_RULES: readonly FlowRule[] = [];

/** Sinks by what they mean for content. */
export function isPromptSink({ kind, shape }: Sink): boolean {
  return !shape && isModelSink(kind);
}

export function isModelSink(kind: Kind): boolean {
  return covers('model.prompt', kind) || covers('model.system', kind);
}

/** The better told of two flows that are one finding: fewer approximations, then the shorter way, then the one that stands first. */
export function isBetter(a: Flow, b: Flow): boolean {
  const left = bits(a.features);
  const right = bits(b.features);
  if (left !== right) return left < right;
  if ((a.source === undefined) !== (b.source === undefined)) return a.source !== undefined;
  const leftLength = a.trace?.length ?? 0;
  const rightLength = b.trace?.length ?? 0;
  if (leftLength !== rightLength) return leftLength < rightLength;
  return a.element < b.element;
}

/** Flows, one for each rule, place and kind of data: the best told one. */
export class FlowSet {
  readonly #best = new Map<string, Flow>();

  add(flow: Flow): void {
    const key = `${flow.rule}\0${flow.sink.function}\0${flow.sink.start}\0${flow.kind}`;
    const known = this.#best.get(key);
    if (!known || isBetter(flow, known)) this.#best.set(key, flow);
  }

  addAll(flows: Iterable<Flow>): void {
    for (const flow of flows) this.add(flow);
  }

  values(): Flow[] {
    return [...this.#best.values()];
  }
}

const OF_COMPLETIONS = new Set([
  'completion-to-shell',
  'completion-to-code',
  'completion-to-sql',
  'completion-to-path',
  'completion-to-url',
]);

/** What the names of headers, and of what is taken from them, stand for. */
const OF_HEADERS = new Set(['secret.token', 'secret.session']);

/**
 * What a model chose for a tool is reported as that, and not also as model output; a header that is known to hold a credential as that, and not
 * also as what its name makes of it; and what a variable is known to hold as that, and not also as what its name makes of it.
 */
export function withoutSiblings(flows: readonly Flow[]): Flow[] {
  const place = ({ sink }: Flow): string => `${sink.function}:${sink.start}`;
  const tools = new Set(flows.filter(({ kind }) => covers('toolarg', kind)).map(place));
  const headers = new Set(
    flows.filter(({ kind }) => kind === 'secret.header').map((flow) => `${flow.rule} ${place(flow)}`),
  );
  const sourced = new Map<string, Flow[]>();
  const familyAt = (flow: Flow): string => `${flow.rule} ${place(flow)} ${family(flow.kind)}`;
  for (const flow of flows) if (flow.source) append(sourced, familyAt(flow), flow);
  return flows.filter((flow) => {
    if (!flow.source && sourced.get(familyAt(flow))?.some((other) => passes(other.trace, beginning(flow.trace))))
      return false;
    if (OF_COMPLETIONS.has(flow.rule)) return !tools.has(place(flow));
    return flow.source || !OF_HEADERS.has(flow.kind) || !headers.has(`${flow.rule} ${place(flow)}`);
  });
}

/** The step with which a way begins. */
function beginning(way: Trace | undefined): Trace | undefined {
  let first = way;
  while (first?.previous) first = first.previous;
  return first;
}

/** Whether a way leads through the place of a step at which something was read from state. */
function passes(way: Trace | undefined, step: Trace | undefined): boolean {
  if (step?.step !== 'cell') return false;
  for (let at = way; at; at = at.previous) {
    if (at.step === 'cell' && at.function === step.function && at.start === step.start && !at.inner) return true;
    if (at.inner && passes(at.inner, step)) return true;
  }
  return false;
}

function append(lists: Map<string, Flow[]>, key: string, flow: Flow): void {
  const list = lists.get(key);
  if (list) list.push(flow);
  else lists.set(key, [flow]);
}

function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
