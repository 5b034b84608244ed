import type { FindSecrets } from '../report/mask.js';
import { loadShippedFormats } from '../secret-formats.js';
import { findSecrets } from '../secrets/find-secrets.js';
import type { SecretFormats } from '../secrets/format.js';

/** The detector by which reports mask credentials: all that the secrets scan knows. */
export async function loadSecretFinder(loading: Promise<SecretFormats> = loadShippedFormats()): Promise<FindSecrets> {
  const formats = await loading;
  return (text) => findSecrets(text, formats);
}
