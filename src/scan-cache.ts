import { fileURLToPath } from 'node:url';
import { CacheFolder, liesWithin } from './cache/cache-folder.js';
import { FileCache } from './cache/file-cache.js';
import { digestProgram } from './cache/program-digest.js';
import { ResultCache } from './cache/result-cache.js';
import type { Diagnostic } from './core/diagnostic.js';
import { RequestError } from './core/errors.js';
import type { ScanResult } from './core/finding.js';
import type { Limits } from './core/limits.js';
import type { ScanOptions } from './core/options.js';
import type { Discovery } from './project/discover.js';
import { RULES_FOLDER } from './rules-folder.js';
import { describeRequest, digestDiscovery, digestFile } from './scan-inputs.js';
import { findSecrets } from './secrets/find-secrets.js';
import type { SecretFormats } from './secrets/format.js';

/** What all repositories together may take on the disk. */
const MEGABYTES = 512;
/** Where a credential could stand: names and prose have no such run of characters, or no digit in it. */
const SHORTEST = 12;
const RUN = /[\w+/=.~-]{12,}/;
const DIGIT = /\d/;

/** The cache of a scan: of its files, by their content, and of its result, for the case that nothing has changed. */
export class ScanCache {
  readonly #folder: CacheFolder;
  readonly #program: string;

  /**
   * @param folder absolute path of the folder that holds the cache
   * @throws RequestError for a folder within the scanned one: what is there may be the work of whoever wrote the scanned code
   */
  constructor(
    folder: string,
    readonly root: string,
    limits: Limits,
  ) {
    if (liesWithin(folder, root)) {
      throw new RequestError(
        `the cache must not lie in the folder that is scanned, whose files are not trusted: ${folder}`,
      );
    }
    this.#folder = new CacheFolder(folder, { megabytes: MEGABYTES });
    const program = digestProgram([fileURLToPath(new URL('.', import.meta.url)), RULES_FOLDER]);
    this.#program = `${program} ${JSON.stringify(limits)}`;
  }

  /**
   * Lowered files. Never one that holds a credential: neither a file whose text has anything of that shape, which `drop` takes out, nor one
   * whose literals have it once their escapes are read.
   */
  files(formats: SecretFormats): FileCache {
    return new FileCache(this.#folder, { root: this.root, program: this.#program }, (texts) => {
      const suspects = texts.filter((text) => text.length >= SHORTEST && DIGIT.test(text) && RUN.test(text));
      return suspects.length === 0 || findSecrets(suspects.join('\n'), formats).length === 0;
    });
  }

  /**
   * What the last scan that was asked for the same has said, if nothing has changed since.
   *
   * @param diagnostics what discovery has said
   * @returns undefined where that cannot be told
   */
  lookUp(options: ScanOptions, discovery: Discovery, diagnostics: readonly Diagnostic[]): LookUp | undefined {
    const request = describeRequest(options);
    if (request === undefined) return undefined;
    const results = new ResultCache(this.#folder, { root: this.root, request: `${this.#program} ${request}` });
    const said = [...diagnostics];
    const inputs = digestDiscovery(this.root, discovery, said);
    const digest = (path: string): string => digestFile(`${this.root}/${path}`);
    return {
      result: results.find(inputs, digest) as ScanResult | undefined,
      keep: (result, formats) => {
        // A file that was written while it was scanned may have been read as it is now or as it was then.
        if (digestDiscovery(this.root, discovery, said) !== inputs) return;
        const texts = textsIn(result);
        if (findSecrets(texts.join('\n'), formats).length > 0) return;
        results.keep(inputs, discovery.tree.reads, digest, result);
      },
    };
  }
}

/** The answer of the cache to a whole scan. */
export interface LookUp {
  readonly result: ScanResult | undefined;
  /** Keeps a result for the next time, unless something in it has the shape of a credential. */
  readonly keep: (result: ScanResult, formats: SecretFormats) => void;
}

/** Every text in a result, each once. */
function textsIn(result: unknown): string[] {
  const texts = new Set<string>();
  const pending: unknown[] = [result];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'string') texts.add(value);
    else if (typeof value === 'object' && value !== null) pending.push(...Object.values(value));
  }
  return [...texts];
}
