/**
 * What a whole scan said, for the case that nothing has changed: the commonest one in a hook, an editor or a second run in CI. A result
 * is named by the program, the folder and what was asked for, and is given back only while every byte that it was made from is the same.
 */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { CacheFolder } from './cache-folder.js';

export interface ResultKey {
  /** Absolute path of the scanned folder. */
  readonly root: string;
  /** Names the program and everything else that is no file of the scanned folder: rules, limits, options. */
  readonly request: string;
}

interface Stored {
  /** Digest of what discovery found, and of the files that it chose. */
  readonly inputs: string;
  /** Digests of further files that were read on the way. */
  readonly reads: readonly (readonly [path: string, digest: string])[];
  readonly result: unknown;
}

export class ResultCache {
  readonly #name: string;

  constructor(
    readonly folder: CacheFolder,
    key: ResultKey,
  ) {
    const identity = JSON.stringify(['result', realpathSync(key.root), key.request]);
    this.#name = `${createHash('sha256').update(identity).digest('hex').slice(0, 40)}.result`;
  }

  /**
   * The result of an earlier scan of the same.
   *
   * @param inputs digest of everything that is known before the scan
   * @param digestFile digest of a file's content, whatever it is
   */
  find(inputs: string, digestFile: (path: string) => string): unknown {
    const bytes = this.folder.read(this.#name);
    if (!bytes) return undefined;
    const stored = JSON.parse(bytes.toString('utf8')) as Stored;
    if (stored.inputs !== inputs) return undefined;
    return stored.reads.every(([path, digest]) => digestFile(path) === digest) ? stored.result : undefined;
  }

  /** Keeps a result, which must hold no credential. */
  keep(inputs: string, reads: Iterable<string>, digestFile: (path: string) => string, result: unknown): void {
    const paths = [...reads].sort();
    const stored: Stored = { inputs, reads: paths.map((path) => [path, digestFile(path)]), result };
    this.folder.write(this.#name, [Buffer.from(JSON.stringify(stored), 'utf8')]);
  }
}
