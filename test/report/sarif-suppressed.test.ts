import type { Log } from 'sarif';
import { expect, test } from 'vitest';
import type { ScanResult } from '../../src/core/finding.js';
import { sarif } from '../../src/report/sarif.js';
import { createContext, FAKE_KEY, HARDCODED, RESULT, SECRET_TO_LOG } from './sample.js';
import { validateSarif } from './validate-sarif.js';

const SUPPRESSED: ScanResult = {
  ...RESULT,
  findings: [SECRET_TO_LOG],
  suppressed: [
    {
      finding: HARDCODED,
      by: 'comment',
      reason: `the sample ${FAKE_KEY} of the vendor`,
      place: 'lib/a.ts:1',
      until: '2027-01-31',
    },
    { finding: SECRET_TO_LOG, by: 'configuration', reason: 'known', place: 'spillcheck.config.yaml:3' },
    { finding: SECRET_TO_LOG, by: 'baseline', reason: '', place: '' },
  ],
};

const results = (text: string) => (JSON.parse(text) as Log).runs[0]!.results!;

test('what is suppressed is left out', () => {
  const text = sarif(SUPPRESSED, createContext());
  expect(results(text).map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
    ['secret-to-log', undefined],
  ]);
  expect(text).not.toContain('hardcoded-secret"\n      }');
});

test('where it is asked for it stands behind the rest, marked, with its reason and without keys', () => {
  const text = sarif(SUPPRESSED, createContext({ includeSuppressed: true }));
  expect(results(text).map(({ suppressions }) => suppressions)).toEqual([
    undefined,
    [
      {
        kind: 'inSource',
        status: 'accepted',
        justification: expect.stringMatching(/^the sample sk-p\*+Ij of the vendor \(until 2027-01-31\)$/),
        properties: { place: 'lib/a.ts:1' },
      },
    ],
    [
      {
        kind: 'external',
        status: 'accepted',
        justification: 'known',
        properties: { place: 'spillcheck.config.yaml:3' },
      },
    ],
    [{ kind: 'external', status: 'accepted', justification: 'It is in the baseline of known findings.' }],
  ]);
  expect(text).not.toContain(FAKE_KEY.slice(0, 12));
  expect(validateSarif({ suppressed: text })).toEqual([]);
});
