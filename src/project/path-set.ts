import { expandBraces } from './glob.js';
import { IgnoreRules } from './ignore-rules.js';
import { folderOf, foldersUpward } from './paths.js';

/**
 * A set of files given by globs, in the syntax of `.gitignore`, `{a,b}` understood as well: a pattern without a slash is a name at any depth,
 * a folder stands for all that lies in it, the last pattern that matches decides, and `!` in front takes out again.
 */
export class PathSet {
  readonly #rules: IgnoreRules;
  readonly #folders = new Map<string, boolean>();

  constructor(globs: readonly string[]) {
    const patterns = globs.flatMap((glob) => expandBraces(glob.replace(/^\.\//, '')));
    // A line of an ignore file that begins with # is a comment; a glob is none.
    this.#rules = new IgnoreRules(patterns.map((pattern) => pattern.replace(/^#/, '\\#')).join('\n'), '');
  }

  /** @param path of a file, relative to the root */
  has(path: string): boolean {
    return this.#rules.decide(path, false) ?? this.#hasFolder(folderOf(path));
  }

  #hasFolder(folder: string): boolean {
    let known = this.#folders.get(folder);
    if (known === undefined) {
      const nearest = foldersUpward(folder).find((each) => each !== '' && this.#rules.decide(each, true) !== undefined);
      known = nearest !== undefined && this.#rules.decide(nearest, true) === true;
      this.#folders.set(folder, known);
    }
    return known;
  }
}
