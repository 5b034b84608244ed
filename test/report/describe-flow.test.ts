import { describe, expect, test } from 'vitest';
import type { Feature } from '../../src/core/finding.js';
import { type DescribedFlow, describeFlow } from '../../src/report/describe-flow.js';

const HERE = { file: 'api/a.ts', start: 5, end: 9 };
const THERE = { file: 'db/b.ts', start: 1, end: 4 };

describe('the message says what data, from where, to whom', () => {
  test.each<readonly [Partial<DescribedFlow>, string]>([
    [{}, 'The credential `KEY`, read in `load` (db/b.ts), is written to a log (console), unredacted.'],
    [{ origin: HERE }, 'The credential `KEY`, read in `load`, is written to a log (console), unredacted.'],
    [
      { sourceFunction: '<module>' },
      'The credential `KEY`, read at the top level of db/b.ts, is written to a log (console), unredacted.',
    ],
    [{ sourceFunction: '<module>', origin: HERE }, 'The credential `KEY` is written to a log (console), unredacted.'],
    [
      { kind: 'personal.government-id', element: 'user.ssn', sinkKind: 'model.prompt', recipient: 'OpenAI' },
      'Personal data `user.ssn` (government id), read in `load` (db/b.ts), is sent to a model (OpenAI), unredacted.',
    ],
    [
      { kind: 'completion', element: "the model's answer", sinkKind: 'shell', recipient: 'the shell' },
      "Model output (the model's answer), read in `load` (db/b.ts), decides what a shell or process runs.",
    ],
    [
      { kind: 'untrusted.request', element: 'request body', sinkKind: 'model.system', recipient: '' },
      'Untrusted input (request body), read in `load` (db/b.ts), becomes part of the instructions to a model.',
    ],
    [
      { kind: 'prompt', element: 'message', recipient: '', partner: THERE },
      'Prompt content `message`, read in `load` (db/b.ts), is written to a log, as well as sent to a model, unredacted.',
    ],
    [
      { kind: 'personal.email', element: 'user.Email', sourceFunction: '', origin: undefined },
      'Personal data `user.Email` is written to a log (console), unredacted.',
    ],
    [
      {
        kind: 'toolarg',
        element: 'tool argument',
        sinkKind: 'shell',
        recipient: '',
        sourceFunction: '',
        origin: undefined,
      },
      'A tool argument that the model chooses decides what a shell or process runs.',
    ],
    [
      { kind: 'record', element: 'user', sinkKind: 'elsewhere' },
      'A whole record `user`, read in `load` (db/b.ts), gets to where it should not go (console), unredacted.',
    ],
  ])('%j', (changes, message) => {
    expect(describeFlow(flow(changes)).message).toBe(message);
  });
});

test.each<readonly [readonly Feature[], string]>([
  [[], 'high'],
  [['unmodelled-call', 'shared-state', 'dynamic-target'], 'medium'],
  [['unmodelled-call', 'name-guess'], 'low'],
  [['broadened'], 'low'],
  [['out-of-fuel'], 'low'],
])('features %j make the confidence %s', (features, confidence) => {
  expect(describeFlow(flow({ features })).confidence).toBe(confidence);
});

test('steps in words', () => {
  const kinds = ['source', 'parameter', 'cell', 'read', 'combine', 'store', 'through', 'from', 'into', 'sink'] as const;
  const steps = kinds.map((kind) => ({ kind, subject: 'x', location: HERE, nesting: 1, function: 'f' }));
  const unnamed = [
    { kind: 'parameter', subject: '', location: HERE, nesting: 0, function: 'f' },
    { kind: 'into', subject: '', location: HERE, nesting: 0, function: 'f' },
    { kind: 'source', subject: 'request body', location: HERE, nesting: 0, function: 'f' },
  ] as const;
  expect(describeFlow(flow({ steps: [...steps, ...unnamed] })).steps.map(({ message }) => message)).toEqual([
    '`x` is read',
    'comes in as `x`',
    'read from `x`',
    '`x` is read',
    'becomes part of a text',
    'stored in `x`',
    'passes through `x`',
    'returned by `x`',
    'handed to `x`',
    'leaves through `x`',
    'comes in as an argument',
    'handed to a function without a name',
    'request body is read',
  ]);
});

test('related locations: where the prompt is sent, where the tool is defined', () => {
  expect(describeFlow(flow({ kind: 'prompt', partner: THERE })).related).toEqual([
    { location: THERE, message: 'The same content goes to a model here.' },
  ]);
  expect(describeFlow(flow({ kind: 'toolarg' })).related).toEqual([
    { location: THERE, message: 'The tool is defined here.' },
  ]);
  expect(describeFlow(flow({})).related).toEqual([]);
});

test('a credential in a log has advice of its own', () => {
  expect(describeFlow(flow({})).advice).toMatch(/^Leave the credential out/);
  expect(describeFlow(flow({ kind: 'completion' })).advice).toBe(
    'Log an id, a length or a redacted copy instead of the content.',
  );
});

function flow(changes: Partial<DescribedFlow>): DescribedFlow {
  return {
    ruleId: 'secret-to-log',
    level: 'error',
    kind: 'secret.env',
    element: 'KEY',
    sinkKind: 'log.console',
    recipient: 'console',
    sinkSelector: 'console.log',
    location: HERE,
    sourceFunction: 'load',
    shape: "(',key)",
    steps: [],
    features: [],
    origin: THERE,
    partner: undefined,
    ...changes,
  };
}
