import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readProvenance } from '../../src/cli/provenance.js';
import { makeFolder } from './harness.js';

const REVISION = '0123456789abcdef0123456789abcdef01234567';

describe('readProvenance', () => {
  test('a checkout of a branch', () => {
    expect(readProvenance(checkout({ 'refs/heads/main': `${REVISION}\n` }))).toEqual({
      repositoryUri: 'https://example.com/owner/name',
      revisionId: REVISION,
      branch: 'main',
    });
  });

  test('packed references', () => {
    const packed = `# pack-refs with: peeled\n${'f'.repeat(40)} refs/heads/main2\n${REVISION} refs/heads/main\n^${'e'.repeat(40)}\n`;
    expect(readProvenance(checkout({ 'packed-refs': packed }))?.revisionId).toBe(REVISION);
  });

  test('a detached head', () => {
    expect(readProvenance(checkout({ HEAD: `${REVISION}\n` }))).toEqual({
      repositoryUri: 'https://example.com/owner/name',
      revisionId: REVISION,
    });
  });

  test('a branch without a commit, and a reference that leads elsewhere', () => {
    const expected = { repositoryUri: 'https://example.com/owner/name', branch: 'main' };
    expect(readProvenance(checkout({}))).toEqual(expected);
    expect(readProvenance(checkout({ HEAD: 'ref: refs/heads/../../config\n' }))?.revisionId).toBeUndefined();
  });

  test('a work tree', () => {
    const main = checkout({
      'worktrees/w/HEAD': 'ref: refs/heads/topic\n',
      'worktrees/w/commondir': '../..\n',
      'refs/heads/topic': REVISION,
    });
    const tree = makeFolder();
    writeFileSync(join(tree, '.git'), `gitdir: ${join(main, '.git/worktrees/w')}\n`);
    expect(readProvenance(tree)).toEqual({
      repositoryUri: 'https://example.com/owner/name',
      revisionId: REVISION,
      branch: 'topic',
    });
  });

  test.each([
    ['https://example.com/owner/name.git', 'https://example.com/owner/name'],
    ['https://user:token@example.com:8443/owner/name.git', 'https://example.com:8443/owner/name'],
    ['https://token@example.com/owner/name?key=1#x', 'https://example.com/owner/name'],
    ['git@example.com:owner/name.git', 'https://example.com/owner/name'],
    ['example.com:owner/name', 'https://example.com/owner/name'],
    ['ssh://git@example.com:22/owner/name.git', 'https://example.com/owner/name'],
    ['git://example.com/owner/name/', 'https://example.com/owner/name'],
    ['http://example.com/owner/name', 'http://example.com/owner/name'],
  ])('%s', (address, uri) => {
    expect(readProvenance(checkout({ config: `[remote "origin"]\n\turl = ${address}\n` }))?.repositoryUri).toBe(uri);
  });

  test.each(['/srv/git/name.git', '../name', 'file:///srv/name', 'C:\\code\\name', 'C:/code/name'])(
    '%s is nobody else’s',
    (address) => {
      expect(readProvenance(checkout({ config: `[remote "origin"]\n\turl = ${address}\n` }))).toBeUndefined();
    },
  );

  test('no origin, no checkout', () => {
    expect(readProvenance(checkout({ config: '[remote "fork"]\n\turl = https://example.com/a/b\n' }))).toBeUndefined();
    expect(readProvenance(makeFolder())).toBeUndefined();
  });
});

function checkout(files: Readonly<Record<string, string>>): string {
  const all = {
    HEAD: 'ref: refs/heads/main\n',
    config:
      '[core]\n\tbare = false\n[remote "fork"]\n\turl = https://example.com/fork/name\n[remote "origin"]\n\turl = https://example.com/owner/name.git\n',
    ...files,
  };
  return makeFolder(Object.fromEntries(Object.entries(all).map(([path, text]) => [`.git/${path}`, text])));
}
