import { describe, expect, test } from 'vitest';
import { assignFingerprints, type FindingDraft } from '../../src/report/fingerprint.js';

describe('assignFingerprints', () => {
  test('has a fixed value for a fixed flow', () => {
    expect(fingerprints([draft()])).toEqual(['a1bcb9070fb1ba7a24892c16cb7de163']);
  });

  test('does not depend on files, places, message or steps', () => {
    const moved = draft({ location: { file: 'b.ts', start: 900, end: 950 }, message: 'Other words.' });
    expect(fingerprints([moved])).toEqual(fingerprints([draft()]));
  });

  test.each([
    ['rule', draft({ ruleId: 'secret-to-model' })],
    ['kind of source', draft({}, { sourceKind: 'secret.name' })],
    ['element', draft({}, { sourceName: 'process.env.TOKEN' })],
    ['sink', draft({}, { sinkSelector: 'console.error' })],
    ['shape of the code', draft({}, { sinkName: '(text)' })],
  ])('depends on the %s', (_name, changed) => {
    expect(fingerprints([changed])).not.toEqual(fingerprints([draft()]));
  });

  test('numbers equal flows by their order, whatever the order of the drafts', () => {
    const first = draft({ location: { file: 'a.ts', start: 10, end: 20 } });
    const second = draft({ location: { file: 'a.ts', start: 30, end: 40 } });
    const findings = assignFingerprints([second, first]);
    expect(findings.map((finding) => finding.location.start)).toEqual([10, 30]);
    const [stem] = fingerprints([first]);
    expect(findings.map((finding) => finding.fingerprints['flow/v1'])).toEqual([stem, `${stem}:2`]);
  });

  test('sorts by file in code units, place, rule, message, and drops the identity', () => {
    const drafts = [
      draft({ location: { file: 'é.ts', start: 0, end: 1 } }),
      draft({ location: { file: 'a.ts', start: 0, end: 2 } }),
      draft({ location: { file: 'a.ts', start: 0, end: 1 }, ruleId: 'z' }),
      draft({ location: { file: 'a.ts', start: 0, end: 1 }, ruleId: 'b', message: 'B.' }),
      draft({ location: { file: 'a.ts', start: 0, end: 1 }, ruleId: 'b', message: 'A.' }),
      draft({ location: { file: 'Z.ts', start: 0, end: 1 } }),
    ];
    const findings = assignFingerprints(drafts);
    expect(findings.map(({ location, ruleId, message }) => [location.file, location.end, ruleId, message])).toEqual([
      ['Z.ts', 1, 'secret-to-log', 'Words.'],
      ['a.ts', 1, 'b', 'A.'],
      ['a.ts', 1, 'b', 'B.'],
      ['a.ts', 1, 'z', 'Words.'],
      ['a.ts', 2, 'secret-to-log', 'Words.'],
      ['é.ts', 1, 'secret-to-log', 'Words.'],
    ]);
    expect(findings.filter((finding) => 'identity' in finding)).toEqual([]);
  });
});

function fingerprints(drafts: readonly FindingDraft[]): string[] {
  return assignFingerprints(drafts).map((finding) => finding.fingerprints['flow/v1']);
}

function draft(changes: Partial<FindingDraft> = {}, identity: Partial<FindingDraft['identity']> = {}): FindingDraft {
  return {
    ruleId: 'secret-to-log',
    level: 'error',
    location: { file: 'a.ts', start: 10, end: 20 },
    message: 'Words.',
    advice: '',
    confidence: 'high',
    features: [],
    steps: [],
    related: [],
    identity: {
      sourceKind: 'secret.env',
      sourceName: 'process.env.KEY',
      sinkSelector: 'console.log',
      sinkName: "(',key)",
      ...identity,
    },
    ...changes,
  };
}
