import { describe, expect, test } from 'vitest';
import { applyBaseline } from '../../src/baseline/apply-baseline.js';
import { parseBaseline, writeBaseline } from '../../src/baseline/baseline-text.js';
import { toEntry } from '../../src/baseline/to-entry.js';
import type { BaselineEntry } from '../../src/core/baseline.js';
import type { RequestError } from '../../src/core/errors.js';
import type { Finding } from '../../src/core/finding.js';
import { FAKE_KEY, HARDCODED, SECRET_TO_LOG } from '../report/sample.js';

const STEM = '0123456789abcdef0123456789abcdef';

function finding(file: string, number = 1, inFunction = 'handle'): Finding {
  const steps = SECRET_TO_LOG.steps.map((step) => ({ ...step, function: inFunction }));
  const fingerprint = number === 1 ? STEM : `${STEM}:${number}`;
  return { ...SECRET_TO_LOG, steps, location: { file, start: 0, end: 1 }, fingerprints: { 'flow/v1': fingerprint } };
}

const names = (findings: readonly Finding[]) => findings.map(({ location }) => location.file);

describe('applyBaseline', () => {
  test('what the baseline knows is known, the rest is new, what nothing fits is stale', () => {
    const gone: BaselineEntry = { ...toEntry(HARDCODED) };
    const { fresh, known, stale } = applyBaseline([finding('a.ts')], [gone]);
    expect([names(fresh), names(known), stale]).toEqual([['a.ts'], [], [gone]]);
    expect(names(applyBaseline([finding('a.ts')], [toEntry(finding('a.ts'))]).fresh)).toEqual([]);
  });

  test('one of several that look the same is new: the one in another place', () => {
    const entries = [finding('b.ts'), finding('c.ts', 2)].map(toEntry);
    // the new one stands first, so that all numbers have moved
    const { fresh, known, stale } = applyBaseline([finding('a.ts'), finding('b.ts', 2), finding('c.ts', 3)], entries);
    expect([names(fresh), names(known), stale]).toEqual([['a.ts'], ['b.ts', 'c.ts'], []]);
  });

  test('a file that was moved is told from a new one by its name and function', () => {
    const entries = [toEntry(finding('src/a.ts'))];
    const findings = [finding('new/z.ts', 1, 'other'), finding('app/a.ts', 2)];
    expect(names(applyBaseline(findings, entries).fresh)).toEqual(['new/z.ts']);
    expect(names(applyBaseline([finding('renamed.ts', 1, 'renamed')], entries).known)).toEqual(['renamed.ts']);
  });

  test('one of two that look the same was mended: one entry is stale', () => {
    const entries = [finding('a.ts'), finding('b.ts', 2)].map(toEntry);
    expect(applyBaseline([finding('b.ts')], entries).stale).toEqual([entries[0]]);
  });

  test('a credential that is found in a second place is new', () => {
    const print = HARDCODED.fingerprints['flow/v1'];
    const second = {
      ...HARDCODED,
      location: { ...HARDCODED.location, file: 'z.ts' },
      fingerprints: { 'flow/v1': `${print}:2` },
    };
    expect(names(applyBaseline([HARDCODED, second], [toEntry(HARDCODED)]).fresh)).toEqual(['z.ts']);
  });
});

describe('the file', () => {
  test('one entry a line, sorted, without values, and read as it was written', () => {
    const entries = [
      finding('b.ts'),
      finding('a.ts', 2),
      { ...HARDCODED, data: { kind: 'secret.openai', element: 'sk-p…' } },
    ].map(toEntry);
    const text = writeBaseline(entries);
    expect(text).toBe(`{
  "version": 1,
  "findings": [
    {"fingerprint":"${STEM}:2","rule":"secret-to-log","file":"a.ts","function":"handle","data":"secret.env OPENAI_API_KEY","recipient":"console"},
    {"fingerprint":"${STEM}","rule":"secret-to-log","file":"b.ts","function":"handle","data":"secret.env OPENAI_API_KEY","recipient":"console"},
    {"fingerprint":"fedcba9876543210fedcba9876543210","rule":"hardcoded-secret","file":"lib/naïve client#1.ts","data":"secret.openai"}
  ]
}
`);
    expect(text).not.toContain(FAKE_KEY.slice(0, 4));
    expect(writeBaseline(parseBaseline('b.json', text))).toBe(text);
    expect(writeBaseline([])).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  test.each([
    ['', 'b.json:1:1: is no valid JSON'],
    ['{\n  "version": 1,\n<<<<<<< ours\n', 'b.json:3:1: holds a conflict of a merge: run spillcheck baseline again'],
    ['[]', 'b.json: is no baseline: it has no list of findings'],
    ['{ "version": 2, "findings": [] }', 'b.json: is a baseline of version 2, and this program reads version 1'],
    ['{ "version": 1, "findings": [3] }', 'b.json: entry 1 is no map'],
    ['{ "version": 1, "findings": [{ "fingerprint": "x", "rule": "a" }] }', 'b.json: entry 1 has no file'],
    [
      '{ "version": 1, "findings": [{ "fingerprint": "x", "rule": "a", "file": "b" }] }',
      'b.json: entry 1 has a fingerprint that is none',
    ],
    [
      `{ "version": 1, "findings": [{ "fingerprint": "${STEM}", "rule": "a", "file": "b", "line": 3 }] }`,
      "b.json: entry 1 has the unknown key 'line'",
    ],
    [
      `{ "version": 1, "findings": [{ "fingerprint": "${STEM}", "rule": "a", "file": "b", "data": 3 }] }`,
      'b.json: entry 1 has a data that is no text',
    ],
  ])('%j is refused', (text, message) => {
    let told = '';
    try {
      parseBaseline('b.json', text);
    } catch (error) {
      told = (error as RequestError).describe();
    }
    expect(told).toBe(message);
  });
});
