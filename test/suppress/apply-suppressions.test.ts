import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import type { ConfiguredSuppression } from '../../src/core/settings.js';
import { applySuppressions, type SuppressionContext } from '../../src/suppress/apply-suppressions.js';
import type { Directive } from '../../src/suppress/directive.js';
import { SECRET_TO_LOG } from '../report/sample.js';

/** A finding on a line of a file. */
function finding(file: string, line: number, ruleId = 'secret-to-log'): Finding {
  return { ...SECRET_TO_LOG, ruleId, location: { file, start: line, end: line } };
}

function directive(changes: Partial<Directive> = {}): Directive {
  return {
    file: 'a.ts',
    line: 1,
    first: 2,
    last: 2,
    rules: ['secret-to-log'],
    reason: 'why',
    until: undefined,
    ...changes,
  };
}

function apply(
  findings: readonly Finding[],
  directives: readonly Directive[],
  changes: Partial<SuppressionContext> & { readonly configured?: readonly ConfiguredSuppression[] } = {},
) {
  const context: SuppressionContext = {
    lineOf: ({ location }) => location.start,
    covers: (globs, file) => globs.includes(file),
    isRun: () => true,
    isWhole: true,
    today: '2026-11-21',
    ...changes,
  };
  const result = applySuppressions(findings, { directives, faults: [], configured: changes.configured ?? [] }, context);
  return {
    kept: result.findings.map(({ location, ruleId }) => `${location.file}:${location.start} ${ruleId}`),
    suppressed: result.suppressed.map(
      (each) => `${each.finding.location.file}:${each.finding.location.start} ${each.by} ${each.place} ${each.reason}`,
    ),
    said: result.diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`),
  };
}

describe('applySuppressions', () => {
  test('covers its lines, its file and its rules', () => {
    const findings = [finding('a.ts', 1), finding('a.ts', 2), finding('a.ts', 2, 'prompt-to-log'), finding('b.ts', 2)];
    expect(apply(findings, [directive()])).toEqual({
      kept: ['a.ts:1 secret-to-log', 'a.ts:2 prompt-to-log', 'b.ts:2 secret-to-log'],
      suppressed: ['a.ts:2 comment a.ts:1 why'],
      said: [],
    });
  });

  test('each rule of which nothing is suppressed is told, where it would have been seen', () => {
    const idle = directive({ rules: ['secret-to-log', 'prompt-to-log', 'hardcoded-secret'] });
    expect(apply([finding('a.ts', 2)], [idle]).said).toEqual([
      'a.ts:1 suppresses no prompt-to-log and no hardcoded-secret: take it out',
    ]);
    expect(apply([], [idle], { isRun: (rule) => rule === 'prompt-to-log' }).said).toEqual([
      'a.ts:1 suppresses no prompt-to-log: take it out',
    ]);
    expect(apply([], [idle], { isWhole: false }).said).toEqual([]);
  });

  test('counts up to its last day, and is told once it hides nothing any more', () => {
    const dated = [directive({ until: '2026-11-21' })];
    expect(apply([finding('a.ts', 2)], dated).said).toEqual([]);
    expect(apply([finding('a.ts', 2)], dated, { today: '2026-11-22' })).toEqual({
      kept: ['a.ts:2 secret-to-log'],
      suppressed: [],
      said: ['a.ts:1 expired on 2026-11-21: what it suppressed counts again'],
    });
    expect(apply([finding('a.ts', 2)], dated, { today: undefined }).kept).toEqual([]);
    const renewed = [...dated, directive({ line: 5, first: 1, last: 9 })];
    expect(apply([finding('a.ts', 2)], renewed, { today: '2026-11-22' }).suppressed).toEqual([
      'a.ts:2 comment a.ts:5 why',
    ]);
  });

  test('the configuration suppresses by rule and file, or by fingerprint', () => {
    const place = { file: 'spillcheck.config.yaml', line: 3 };
    const byFile: ConfiguredSuppression = { rules: ['secret-to-log'], files: ['a.ts'], reason: 'known', place };
    expect(apply([finding('a.ts', 1), finding('b.ts', 1)], [], { configured: [byFile] })).toEqual({
      kept: ['b.ts:1 secret-to-log'],
      suppressed: ['a.ts:1 configuration spillcheck.config.yaml:3 known'],
      said: [],
    });
    const fingerprint = SECRET_TO_LOG.fingerprints['flow/v1'];
    const byPrint: ConfiguredSuppression = { rules: [], files: [], fingerprint, reason: 'known', place };
    expect(apply([finding('b.ts', 1)], [], { configured: [byPrint] }).kept).toEqual([]);
    expect(apply([], [], { configured: [byPrint, byFile] }).said).toEqual([
      'spillcheck.config.yaml:3 suppresses nothing: take it out',
      'spillcheck.config.yaml:3 suppresses no secret-to-log: take it out',
    ]);
  });
});
