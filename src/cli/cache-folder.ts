import { isAbsolute, join, resolve } from 'node:path';
import { liesWithin } from '../cache/cache-folder.js';
import type { Io } from './io.js';

/** The system that decides where caches lie; as Node names it. */
export type Platform = 'darwin' | 'win32' | (string & {});

/**
 * The folder of the cache: the one that is named, else the user's own. Undefined for none at all: where the user or the configuration of
 * the repository does not want one, or where the environment does not tell whose it would be. A repository may do without a cache, but
 * it has no say in where one lies: what is read from there is believed. For the same reason there is none where the user's own folder is
 * part of what is scanned; one that is named there is refused by the scan.
 *
 * @param root absolute path of the scanned folder
 * @param named by the user: a folder, or false for none
 * @param configured what the configuration of the repository says
 */
export function findCacheFolder(
  named: string | false | undefined,
  configured: boolean | string | undefined,
  root: string,
  io: Pick<Io, 'cwd' | 'env'>,
  platform: Platform = process.platform,
): string | undefined {
  if (named !== undefined) return named === false ? undefined : resolve(io.cwd, named);
  const folder = configured === false ? undefined : userFolder(io.env, platform);
  return folder === undefined || liesWithin(folder, root) ? undefined : folder;
}

function userFolder(env: Io['env'], platform: Platform): string | undefined {
  const below = (base: string | undefined, ...names: string[]): string | undefined =>
    base !== undefined && isAbsolute(base) ? join(base, ...names) : undefined;
  switch (platform) {
    case 'darwin':
      return below(env.HOME, 'Library', 'Caches', 'spillcheck');
    case 'win32':
      return below(env.LOCALAPPDATA, 'spillcheck', 'Cache');
    default:
      return below(env.XDG_CACHE_HOME, 'spillcheck') ?? below(env.HOME, '.cache', 'spillcheck');
  }
}
