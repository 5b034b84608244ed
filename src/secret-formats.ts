import { loadSecretFormats } from './knowledge/load-secrets.js';
import { RULES_FOLDER } from './rules-folder.js';
import { compileFormats } from './secrets/compile.js';
import type { SecretFormats } from './secrets/format.js';

/** The secret formats that ship with the program. */
export function loadShippedFormats(): Promise<SecretFormats> {
  return loadSecretFormats(RULES_FOLDER, compileFormats);
}
