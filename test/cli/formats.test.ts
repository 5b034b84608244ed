import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findScanTime } from '../../src/cli/scan-time.js';
import { FORMATS } from '../../src/report/reporters.js';
import { makeFolder, spillcheck } from './harness.js';

describe('reports', () => {
  test('all formats at once, each in its file, beside what is printed', async () => {
    const cwd = makeFolder();
    const outputs = FORMATS.flatMap((format) => ['--output', `${format}=reports/${format}.txt`]);
    const { code, stdout } = await spillcheck(['--format', 'compact', ...outputs], { cwd });
    expect(code).toBe(1);
    expect(readdirSync(join(cwd, 'reports')).sort()).toEqual(FORMATS.map((format) => `${format}.txt`).sort());
    expect(readFileSync(join(cwd, 'reports/compact.txt'), 'utf8')).toBe(stdout);
    const firstCharacters = FORMATS.map((format) => readFileSync(join(cwd, `reports/${format}.txt`), 'utf8')[0]);
    expect(Object.fromEntries(FORMATS.map((format, index) => [format, firstCharacters[index]]))).toMatchObject({
      json: '{',
      sarif: '{',
      markdown: '<',
      github: ':',
      gitlab: '[',
      'gitlab-sast': '{',
      junit: '<',
      csv: 'r',
    });
  });

  test.each([
    ['report.csv', /^rule,level/],
    ['report.json', /"schemaVersion"/],
    ['report.md', /^<!-- spillcheck -->/],
    ['report.sarif', /"2\.1\.0"/],
    ['report.txt', /^[\w/]+\.ts\n/],
    ['./a=b.csv', /^rule,level/],
  ])('the name of a file chooses its format: %s', async (file, content) => {
    const cwd = makeFolder();
    expect((await spillcheck(['--output', file], { cwd })).stdout).toBe('');
    expect(readFileSync(join(cwd, file), 'utf8')).toMatch(content);
  });

  test.each([
    [
      ['--output', 'sarf=a.sarif'],
      "option '--output <file>' argument 'sarf=a.sarif' is invalid. There is no format 'sarf', did you mean sarif? (A file of that name is ./sarf=a.sarif); see spillcheck --help",
    ],
    [['--output', 'json=a', '--output', 'csv=a'], 'two reports cannot be written to a'],
  ])('%j', async (argv, message) => {
    expect(await spillcheck(argv)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `spillcheck: ${message}\n`,
      options: undefined,
    });
  });
});

test.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ SOURCE_DATE_EPOCH: '1769860800' }, '2026-01-31T12:00:00'],
  [{ SOURCE_DATE_EPOCH: 'now', CI_JOB_STARTED_AT: '2026-01-31T13:00:00+01:00' }, '2026-01-31T12:00:00'],
  [{ CI_JOB_STARTED_AT: 'yesterday' }, undefined],
])('the time of the scan is what %j says', (env, expected) => {
  expect(findScanTime(env)).toBe(expected);
});
