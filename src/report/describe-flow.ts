import type { Confidence, Feature, Level, Step } from '../core/finding.js';
import { covers, type Kind } from '../core/kinds.js';
import type { Location } from '../core/span.js';
import type { FindingDraft } from './fingerprint.js';
import { advise, findSinkWords, isContent, nameData } from './flow-words.js';

/** A flow as the engine explains it, in the terms that words need. */
export interface DescribedFlow {
  readonly ruleId: string;
  readonly level: Level;
  readonly kind: Kind;
  readonly element: string;
  readonly sinkKind: Kind;
  /** Name of who receives the data; empty where it is not known. */
  readonly recipient: string;
  readonly sinkSelector: string;
  readonly location: Location;
  readonly sourceFunction: string;
  /** The shape of the code at the location, see `callShape`. */
  readonly shape: string;
  readonly steps: readonly DescribedStep[];
  readonly features: readonly Feature[];
  /** Where the data comes from, where that is known. */
  readonly origin: Location | undefined;
  /** For prompts: where the same content goes to a model. */
  readonly partner: Location | undefined;
}

export interface DescribedStep {
  readonly kind: StepWord;
  readonly subject: string;
  readonly location: Location;
  readonly nesting: number;
  readonly function: string;
}

type StepWord = 'source' | 'parameter' | 'cell' | 'read' | 'combine' | 'store' | 'through' | 'from' | 'into' | 'sink';

const STEP_WORDS: Readonly<Record<StepWord, (subject: string) => string>> = {
  source: (subject) => `${name(subject)} is read`,
  parameter: (subject) => (subject === '' ? 'comes in as an argument' : `comes in as ${name(subject)}`),
  cell: (subject) => `read from ${name(subject)}`,
  read: (subject) => `${name(subject)} is read`,
  combine: () => 'becomes part of a text',
  store: (subject) => `stored in ${name(subject)}`,
  through: (subject) => `passes through ${name(subject)}`,
  from: (subject) => `returned by ${name(subject)}`,
  into: (subject) => `handed to ${name(subject)}`,
  sink: (subject) => `leaves through ${name(subject)}`,
};

/** The qualified name of the code outside of all functions. */
const TOP_LEVEL = '<module>';

/** A flow as a finding, in plain words: what data, from where, to whom. */
export function describeFlow(flow: DescribedFlow): FindingDraft {
  return {
    ruleId: flow.ruleId,
    level: flow.level,
    location: flow.location,
    message: describe(flow),
    advice: advise(flow.kind, flow.sinkKind),
    confidence: grade(flow.features),
    features: flow.features,
    steps: flow.steps.map(
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
      sourceName: flow.element,
      sinkSelector: flow.sinkSelector,
      sinkName: flow.shape,
    },
  };
}

function describe(flow: DescribedFlow): string {
  const { verb, redactable } = findSinkWords(flow.sinkKind);
  const recipient = flow.recipient === '' || flow.recipient.startsWith('the ') ? '' : ` (${flow.recipient})`;
  const also = flow.partner ? ', as well as sent to a model' : '';
  const unredacted = redactable && isContent(flow.kind) ? ', unredacted' : '';
  const sentence = `${nameData(flow.kind, flow.element)}${describeOrigin(flow)} ${verb}${recipient}${also}${unredacted}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** `, read in ‹function› (‹file›),`; the file only where it is another than that of the finding. */
function describeOrigin(flow: DescribedFlow): string {
  const file = (flow.origin ?? flow.steps[0]?.location)?.file ?? flow.location.file;
  const elsewhere = file !== flow.location.file;
  if (flow.sourceFunction === '') return elsewhere ? `, read in ${file},` : '';
  if (flow.sourceFunction === TOP_LEVEL) return elsewhere ? `, read at the top level of ${file},` : '';
  return `, read in \`${flow.sourceFunction}\`${elsewhere ? ` (${file})` : ''},`;
}

function related(flow: DescribedFlow): FindingDraft['related'] {
  if (flow.partner) return [{ location: flow.partner, message: 'The same content goes to a model here.' }];
  const isTool = covers('toolarg', flow.kind) && flow.origin !== undefined;
  return isTool ? [{ location: flow.origin, message: 'The tool is defined here.' }] : [];
}

/** A name from the code, in backticks; a description as it is. */
function name(subject: string): string {
  if (subject === '') return 'a function without a name';
  return subject.includes(' ') ? subject : `\`${subject}\``;
}

const GRADES: Readonly<Record<Feature, Exclude<Confidence, 'high'>>> = {
  'unmodelled-call': 'medium',
  'shared-state': 'medium',
  'dynamic-target': 'medium',
  'name-guess': 'low',
  broadened: 'low',
  'out-of-fuel': 'low',
};

/** The worst feature on the path decides. */
function grade(features: readonly Feature[]): Confidence {
  if (features.length === 0) return 'high';
  return features.some((feature) => GRADES[feature] === 'low') ? 'low' : 'medium';
}
