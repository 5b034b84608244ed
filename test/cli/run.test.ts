import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HELP } from '../../src/cli/help.js';
import { createProgram } from '../../src/cli/program.js';
import { RequestError } from '../../src/core/errors.js';
import { makeFolder, spillcheck } from './harness.js';

describe('requests that cannot be carried out exit with 2 and one line', () => {
  test.each([
    [['--frmat', 'json'], "unknown option '--frmat', did you mean --format?; see spillcheck --help"],
    [['--zzz'], "unknown option '--zzz'; see spillcheck --help"],
    [
      ['--format', 'xml'],
      "option '--format <name>' argument 'xml' is invalid. Allowed choices are terminal, compact, json, sarif, markdown, github, gitlab, gitlab-sast, junit, csv; see spillcheck --help",
    ],
    [
      ['--fail-on', 'high'],
      "option '--fail-on <level>' argument 'high' is invalid. Allowed choices are error, warning, note, never; see spillcheck --help",
    ],
    [
      ['--jobs', '0'],
      "option '--jobs <n>' argument '0' is invalid. It is a number from 1 to 9999; see spillcheck --help",
    ],
    [['--output'], "option '--output <file>' argument missing; see spillcheck --help"],
    [
      ['--output', 'json='],
      "option '--output <file>' argument 'json=' is invalid. The name of the file is missing; see spillcheck --help",
    ],
    [['missing/folder'], 'no such file or folder: missing/folder'],
    [['sacn'], 'no such file or folder: sacn; did you mean the command scan?'],
    [['bad\u001bname'], 'no such file or folder: bad\\u{1b}name'],
    [
      ['--rule', 'secret-to-logs'],
      "there is no rule 'secret-to-logs', did you mean secret-to-log?; spillcheck rules lists all",
    ],
    [['--rule', 'x'], "there is no rule 'x'; spillcheck rules lists all"],
    [['explain'], "missing required argument 'what'; see spillcheck --help"],
    [['explain', 'hardcoded'], "there is no rule 'hardcoded'; spillcheck rules lists all"],
    [['explain', 'a', 'b'], "too many arguments for 'explain'. Expected 1 argument but got 2; see spillcheck --help"],
  ])('%j', async (argv, message) => {
    expect(await spillcheck(argv)).toMatchObject({ code: 2, stdout: '', stderr: `spillcheck: ${message}\n` });
  });

  test('a report that cannot be written', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, 'file'), '');
    expect(await spillcheck(['--output', 'file/report.json'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^spillcheck: cannot write file\/report\.json: E[A-Z]+\n$/),
    });
  });

  test('broken rules', async () => {
    const loadRules = async () => {
      throw new RequestError('unknown key', { file: 'rules/rules.yaml', line: 3, column: 5 });
    };
    expect(await spillcheck([], { services: { loadRules } })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'spillcheck: rules/rules.yaml:3:5: unknown key\n',
    });
  });
});

test('a fault of ours asks for a report, shows the trace without keys, and exits with 2', async () => {
  const key = `sk-proj-${'Ab3dEf6hIj'.repeat(4)}`;
  const scan = async () => {
    throw new TypeError(`cannot read ${key}`);
  };
  const { code, stdout, stderr } = await spillcheck([], { services: { scan } });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /^spillcheck: internal error\. This is a fault of spillcheck, not of your code\.\nPlease report it with .*\(spillcheck \d.*, Node 20\.0\.0\):\nTypeError: cannot read sk-p\*+Ij\n {4}at /,
  );
});

test.each([['--version'], ['-v']])('%s', async (flag) => {
  expect(await spillcheck([flag])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test.each([[['--help']], [['-h']], [['help']], [['scan', '--help']], [['src', '-h', '--zzz']]])('%j', async (argv) => {
  expect(await spillcheck(argv)).toMatchObject({ code: 0, stdout: HELP, stderr: '' });
});

test('behind --, what looks like an option is a path', async () => {
  expect((await spillcheck(['--', '--help'])).stderr).toBe('spillcheck: no such file or folder: --help\n');
});

test('the help names every option and command, and no others', () => {
  const { commands } = createProgram(() => undefined);
  const scan = commands.find((command) => command.name() === 'scan')!;
  const options = [...scan.options.map((option) => option.flags), '-h, --help', '-v, --version'];
  const written = HELP.split('\n').flatMap(
    (line) => /^ {2}((?:-\w, )?--[a-z-]+(?: <\w+>)?) {2,}/.exec(line)?.[1] ?? [],
  );
  expect(written.sort()).toEqual(options.sort());
  expect(commands.map((command) => command.name()).filter((name) => !HELP.includes(`spillcheck ${name}`))).toEqual([
    'scan',
  ]);
  expect(HELP).toContain('spillcheck [scan]');
});

test('spillcheck rules', async () => {
  expect((await spillcheck(['rules'])).stdout).toMatchInlineSnapshot(`
    "rule                level  profile      cwe      owasp  what it reports
    hardcoded-secret    error  recommended  CWE-798  LLM02  A live-looking credential stands in the source.
    secret-to-log       error  recommended  CWE-532  LLM02  A credential flows into a log.
    provider-retention  note   strict       CWE-359  LLM02  A setting lets the provider keep content.
    "
  `);
});

test('spillcheck explain', async () => {
  expect(await spillcheck(['explain', 'secret-to-log'])).toMatchObject({
    code: 0,
    stdout: '# secret-to-log\n\nLog that the key is there, not the key.\n',
  });
});
