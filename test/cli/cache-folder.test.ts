import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCacheFolder } from '../../src/cli/cache-folder.js';

const HOME = '/home/ada';
/** Exists everywhere. */
const ROOT = tmpdir();

test.each<readonly [platform: string, env: Readonly<Record<string, string>>, folder: string | undefined]>([
  ['linux', { HOME }, '/home/ada/.cache/spillcheck'],
  ['linux', { HOME, XDG_CACHE_HOME: '/var/cache/ada' }, '/var/cache/ada/spillcheck'],
  // the specification says that relative paths are to be ignored
  ['linux', { HOME, XDG_CACHE_HOME: 'cache' }, '/home/ada/.cache/spillcheck'],
  ['linux', { HOME, XDG_CACHE_HOME: '' }, '/home/ada/.cache/spillcheck'],
  ['linux', {}, undefined],
  ['freebsd', { HOME }, '/home/ada/.cache/spillcheck'],
  ['darwin', { HOME, XDG_CACHE_HOME: '/x' }, '/home/ada/Library/Caches/spillcheck'],
  ['darwin', {}, undefined],
  ['win32', { LOCALAPPDATA: '/ada/AppData/Local', HOME }, '/ada/AppData/Local/spillcheck/Cache'],
  ['win32', { HOME }, undefined],
])("the user's folder on %s with %o", (platform, env, folder) => {
  expect(findCacheFolder(undefined, undefined, ROOT, { cwd: '/work', env }, platform)).toBe(folder);
  expect(findCacheFolder(undefined, true, ROOT, { cwd: '/work', env }, platform)).toBe(folder);
});

test('a folder that is named counts, and a wish for none', () => {
  const io = { cwd: '/work', env: { HOME } };
  expect(findCacheFolder('caches/a', undefined, ROOT, io, 'linux')).toBe('/work/caches/a');
  expect(findCacheFolder('/tmp/a', false, ROOT, io, 'linux')).toBe('/tmp/a');
  expect(findCacheFolder(false, true, ROOT, io, 'linux')).toBe(undefined);
  expect(findCacheFolder(undefined, false, ROOT, io, 'linux')).toBe(undefined);
});

test('a repository has no say in where the cache lies', () => {
  const io = { cwd: '/work', env: { HOME } };
  expect(findCacheFolder(undefined, '/work/.cache', ROOT, io, 'linux')).toBe('/home/ada/.cache/spillcheck');
});

test('the folder of the user is not used where it is part of what is scanned', () => {
  const io = { cwd: '/work', env: { HOME: join(ROOT, 'ada') } };
  expect(findCacheFolder(undefined, undefined, ROOT, io, 'linux')).toBe(undefined);
});
