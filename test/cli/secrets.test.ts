import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createServices } from '../../src/cli/services.js';
import { FORMATS } from '../../src/report/reporters.js';
import { expand } from '../secrets/support/expand.js';
import { makeFolder, spillcheck as run, type Setting } from './harness.js';

const KEY = expand('sk-proj-{w74}T3BlbkFJ{w74}');
const OTHER = expand('sk-ant-api03-{w93}AA');
const LINE = `export const key = '${KEY}';\n`;

/** Runs a command line with the real search. */
function spillcheck(argv: readonly string[], setting: Setting = {}) {
  return run(argv, { ...setting, services: createServices() });
}

/** `file:line rule` of what the compact report names. */
async function found(argv: readonly string[], setting: Setting = {}): Promise<readonly [number, string[]]> {
  const { code, stdout, stderr } = await spillcheck(['secrets', ...argv, '--format', 'json'], setting);
  if (stdout === '') return [code, [stderr.trim()]];
  const { findings } = JSON.parse(stdout) as {
    findings: { ruleId: string; location: { file: string; start: { line: number } } }[];
  };
  return [code, findings.map(({ ruleId, location }) => `${location.file}:${location.start.line} ${ruleId}`)];
}

function makeRepository(files: Readonly<Record<string, string>>) {
  const cwd = makeFolder(files);
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main'];
  const git = (...args: string[]) => execFileSync('git', [...identity, ...args], { cwd, stdio: 'pipe' });
  git('init', '-q');
  return { cwd, git, env: { PATH: process.env.PATH! } };
}

describe('a tree', () => {
  test('every kind of text is searched, and nothing but for keys', async () => {
    const cwd = makeFolder({
      'src/a.ts': `${LINE}console.log(process.env.OPENAI_API_KEY);\n`,
      'src/a.js.map': JSON.stringify({ sourcesContent: [LINE] }),
      'data/rows.csv': `id,key\n1,${KEY}\n`,
      '.gitignore': 'ignored.ts\n',
      'ignored.ts': LINE,
      'node_modules/a/index.js': LINE,
      'clean.ts': 'export const a = 1;\n',
    });
    expect(await found([], { cwd })).toEqual([
      1,
      ['data/rows.csv:2 hardcoded-secret', 'src/a.js.map:1 hardcoded-secret', 'src/a.ts:1 hardcoded-secret'],
    ]);
    expect(await found(['data', 'clean.ts'], { cwd })).toEqual([1, ['data/rows.csv:2 hardcoded-secret']]);
    expect(await found(['--exclude', '*.{csv,map}', '--fail-on', 'never'], { cwd })).toEqual([
      0,
      ['src/a.ts:1 hardcoded-secret'],
    ]);
    expect(await found(['clean.ts'], { cwd })).toEqual([0, []]);
  });

  test('the summary says what was looked at', async () => {
    const cwd = makeFolder({ 'a.ts': 'const a = 1;\n', 'logo.png': 'x' });
    const { stdout, code } = await spillcheck(['secrets'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing found.\nScanned 1 file, 1 line');
    expect(stdout).toContain('Left out 1 file or folder: 1 binary.');
  });

  test('profiles, suppressions and the baseline count', async () => {
    const cwd = makeFolder({
      'a.ts': `// spillcheck-ignore-next-line hardcoded-secret -- revoked in May\n${LINE}`,
      'b.ts': "const dbPassword = 'admin1234';\n",
    });
    expect(await found([], { cwd })).toEqual([0, []]);
    expect(await found(['--profile', 'strict', '--fail-on', 'note'], { cwd })).toEqual([
      1,
      ['b.ts:1 hardcoded-secret'],
    ]);
  });

  test('a baseline does not hide a new key in an old place', async () => {
    const cwd = makeFolder({ 'a.ts': LINE });
    await spillcheck(['baseline', '--quiet'], { cwd });
    expect(await found([], { cwd })).toEqual([0, []]);
    writeFileSync(join(cwd, 'a.ts'), LINE.replace(KEY, OTHER));
    expect(await found([], { cwd })).toEqual([1, ['a.ts:1 hardcoded-secret']]);
  });

  test('formats of the configuration', async () => {
    const cwd = makeFolder({
      'spillcheck.config.yaml': 'secrets: [acme.yaml]\n',
      'acme.yaml':
        'formats:\n  - { id: acme, name: Acme key, keywords: [acme_], expression: "acme_[a-z0-9]{20}", grants: opens Acme }\n',
      'a.ts': `use('${expand('acme_{a20}')}');\n`,
    });
    expect(await found([], { cwd })).toEqual([1, ['a.ts:1 hardcoded-secret']]);
    writeFileSync(
      join(cwd, 'acme.yaml'),
      'formats:\n  - { id: acme, name: A, keywords: [acme_], expression: "acme_(a+)+b", grants: opens }\n',
    );
    expect((await spillcheck(['secrets'], { cwd })).stderr).toMatch(
      /acme\.yaml:2:\d+: the expression repeats without bound/,
    );
  });
});

describe('what is staged', () => {
  test('is searched as the index holds it', async () => {
    const { git, ...setting } = makeRepository({ 'a.ts': 'const a = 1;\n', 'b.ts': LINE, 'sub/c.ts': LINE });
    git('add', 'a.ts', 'sub');
    writeFileSync(join(setting.cwd, 'a.ts'), LINE);
    writeFileSync(join(setting.cwd, 'sub/c.ts'), '');
    expect(await found(['--staged'], setting)).toEqual([1, ['sub/c.ts:1 hardcoded-secret']]);
    expect(await found(['--staged', 'a.ts'], setting)).toEqual([0, []]);
    git('commit', '-qm', 'first');
    git('add', '.');
    expect(await found(['--staged'], setting)).toEqual([1, ['a.ts:1 hardcoded-secret', 'b.ts:1 hardcoded-secret']]);
    expect(await found(['--staged', '--exclude', 'b.ts'], { ...setting, cwd: join(setting.cwd, 'sub') })).toEqual([
      0,
      [],
    ]);
  });

  test('shows the line of the index, masked', async () => {
    const { git, ...setting } = makeRepository({ 'a.ts': `\n\n${LINE}` });
    git('add', '.');
    writeFileSync(join(setting.cwd, 'a.ts'), 'changed\n');
    const { stdout } = await spillcheck(['secrets', '--staged', '--no-color'], setting);
    expect(stdout).toMatch(/^a\.ts\n\n {2}error {2}hardcoded-secret {2}3:/);
    expect(stdout).toContain("export const key = 'sk-p");
    expect(stdout).not.toContain(KEY.slice(8, 20));
  });

  test('with nothing staged there is nothing to say', async () => {
    const { git, ...setting } = makeRepository({ 'a.ts': LINE });
    expect(git('status', '--short').toString()).toContain('a.ts');
    const { code, stdout, stderr } = await spillcheck(['secrets', '--staged'], setting);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('No file was scanned');
  });

  test('needs a repository', async () => {
    expect((await spillcheck(['secrets', '--staged'], { cwd: makeFolder({ 'a.ts': LINE }) })).stderr).toBe(
      'spillcheck: --staged needs a git repository\n',
    );
  });
});

describe('standard input', () => {
  test('is searched under the name that is given', async () => {
    expect(await found(['-'], { input: LINE })).toEqual([1, ['stdin:1 hardcoded-secret']]);
    expect(await found(['-'], { input: 'const a = 1;' })).toEqual([0, []]);
    const input = `NEXT_PUBLIC_OPENAI_API_KEY=${KEY}\n`;
    expect(await found(['-', '--stdin-filename', 'app/.env'], { input })).toEqual([
      1,
      ['app/.env:1 client-exposed-secret'],
    ]);
    expect(await found(['-', '--stdin-filename', '../../etc/.env'], { input })).toEqual([
      1,
      ['.env:1 client-exposed-secret'],
    ]);
  });

  test.each([
    [['-', 'a.ts'], '- stands for standard input and excludes other paths'],
    [['-', '--staged'], '- and --staged exclude each other'],
    [['--stdin-filename', 'a.ts'], '--stdin-filename needs - for standard input'],
    [['missing.ts'], 'no such file or folder: missing.ts'],
    [['--jobs', '2'], "unknown option '--jobs'"],
    [['--rule', 'secret-to-log'], "unknown option '--rule'"],
  ])('%j', async (argv, message) => {
    const { code, stderr } = await spillcheck(['secrets', ...argv], { input: LINE });
    expect([code, stderr.split('\n')]).toEqual([2, [expect.stringContaining(`spillcheck: ${message}`), '']]);
  });
});

test.each(FORMATS)('the report %s', async (format) => {
  const { code, stdout } = await spillcheck(['secrets', '-', '--format', format], { input: `\n${LINE}` });
  expect(code).toBe(1);
  expect(stdout).toMatch(/stdin/);
  expect(stdout).not.toContain(KEY.slice(8, 20));
});
