import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLEAN, NOTHING_SCANNED, RESULT, SECRET_TO_LOG, TEXTS } from '../report/sample.js';
import { makeFolder, spillcheck } from './harness.js';

const NOTE = { ...RESULT, findings: [{ ...SECRET_TO_LOG, level: 'note' as const }] };
const WARNING = { ...RESULT, findings: [{ ...SECRET_TO_LOG, level: 'warning' as const }] };

describe('exit code', () => {
  test.each([
    ['clean', CLEAN, [], 0],
    ['an error', RESULT, [], 1],
    ['a warning', WARNING, [], 1],
    ['a note', NOTE, [], 0],
    ['a note, threshold note', NOTE, ['--fail-on', 'note'], 1],
    ['a warning, threshold error', WARNING, ['--fail-on', 'error'], 0],
    ['an error, threshold error', RESULT, ['--fail-on', 'error'], 1],
    ['an error, threshold never', RESULT, ['--fail-on', 'never'], 0],
    ['no file', NOTHING_SCANNED, [], 2],
    ['no file, threshold never', NOTHING_SCANNED, ['--fail-on', 'never'], 2],
  ])('%s', async (_name, result, argv, code) => {
    expect((await spillcheck(argv, { result })).code).toBe(code);
  });
});

describe('what is scanned', () => {
  test('the working directory by default, with the defaults of the options', async () => {
    const cwd = makeFolder();
    expect((await spillcheck([], { cwd })).options).toEqual({
      root: realpathSync(cwd),
      paths: [],
      exclude: [],
      profile: 'recommended',
      jobs: expect.any(Number),
      today: '2026-11-21',
    });
  });

  test('what options say', async () => {
    const argv = [
      'scan',
      '--exclude',
      'a',
      '--exclude',
      'b/**',
      '--profile',
      'strict',
      '--jobs',
      '3',
      '--rule',
      'secret-to-log',
    ];
    expect((await spillcheck(argv)).options).toMatchObject({
      exclude: ['a', 'b/**'],
      profile: 'strict',
      jobs: 3,
      rules: ['secret-to-log'],
    });
  });

  test('a folder outside of a checkout is its own root, from wherever it is named', async () => {
    const folder = makeFolder({ 'app/src/a.ts': '' });
    const root = realpathSync(join(folder, 'app'));
    expect((await spillcheck(['app'], { cwd: folder })).options).toMatchObject({ root, paths: [] });
    expect((await spillcheck([join(folder, 'app')])).options).toMatchObject({ root, paths: [] });
  });

  test('in a checkout, paths are relative to its top', async () => {
    const cwd = makeFolder({ '.git/HEAD': 'ref: refs/heads/main\n', 'packages/a/x.ts': '', 'packages/b/y.ts': '' });
    expect((await spillcheck(['a', 'b/y.ts'], { cwd: join(cwd, 'packages') })).options).toMatchObject({
      root: realpathSync(cwd),
      paths: ['packages/a', 'packages/b/y.ts'],
    });
  });

  test('several paths outside of a checkout share the deepest folder', async () => {
    const cwd = makeFolder({ 'x/ab/1.ts': '', 'x/abc/2.ts': '' });
    expect((await spillcheck(['x/ab', 'x/abc/2.ts'], { cwd })).options).toMatchObject({
      root: join(realpathSync(cwd), 'x'),
      paths: ['ab', 'abc/2.ts'],
    });
  });
});

describe('output', () => {
  test('the terminal report, with code and time', async () => {
    const { stdout, stderr } = await spillcheck([], { cwd: makeFolder(TEXTS) });
    expect(stdout).toContain("> 5 |   console.log('starting with', key);");
    expect(stdout).toContain('2 functions in 0.5 s.');
    expect(stderr).toBe('');
  });

  test('--quiet prints findings only, and nothing for nothing', async () => {
    const { stdout } = await spillcheck(['--quiet'], { cwd: makeFolder(TEXTS) });
    expect(stdout).toContain('secret-to-log');
    expect(stdout).not.toContain('Scanned');
    expect(await spillcheck(['--quiet'], { result: CLEAN })).toMatchObject({ stdout: '', stderr: '', code: 0 });
  });

  test.each([
    ['json', '{\n  "schemaVersion": 1,'],
    ['sarif', '{\n  "$schema"'],
    ['compact', 'api/support.ts:5:2: error secret-to-log: '],
  ])('--format %s', async (format, start) => {
    const { stdout } = await spillcheck(['--format', format], { cwd: makeFolder(TEXTS) });
    expect(stdout.slice(0, start.length)).toBe(start);
  });

  test('--output takes the place of standard output; the extension says the format', async () => {
    const cwd = makeFolder(TEXTS);
    expect(await spillcheck(['--output', 'out/report.sarif'], { cwd })).toMatchObject({
      stdout: '',
      stderr: '',
      code: 1,
    });
    expect(JSON.parse(readFileSync(join(cwd, 'out/report.sarif'), 'utf8')).version).toBe('2.1.0');
    await spillcheck(['--format', 'compact', '--output', 'report.json'], { cwd });
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toMatch(/^api\/support\.ts:5:2: error/);
  });

  test('--output format=file comes besides, as often as wanted, never in colour', async () => {
    const cwd = makeFolder(TEXTS);
    const argv = ['--output', 'sarif=a=b.sarif', '--output', 'terminal=report.txt'];
    const { stdout } = await spillcheck(argv, { cwd, terminal: true });
    expect(stdout).toContain('\u001b[');
    expect(JSON.parse(readFileSync(join(cwd, 'a=b.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).not.toContain('\u001b[');
  });

  test('a scan that saw nothing says so in every format', async () => {
    const message = 'no file was scanned: there is none of a kind that spillcheck reads, or all are left out';
    const result = NOTHING_SCANNED;
    expect((await spillcheck([], { result })).stdout).toContain('No file was scanned, so this says nothing');
    for (const argv of [['--quiet'], ['--format', 'json'], ['--output', 'x.sarif']]) {
      expect((await spillcheck(argv, { result })).stderr).toBe(`spillcheck: ${message}\n`);
    }
  });

  test('a root that cannot be read is named', async () => {
    const result = {
      ...NOTHING_SCANNED,
      diagnostics: [{ kind: 'unreadable' as const, message: 'cannot be read (EACCES)' }],
    };
    expect((await spillcheck(['--quiet'], { result })).stderr).toBe(
      'spillcheck: no file was scanned: cannot be read (EACCES)\n',
    );
  });

  test('two working directories, the same bytes', async () => {
    const folder = makeFolder({ ...TEXTS, 'deep/er/x.ts': '' });
    for (const format of ['json', 'sarif']) {
      const here = await spillcheck(['.', '--format', format], { cwd: folder });
      const there = await spillcheck(['../..', '--format', format], { cwd: join(folder, 'deep/er') });
      expect(there.stdout).toBe(here.stdout);
      expect(here.stdout).not.toContain(folder);
    }
  });
});

describe('terminal', () => {
  const colored = async (argv: readonly string[], terminal: boolean, env: Readonly<Record<string, string>> = {}) =>
    (await spillcheck(argv, { terminal, env })).stdout.includes('\u001b[');

  test('colours on a terminal only, unless told otherwise', async () => {
    expect(await colored([], true)).toBe(true);
    expect(await colored([], false)).toBe(false);
    expect(await colored([], true, { NO_COLOR: '1' })).toBe(false);
    expect(await colored([], true, { NO_COLOR: '' })).toBe(true);
    expect(await colored([], true, { TERM: 'dumb' })).toBe(false);
    expect(await colored([], false, { FORCE_COLOR: '1' })).toBe(true);
    expect(await colored([], true, { FORCE_COLOR: '0' })).toBe(false);
    expect(await colored(['--no-color'], true, { FORCE_COLOR: '1' })).toBe(false);
  });

  test('a progress line on a terminal, wiped at the end, and none elsewhere', async () => {
    expect((await spillcheck([], { terminal: true })).stderr).toBe('\r\u001b[KReading files 1/2\r\u001b[K');
    expect((await spillcheck(['--quiet'], { terminal: true })).stderr).toBe('');
    expect((await spillcheck([], { terminal: false })).stderr).toBe('');
  });
});
