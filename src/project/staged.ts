import { RequestError } from '../core/errors.js';
import { type Environment, runGit } from './run-git.js';

/** A file as it stands in the index of a repository and differs from the last commit. */
export interface StagedFile {
  /** Relative to the top of the work tree. */
  readonly path: string;
  /** Name of the object that holds its content. */
  readonly object: string;
  /** Bytes of the content. */
  readonly size: number;
}

const REGULAR_FILE = /^:\d+ 100\d{3} [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*$/;
/** Bytes of contents that are read at a time. */
const BATCH_BYTES = 64 * 1024 * 1024;

/**
 * The regular files that the next commit would add or change, sorted by path; of a repository without commits, all that are staged. What
 * is deleted, in conflict, a link or a nested repository is none of them.
 *
 * @param root absolute path of the top of the work tree
 */
export function listStaged(root: string, environment: Environment): StagedFile[] {
  const fields = changedEntries(root, environment).toString('utf8').split('\0');
  const found: { path: string; object: string }[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const object = REGULAR_FILE.exec(fields[i]!)?.[1];
    if (object !== undefined) found.push({ path: fields[i + 1]!, object });
  }
  if (found.length === 0) return [];
  const names = found.map(({ object }) => `${object}\n`).join('');
  const answers = runGit(root, environment, ['cat-file', '--batch-check'], names).toString('latin1').split('\n');
  const staged = found.map((file, index) => ({ ...file, size: sizeOf(answers[index]!) }));
  return staged.sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The contents of files, in their order, as they will be committed: no filter and no text conversion is run. */
export function* readStaged(
  root: string,
  environment: Environment,
  files: readonly StagedFile[],
  batchBytes = BATCH_BYTES,
): Generator<Buffer> {
  for (let start = 0; start < files.length; ) {
    let end = start + 1;
    for (let bytes = files[start]!.size; end < files.length && bytes + files[end]!.size < batchBytes; end++) {
      bytes += files[end]!.size;
    }
    const batch = files.slice(start, end);
    const names = batch.map(({ object }) => `${object}\n`).join('');
    yield* splitAnswer(runGit(root, environment, ['cat-file', '--batch'], names), batch.length);
    start = end;
  }
}

function changedEntries(root: string, environment: Environment): Buffer {
  const compare = (tree: string): Buffer =>
    runGit(root, environment, [
      ...['diff-index', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'],
      ...['--ignore-submodules=all', '--diff-filter=AMT', tree, '--'],
    ]);
  try {
    return compare('HEAD');
  } catch (error) {
    if (!(error instanceof RequestError) || !/bad revision|ambiguous argument/.test(error.message)) throw error;
    // Before the first commit, everything is new: compare with the empty tree.
    return compare(runGit(root, environment, ['hash-object', '-t', 'tree', '--stdin']).toString('latin1').trim());
  }
}

/** `<object> blob <size>` */
function sizeOf(answer: string): number {
  const size = /^[0-9a-f]+ blob (\d+)$/.exec(answer)?.[1];
  if (size === undefined) throw new RequestError(`git cat-file failed: ${answer}`);
  return Number(size);
}

/** Each content stands between its own line and a line feed. */
function* splitAnswer(answer: Buffer, count: number): Generator<Buffer> {
  for (let at = 0, i = 0; i < count; i++) {
    const start = answer.indexOf(10, at) + 1;
    const size = sizeOf(answer.toString('latin1', at, start - 1));
    yield answer.subarray(start, start + size);
    at = start + size + 1;
  }
}
