import { compileGlob, type Glob, matchGlob } from './glob.js';

/** One line of an ignore file. */
interface IgnoreRule {
  readonly glob: Glob;
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** Without a slash in it, a pattern speaks of names at any depth. */
  readonly nameOnly: boolean;
}

/**
 * The rules of one ignore file, in the syntax and with the meaning of `.gitignore`: the last rule that matches decides. Only the entry
 * itself is matched: who walks a tree does not enter an ignored folder, so that what lies in it needs no rule.
 */
export class IgnoreRules {
  readonly #rules: readonly IgnoreRule[];

  /**
   * @param text the ignore file's content
   * @param folder the folder it stands in, relative to the scan root
   * @param prefix for a file that stands above the root: the root as seen from there
   */
  constructor(
    text: string,
    readonly folder: string,
    readonly prefix = '',
  ) {
    this.#rules = text.split(/\r?\n/).flatMap(parseLine);
  }

  /** Whether the rules ignore an entry (true), take it in again (false) or say nothing of it. */
  decide(path: string, isFolder: boolean): boolean | undefined {
    const below = this.folder === '' ? path : path.slice(this.folder.length + 1);
    const segments = (this.prefix === '' ? below : `${this.prefix}/${below}`).split('/');
    const name = [segments.at(-1)!];
    for (let i = this.#rules.length - 1; i >= 0; i--) {
      const rule = this.#rules[i]!;
      if (rule.foldersOnly && !isFolder) continue;
      if (matchGlob(rule.glob, rule.nameOnly ? name : segments)) return !rule.negated;
    }
    return undefined;
  }
}

/** Asks the innermost file first, as git does. */
export function isIgnored(files: readonly IgnoreRules[], path: string, isFolder: boolean): boolean {
  for (let i = files.length - 1; i >= 0; i--) {
    const decision = files[i]!.decide(path, isFolder);
    if (decision !== undefined) return decision;
  }
  return false;
}

function parseLine(line: string): IgnoreRule[] {
  if (line.startsWith('#')) return [];
  const negated = line.startsWith('!');
  let pattern = trimEnd(negated ? line.slice(1) : line);
  const foldersOnly = pattern.endsWith('/');
  if (foldersOnly) pattern = pattern.slice(0, -1);
  const nameOnly = !pattern.includes('/');
  if (pattern.startsWith('/')) pattern = pattern.slice(1);
  if (pattern === '') return [];
  const glob = compileGlob(nameOnly && pattern === '**' ? '*' : pattern);
  return glob ? [{ glob, negated, foldersOnly, nameOnly }] : [];
}

/** Trailing spaces do not count unless they are escaped. */
function trimEnd(pattern: string): string {
  let end = pattern.length;
  while (end > 0 && pattern[end - 1] === ' ' && pattern[end - 2] !== '\\') end--;
  return pattern.slice(0, end);
}
