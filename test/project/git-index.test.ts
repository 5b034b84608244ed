import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGitIndex } from '../../src/project/git-index.js';
import { makeTree } from './tree.js';

const PATHS = ['.env', 'a b.ts', 'src/a.ts', 'src/ab.ts', 'src/deep/er/c.ts', 'ünï.ts', `long/${'x'.repeat(200)}.ts`];

describe('readGitIndex', () => {
  it.each([2, 3, 4])('reads version %i as git writes it', (version) => {
    const root = makeTree(PATHS);
    const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { stdio: 'pipe' });
    git('init', '-q');
    git('add', '-A', '-f');
    // An entry with an extended flag is what makes git write version 3.
    if (version === 3) git('update-index', '--skip-worktree', 'src/a.ts');
    else git('update-index', '--index-version', String(version));
    const bytes = readFileSync(join(root, '.git/index'));
    expect(bytes.readUInt32BE(4)).toBe(version);
    expect(readGitIndex(bytes)).toEqual([...PATHS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });

  it('does not take other bytes for an index', () => {
    expect(readGitIndex(Buffer.from('nothing like it'))).toBeUndefined();
    expect(readGitIndex(Buffer.from('DIRC\0\0\0\x02\0\0\0\x09', 'latin1'))).toBeUndefined();
    expect(readGitIndex(Buffer.from('DIRC\0\0\0\x09\0\0\0\0', 'latin1'))).toBeUndefined();
  });
});
