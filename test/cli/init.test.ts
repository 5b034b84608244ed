import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findDefaultBranch } from '../../src/cli/default-branch.js';
import { findHooksFolder } from '../../src/cli/hooks-folder.js';
import { initCommand } from '../../src/cli/init-command.js';
import type { Io } from '../../src/cli/io.js';
import { makeFolder } from './harness.js';

const FILES = ['spillcheck.config.yaml', '.github/workflows/spillcheck.yml', '.git/hooks/pre-commit'];

describe('spillcheck init', () => {
  test('--yes writes a configuration, a workflow and an executable hook', async () => {
    const root = makeCheckout();
    const { stdout, asked } = await init(root, { yes: true });
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'written  spillcheck.config.yaml  (the configuration)',
      'written  .github/workflows/spillcheck.yml  (a workflow for GitHub)',
      'written  .git/hooks/pre-commit  (a git hook)',
    ]);
    expect(asked).toEqual([]);
    expect(FILES.filter((path) => existsSync(join(root, path)))).toEqual(FILES);
    expect(statSync(join(root, '.git/hooks/pre-commit')).mode & 0o777).toBe(0o755);
  });

  test('twice changes nothing', async () => {
    const root = makeCheckout();
    await init(root, { yes: true });
    const before = FILES.map((path) => readFileSync(join(root, path), 'utf8'));
    const { stdout } = await init(root, { yes: true });
    expect(stdout).toContain('There is a configuration already.');
    expect(stdout).toContain('kept     .github/workflows/spillcheck.yml');
    expect(FILES.map((path) => readFileSync(join(root, path), 'utf8'))).toEqual(before);
  });

  test('--yes never replaces what is there', async () => {
    const root = makeCheckout({ '.git/hooks/pre-commit': 'mine\n' });
    const { stdout } = await init(root, { yes: true });
    expect(stdout).toContain('kept     .git/hooks/pre-commit');
    expect(readFileSync(join(root, '.git/hooks/pre-commit'), 'utf8')).toBe('mine\n');
  });

  test('asks for each file, and does as it is told', async () => {
    const root = makeCheckout({ '.git/hooks/pre-commit': 'mine\n' });
    const { stdout, asked } = await init(root, { yes: false, answers: ['', 'what?', 'n', 'YES'] });
    expect(asked).toEqual([
      'Write spillcheck.config.yaml, the configuration? [Y/n] ',
      'Write .github/workflows/spillcheck.yml, a workflow for GitHub? [Y/n] ',
      'Write .github/workflows/spillcheck.yml, a workflow for GitHub? [Y/n] ',
      '.git/hooks/pre-commit is there and differs. Overwrite it? [y/N] ',
    ]);
    expect(stdout).toContain('written  spillcheck.config.yaml');
    expect(stdout).toContain('skipped  .github/workflows/spillcheck.yml');
    expect(stdout).toContain('written  .git/hooks/pre-commit');
    expect(existsSync(join(root, '.github'))).toBe(false);
  });

  test('an end of input means no', async () => {
    const root = makeCheckout();
    const { stdout } = await init(root, { yes: false, answers: [] });
    expect(stdout.match(/^skipped/gm)).toHaveLength(3);
    expect(existsSync(join(root, 'spillcheck.config.yaml'))).toBe(false);
  });

  test('is refused where nobody can be asked', async () => {
    await expect(init(makeCheckout(), { yes: false })).rejects.toThrow('spillcheck init --yes');
  });

  test('follows no link out of the repository', async () => {
    const outside = makeFolder();
    const root = makeCheckout();
    symlinkSync(outside, join(root, '.github'));
    await expect(init(root, { yes: true })).rejects.toThrow(
      'cannot write .github/workflows/spillcheck.yml: it lies outside of the repository',
    );
    expect(existsSync(join(outside, 'workflows/spillcheck.yml'))).toBe(false);
  });

  test('works at the root of the checkout, wherever it is called', async () => {
    const root = makeCheckout({ 'packages/a/index.ts': '' });
    await init(join(root, 'packages/a'), { yes: true });
    expect(existsSync(join(root, 'spillcheck.config.yaml'))).toBe(true);
  });
});

test.each<[Record<string, string>, string]>([
  [{}, 'main'],
  [{ '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/develop\n' }, 'develop'],
  [{ '.git/refs/remotes/origin/HEAD': 'something else' }, 'main'],
])('the default branch of %j is %s', (files, expected) => {
  expect(findDefaultBranch(makeFolder(files))).toBe(expected);
});

describe('findHooksFolder', () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['no checkout', {}, undefined],
    ['a checkout', { '.git/HEAD': '' }, '.git/hooks'],
    ['husky before its first run', { '.git/HEAD': '', '.husky/commit-msg': '' }, '.husky'],
    ['husky', { '.git/config': '[core]\n\thooksPath = .husky/_\n' }, '.husky'],
    ['a folder of their own', { '.git/config': '[core]\n\thooksPath = "tools/hooks/"\n' }, 'tools/hooks'],
    ['another section', { '.git/config': '[x]\n\thooksPath = y\n' }, '.git/hooks'],
    ['outside', { '.git/config': '[core]\n\thooksPath = /etc/hooks\n' }, undefined],
    ['above', { '.git/config': '[core]\n\thooksPath = a/../../hooks\n' }, undefined],
  ])('%s', (_, files, expected) => {
    expect(findHooksFolder(makeFolder(files))).toBe(expected);
  });
});

function makeCheckout(files: Readonly<Record<string, string>> = {}): string {
  const root = makeFolder();
  mkdirSync(join(root, '.git/hooks'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function init(cwd: string, { yes, answers }: { yes: boolean; answers?: string[] }) {
  let stdout = '';
  const asked: string[] = [];
  const stream = { write: (text: string) => (stdout += text), isTTY: false, columns: undefined };
  const io = {
    ...({ stdout: stream, stderr: stream, cwd, env: {}, nodeVersion: '20.0.0', clock: () => 0 } as unknown as Io),
    ...(answers && {
      ask: async (question: string) => {
        asked.push(question);
        return answers.shift();
      },
    }),
  };
  await initCommand({ command: 'init', yes }, io);
  return { stdout, asked };
}
