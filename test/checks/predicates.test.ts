// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test hold variables and expressions.
import { describe, expect, it } from 'vitest';
import { Glob, wildcard } from '../../src/checks/glob.js';
import { broadPath } from '../../src/checks/predicates/broad-path.js';
import { isBroadPermission } from '../../src/checks/predicates/permission.js';
import { isRemotePlainHttp } from '../../src/core/local-host.js';

describe('broadPath', () => {
  it.each(['/', '//', '/*', '/**', '\\', 'file:///'])('%s is the root', (path) => expect(broadPath(path)).toBe('root'));
  it.each([
    '~',
    '~/',
    '~/**',
    '$HOME',
    '${HOME}',
    '${env:HOME}',
    '${userHome}',
    '%USERPROFILE%',
    '/home',
    '/Users/ann',
    '/root',
    '/home/ann/',
    'C:\\Users\\ann',
    'C:/Users/ann',
  ])('%s is a home folder', (path) => expect(broadPath(path)).toBe('home'));
  it.each(['C:\\', 'C:', 'D:/', '/mnt/c', '/c', '/Volumes'])('%s is a drive', (path) =>
    expect(broadPath(path)).toBe('drive'),
  );
  it.each([
    '',
    '.',
    '..',
    './docs',
    '/srv',
    '/home/ann/project',
    '~/project',
    '$HOME/project',
    'C:\\work',
    '/tmp',
    'home',
  ])('%j is narrow', (path) => expect(broadPath(path)).toBeUndefined());
});

describe('isRemotePlainHttp', () => {
  it.each([
    'http://example.com',
    'HTTP://example.com/x',
    'http://user:pass@example.com:80',
    'ws://example.com',
    'http://8.8.8.8',
    'http://[2001:db8::1]/',
    'http://172.32.0.1',
    'http://localhost.example.com',
  ])('%s is', (url) => expect(isRemotePlainHttp(url)).toBe(true));
  it.each([
    'https://example.com',
    'http://localhost',
    'http://127.0.0.1:80',
    'http://[::1]:80',
    'http://0.0.0.0',
    'http://host.docker.internal',
    'http://redis:6379',
    'http://a.local',
    'http://a.b.internal',
    'http://10.1.2.3',
    'http://172.16.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254',
    'http://${HOST}',
    'http://$HOST/x',
    'http://<host>',
    'example.com',
  ])('%s is not', (url) => expect(isRemotePlainHttp(url)).toBe(false));
});

describe('isBroadPermission', () => {
  const test = {
    tools: ['Bash', 'Write', 'WebFetch'],
    commands: ['python', 'python3.*', 'git push', 'rm', 'node -e'],
    folders: ['Read'],
    prefix: false,
    key: false,
  };
  it.each([
    '*',
    'Bash',
    'Bash()',
    'Bash(*)',
    'Bash(:*)',
    'Bash(**)',
    'Bash(* *)',
    'Bash(python:*)',
    'Bash(python *)',
    'Bash(python*)',
    'Bash(python3.11:*)',
    'Bash(/usr/bin/python:*)',
    'Bash(git  push:*)',
    'Bash(rm *)',
    'Bash(node -e:*)',
    'Write',
    'Write(*)',
    'WebFetch(*)',
    'Read(//**)',
    'Read(~/**)',
    'Read(//home/ann/**)',
  ])('%s is', (entry) => expect(isBroadPermission(entry, test)).toBe(true));
  it.each([
    '',
    'Read',
    'Read(*)',
    'Read(/**)',
    'Read(src/**)',
    'Glob(*)',
    'Bash(npm test)',
    'Bash(python)',
    'Bash(python x.py:*)',
    'Bash(git push origin main)',
    'Bash(pythonista:*)',
    'Write(src/**)',
    'WebFetch(domain:*)',
    'mcp__a__b',
    'BashOutput',
  ])('%j is not', (entry) => expect(isBroadPermission(entry, test)).toBe(false));

  it('reads lists that match by prefix', () => {
    const prefix = { ...test, tools: [], prefix: true };
    expect(['rm', 'git push', 'python', '/.*/', '*'].filter((entry) => isBroadPermission(entry, prefix))).toHaveLength(
      5,
    );
    expect(
      ['npm test', 'git status', 'rm -rf dist', '/^git status$/'].filter((entry) => isBroadPermission(entry, prefix)),
    ).toEqual([]);
  });
});

describe('globs', () => {
  it.each<[string, string, boolean]>([
    ['**/.mcp.json', '.mcp.json', true],
    ['**/.mcp.json', 'a/b/.mcp.json', true],
    ['**/.mcp.json', 'a/x.mcp.json', false],
    ['**/.claude/settings*.json', '.claude/settings.local.json', true],
    ['**/*.{yml,yaml}', 'a/b.yaml', true],
    ['**/*.{yml,yaml}', 'a/b.json', false],
    ['.husky/*', '.husky/a/b', false],
    ['**/*', 'a/b/c', true],
    ['Docker?ile', 'dockerfile', true],
  ])('%s on %s: %s', (glob, path, matches) => expect(new Glob(glob).matches(path)).toBe(matches));

  it.each<[string, string, boolean]>([
    ['abc', 'a*c', true],
    ['abc', '*', true],
    ['', '*', true],
    ['abc', 'ab', false],
    ['abc', 'abcd', false],
    ['a*b', 'a*b', true],
    ['mississippi', 'm*iss*ip*i', true],
  ])('wildcard %s, %s: %s', (text, pattern, matches) => expect(wildcard(text, pattern)).toBe(matches));

  it('is quick on hostile patterns', () => {
    expect(wildcard('a'.repeat(20_000), `${'*a'.repeat(20)}b`)).toBe(false);
  });
});
