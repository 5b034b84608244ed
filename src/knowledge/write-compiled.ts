/** The last step of a build: writes `dist/knowledge.json` beside the compiled program. Run as `node dist/knowledge/write-compiled.js`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileKnowledge } from './load.js';

const rulesFolder = fileURLToPath(new URL('../../rules', import.meta.url));
writeFileSync(fileURLToPath(new URL('../knowledge.json', import.meta.url)), compileKnowledge(rulesFolder));
