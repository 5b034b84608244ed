import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { sarif } from '../../src/report/sarif.js';
import { CLEAN, createContext, HARDCODED, SECRET_TO_LOG } from '../report/sample.js';
import { makeFolder, spillcheck } from './harness.js';

const ONE = sarif({ ...CLEAN, findings: [SECRET_TO_LOG] }, createContext());
const TWO = sarif({ ...CLEAN, findings: [HARDCODED] }, createContext());

describe('spillcheck merge', () => {
  test('joins files and says what it made', async () => {
    const cwd = makeFolder({ 'a.sarif': ONE, 'b.sarif': `\ufeff${TWO}` });
    expect(
      await spillcheck(['merge', 'a.sarif', 'b.sarif', 'a.sarif', '--output', 'out/c.sarif'], { cwd }),
    ).toMatchObject({
      code: 0,
      stdout: 'Joined 2 files into out/c.sarif: 1 run, 2 results.\n',
      stderr: '',
    });
    const { runs } = JSON.parse(readFileSync(join(cwd, 'out/c.sarif'), 'utf8')) as Log;
    expect(runs.map(({ results }) => results!.length)).toEqual([2]);
  });

  test('numbers the files when one does not do', async () => {
    const names = Array.from({ length: 21 }, (_, index) => `${index}.sarif`);
    const log = (name: string) =>
      JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name } }, results: [] }] });
    const cwd = makeFolder(Object.fromEntries(names.map((name) => [name, log(name)])));
    expect(await spillcheck(['merge', ...names, '--output', 'all.sarif'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'Joined 21 files into all.sarif, all-2.sarif: 21 runs, 0 results.\n',
      stderr: 'spillcheck: the runs do not fit into one file; upload each of these with a step of its own.\n',
    });
    expect(existsSync(join(cwd, 'all-2.sarif'))).toBe(true);
  });

  test.each<[string, Record<string, string>, string]>([
    ['is not there', {}, 'cannot merge a.sarif: ENOENT'],
    ['is no JSON', { 'a.sarif': '{' }, 'cannot merge a.sarif: it is no JSON'],
    ['has no runs', { 'a.sarif': '[]' }, 'cannot merge a.sarif: it is no SARIF, for it has no runs'],
    [
      'is of another version',
      { 'a.sarif': '{ "version": "2.0.0", "runs": [] }' },
      'cannot merge a.sarif: it is SARIF of version 2.0.0, and only 2.1.0 can be merged',
    ],
    [
      'names no tool',
      { 'a.sarif': '{ "version": "2.1.0", "runs": [{}] }' },
      'cannot merge a.sarif: it is no SARIF, for a run names no tool',
    ],
  ])('refuses a file that %s', async (_, files, message) => {
    const cwd = makeFolder(files);
    expect(await spillcheck(['merge', 'a.sarif', '--output', 'b.sarif'], { cwd })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `spillcheck: ${message}\n`,
    });
    expect(existsSync(join(cwd, 'b.sarif'))).toBe(false);
  });

  test.each([
    [['merge', 'a.sarif'], "required option '--output <file>' not specified; see spillcheck --help"],
    [['merge', '--output', 'b.sarif'], "missing required argument 'files'; see spillcheck --help"],
  ])('%j', async (argv, message) => {
    expect(await spillcheck(argv)).toMatchObject({ code: 2, stderr: `spillcheck: ${message}\n` });
  });
});
