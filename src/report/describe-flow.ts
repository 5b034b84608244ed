import type { Confidence, Feature, Level, Step } from '../core/finding.js';
import { covers, type Kind } from '../core/kinds.js';
import type { Location } from '../core/span.js';
import type { FindingDraft } from './fingerprint.js';

/** A flow as the engine explains it, in the terms that words need. */
export interface DescribedFlow {
  readonly ruleId: string;
  readonly level: Level;
  readonly kind: Kind;
  readonly element: string;
  readonly sinkKind: Kind;
  readonly recipient: string;
  readonly sinkSelector: string;
  readonly location: Location;
  readonly sourceFunction: string;
  readonly sinkFunction: string;
  readonly steps: readonly {
    readonly kind: StepWord;
    readonly subject: string;
    readonly location: Location;
    readonly nesting: number;
    readonly function: string;
  }[];
  readonly features: readonly Feature[];
  /** Where the data comes from, where that is known. */
  readonly origin: Location | undefined;
  /** For prompts: where the same content goes to a model. */
  readonly partner: Location | undefined;
}

type StepWord = 'source' | 'parameter' | 'cell' | 'read' | 'combine' | 'store' | 'through' | 'from' | 'into' | 'sink';

const STEP_WORDS: Readonly<Record<StepWord, (subject: string) => string>> = {
  source: (subject) => `${code(subject)} is read`,
  parameter: (subject) => (subject ? `${code(subject)} comes in` : 'comes in as an argument'),
  cell: (subject) => `read from ${code(subject)}`,
  read: (subject) => `${code(subject)} is read`,
  combine: () => 'becomes part of a text',
  store: (subject) => `stored in ${code(subject)}`,
  through: (subject) => `passes through ${code(subject)}`,
  from: (subject) => `returned by ${code(subject)}`,
  into: (subject) => `handed to ${code(subject)}`,
  sink: (subject) => `leaves through ${code(subject)}`,
};

/** A flow as a finding, in plain words: what data, from where, to whom. */
export function describeFlow(flow: DescribedFlow): FindingDraft {
  const { steps, features } = flow;
  return {
    ruleId: flow.ruleId,
    level: flow.level,
    location: flow.location,
    message: `${capitalised(subject(flow))} ${verb(flow)} ${destination(flow)}.`,
    advice: advice(flow),
    confidence: confidence(features),
    features,
    steps: steps.map(
      (step): Step => ({
        location: step.location,
        message: STEP_WORDS[step.kind](step.subject),
        nesting: step.nesting,
        function: step.function,
      }),
    ),
    related: related(flow),
    data: { kind: flow.kind, element: flow.element },
    recipient: { kind: flow.sinkKind, name: flow.recipient },
    identity: {
      sourceKind: flow.kind,
      sourceName: `${flow.sourceFunction} ${flow.element}`,
      sinkSelector: flow.sinkSelector,
      sinkName: flow.sinkFunction,
    },
  };
}

function related(flow: DescribedFlow): FindingDraft['related'] {
  if (flow.partner) return [{ location: flow.partner, message: 'The same content goes to a model here.' }];
  if (covers('toolarg', flow.kind) && flow.origin)
    return [{ location: flow.origin, message: 'The tool is defined here.' }];
  return [];
}

function code(text: string): string {
  return text ? `\`${text}\`` : 'a function without a name';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Data classes in words. */
const CLASSES: readonly (readonly [Kind, string])[] = [
  ['secret', 'a credential'],
  ['personal', 'personal data'],
  ['prompt', 'prompt content'],
  ['completion', 'model output'],
  ['untrusted', 'untrusted input'],
  ['record', 'a whole record'],
  ['toolarg', 'what the model chooses as a tool argument'],
];

function subject(flow: DescribedFlow): string {
  const words = CLASSES.find(([kind]) => covers(kind, flow.kind))?.[1] ?? 'data';
  const special = flow.kind.startsWith('personal.')
    ? `: ${flow.kind.slice('personal.'.length).replaceAll('-', ' ')}`
    : '';
  return flow.element ? `${words} (${code(flow.element)}${special})` : words;
}

function verb(flow: DescribedFlow): string {
  return flow.partner ? 'is also written' : 'reaches';
}

const DESTINATIONS: readonly (readonly [Kind, string, string])[] = [
  ['log', 'a log', 'to a log'],
  ['telemetry', 'telemetry', 'to telemetry'],
  ['model.system', 'the instructions of a model', 'to the instructions of a model'],
  ['model', 'a model', 'to a model'],
  ['storage', 'storage', 'to storage'],
  ['shell', 'a shell or process', 'to a shell'],
  ['code', 'code that is evaluated', 'to code that is evaluated'],
  ['sql', 'SQL text', 'to SQL text'],
  ['html', 'unescaped HTML', 'to unescaped HTML'],
  ['path', 'a file path', 'to a file path'],
  ['url', 'a URL that is requested', 'to a URL'],
  ['response', 'an HTTP response', 'to an HTTP response'],
];

function destination(flow: DescribedFlow): string {
  const found = DESTINATIONS.find(([kind]) => covers(kind, flow.sinkKind));
  const words = found ? found[flow.partner ? 2 : 1] : flow.sinkKind;
  return `${words} (${flow.recipient})${/^(log|telemetry|model)/.test(flow.sinkKind) ? ', unredacted' : ''}`;
}

function advice(flow: DescribedFlow): string {
  const { sinkKind } = flow;
  if (covers('log', sinkKind) || covers('telemetry', sinkKind)) {
    return covers('secret', flow.kind)
      ? 'Leave the credential out; log whether it is set (`!!value`) or its last four characters at most.'
      : 'Log an id, a length or a redacted copy instead of the content.';
  }
  if (covers('model.system', sinkKind))
    return 'Keep instructions constant; put what users write into a message with the user role.';
  if (covers('model', sinkKind))
    return 'Send only the fields that the model needs, and mask or replace the rest before the prompt is built.';
  if (covers('shell', sinkKind))
    return 'Run a fixed program with an argument list (`execFile`), and take choices only from an allow-list.';
  if (covers('path', sinkKind))
    return 'Resolve the path, links included, and refuse it unless it lies in an allowed root.';
  if (covers('url', sinkKind))
    return 'Take the host from an allow-list, and encode what is filled into the path and query.';
  if (covers('sql', sinkKind)) return 'Bind parameters in a statement of your own, on a connection that can only read.';
  if (covers('html', sinkKind)) return 'Render it as text, or sanitise it with a library made for that.';
  if (covers('code', sinkKind))
    return 'Do not evaluate it; where that is the purpose, do it in a sandbox without network and secrets.';
  return 'Remove or redact the data before it gets here.';
}

/** The worst feature on the path decides. */
function confidence(features: readonly Feature[]): Confidence {
  if (features.some((feature) => feature === 'name-guess' || feature === 'broadened' || feature === 'out-of-fuel'))
    return 'low';
  return features.length > 0 ? 'medium' : 'high';
}
