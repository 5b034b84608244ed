import { expect, test } from 'vitest';
import { type Checkup, formatCheckup } from '../../src/cli/format-checkup.js';
import { NOTHING_SCANNED, RESULT } from '../report/sample.js';
import { SURVEY } from './harness.js';

const CHECKUP: Checkup = {
  version: '1.2.3',
  nodeVersion: '20.0.0',
  configuration: 'spillcheck.config.yaml',
  baseline: '.spillcheck/baseline.json, 2 findings',
  cache: 'off',
  survey: SURVEY,
  result: RESULT,
  seconds: 1.234,
};

test('what was seen, what was not, and what it cost', () => {
  expect(formatCheckup(CHECKUP)).toBe(`spillcheck 1.2.3, Node 20.0.0
Configuration  spillcheck.config.yaml
Baseline       .spillcheck/baseline.json, 2 findings
Cache          off
Scanned        3 files, 1,234 lines, in 1.2 s
Left out       2,000 dependency, 1 minified
Resolved       82.5 % of 40 calls

Packages that are understood (1)
  openai 4                              2 files

Packages that nothing is known of (1)
  left-pad ?                            1 file

1 syntax error
  lib/broken.ts:3  Unexpected token

1 unreadable file or folder
  A folder could not be read

1 import that leads nowhere
  api/support.ts:1  \`./missing\` leads nowhere

12 bounds of the analysis reached
  api/support.ts  too many facts in one value (12 times)

Slowest files to read
     13 ms  lib/env.ts
      3 ms  api/support.ts
`);
});

test('of an empty folder', () => {
  const survey = { packages: [], files: [] };
  const text = formatCheckup({
    ...CHECKUP,
    configuration: undefined,
    baseline: undefined,
    survey,
    result: NOTHING_SCANNED,
  });
  expect(text.split('\n').slice(1)).toEqual([
    'Configuration  none: the defaults hold',
    'Baseline       none',
    'Cache          off',
    'Scanned        0 files, 0 lines, in 1.2 s',
    'Left out       4 ignored',
    'Resolved       no calls',
    '',
    'Packages that are understood',
    '  no model of a package was used: is this the right folder?',
    '',
  ]);
});

test('long lists are cut and counted, and nothing acts on the terminal', () => {
  const diagnostics = Array.from({ length: 14 }, (_, index) => ({
    kind: 'syntax-error' as const,
    message: `\u001b[31m${index}`,
    file: 'a.ts',
  }));
  const text = formatCheckup({ ...CHECKUP, result: { ...RESULT, diagnostics } });
  expect(text).toContain('14 syntax errors\n  a.ts  \\u{1b}[31m0\n');
  expect(text).toContain('  a.ts  \\u{1b}[31m9\n  and 4 more\n');
});
