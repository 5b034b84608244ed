import { covers, type Kind } from '../core/kinds.js';

/** The words for what data is, by its kind; the first that covers the kind counts. */
const DATA: readonly (readonly [kind: Kind, words: string])[] = [
  ['secret', 'the credential'],
  ['exposed', 'the key'],
  ['personal', 'personal data'],
  ['prompt', 'prompt content'],
  ['completion', 'model output'],
  ['untrusted', 'untrusted input'],
  ['record', 'a whole record'],
  ['toolarg', 'a tool argument that the model chooses'],
];

interface SinkWords {
  readonly kind: Kind;
  /** What happens to the data: "is written to a log". */
  readonly verb: string;
  /** Content that arrives here should have been redacted. */
  readonly redactable: boolean;
  /** What to do. */
  readonly advice: string;
}

const REDACT = 'Send only the fields that are needed, and mask or replace the rest on the way.';

/** The words for what receives data, by the kind of the sink; the first that covers the kind counts. */
const SINKS: readonly SinkWords[] = [
  {
    kind: 'log',
    verb: 'is written to a log',
    redactable: true,
    advice: 'Log an id, a length or a redacted copy instead of the content.',
  },
  { kind: 'telemetry', verb: 'is sent to telemetry', redactable: true, advice: REDACT },
  {
    kind: 'model.system',
    verb: 'becomes part of the instructions to a model',
    redactable: false,
    advice: 'Keep instructions constant; put what users write into a message with the user role.',
  },
  { kind: 'model.embedding', verb: 'is sent to be embedded', redactable: true, advice: REDACT },
  { kind: 'model.training', verb: 'goes into training data of a model', redactable: true, advice: REDACT },
  {
    kind: 'model',
    verb: 'is sent to a model',
    redactable: true,
    advice: 'Send only the fields that the model needs, and mask or replace the rest before the prompt is built.',
  },
  {
    kind: 'storage',
    verb: 'is stored',
    redactable: true,
    advice: 'Store a redacted copy or a reference, and delete it when it is no longer needed.',
  },
  {
    kind: 'shell',
    verb: 'decides what a shell or process runs',
    redactable: false,
    advice: 'Run a fixed program with an argument list (`execFile`), and take choices only from an allow-list.',
  },
  {
    kind: 'code',
    verb: 'is evaluated as code',
    redactable: false,
    advice: 'Do not evaluate it; where that is the purpose, do it in a sandbox without network and secrets.',
  },
  {
    kind: 'sql',
    verb: 'becomes SQL text',
    redactable: false,
    advice: 'Bind parameters in a statement of your own, on a connection that can only read.',
  },
  {
    kind: 'html',
    verb: 'becomes unescaped HTML',
    redactable: false,
    advice: 'Render it as text, or sanitise it with a library made for that.',
  },
  {
    kind: 'path',
    verb: 'chooses a file path',
    redactable: false,
    advice: 'Resolve the path, links included, and refuse it unless it lies in an allowed root.',
  },
  {
    kind: 'url',
    verb: 'chooses a URL that is requested',
    redactable: false,
    advice: 'Take the host from an allow-list, and encode what is filled into the path and query.',
  },
  {
    kind: 'client',
    verb: 'is used by code that the browser loads',
    redactable: false,
    advice:
      'Call the provider from a server, give the page a short-lived token at most, and replace the key: it has been published.',
  },
  {
    kind: 'browser',
    verb: 'is written into the page',
    redactable: false,
    advice: 'Keep it on the server: give the page what it needs, such as a short-lived token.',
  },
  {
    kind: 'response',
    verb: 'is sent in an HTTP response',
    redactable: true,
    advice: 'Keep it on the server: answer with what the client needs, such as a short-lived token.',
  },
  {
    kind: '*',
    verb: 'gets to where it should not go',
    redactable: true,
    advice: 'Remove or redact the data before it gets here.',
  },
];

const SECRET_IN_LOG =
  'Leave the credential out; log whether it is set (`!!value`) or its last four characters at most.';

/** What data it is, with its name: "personal data `fullName` (name)". */
export function nameData(kind: Kind, element: string): string {
  const words = DATA.find(([each]) => covers(each, kind))?.[1] ?? 'data';
  return [words, nameElement(kind, element), nameClass(kind, element)].filter((part) => part !== '').join(' ');
}

/** A name from the code stands in backticks, a description in brackets. */
function nameElement(kind: Kind, element: string): string {
  if (element === '') return '';
  if (!element.includes(' ')) return `\`${element}\``;
  return covers('toolarg', kind) ? '' : `(${element})`;
}

/** The class of personal data, unless the name says as much. */
function nameClass(kind: Kind, element: string): string {
  const words = covers('personal', kind) ? kind.slice('personal.'.length).replaceAll('-', ' ') : '';
  return words === '' || element.toLowerCase().endsWith(words) ? '' : `(${words})`;
}

export function findSinkWords(kind: Kind): SinkWords {
  return SINKS.find((words) => covers(words.kind, kind))!;
}

/** What to do about data of a kind at a sink of a kind. */
export function advise(kind: Kind, sinkKind: Kind): string {
  return covers('secret', kind) && covers('log', sinkKind) ? SECRET_IN_LOG : findSinkWords(sinkKind).advice;
}

/** Whether leaving data of this kind unredacted is what is wrong, not that it is used at all. */
export function isContent(kind: Kind): boolean {
  return ['secret', 'personal', 'prompt', 'completion', 'record'].some((each) => covers(each, kind));
}
