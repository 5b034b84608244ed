import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { RequestError } from '../core/errors.js';
import { suggest } from '../core/suggest.js';

const COMMANDS = ['scan', 'rules', 'explain'];

/** What is scanned: `paths` lie in `root` and are relative to it; none of them means all of it. */
export interface Target {
  /** Absolute. */
  readonly root: string;
  readonly paths: readonly string[];
}

/**
 * Finds the root of what the user names: the checkout that holds all of it, or where there is none the deepest folder that does. So
 * reports name files as code-scanning services expect, and do not depend on the working directory.
 *
 * @param paths as written on the command line; none stand for the working directory
 * @throws RequestError for a path that does not exist
 */
export function findTarget(cwd: string, paths: readonly string[]): Target {
  const named = (paths.length > 0 ? paths : ['.']).map((path) => {
    const absolute = resolve(cwd, path);
    if (!existsSync(absolute)) throw new RequestError(`no such file or folder: ${path}${suggestCommand(path)}`);
    return realpathSync(absolute);
  });
  const folders = named.map((path) => (statSync(path).isDirectory() ? path : dirname(path)));
  const common = folders.reduce(commonFolder);
  const root = enclosingCheckout(common) ?? common;
  const inside = named.map((path) => relative(root, path).split(sep).join('/'));
  return { root, paths: inside.includes('') ? [] : inside };
}

function suggestCommand(path: string): string {
  const command = suggest(path, COMMANDS);
  return command === undefined ? '' : `; did you mean the command ${command}?`;
}

function commonFolder(left: string, right: string): string {
  let folder = left;
  while (folder !== right && !right.startsWith(folder.endsWith(sep) ? folder : folder + sep)) folder = dirname(folder);
  return folder;
}

function enclosingCheckout(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return undefined;
  }
}
