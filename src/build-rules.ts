/** Run by `npm run build`: writes what the rules folder says to `dist/knowledge.json`, so that a start need not parse YAML. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileKnowledge } from './knowledge/load.js';
import { RULES_FOLDER } from './rules-folder.js';

writeFileSync(fileURLToPath(new URL('./knowledge.json', import.meta.url)), compileKnowledge(RULES_FOLDER));
