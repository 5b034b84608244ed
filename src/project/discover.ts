import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { DiagnosticSink } from '../core/diagnostic.js';
import { RequestError } from '../core/errors.js';
import type { Limits } from '../core/limits.js';
import { FileSorter, type SkipReason } from './file-sorter.js';
import { FileTree } from './file-tree.js';
import { type FolderReason, folderReason, isDependency, outputByName } from './folder-kind.js';
import { type GitView, viewGit } from './git.js';
import { expandBraces } from './glob.js';
import { IgnoreRules, isIgnored } from './ignore-rules.js';
import { PathSet } from './path-set.js';
import { byCodeUnits, isWithin } from './paths.js';

export interface DiscoverOptions {
  /** Files and folders to scan, absolute or relative to the root; all of the root when absent or empty. */
  readonly paths?: readonly string[];
  /** Patterns in the syntax of `.gitignore`, `{a,b}` understood as well. */
  readonly exclude: readonly string[];
  /** Patterns of the same syntax: only files that they name are scanned; all when absent or empty. Imports may lead to the others. */
  readonly include?: readonly string[];
  readonly limits: Limits;
  /** Nothing is to be analysed: all text goes to `searched`, and no file is opened. */
  readonly searchOnly?: boolean;
}

/** What a scan reads. All lists are sorted in code-unit order and hold paths relative to the root. */
export interface Discovery {
  /** Source to lower and follow: JavaScript, TypeScript, single-file components, scripts whose first line names a JavaScript runtime. */
  readonly code: readonly string[];
  /** TypeScript declarations. */
  readonly declarations: readonly string[];
  /** All other text: settings, lockfiles, notebooks, prose, other languages. */
  readonly configuration: readonly string[];
  /** Code that is not followed (minified, too large) and still is text to look for secrets in. */
  readonly unparsed: readonly string[];
  /** Text in which only credentials are looked for: assets, vendored code, build output that is committed. May prove to be binary. */
  readonly searched: readonly string[];
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Everything below the root that is not left out, selected or not: what imports can lead to. */
  readonly tree: FileTree;
}

const VERSION_CONTROL = new Set(['.git', '.hg', '.svn', '.jj', '.sl', 'CVS']);

/**
 * Walks the tree below `root`. `.gitignore` counts in every folder, in a git repository or not, and as in git not for files that git
 * tracks; `.spillcheckignore` counts for all files. Symbolic links are not followed: what they point to inside the root is found at its
 * own place. A path named in `paths` is scanned also where `.gitignore` or its name would leave it out, but not where
 * `.spillcheckignore` or `exclude` do.
 *
 * @param root absolute or relative to the working directory
 * @throws RequestError when the root or one of `paths` does not exist or lies outside of the root
 */
export function discover(root: string, options: DiscoverOptions, report: DiagnosticSink): Discovery {
  const base = existing(resolve(root), root);
  if (!statSync(base).isDirectory()) throw new RequestError(`not a folder: ${root}`);
  return new Walk(base, options, new FileSorter(base, options.limits, report, options.searchOnly)).run();
}

interface Frame {
  readonly folder: string;
  readonly git: readonly IgnoreRules[];
  readonly own: readonly IgnoreRules[];
  /** The folder was entered only because `paths` leads into it. */
  readonly forced: boolean;
  /** The folder is ignored and was entered only because git tracks files in it. */
  readonly ignored: boolean;
  /** The folder holds nothing of the project's own code and is entered only because it is committed. */
  readonly searched: boolean;
}

class Walk {
  readonly #files: string[] = [];
  readonly #links = new Map<string, string>();
  readonly #frames: Frame[] = [];
  readonly #selected: readonly string[];
  readonly #exclude: IgnoreRules;
  readonly #include: PathSet | undefined;
  readonly #git: GitView;

  constructor(
    readonly root: string,
    readonly options: DiscoverOptions,
    readonly sorter: FileSorter,
  ) {
    const exclude = options.exclude.flatMap((pattern) => expandBraces(pattern.replace(/^\.\//, '')));
    this.#exclude = new IgnoreRules(exclude.join('\n'), '');
    this.#include = options.include?.length ? new PathSet(options.include) : undefined;
    this.#selected = (options.paths ?? []).map((path) => selectedPath(root, path));
    this.#git = viewGit(root);
  }

  run(): Discovery {
    this.#frames.push({ folder: '', git: this.#git.rules, own: [], forced: false, ignored: false, searched: false });
    for (let frame = this.#frames.pop(); frame; frame = this.#frames.pop()) this.#visitFolder(frame);
    const { code, declarations, configuration, unparsed, searched, skipped } = this.sorter;
    for (const list of [this.#files, code, declarations, configuration, unparsed, searched]) list.sort(byCodeUnits);
    return {
      code,
      declarations,
      configuration,
      unparsed,
      searched,
      skipped: Object.fromEntries([...skipped].sort(([a], [b]) => byCodeUnits(a, b))),
      tree: new FileTree(this.root, this.#files, this.#links),
    };
  }

  #visitFolder(frame: Frame): void {
    const entries = this.#list(frame.folder);
    const git = [...frame.git, ...this.#ignoreFile(frame.folder, entries, '.gitignore')];
    const own = [...frame.own, ...this.#ignoreFile(frame.folder, entries, '.spillcheckignore')];
    for (const entry of entries) this.#decide(entry, { ...frame, git, own });
  }

  /** @param around the folder that holds the entry */
  #decide(entry: Dirent, around: Frame): void {
    const path = around.folder === '' ? entry.name : `${around.folder}/${entry.name}`;
    const isFolder = entry.isDirectory();
    const isNamed = this.#isOnTheWay(path);
    const isSelected = this.#isSelected(path);
    if (isFolder && VERSION_CONTROL.has(entry.name)) return;
    if (around.forced && !isNamed && !isSelected) return;
    const frame = { ...around, folder: path, forced: around.forced && !isSelected };
    if (isIgnored(around.own, path, isFolder) || this.#exclude.decide(path, isFolder)) this.#skip(path, 'ignored');
    else if (!around.ignored && !isIgnored(around.git, path, isFolder)) this.#visit(entry, frame);
    else if (isNamed) this.#visit(entry, { ...frame, git: [], forced: !isSelected, ignored: false });
    else if (this.#git.tracked.has(path)) this.#visit(entry, { ...frame, ignored: true });
    else this.#skip(path, 'ignored');
  }

  /** @param frame how to go on where the entry is a folder */
  #visit(entry: Dirent, frame: Frame): void {
    const path = frame.folder;
    if (entry.isSymbolicLink()) this.#recordLink(path);
    else if (entry.isFile()) this.#visitFile(path, frame);
    else if (entry.isDirectory()) {
      const reason = this.#folderReason(entry.name, frame);
      if (!reason) this.#frames.push(frame);
      else if (this.#isOnTheWay(path)) this.#frames.push({ ...frame, forced: !this.#isSelected(path) });
      else {
        this.#skip(path, reason);
        if (reason !== 'dependency' && this.#isCommitted(path)) this.#frames.push({ ...frame, searched: true });
      }
    }
  }

  #visitFile(path: string, frame: Frame): void {
    if (this.#include?.has(path) === false) {
      if (!frame.searched) this.#files.push(path);
      this.#skip(path, 'ignored');
    } else if (!frame.searched) {
      this.#files.push(path);
      if (this.#isSelected(path)) this.sorter.add(path);
    } else if (this.#isSelected(path) && this.#isCommitted(path)) this.sorter.addSearched(path);
  }

  #folderReason(name: string, frame: Frame): FolderReason | undefined {
    const folder = `${this.root}/${frame.folder}`;
    if (!frame.searched && !this.options.searchOnly) return folderReason(folder, name, this.options.limits);
    return isDependency(folder, name) ? 'dependency' : frame.searched ? undefined : outputByName(name);
  }

  /** Whether the entry is part of the repository; without one, whatever no ignore file leaves out is. */
  #isCommitted(path: string): boolean {
    return !this.#git.exists || this.#git.tracked.has(path);
  }

  #skip(path: string, reason: SkipReason): void {
    if (this.#isSelected(path)) this.sorter.skip(reason);
  }

  /** A link to something below the root is kept for module resolution; all others are as if they were not there. */
  #recordLink(path: string): void {
    try {
      const target = toRelative(this.root, realpathSync(`${this.root}/${path}`));
      if (target !== undefined && !isWithin(path, target)) this.#links.set(path, target);
    } catch {
      // A dangling link or a loop leads nowhere: an import through it is reported as unresolved.
    }
  }

  #list(folder: string): Dirent[] {
    try {
      const entries = readdirSync(`${this.root}/${folder}`, { withFileTypes: true });
      return entries.sort((a, b) => byCodeUnits(a.name, b.name));
    } catch (error) {
      if (this.#isSelected(folder) || this.#isOnTheWay(folder)) this.sorter.unreadable(folder, error);
      return [];
    }
  }

  #ignoreFile(folder: string, entries: readonly Dirent[], name: string): IgnoreRules[] {
    if (!entries.some((entry) => entry.name === name && entry.isFile())) return [];
    try {
      const text = readFileSync(`${this.root}/${folder}/${name}`, 'utf8');
      return [new IgnoreRules(text.replace(/^\uFEFF/, ''), folder)];
    } catch {
      // The file itself is text to be searched, and is reported as unreadable when that is tried.
      return [];
    }
  }

  #isSelected(path: string): boolean {
    return this.#selected.length === 0 || this.#selected.some((selected) => isWithin(path, selected));
  }

  /** Whether one of `paths` is `path` or lies below it. */
  #isOnTheWay(path: string): boolean {
    return this.#selected.some((selected) => isWithin(selected, path));
  }
}

function selectedPath(root: string, path: string): string {
  const absolute = existing(isAbsolute(path) ? path : resolve(root, path), path);
  const selected = toRelative(root, absolute);
  if (selected === undefined) throw new RequestError(`outside of the scanned folder: ${path}`);
  return selected;
}

/** The real path of something that exists. */
function existing(absolute: string, asGiven: string): string {
  try {
    return realpathSync(absolute);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new RequestError(`no such file or folder: ${asGiven}`);
    throw new RequestError(`cannot be read (${code ?? 'unknown error'}): ${asGiven}`);
  }
}

/** POSIX path below the root; undefined for what lies outside of it. */
function toRelative(root: string, absolute: string): string | undefined {
  const path = relative(root, absolute);
  if (isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`)) return undefined;
  return sep === '/' ? path : path.split(sep).join('/');
}
