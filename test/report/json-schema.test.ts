import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CAPABILITIES, type ToolReport } from '../../src/core/tool.js';
import { JSON_SCHEMA_VERSION, json } from '../../src/report/json.js';
import { DIAGNOSTIC_WORDS, FEATURE_WORDS, LEVELS } from '../../src/report/words.js';
import { scan } from '../../src/scan.js';
import { HOSTILE_RESULT } from './hostile.js';
import { CLEAN, createContext, NOTHING_SCANNED, RESULT } from './sample.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SCHEMA = JSON.parse(readFileSync(join(ROOT, `rules/schema/report-${JSON_SCHEMA_VERSION}.json`), 'utf8'));
const published = z.fromJSONSchema(SCHEMA);
/** The same with every object closed: what we write must be described, although readers must bear more. */
const strict = z.fromJSONSchema(close(SCHEMA));

describe('the published schema of the json format', () => {
  test.each([RESULT, HOSTILE_RESULT, CLEAN, NOTHING_SCANNED])('describes hand-made reports, all of each', (result) => {
    for (const texts of [createContext().texts, () => undefined]) {
      expect(strict.safeParse(JSON.parse(json(result, createContext({ texts }))))).toMatchObject({ success: true });
    }
  });

  test('describes what a real scan reports, all of it', async () => {
    const root = join(ROOT, 'fixtures/projects/support-desk');
    const result = await scan({ root, paths: [], exclude: [], profile: 'strict', jobs: 1 });
    const texts = (path: string) => readFileSync(join(root, path), 'utf8');
    const report = JSON.parse(json(result, createContext({ texts })));
    expect(report.findings.length).toBeGreaterThan(20);
    expect(strict.safeParse(report)).toMatchObject({ success: true });
  });

  test('describes what is suppressed, and tools', () => {
    const finding = RESULT.findings[0]!;
    const suppressed = [
      { finding, by: 'comment' as const, reason: 'known', place: 'a.ts:1', until: '2027-01-31' },
      { finding, by: 'baseline' as const, reason: '', place: '.spillcheck/baseline.json' },
    ];
    const tool: ToolReport = {
      kind: 'tool',
      name: 'run',
      framework: 'MCP',
      location: finding.location,
      arguments: ['command'],
      capabilities: CAPABILITIES.map((kind) => ({ kind, control: 'model', location: finding.location })),
      approval: 'none',
      annotations: ['readOnlyHint: true'],
      tools: [],
    };
    const report = JSON.parse(json({ ...RESULT, suppressed, tools: [tool] }, createContext()));
    expect([report.suppressed.length, report.tools.length]).toEqual([2, 1]);
    expect(strict.safeParse(report)).toMatchObject({ success: true });
  });

  test('bears properties that come later, and nothing else that is new', () => {
    const report = JSON.parse(json(RESULT, createContext()));
    const later = { ...report, findings: [{ ...report.findings[0], later: 1 }], later: 1 };
    expect(published.safeParse(later).success).toBe(true);
    expect(strict.safeParse(later).success).toBe(false);
    for (const wrong of [
      { ...report, schemaVersion: 2 },
      { ...report, findings: undefined },
      { ...report, findings: [{ ...report.findings[0], level: 'fatal' }] },
      { ...report, findings: [{ ...report.findings[0], ruleId: 'Secret To Log' }] },
      { ...report, findings: [{ ...report.findings[0], location: { file: 'a', start: { line: 0, column: 1 } } }] },
      { ...report, diagnostics: [{ kind: 'other', message: 'x' }] },
    ]) {
      expect(published.safeParse(wrong).success).toBe(false);
    }
  });

  test('names the values that there are', () => {
    const { finding, diagnostic } = SCHEMA.$defs;
    expect(finding.properties.level.enum).toEqual(LEVELS);
    expect(finding.properties.features.items.enum).toEqual(Object.keys(FEATURE_WORDS));
    expect(diagnostic.properties.kind.enum).toEqual(Object.keys(DIAGNOSTIC_WORDS));
  });
});

/** A schema whose objects hold nothing that it does not name. */
function close(schema: unknown): never {
  if (Array.isArray(schema)) return schema.map(close) as never;
  if (typeof schema !== 'object' || schema === null) return schema as never;
  const entries = Object.entries(schema).map(([name, value]) => [name, close(value)]);
  const closed = Object.fromEntries(entries);
  return (
    closed.properties && !Array.isArray(closed.properties) && closed.type === 'object'
      ? { ...closed, additionalProperties: false }
      : closed
  ) as never;
}
