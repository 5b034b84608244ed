import { readFileSync } from 'node:fs';
import { isDependency } from './folder-kind.js';
import { expandBraces } from './glob.js';
import { IgnoreRules } from './ignore-rules.js';
import { folderOf, foldersUpward, isWithin } from './paths.js';

export interface Selection {
  /** Files and folders, relative to the root; empty for all. */
  readonly paths: readonly string[];
  /** Patterns in the syntax of `.gitignore`. */
  readonly exclude: readonly string[];
}

/**
 * Of files that are named by others (git's index), those that a scan of the tree would look at: below one of `paths`, no dependency, and
 * left out neither by `exclude` nor by a `.spillcheckignore`. What `.gitignore` says does not count: git tracks them.
 */
export function selectFiles<File extends { readonly path: string }>(
  root: string,
  files: readonly File[],
  { paths, exclude }: Selection,
): File[] {
  const excluded = new IgnoreRules(
    exclude.flatMap((pattern) => expandBraces(pattern.replace(/^\.\//, ''))).join('\n'),
    '',
  );
  const folders = new Map<string, { readonly rules: readonly IgnoreRules[]; readonly out: boolean }>();
  const isOut = (rules: readonly IgnoreRules[], path: string, isFolder: boolean): boolean =>
    excluded.decide(path, isFolder) ??
    rules.findLast((each) => each.decide(path, isFolder) !== undefined)?.decide(path, isFolder) ??
    false;
  for (const folder of new Set(files.flatMap(({ path }) => foldersUpward(folderOf(path)).reverse()))) {
    if (folders.has(folder)) continue;
    const above = folder === '' ? { rules: [], out: false } : folders.get(folderOf(folder))!;
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const out =
      above.out || (folder !== '' && (isDependency(`${root}/${folder}`, name) || isOut(above.rules, folder, true)));
    folders.set(folder, { out, rules: [...above.rules, ...ignoreFile(root, folder)] });
  }
  return files.filter(({ path }) => {
    const folder = folders.get(folderOf(path))!;
    return (
      !folder.out &&
      (paths.length === 0 || paths.some((each) => isWithin(path, each))) &&
      !isOut(folder.rules, path, false)
    );
  });
}

function ignoreFile(root: string, folder: string): IgnoreRules[] {
  try {
    const text = readFileSync(`${root}/${folder}/.spillcheckignore`, 'utf8');
    return [new IgnoreRules(text.replace(/^\uFEFF/, ''), folder)];
  } catch {
    return [];
  }
}
