import { fileURLToPath } from 'node:url';
import { loadSecretFormats } from '../../../src/knowledge/load-secrets.js';
import { compileFormats } from '../../../src/secrets/compile.js';

export const rulesFolder = fileURLToPath(new URL('../../../rules', import.meta.url));

export const formats = await loadSecretFormats(rulesFolder, compileFormats, [], '');
