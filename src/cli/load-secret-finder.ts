import { loadSecretFormats } from '../knowledge/load-secrets.js';
import type { FindSecrets } from '../report/mask.js';
import { RULES_FOLDER } from '../rules-folder.js';
import { compileFormats } from '../secrets/compile.js';
import { findSecrets } from '../secrets/find-secrets.js';

/** The detector by which reports mask credentials: all that the secrets scan knows. */
export function loadSecretFinder(): FindSecrets {
  const formats = loadSecretFormats(RULES_FOLDER, compileFormats);
  return (text) => findSecrets(text, formats);
}
