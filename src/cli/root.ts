import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { findConfiguration } from '../config/find-configuration.js';
import { RequestError } from '../core/errors.js';
import { suggest } from '../core/suggest.js';

const COMMANDS = ['scan', 'secrets', 'baseline', 'rules', 'explain', 'doctor', 'merge', 'init'];

/** What is scanned: `paths` lie in `root` and are relative to it; none of them means all of it. */
export interface Target {
  /** Absolute. */
  readonly root: string;
  readonly paths: readonly string[];
  /** Absolute path of the deepest folder that holds all of it. */
  readonly folder: string;
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
  const root = enclosing(common, '.git') ?? enclosingConfiguration(common, realpathSync(cwd)) ?? common;
  const inside = named.map((path) => relative(root, path).split(sep).join('/'));
  return { root, paths: inside.includes('') ? [] : inside, folder: common };
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

function enclosing(folder: string, name: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, name))) return current;
    if (dirname(current) === current) return undefined;
  }
}

/** Outside of a checkout, the folder of the configuration; not above the working directory, where others may have put one. */
function enclosingConfiguration(folder: string, cwd: string): string | undefined {
  if (folder !== cwd && !folder.startsWith(cwd.endsWith(sep) ? cwd : cwd + sep)) return undefined;
  const found = findConfiguration(cwd, folder);
  return found === undefined ? undefined : dirname(found);
}
