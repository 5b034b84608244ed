import { describe, expect, test } from 'vitest';
import { GitRepository } from './git-repository.js';

const LEAK = 'console.log(process.env.API_KEY);\n';
const CLEAN = { code: 0, findings: [], suppressed: [], upkeep: [] };
/** The credential is read in one file and logged in another. */
const SOURCE = 'export function load() {\n  return process.env.API_KEY;\n}\n';
const SINK =
  "import { load } from './source.js';\n\nexport function start() {\n  const key = load();\n  console.log(key);\n}\n";

describe('--since', () => {
  test('reports what is new, committed or not, and not what was there', async () => {
    const repository = new GitRepository({ 'old.ts': LEAK, 'both.ts': `${LEAK}f();\n` });
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write('committed.ts', LEAK);
    repository.edit('both.ts', 'f();', LEAK);
    repository.commit('more');
    repository.write('untracked.ts', LEAK);
    expect(await repository.scan(['--since', 'main'])).toEqual({
      ...CLEAN,
      code: 1,
      findings: ['both.ts:2 secret-to-log', 'committed.ts:1 secret-to-log', 'untracked.ts:1 secret-to-log'],
    });
    expect((await repository.scan(['--since', 'HEAD'])).findings).toEqual(['untracked.ts:1 secret-to-log']);
  });

  test('what changed on the other branch meanwhile is none of it', async () => {
    const repository = new GitRepository({ 'a.ts': LEAK });
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write('b.ts', 'f();\n');
    repository.commit('topic');
    repository.git('checkout', '--quiet', 'main');
    repository.edit('a.ts', LEAK, 'g();\n');
    repository.commit('mended');
    repository.git('checkout', '--quiet', 'topic');
    expect(await repository.scan(['--since', 'main'])).toEqual(CLEAN);
  });

  test('a change anywhere on the way counts: at the source, between, at the sink', async () => {
    const changed = async (path: string, from: string, to: string) => {
      const repository = new GitRepository({ 'source.ts': SOURCE, 'sink.ts': SINK });
      repository.edit(path, from, to);
      return (await repository.scan(['--since', 'HEAD'])).findings;
    };
    const found = ['sink.ts:5 secret-to-log'];
    expect(await changed('source.ts', 'return process', 'return  process')).toEqual(found);
    expect(await changed('sink.ts', 'const key =', 'const key  =')).toEqual(found);
    expect(await changed('sink.ts', 'console.log(key)', 'console.log(key, 1)')).toEqual(found);
    expect(await changed('sink.ts', '\n\nexport', '\n// a comment\nexport')).toEqual([]);
    expect(await changed('source.ts', '}\n', '}\nexport const x = 1;\n')).toEqual([]);
  });

  test('a redaction that is taken out counts, though every line that is left was there before', async () => {
    const repository = new GitRepository({
      'a.ts':
        "export function start(user: { email: string }) {\n  const row = { to: user.email };\n  row.to = '***';\n  console.log(row);\n}\n",
    });
    expect(await repository.scan()).toEqual(CLEAN);
    repository.edit('a.ts', "  row.to = '***';\n", '');
    expect((await repository.scan(['--since', 'HEAD'])).findings).toEqual(['a.ts:3 personal-data-to-log']);
  });

  test('a moved file is compared with what it was', async () => {
    const repository = new GitRepository({ 'src/a.ts': `${LEAK}f();\n` });
    repository.move('src/a.ts', 'lib/a.ts');
    expect(await repository.scan(['--since', 'HEAD'])).toEqual(CLEAN);
    repository.edit('lib/a.ts', 'f();\n', LEAK);
    expect((await repository.scan(['--since', 'HEAD'])).findings).toEqual(['lib/a.ts:2 secret-to-log']);
  });

  test('other line ends are no change', async () => {
    const repository = new GitRepository({ 'a.ts': `${LEAK}f();\n` });
    repository.write('a.ts', `${LEAK}f();\n`.replaceAll('\n', '\r\n'));
    expect(await repository.scan(['--since', 'HEAD'])).toEqual(CLEAN);
  });

  test.each([
    ['nowhere', "git knows no commit 'nowhere'; where the clone is shallow, fetch it first"],
    ['--output=x', "git knows no commit '--output=x'; where the clone is shallow, fetch it first"],
  ])('%s is no commit', async (ref, message) => {
    const repository = new GitRepository({ 'a.ts': LEAK });
    expect(await repository.run([`--since=${ref}`])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `spillcheck: ${message}\n`,
    });
  });
});

describe('--staged', () => {
  test('reports what is about to be committed, by the lines of the index', async () => {
    const repository = new GitRepository({ 'a.ts': 'f();\n', 'old.ts': LEAK });
    expect(await repository.scan(['--staged'])).toEqual(CLEAN);
    repository.edit('a.ts', 'f();\n', `f();\n${LEAK}`);
    repository.write('new.ts', LEAK);
    expect(await repository.scan(['--staged'])).toEqual(CLEAN);
    repository.git('add', 'a.ts');
    expect((await repository.scan(['--staged'])).findings).toEqual(['a.ts:2 secret-to-log']);
    repository.edit('a.ts', 'f();\n', `\n\n${LEAK}f();\n`);
    expect((await repository.scan(['--staged'])).findings).toEqual(['a.ts:5 secret-to-log']);
  });

  test('before the first commit everything that is staged is new', async () => {
    const repository = new GitRepository({ 'a.ts': LEAK });
    repository.git('update-ref', '-d', 'HEAD');
    expect((await repository.scan(['--staged'])).findings).toEqual(['a.ts:1 secret-to-log']);
  });
});

test('both at once, and outside of a repository', async () => {
  const repository = new GitRepository({ 'a.ts': LEAK });
  expect((await repository.run(['--staged', '--since', 'HEAD'])).stderr).toBe(
    'spillcheck: --since and --staged exclude each other; see spillcheck --help\n',
  );
  repository.remove('.git');
  expect((await repository.run(['--since', 'HEAD'])).stderr).toBe('spillcheck: --since needs a git repository\n');
  expect((await repository.run(['--staged'])).stderr).toBe('spillcheck: --staged needs a git repository\n');
});

test('nothing that a repository’s configuration of git names is run', async () => {
  const repository = new GitRepository({ 'a.ts': LEAK, '.gitattributes': '*.ts diff=evil filter=evil\n' });
  const evil = `touch ${repository.folder}/run`;
  for (const key of [
    'core.fsmonitor',
    'core.pager',
    'core.sshCommand',
    'diff.external',
    'diff.evil.textconv',
    'diff.evil.command',
    'filter.evil.clean',
    'filter.evil.smudge',
    'core.editor',
  ]) {
    repository.git('config', key, evil);
  }
  repository.write('a.ts', `${LEAK}${LEAK}`);
  expect((await repository.scan(['--since', 'HEAD', '--exclude', 'run'])).findings).toEqual(['a.ts:2 secret-to-log']);
  await repository.scan(['--staged']);
  expect(() => repository.read('run')).toThrow(/ENOENT/);
});
