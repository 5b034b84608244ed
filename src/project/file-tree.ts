import { readFileSync } from 'node:fs';
import { baseName, folderOf, foldersUpward } from './paths.js';

/** The entries that discovery saw below a root, whether they are scanned or not. Asked before the disk, and instead of it. */
export class FileTree {
  readonly #files: ReadonlySet<string>;
  readonly #folders = new Set<string>(['']);
  readonly #byName = new Map<string, string[]>();
  readonly #links: ReadonlyMap<string, string>;
  readonly #reads = new Set<string>();

  /**
   * @param root absolute path
   * @param files sorted paths of all files, relative to the root
   * @param links symbolic links, path → path of the target, both relative to the root
   */
  constructor(
    readonly root: string,
    readonly files: readonly string[],
    links: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#files = new Set(files);
    this.#links = links;
    for (const file of files) {
      for (const folder of foldersUpward(folderOf(file))) {
        if (this.#folders.has(folder)) break;
        this.#folders.add(folder);
      }
      const name = baseName(file);
      const named = this.#byName.get(name);
      if (named) named.push(file);
      else this.#byName.set(name, [file]);
    }
  }

  hasFile(path: string): boolean {
    return this.#files.has(path);
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /** All files with this name, sorted by path. */
  named(name: string): readonly string[] {
    return this.#byName.get(name) ?? [];
  }

  /** Replaces symbolic links on the way to a path by what they point to. */
  follow(path: string): string {
    if (this.#links.size === 0) return path;
    let current = path;
    for (let turns = 0; turns < 8; turns++) {
      const link = foldersUpward(current).findLast((folder) => folder !== '' && this.#links.has(folder));
      if (link === undefined) return current;
      current = this.#links.get(link)! + current.slice(link.length);
      if (current.startsWith('/')) current = current.slice(1);
    }
    return current;
  }

  /** The links, path → target; both relative to the root. */
  get links(): ReadonlyMap<string, string> {
    return this.#links;
  }

  /** The files whose text was asked for so far. */
  get reads(): ReadonlySet<string> {
    return this.#reads;
  }

  /** The text of a file of the tree, UTF-8; undefined where it cannot be read. */
  read(path: string): string | undefined {
    this.#reads.add(path);
    try {
      return readFileSync(`${this.root}/${path}`, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return undefined;
    }
  }
}
