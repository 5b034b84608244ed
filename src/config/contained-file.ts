import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Why a path of a configuration is refused; the caller adds the place. */
export class PathFault extends Error {}

/**
 * The absolute real path of a file that a configuration names. Whoever writes a configuration may be a stranger with a pull request: the
 * file must lie in the repository, also when links on the way are followed, and be a plain file.
 *
 * @param root absolute path of the repository
 * @param folder absolute path of the folder that relative paths start at
 * @throws PathFault
 */
export function containedFile(root: string, folder: string, path: string): string {
  const absolute = inside(root, folder, path);
  let real: string;
  try {
    real = realpathSync(absolute);
  } catch {
    throw new PathFault(`there is no file '${path}'`);
  }
  if (!isInside(realpathSync(root), real)) throw new PathFault(`'${path}' leads out of the repository through a link`);
  if (!statSync(real).isFile()) throw new PathFault(`'${path}' is no file`);
  return real;
}

/** The text of a file that `containedFile` allows. */
export function readContained(path: string): string {
  return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
}

function inside(root: string, folder: string, path: string): string {
  if (path.includes('\0')) throw new PathFault('a path cannot hold the character NUL');
  if (isAbsolute(path) || /^[A-Za-z]:|^[\\~]/.test(path))
    throw new PathFault(`'${path}' is not relative to the repository`);
  const absolute = resolve(folder, path);
  if (!isInside(root, absolute)) throw new PathFault(`'${path}' leads out of the repository`);
  return absolute;
}

/** Whether an absolute path is a folder or lies below it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`));
}
