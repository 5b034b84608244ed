import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import type { BaselineEntry } from '../core/baseline.js';
import { RequestError } from '../core/errors.js';
import { parseBaseline, writeBaseline } from './baseline-text.js';

/** Where the baseline of a repository lies, relative to its root. */
export const BASELINE_FILE = '.spillcheck/baseline.json';

/** A baseline of more than this is none. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The entries of a baseline; undefined where there is no such file.
 *
 * @param root the folder that the file may not lie outside of once links are followed; undefined where the user named the file
 * @param name how messages name it
 * @throws RequestError for a file that is no baseline, or cannot be read
 */
export function readBaselineFile(path: string, name: string, root?: string): BaselineEntry[] | undefined {
  const state = lstatSync(path, { throwIfNoEntry: false });
  if (!state) return undefined;
  let text: string;
  try {
    const real = realpathSync(path);
    if (root !== undefined) checkInside(root, real, name);
    if (!lstatSync(real).isFile()) throw new RequestError('is no file', { file: name });
    if (lstatSync(real).size > LARGEST) throw new RequestError('is too large to be a baseline', { file: name });
    text = readFileSync(real, 'utf8');
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError(`cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`, {
      file: name,
    });
  }
  return parseBaseline(name, text);
}

/** Writes a baseline in one step: whoever reads it at the same time sees the old or the new one. */
export function writeBaselineFile(path: string, name: string, entries: readonly BaselineEntry[], root?: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (root !== undefined) checkInside(root, realpathSync(dirname(path)), name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new RequestError('is a link: not written', { file: name });
    const draft = `${path}.${process.pid}.tmp`;
    writeFileSync(draft, writeBaseline(entries));
    renameSync(draft, path);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError(`cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`, {
      file: name,
    });
  }
}

/** A repository may be a stranger's: its baseline may not be a way to a file elsewhere. */
function checkInside(root: string, real: string, name: string): void {
  const way = relative(realpathSync(root), real);
  if (isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`))
    throw new RequestError('leads out of the repository through a link', { file: name });
}
