/**
 * Which lines of the working tree differ from a commit, or are about to be committed. Only objects are read from git; texts are compared here,
 * so that no filter, driver or hook that a repository names is ever run, and lines are those that a scan saw.
 */
import { existsSync } from 'node:fs';
import { RequestError } from '../core/errors.js';
import type { Changes } from '../core/options.js';
import { LineIndex } from '../core/span.js';
import { matchLines } from './line-diff.js';
import { baseName } from './paths.js';
import { decodeText } from './read-text.js';
import { type Environment, runGit } from './run-git.js';

/**
 * What has changed since the work on this branch left `ref`, committed or not. Without a common ancestor (a shallow clone) it is compared with
 * `ref` itself.
 *
 * @param root absolute path of the top of the work tree
 * @throws RequestError where there is no such commit
 */
export function changesSince(root: string, environment: Environment, ref: string): Changes {
  const commit = findCommit(root, environment, ref);
  if (commit === undefined) {
    throw new RequestError(`git knows no commit '${ref}'; where the clone is shallow, fetch it first`);
  }
  const base = mergeBase(root, environment, commit) ?? commit;
  const before = readTree(root, environment, base);
  return new LineChanges((file, text) => {
    const lines = linesOf(text);
    const old = before.read(file);
    return old === undefined ? allNew(lines) : compare(linesOf(old), lines);
  });
}

/** What is in the index and not in the last commit. Lines that are changed in the working tree only do not count. */
export function stagedChanges(root: string, environment: Environment): Changes {
  const head = findCommit(root, environment, 'HEAD');
  const before = head === undefined ? NO_TREE : readTree(root, environment, head);
  const index = readIndex(root, environment);
  return new LineChanges((file, text) => {
    const lines = linesOf(text);
    const staged = index.exactly(file);
    if (staged === undefined)
      return { isNew: new Uint8Array(lines.length), removedBefore: new Uint8Array(lines.length + 1) };
    const stagedLines = linesOf(staged);
    const old = before.read(file);
    const change = old === undefined ? allNew(stagedLines) : compare(linesOf(old), stagedLines);
    return project(change, matchLines(stagedLines, lines));
  });
}

/** Of the lines of a text which are new or changed, and before which of them (or behind the last) lines were removed without a successor. */
interface FileChange {
  readonly isNew: Uint8Array;
  readonly removedBefore: Uint8Array;
}

class LineChanges implements Changes {
  readonly #files = new Map<string, FileChange>();

  constructor(private readonly find: (file: string, text: string) => FileChange) {}

  touches(file: string, text: string, first: number, last: number): boolean {
    const { isNew } = this.#change(file, text);
    return isNew.subarray(first - 1, last).includes(1);
  }

  removes(file: string, text: string, first: number, last: number): boolean {
    const { removedBefore } = this.#change(file, text);
    return removedBefore.subarray(first, last).includes(1);
  }

  #change(file: string, text: string): FileChange {
    let known = this.#files.get(file);
    if (!known) {
      known = this.find(file, text);
      this.#files.set(file, known);
    }
    return known;
  }
}

function compare(oldLines: readonly string[], newLines: readonly string[]): FileChange {
  const matches = matchLines(oldLines, newLines);
  const isNew = Uint8Array.from(matches, (match) => (match < 0 ? 1 : 0));
  const removedBefore = new Uint8Array(newLines.length + 1);
  let expected = 0;
  let hasNew = false;
  for (let i = 0; i <= newLines.length; i++) {
    const match = i < newLines.length ? matches[i]! : oldLines.length;
    if (match < 0) {
      hasNew = true;
      continue;
    }
    if (match > expected && !hasNew) removedBefore[i] = 1;
    expected = match + 1;
    hasNew = false;
  }
  return { isNew, removedBefore };
}

function allNew(lines: readonly string[]): FileChange {
  return { isNew: new Uint8Array(lines.length).fill(1), removedBefore: new Uint8Array(lines.length + 1) };
}

/** A change of the index, as lines of the working tree. */
function project({ isNew, removedBefore }: FileChange, matches: Int32Array): FileChange {
  return {
    isNew: Uint8Array.from(matches, (match) => (match < 0 ? 0 : isNew[match]!)),
    removedBefore: Uint8Array.from([...matches, removedBefore.length - 1], (match) =>
      match < 0 ? 0 : removedBefore[match]!,
    ),
  };
}

function linesOf(text: string): string[] {
  const index = new LineIndex(text);
  return Array.from({ length: index.lineCount }, (_, line) => index.lineText(line + 1));
}

function findCommit(root: string, environment: Environment, ref: string): string | undefined {
  try {
    return answer(root, environment, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  } catch (error) {
    if (error instanceof RequestError && error.message.startsWith('git rev-parse failed')) return undefined;
    throw error;
  }
}

function mergeBase(root: string, environment: Environment, commit: string): string | undefined {
  try {
    return answer(root, environment, ['merge-base', commit, 'HEAD']);
  } catch {
    return undefined;
  }
}

function answer(root: string, environment: Environment, args: readonly string[]): string {
  return runGit(root, environment, args).toString('latin1').trim();
}

/** Files by path, each read when it is asked for. */
interface Tree {
  /** The text of a file; of one that is not there, the text of the one that it seems to have been moved from. */
  readonly read: (path: string) => string | undefined;
  readonly exactly: (path: string) => string | undefined;
}

const NO_TREE: Tree = { read: () => undefined, exactly: () => undefined };
const TREE_ENTRY = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s;
const INDEX_ENTRY = /^100\d{3} ([0-9a-f]+) 0\t(.*)$/s;

function readTree(root: string, environment: Environment, commit: string): Tree {
  return toTree(
    root,
    environment,
    runGit(root, environment, ['ls-tree', '-r', '-z', '--full-tree', commit]),
    TREE_ENTRY,
  );
}

function readIndex(root: string, environment: Environment): Tree {
  return toTree(
    root,
    environment,
    runGit(root, environment, ['ls-files', '--stage', '-z', '--full-name']),
    INDEX_ENTRY,
  );
}

function toTree(root: string, environment: Environment, listing: Buffer, form: RegExp): Tree {
  const objects = new Map<string, string>();
  for (const entry of listing.toString('utf8').split('\0')) {
    const [, object, path] = form.exec(entry) ?? [];
    if (object !== undefined && path !== undefined) objects.set(path, object);
  }
  const exactly = (path: string): string | undefined => {
    const object = objects.get(path);
    return object === undefined ? undefined : decodeText(runGit(root, environment, ['cat-file', 'blob', object]))?.text;
  };
  return {
    exactly,
    read: (path) => {
      if (objects.has(path)) return exactly(path);
      const namesakes = [...objects.keys()].filter(
        (each) => baseName(each) === baseName(path) && !existsSync(`${root}/${each}`),
      );
      return namesakes.length === 1 ? exactly(namesakes[0]!) : undefined;
    },
  };
}
