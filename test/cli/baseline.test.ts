import { describe, expect, test } from 'vitest';
import { GitRepository } from './git-repository.js';

const LEAK = 'console.log(process.env.API_KEY);\n';
const MAIL = 'export const f = (user: { email: string }) => console.log(user.email);\n';
const FILE = '.spillcheck/baseline.json';
const baseline = (repository: GitRepository, ...argv: string[]) => repository.run(['baseline', '--no-cache', ...argv]);
const rules = (repository: GitRepository) =>
  (JSON.parse(repository.read(FILE)).findings as { rule: string; file: string }[]).map(
    ({ rule, file }) => `${file} ${rule}`,
  );

describe('spillcheck baseline', () => {
  test('adds and takes out, and says so', async () => {
    const repository = new GitRepository({ 'a.ts': LEAK, 'b.ts': LEAK });
    expect((await baseline(repository)).stdout).toBe(`${FILE} holds 2 findings (2 added).\n`);
    const text = repository.read(FILE);
    expect((await baseline(repository)).stdout).toBe(`${FILE} holds 2 findings (unchanged).\n`);
    expect(repository.read(FILE)).toBe(text);
    repository.write('a.ts', 'f();\n');
    repository.write('c.ts', MAIL);
    expect((await baseline(repository, '--prune')).stdout).toBe(`${FILE} holds 1 finding (1 taken out).\n`);
    expect(rules(repository)).toEqual(['b.ts secret-to-log']);
    expect((await baseline(repository)).stdout).toBe(`${FILE} holds 2 findings (1 added).\n`);
    expect(rules(repository)).toEqual(['b.ts secret-to-log', 'c.ts personal-data-to-log']);
  });

  test('leaves entries of rules alone that are not run', async () => {
    const repository = new GitRepository({ 'a.ts': LEAK, 'c.ts': MAIL });
    await baseline(repository);
    repository.write('a.ts', 'f();\n');
    repository.write('c.ts', 'g();\n');
    expect((await baseline(repository, '--rule', 'secret-to-log')).stdout).toBe(
      `${FILE} holds 1 finding (1 taken out).\n`,
    );
    expect(rules(repository)).toEqual(['c.ts personal-data-to-log']);
    expect((await repository.scan(['--rule', 'secret-to-log'])).upkeep).toEqual([]);
  });

  test('covers all of the repository, from wherever it is run', async () => {
    const repository = new GitRepository({ 'a.ts': LEAK, 'deep/b.ts': LEAK });
    expect((await baseline(repository, 'deep')).stdout).toBe(`${FILE} holds 2 findings (2 added).\n`);
    expect(await repository.scan(['deep'])).toEqual({
      code: 0,
      findings: [],
      suppressed: ['deep/b.ts:1 secret-to-log baseline'],
      upkeep: [],
    });
  });

  test('a key is known by its value: another one in its place is new, so is a copy', async () => {
    const key = (seed: string) => `export const key = 'sk-proj-${seed.repeat(4)}${'Zx9Qw7Er5T'.repeat(4)}';\n`;
    const repository = new GitRepository({ 'a.ts': key('Ab3dEf6hIj') });
    const { stdout } = await baseline(repository);
    const names = rules(repository);
    expect(names).toEqual(['a.ts hardcoded-secret']);
    expect(stdout).toBe(
      `${FILE} holds 1 finding (1 added).\n1 of them is a credential: revoke what is live. A baseline makes nothing secret again.\n`,
    );
    expect(repository.read(FILE)).not.toContain('sk-');
    expect(await repository.scan()).toMatchObject({ code: 0, findings: [] });
    repository.write('0.ts', key('Ab3dEf6hIj'));
    expect((await repository.scan()).findings).toEqual(['0.ts:1 hardcoded-secret']);
    repository.remove('0.ts');
    repository.move('a.ts', 'src/keys.ts');
    expect(await repository.scan()).toMatchObject({ code: 0, findings: [] });
    repository.write('src/keys.ts', key('Kl4mNo7pQr'));
    expect(await repository.scan()).toMatchObject({ code: 1, findings: ['src/keys.ts:1 hardcoded-secret'] });
  });

  test('--baseline names another file', async () => {
    const repository = new GitRepository({ 'a.ts': LEAK });
    expect((await baseline(repository, '--baseline', 'known.json')).stdout).toBe(
      'known.json holds 1 finding (1 added).\n',
    );
    expect(await repository.scan()).toMatchObject({ code: 1 });
    expect(await repository.scan(['--baseline', 'known.json'])).toMatchObject({ code: 0 });
    expect(await repository.scan(['--baseline', 'known.json', '--no-baseline'])).toMatchObject({ code: 1 });
  });

  test.each([
    [['baseline', '--prune'], `there is no baseline ${FILE}`],
    [['baseline', '--no-baseline'], '--no-baseline leaves nothing to write'],
    [['baseline', 'nowhere'], 'no such file or folder: nowhere'],
    [['--baseline', 'nowhere.json'], 'there is no baseline nowhere.json'],
    [['--baseline', 'a.ts'], 'a.ts:1:1: is no valid JSON'],
  ])('%j is refused', async (argv, message) => {
    const repository = new GitRepository({ 'a.ts': LEAK });
    expect(await repository.run(argv)).toMatchObject({ code: 2, stdout: '', stderr: `spillcheck: ${message}\n` });
  });

  test('nothing to write down, and nothing that was looked at', async () => {
    const repository = new GitRepository({ 'a.ts': 'f();\n' });
    expect(await baseline(repository)).toMatchObject({ code: 0, stdout: 'Nothing found, so no baseline is needed.\n' });
    expect(() => repository.read(FILE)).toThrow();
    repository.remove('a.ts');
    expect(await baseline(repository)).toMatchObject({
      code: 2,
      stderr: 'spillcheck: no file was scanned, so there is nothing to write down\n',
    });
  });

  test('a link to elsewhere is neither read nor written', async () => {
    const outside = new GitRepository({ 'x.ts': '' });
    const repository = new GitRepository({ 'a.ts': LEAK });
    repository.link(outside.folder, '.spillcheck');
    const stderr = `spillcheck: ${FILE}: leads out of the repository through a link\n`;
    expect(await baseline(repository)).toMatchObject({ code: 2, stderr });
    outside.write('baseline.json', '{ "version": 1, "findings": [] }');
    expect(await repository.run([])).toMatchObject({ code: 2, stderr });
  });
});
