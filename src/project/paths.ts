import { posix } from 'node:path';

/**
 * Paths of this folder are POSIX, relative to the scan root, without `.` or `..` segments; the root itself is `''`.
 */

/** The folder that holds `path`; `''` for entries of the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `relative` as seen from `folder`; undefined where it leads out of the root. */
export function joinPath(folder: string, relative: string): string | undefined {
  const joined = posix.normalize(posix.join(folder, relative));
  if (joined === '.' || joined === './') return '';
  if (joined === '..' || joined.startsWith('../') || joined.startsWith('/')) return undefined;
  return joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The path below `folder`, which must contain it. */
export function pathWithin(path: string, folder: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}

/** `folder` and all folders above it, innermost first, the root last. */
export function foldersUpward(folder: string): string[] {
  const folders = [folder];
  for (let current = folder; current !== ''; ) {
    current = folderOf(current);
    folders.push(current);
  }
  return folders;
}

/** Orders strings by UTF-16 code units, as `Array.prototype.sort` does without a comparison. */
export function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
