import { RequestError } from './core/errors.js';
import type { OwnFile } from './core/settings.js';
import { loadSecretFormats } from './knowledge/load-secrets.js';
import { RULES_FOLDER } from './rules-folder.js';
import { compileFormats } from './secrets/compile.js';
import type { SecretFormats } from './secrets/format.js';

/** The secret formats that ship with the program. */
export function loadShippedFormats(): Promise<SecretFormats> {
  return loadSecretFormats(RULES_FOLDER, compileFormats);
}

/**
 * The shipped formats and those of a repository's own files. An expression that can be made slow is refused.
 *
 * @throws RequestError with file, line and column for what is wrong with a file
 */
export async function loadOwnFormats(files: readonly OwnFile[]): Promise<SecretFormats> {
  try {
    return await loadSecretFormats(
      RULES_FOLDER,
      compileFormats,
      files.map(({ path }) => path),
    );
  } catch (error) {
    const file = error instanceof RequestError && files.find(({ path }) => path === error.place?.file);
    if (!file) throw error;
    throw new RequestError(error.message, { ...error.place, file: file.name });
  }
}
