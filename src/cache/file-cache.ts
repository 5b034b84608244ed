/**
 * What was made of the files of a repository, by their content.
 *
 * A repository has one file in the cache folder, its *pack*: reading one file of 20 MB takes a hundredth of what reading 2,000 small ones
 * does. Its name says which program made it for which folder and under which limits, so that other versions neither believe nor replace
 * each other's. An entry is found by path and content hash; it is taken as it is or not at all. A pack is written anew, all of it, when
 * something in it has changed.
 *
 * What is written must never hold a credential: `mayStore` looks for one in what would be written, and a file whose text is found to hold
 * one is dropped. Such files are lowered again each time.
 */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { FileIR } from '../ir/file.js';
import type { CacheFolder } from './cache-folder.js';
import { decodeFile, encodeFile } from './codec/file-codec.js';
import { decodePack, encodePack, type PackEntry } from './pack.js';

export interface FileCacheKey {
  /** Absolute path of the scanned folder. */
  readonly root: string;
  /** Names the program and everything else that lowering depends on, files aside. */
  readonly program: string;
}

/** A text of the repository; what is made of it depends on nothing else. */
export interface CachedText {
  /** POSIX path relative to the scan root. */
  readonly path: string;
  readonly text: string;
}

export class FileCache {
  readonly #name: string;
  #stored: Map<string, PackEntry> | undefined;
  readonly #used = new Map<string, PackEntry>();
  #isChanged = false;

  /** @param mayStore whether the texts of a lowered file (names, literals, comments) may be written to a disk */
  constructor(
    readonly folder: CacheFolder,
    key: FileCacheKey,
    readonly mayStore: (texts: readonly string[]) => boolean,
  ) {
    const identity = JSON.stringify(['files', realpathSync(key.root), key.program]);
    this.#name = `${createHash('sha256').update(identity).digest('hex').slice(0, 40)}.files`;
  }

  /** The lowered file, if it was kept by an earlier scan. */
  find({ path, text }: CachedText): FileIR | undefined {
    this.#stored ??= this.#read();
    const entry = this.#stored.get(path);
    if (entry?.hash !== digest(text)) return undefined;
    try {
      const file = decodeFile(path, entry.bytes);
      this.#used.set(path, entry);
      return file;
    } catch {
      // Bytes that the seal vouches for and that do not fit all the same: made anew, like anything else that is not there.
      return undefined;
    }
  }

  /** Keeps a lowered file for the next time, unless it cannot or must not be stored. */
  keep({ path, text }: CachedText, file: FileIR): void {
    const bytes = encodeFile(file, this.mayStore);
    if (!bytes) return;
    this.#used.set(path, { path, hash: digest(text), bytes });
    this.#isChanged = true;
  }

  /** Takes back what was kept: the file holds something that must not be stored. */
  drop(path: string): void {
    const isStored = this.#stored?.delete(path) === true;
    if (this.#used.delete(path) && isStored) this.#isChanged = true;
  }

  /** Writes what is new. Entries that were not asked for stay, as long as they do not outweigh the others. */
  save(): void {
    if (!this.#isChanged) return;
    const entries = [...this.#used.values()];
    const others = [...(this.#stored ?? new Map<string, PackEntry>()).values()].filter(
      ({ path }) => !this.#used.has(path),
    );
    if (weight(others) <= weight(entries)) entries.push(...others);
    entries.sort((a, b) => (a.path < b.path ? -1 : 1));
    this.folder.write(this.#name, encodePack(entries));
    this.#isChanged = false;
  }

  #read(): Map<string, PackEntry> {
    const bytes = this.folder.read(this.#name);
    try {
      return bytes ? decodePack(bytes) : new Map();
    } catch {
      return new Map();
    }
  }
}

/** Of the code units, so that texts that UTF-8 cannot tell apart (lone surrogates) differ. */
function digest(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('hex');
}

function weight(entries: readonly PackEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
