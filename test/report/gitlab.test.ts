import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { gitlab } from '../../src/report/gitlab.js';
import { gitlabSast } from '../../src/report/gitlab-sast.js';
import { HOSTILE_FILE, HOSTILE_RESULT } from './hostile.js';
import { CLEAN, createContext, HARDCODED, RESULT, SECRET_TO_LOG } from './sample.js';

/** GitLab's `app/validators/json_schemas/codeclimate.json`, with what its documentation adds: the severities, and the form of the path. */
const degradation = z.looseObject({
  description: z.string().min(1),
  check_name: z.string().min(1),
  fingerprint: z.string().min(1),
  severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
  location: z.looseObject({
    path: z.string().regex(/^(?!\.\/|\/)/),
    lines: z.looseObject({ begin: z.number().int().min(1), end: z.number().int().min(1) }),
  }),
});

describe('gitlab', () => {
  test('a finding as a degradation', () => {
    expect(JSON.parse(gitlab({ ...RESULT, findings: [SECRET_TO_LOG] }, createContext()))).toEqual([
      {
        type: 'issue',
        check_name: 'secret-to-log',
        description: SECRET_TO_LOG.message,
        content: { body: SECRET_TO_LOG.advice },
        categories: ['Security'],
        severity: 'critical',
        fingerprint: '0123456789abcdef0123456789abcdef',
        location: { path: 'api/support.ts', lines: { begin: 5, end: 5 } },
      },
    ]);
  });

  test.each([RESULT, HOSTILE_RESULT, CLEAN])('is what GitLab accepts', (result) => {
    const report = z.array(degradation).parse(JSON.parse(gitlab(result, createContext())));
    expect(report).toHaveLength(result.findings.length);
    expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(result.findings.length);
  });

  test('names files as they are', () => {
    expect(JSON.parse(gitlab(HOSTILE_RESULT, createContext()))[0].location.path).toBe(HOSTILE_FILE);
  });
});

const text = z.string().min(1);
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);
const identifier = z.object({
  type: text,
  name: text,
  value: text,
  url: z
    .string()
    .regex(/^(https?|ftp):\/\/.+/)
    .optional(),
});
const tool = z.object({
  id: text,
  name: text,
  version: text,
  vendor: z.object({ name: text }),
  url: z
    .string()
    .regex(/^https?:\/\/.+/)
    .optional(),
});
const place = { file: text, start_line: z.number().int().min(1), end_line: z.number().int().min(1) };
const fileLocation = z.object({
  type: z.literal('file-location'),
  file_name: text,
  line_start: z.number().int().min(1),
  line_end: z.number().int().min(1),
});
const node = z.object({
  type: z.literal('code-flow-node'),
  node_type: z.enum(['source', 'sink', 'propagation']),
  file_location: fileLocation,
});

/** `sast-report-format.json` 15.1.4, as far as reports of ours use it; objects are strict, so that nothing else slips in. */
const sastReport = z.strictObject({
  version: z.literal('15.1.4'),
  schema: z.string().regex(/^https?:\/\/.+/),
  scan: z.strictObject({
    type: z.literal('sast'),
    status: z.enum(['success', 'failure']),
    start_time: time,
    end_time: time,
    analyzer: tool.strict(),
    scanner: tool.strict(),
    primary_identifiers: z.array(identifier.strict()),
    messages: z.array(z.strictObject({ level: z.enum(['info', 'warn', 'fatal']), value: text })),
  }),
  vulnerabilities: z.array(
    z.strictObject({
      id: z.uuid(),
      name: text.max(255),
      description: text.max(1_048_576),
      severity: z.enum(['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical']),
      solution: z.string().max(7_000),
      identifiers: z.array(identifier.strict()).min(1),
      location: z.strictObject(place),
      tracking: z.strictObject({
        type: z.literal('source'),
        items: z.array(
          z.strictObject({ ...place, signatures: z.array(z.strictObject({ algorithm: text, value: text })).min(1) }),
        ),
      }),
      details: z
        .strictObject({
          code_flows: z.strictObject({
            type: z.literal('code-flows'),
            name: text,
            items: z.array(z.array(node.strict()).min(1)).min(1).max(10),
          }),
        })
        .optional(),
    }),
  ),
});

describe('gitlab-sast', () => {
  test('a flow as a vulnerability', () => {
    const report = JSON.parse(gitlabSast({ ...RESULT, findings: [SECRET_TO_LOG] }, createContext()));
    const at = (file: string, line: number) => ({
      type: 'file-location',
      file_name: file,
      line_start: line,
      line_end: line,
    });
    expect(report.vulnerabilities).toEqual([
      {
        id: '3eb1bd43-9947-8b76-a998-e566ccc2e099',
        name: 'A credential flows into a log',
        description:
          'The environment variable `OPENAI_API_KEY` read at lib/env.ts:2 is written to the console by `handle`.',
        severity: 'High',
        solution: 'Log that the key is there, not the key: console.log("key loaded", Boolean(key));',
        identifiers: [
          { type: 'spillcheck_rule_id', name: 'secret-to-log', value: 'secret-to-log' },
          { type: 'cwe', name: 'CWE-532', value: '532', url: 'https://cwe.mitre.org/data/definitions/532.html' },
          { type: 'owasp_llm', name: 'LLM02:2025', value: 'LLM02:2025' },
        ],
        location: { file: 'api/support.ts', start_line: 5, end_line: 5 },
        tracking: {
          type: 'source',
          items: [
            {
              file: 'api/support.ts',
              start_line: 5,
              end_line: 5,
              signatures: [{ algorithm: 'hash', value: '0123456789abcdef0123456789abcdef' }],
            },
          ],
        },
        details: {
          code_flows: {
            type: 'code-flows',
            name: 'Code flows',
            items: [
              [
                { type: 'code-flow-node', node_type: 'source', file_location: at('lib/env.ts', 2) },
                { type: 'code-flow-node', node_type: 'propagation', file_location: at('api/support.ts', 4) },
                { type: 'code-flow-node', node_type: 'sink', file_location: at('api/support.ts', 5) },
              ],
            ],
          },
        },
      },
    ]);
  });

  test.each([RESULT, HOSTILE_RESULT, CLEAN])('is what the schema demands', (result) => {
    const { vulnerabilities } = sastReport.parse(JSON.parse(gitlabSast(result, createContext())));
    expect(vulnerabilities).toHaveLength(result.findings.length);
  });

  test('flows that only their number tells apart have ids of their own', () => {
    const fingerprints = ['', ':2', ':3'].map((number) => ({
      'flow/v1': `${SECRET_TO_LOG.fingerprints['flow/v1']}${number}`,
    }));
    const findings = fingerprints.map((each) => ({ ...SECRET_TO_LOG, fingerprints: each }));
    const { vulnerabilities } = sastReport.parse(JSON.parse(gitlabSast({ ...CLEAN, findings }, createContext())));
    expect(new Set(vulnerabilities.map(({ id }) => id)).size).toBe(3);
  });

  test('severities', () => {
    const findings = [
      HARDCODED,
      SECRET_TO_LOG,
      { ...SECRET_TO_LOG, level: 'warning' as const },
      { ...SECRET_TO_LOG, level: 'note' as const },
    ];
    const { vulnerabilities } = JSON.parse(gitlabSast({ ...CLEAN, findings }, createContext()));
    expect(vulnerabilities.map((each: { severity: string }) => each.severity)).toEqual([
      'Critical',
      'High',
      'Medium',
      'Low',
    ]);
  });

  test('says the time that it is told, and what was not analysed', () => {
    const { scan } = JSON.parse(gitlabSast(RESULT, createContext({ startedAt: '2026-01-31T12:00:00' })));
    expect([scan.start_time, scan.end_time]).toEqual(['2026-01-31T12:00:00', '2026-01-31T12:00:00']);
    expect(scan.messages).toEqual([
      { level: 'warn', value: 'lib/broken.ts:3: syntax-error: Unexpected token' },
      { level: 'info', value: 'api/support.ts:1: unresolved-import: `./missing` leads nowhere' },
      { level: 'info', value: 'api/support.ts: limit: too many facts in one value' },
      { level: 'warn', value: 'unreadable: A folder could not be read' },
    ]);
  });
});
