import type { Diagnostic } from '../../src/core/diagnostic.js';
import type { Finding, ScanResult, Statistics } from '../../src/core/finding.js';
import type { RuleInfo } from '../../src/core/rule.js';
import type { Location } from '../../src/core/span.js';
import type { ReportContext } from '../../src/report/context.js';

/** A key that no service ever issued; put together here, so that no scanner takes the file for a leak. */
export const FAKE_KEY = `sk-proj-${'Ab3dEf6hIj'.repeat(4)}`;

/** A hand-made project: an environment variable that is logged two calls further, and a key in the source. */
export const TEXTS: Readonly<Record<string, string>> = {
  'api/support.ts': [
    "import { loadKey } from '../lib/env';",
    '',
    'export async function handle() {',
    '\tconst key = loadKey();',
    "\tconsole.log('starting with', key);",
    '}',
    '',
  ].join('\n'),
  'lib/env.ts': ['export function loadKey() {', '  return process.env.OPENAI_API_KEY;', '}', ''].join('\n'),
  'lib/naïve client#1.ts': [`export const client = new OpenAI({ apiKey: '${FAKE_KEY}' });`, ''].join('\n'),
};

/** The location of the first occurrence of a text in a file of the sample. */
export function locate(file: string, text: string): Location {
  const start = TEXTS[file]!.indexOf(text);
  if (start < 0) throw new Error(`${text} is not in ${file}`);
  return { file, start, end: start + text.length };
}

export const SECRET_TO_LOG: Finding = {
  ruleId: 'secret-to-log',
  level: 'error',
  location: locate('api/support.ts', "console.log('starting with', key)"),
  message: 'The environment variable `OPENAI_API_KEY` read at lib/env.ts:2 is written to the console by `handle`.',
  advice: 'Log that the key is there, not the key:\nconsole.log("key loaded", Boolean(key));',
  confidence: 'medium',
  features: ['unmodelled-call'],
  steps: [
    step('lib/env.ts', 'process.env.OPENAI_API_KEY', '`OPENAI_API_KEY` read', 0, 'loadKey'),
    step('api/support.ts', 'loadKey()', 'returned to `handle`', 1, 'handle'),
    step('api/support.ts', "console.log('starting with', key)", 'passed to `console.log`', 1, 'handle'),
  ],
  related: [],
  data: { kind: 'secret.env', element: 'OPENAI_API_KEY' },
  recipient: { kind: 'log.console', name: 'console' },
  fingerprints: { 'flow/v1': '0123456789abcdef0123456789abcdef' },
};

export const HARDCODED: Finding = {
  ruleId: 'hardcoded-secret',
  level: 'error',
  location: locate('lib/naïve client#1.ts', `'${FAKE_KEY}'`),
  message: `A live-looking OpenAI key (${FAKE_KEY}) stands in the source.`,
  advice: 'Revoke it, and read it from the environment.',
  confidence: 'high',
  features: [],
  steps: [],
  related: [
    { location: locate('lib/env.ts', 'process.env.OPENAI_API_KEY'), message: 'read from the environment here' },
  ],
  fingerprints: { 'flow/v1': 'fedcba9876543210fedcba9876543210' },
};

export const STATISTICS: Statistics = {
  filesScanned: 3,
  lines: 1_234,
  filesSkipped: { dependency: 2_000, minified: 1, ignored: 0 },
  functions: 2,
  calls: 40,
  callsResolved: 33,
};

export const DIAGNOSTICS: readonly Diagnostic[] = [
  { kind: 'syntax-error', message: 'Unexpected token', file: 'lib/broken.ts', line: 3, column: 7 },
  { kind: 'unresolved-import', message: '`./missing` leads nowhere', file: 'api/support.ts', line: 1 },
  { kind: 'limit', message: 'too many facts in one value', file: 'api/support.ts', count: 12 },
  { kind: 'unreadable', message: 'A folder could not be read' },
];

export const RESULT: ScanResult = {
  findings: [SECRET_TO_LOG, HARDCODED],
  diagnostics: DIAGNOSTICS,
  statistics: STATISTICS,
};

export const CLEAN: ScanResult = { findings: [], diagnostics: [], statistics: { ...STATISTICS, filesSkipped: {} } };

export const NOTHING_SCANNED: ScanResult = {
  findings: [],
  diagnostics: [],
  statistics: { filesScanned: 0, lines: 0, filesSkipped: { ignored: 4 }, functions: 0, calls: 0, callsResolved: 0 },
};

export const RULES: readonly RuleInfo[] = [
  {
    id: 'hardcoded-secret',
    level: 'error',
    profile: 'recommended',
    cwe: 798,
    owasp: 'LLM02',
    securitySeverity: '9.1',
    name: 'HardcodedSecret',
    shortDescription: 'A live-looking credential stands in the source.',
    fullDescription:
      'A credential in source code is known to everyone who can read the code, and stays in its history.',
    help: '# hardcoded-secret\n\nRead it from the environment.\n',
  },
  {
    id: 'secret-to-log',
    level: 'error',
    profile: 'recommended',
    cwe: 532,
    owasp: 'LLM02',
    securitySeverity: '7.5',
    name: 'SecretToLog',
    shortDescription: 'A credential flows into a log.',
    fullDescription: 'Logs are read by more people, and kept longer, than a credential should be.',
    help: '# secret-to-log\n\nLog that the key is there, not the key.\n',
  },
  {
    id: 'provider-retention',
    level: 'note',
    profile: 'strict',
    cwe: 359,
    owasp: 'LLM02',
    securitySeverity: '3.0',
    name: 'ProviderRetention',
    shortDescription: 'A setting lets the provider keep content.',
    fullDescription: 'What a provider keeps can leak there.',
    help: '# provider-retention\n\nSwitch it off.\n',
  },
];

export function createContext(changes: Partial<ReportContext> = {}): ReportContext {
  return {
    version: '0.1.0',
    informationUri: 'pkg:npm/spillcheck',
    rules: RULES,
    texts: (path) => TEXTS[path],
    terminal: { color: false, width: 100, seconds: 1.234, summary: true },
    ...changes,
  };
}

function step(file: string, text: string, message: string, nesting: number, name: string) {
  return { location: locate(file, text), message, nesting, function: name };
}
