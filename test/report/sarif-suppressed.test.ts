import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { ScanResult, SuppressedFinding } from '../../src/core/finding.js';
import { createSarifReporter, sarif } from '../../src/report/sarif.js';
import { GITHUB_LIMITS } from '../../src/report/sarif-limits.js';
import { CLEAN, createContext, FAKE_KEY, HARDCODED, SECRET_TO_LOG } from './sample.js';
import { validateSarif } from './validate-sarif.js';

const SUPPRESSED: readonly SuppressedFinding[] = [
  { finding: HARDCODED, by: 'comment', reason: `a test key, ${FAKE_KEY}`, place: 'lib/a.ts:1', until: '2027-01-31' },
  { finding: HARDCODED, by: 'configuration', reason: 'accepted', place: 'spillcheck.config.yaml:3' },
  { finding: HARDCODED, by: 'baseline', reason: '', place: '.spillcheck/baseline.json' },
];
const RESULT: ScanResult = { ...CLEAN, findings: [SECRET_TO_LOG], suppressed: SUPPRESSED };
const ASKED = createContext({ includeSuppressed: true });

describe('what is suppressed', () => {
  test('is left out, because code scanning shows it as open', () => {
    expect(suppressionsOf(sarif(RESULT, createContext()))).toEqual([undefined]);
  });

  test('is there where asked for, marked, behind what is not, without a credential', () => {
    const text = sarif(RESULT, ASKED);
    expect(suppressionsOf(text).map((each) => each?.map(({ kind }) => kind))).toEqual([
      undefined,
      ['inSource'],
      ['external'],
      ['external'],
    ]);
    expect(text).not.toContain(FAKE_KEY.slice(0, 10));
  });

  test('goes first where there is no room', () => {
    const cut = createSarifReporter({ ...GITHUB_LIMITS, results: 1 })(RESULT, ASKED);
    expect(suppressionsOf(cut)).toEqual([undefined]);
  });

  test('is what the SARIF Multitool accepts', () => {
    expect(validateSarif({ suppressed: sarif(RESULT, ASKED) })).toEqual([]);
  });
});

function suppressionsOf(text: string) {
  return (JSON.parse(text) as Log).runs[0]!.results!.map(({ suppressions }) => suppressions);
}
