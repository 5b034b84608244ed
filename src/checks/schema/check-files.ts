import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestError } from '../../core/errors.js';
import { CHECK_LIMITS } from '../limits.js';
import { parseTree } from '../parse-tree.js';
import type { Entry, Node } from '../tree.js';

/** A file of checks as it is written. */
export interface CheckFile {
  /** POSIX path below the rules folder, for messages. */
  readonly file: string;
  readonly text: string;
}

/** A file of checks, parsed. */
export interface CheckTree extends CheckFile {
  readonly root: Node;
}

/** The files of `<rulesFolder>/checks`, in code-unit order of their names. */
export function readCheckFiles(rulesFolder: string): CheckFile[] {
  const folder = join(rulesFolder, 'checks');
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  names.sort();
  return names.map((name) => ({ file: `checks/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}

/** @throws RequestError with file, line and column for what is no YAML */
export function parseCheckFiles(files: readonly CheckFile[]): CheckTree[] {
  return files.flatMap(({ file, text }) => {
    const root = parseTree(file, text, 'yaml', CHECK_LIMITS, ({ message, line, column }) => {
      throw new RequestError(message, { file, line: line ?? 1, column: column ?? 1 });
    });
    return root ? [{ file, text, root }] : [];
  });
}

/** A tree without places: a list is a sequence behind `false`, or a mapping, keys and values in turn, behind `true`. */
type Bare = string | number | boolean | null | readonly Bare[];

/** The text of a compiled file: the trees of checks without their places, which only faults need, behind a digest of the files. */
export function compileCheckFiles(files: readonly CheckFile[]): string {
  return JSON.stringify({
    digest: digest(files),
    trees: parseCheckFiles(files).map(({ file, root }) => [file, toBare(root)]),
  });
}

/** The trees that `compileCheckFiles` wrote; undefined where there are none, or they were made from other files. */
export function readCompiledChecks(path: string, files: readonly CheckFile[]): CheckTree[] | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  if (!text.startsWith(`{"digest":"${digest(files)}"`)) return undefined;
  const { trees } = JSON.parse(text) as { readonly trees: readonly (readonly [file: string, tree: Bare])[] };
  return trees.map(([file, tree]) => ({ file, text: '', root: fromBare(tree) }));
}

function digest(files: readonly CheckFile[]): string {
  const hash = createHash('sha256').update('1');
  for (const { file, text } of files) hash.update(`${file}\0${text}\0`);
  return hash.digest('hex');
}

function toBare(node: Node): Bare {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return [false, ...node.items.map(toBare)];
  return [true, ...node.entries.flatMap(({ key, value }) => [key, toBare(value)])];
}

const NOWHERE = { start: 0, end: 0 };

function fromBare(bare: Bare): Node {
  if (bare === null || typeof bare !== 'object') return { kind: 'scalar', span: NOWHERE, value: bare };
  const [isMapping, ...parts] = bare;
  if (!isMapping) return { kind: 'sequence', span: NOWHERE, items: parts.map(fromBare) };
  const entries: Entry[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    entries.push({ key: parts[i] as string, keySpan: NOWHERE, value: fromBare(parts[i + 1]!) });
  }
  return { kind: 'mapping', span: NOWHERE, entries };
}
