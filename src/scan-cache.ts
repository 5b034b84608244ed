import { fileURLToPath } from 'node:url';
import { CacheFolder, liesWithin } from './cache/cache-folder.js';
import { FileCache } from './cache/file-cache.js';
import { digestProgram } from './cache/program-digest.js';
import { RequestError } from './core/errors.js';
import type { Limits } from './core/limits.js';
import { RULES_FOLDER } from './rules-folder.js';
import { findSecrets } from './secrets/find-secrets.js';
import type { SecretFormats } from './secrets/format.js';

/** What all repositories together may take on the disk. */
const MEGABYTES = 512;
/** Where a credential could stand: names and prose have no such run of characters, or no digit in it. */
const RUN = /[\w+/=.~-]{12,}/;
const DIGIT = /\d/;

/**
 * The cache of lowered files for one scan. It never holds a credential: neither a file whose text has anything of that shape, which
 * `drop` takes out, nor one whose literals have it once their escapes are read.
 *
 * @throws RequestError for a folder within the scanned one: what is there may be the work of whoever wrote the scanned code
 */
export function openFileCache(folder: string, root: string, limits: Limits, formats: SecretFormats): FileCache {
  if (liesWithin(folder, root)) {
    throw new RequestError(
      `the cache must not lie in the folder that is scanned, whose files are not trusted: ${folder}`,
    );
  }
  const program = digestProgram([fileURLToPath(new URL('.', import.meta.url)), RULES_FOLDER]);
  return new FileCache(
    new CacheFolder(folder, { megabytes: MEGABYTES }),
    { root, program: `${program} ${JSON.stringify(limits)}` },
    (texts) => {
      const suspects = texts.filter((text) => text.length >= 12 && DIGIT.test(text) && RUN.test(text));
      return suspects.length === 0 || findSecrets(suspects.join('\n'), formats).length === 0;
    },
  );
}
