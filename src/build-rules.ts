/** Run by `npm run build`: writes what the rules folder says to `dist/*.json`, so that a start need not parse YAML. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileCheckFiles, readCheckFiles } from './checks/schema/check-files.js';
import { compileKnowledge } from './knowledge/load.js';
import { compileRules } from './knowledge/load-rules.js';
import { compileSecretFiles } from './knowledge/load-secrets.js';
import { RULES_FOLDER } from './rules-folder.js';
import { compileFormats } from './secrets/compile.js';

write('knowledge.json', compileKnowledge(RULES_FOLDER));
write('rules.json', await compileRules(RULES_FOLDER));
write('secrets.json', await compileSecretFiles(RULES_FOLDER, compileFormats));
write('checks.json', compileCheckFiles(readCheckFiles(RULES_FOLDER)));

function write(name: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(name, import.meta.url)), text);
}
