import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { readGitIndex } from './git-index.js';
import { IgnoreRules } from './ignore-rules.js';
import { folderOf, foldersUpward } from './paths.js';

/** What the git repository around a root says of the root's entries. Without a repository: nothing. */
export interface GitView {
  /** `.gitignore` files above the root, outermost first; none where they ignore the root itself, which was asked for. */
  readonly rules: readonly IgnoreRules[];
  /** Files that git tracks and folders that hold such files, relative to the root. */
  readonly tracked: ReadonlySet<string>;
  /** Whether there is a repository. */
  readonly exists: boolean;
}

/** @param root absolute path of the scanned folder */
export function viewGit(root: string): GitView {
  const texts: { text: string; prefix: string }[] = [];
  let prefix = '';
  for (let folder = root; ; folder = dirname(folder)) {
    if (folder !== root) {
      const text = readOptional(`${folder}/.gitignore`)?.toString('utf8');
      if (text !== undefined) texts.unshift({ text, prefix });
    }
    const data = dataFolder(folder);
    if (data !== undefined) return { rules: rulesAbove(texts), tracked: trackedBelow(data, prefix), exists: true };
    if (dirname(folder) === folder) return { rules: [], tracked: new Set(), exists: false };
    prefix = prefix === '' ? basename(folder) : `${basename(folder)}/${prefix}`;
  }
}

/** Where a checkout keeps its index: `.git`, or what a file of that name points to. */
function dataFolder(folder: string): string | undefined {
  const path = `${folder}/.git`;
  try {
    if (statSync(path).isDirectory()) return path;
  } catch {
    return undefined;
  }
  const target = /^gitdir: (.+)$/m.exec(readOptional(path)?.toString('utf8') ?? '')?.[1];
  return target === undefined ? undefined : resolve(folder, target.trim());
}

function trackedBelow(data: string, prefix: string): ReadonlySet<string> {
  const index = readOptional(`${data}/index`);
  const start = prefix === '' ? '' : `${prefix}/`;
  const tracked = new Set<string>();
  for (const path of (index && readGitIndex(index)) ?? []) {
    if (!path.startsWith(start)) continue;
    const below = path.slice(start.length);
    tracked.add(below);
    for (const folder of foldersUpward(folderOf(below))) {
      if (tracked.has(folder)) break;
      tracked.add(folder);
    }
  }
  return tracked;
}

function rulesAbove(texts: readonly { text: string; prefix: string }[]): IgnoreRules[] {
  const isRootIgnored = texts.some(({ text, prefix }) => {
    const rules = new IgnoreRules(text, '');
    return foldersUpward(prefix).some((folder) => folder !== '' && rules.decide(folder, true) === true);
  });
  return isRootIgnored ? [] : texts.map(({ text, prefix }) => new IgnoreRules(text, '', prefix));
}

function readOptional(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
