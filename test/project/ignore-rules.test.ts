import { describe, expect, it } from 'vitest';
import { IgnoreRules, isIgnored } from '../../src/project/ignore-rules.js';

function decide(text: string, path: string, isFolder = false): boolean | undefined {
  return new IgnoreRules(text, '').decide(path, isFolder);
}

describe('ignore rules', () => {
  it.each([
    ['name at any depth', '*.log', 'a/b.log', false, true],
    ['no other name', '*.log', 'a/b.txt', false, undefined],
    ['anchored by a leading slash', '/a', 'b/a', false, undefined],
    ['anchored by a slash inside', 'a/b', 'x/a/b', false, undefined],
    ['folders only', 'a/', 'a', false, undefined],
    ['folders only, a folder', 'a/', 'x/a', true, true],
    ['the last rule that matches decides', '*.ts\n!a.ts', 'a.ts', false, false],
    ['comment', '# a', '# a', false, undefined],
    ['escaped number sign', '\\#a', '#a', false, true],
    ['escaped exclamation mark', '\\!a', '!a', false, true],
    ['trailing spaces', 'a   ', 'a', false, true],
    ['escaped trailing space', 'a\\ ', 'a ', false, true],
    ['CRLF', 'a\r\nb\r\n', 'a', false, true],
    ['case counts', 'A', 'a', false, undefined],
  ])('%s', (_title, text, path, isFolder, expected) => {
    expect(decide(text, path, isFolder)).toBe(expected);
  });

  it('asks the innermost file first', () => {
    const files = [new IgnoreRules('*.ts', ''), new IgnoreRules('!keep.ts', 'a')];
    expect(isIgnored(files, 'a/keep.ts', false)).toBe(false);
    expect(isIgnored(files, 'a/other.ts', false)).toBe(true);
  });

  it('speaks of paths below a root that stands below the file', () => {
    expect(new IgnoreRules('packages/app/gen', '', 'packages/app').decide('gen', true)).toBe(true);
  });
});
