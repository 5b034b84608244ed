import { loadChecks } from '../../src/checks/schema/load-checks.js';
import { loadKnowledge } from '../../src/knowledge/load.js';
import { RULES_FOLDER } from '../../src/rules-folder.js';
import { loadShippedFormats } from '../../src/secret-formats.js';
import type { Rules } from './exercise.js';

export async function loadRules(): Promise<Rules> {
  return {
    knowledge: loadKnowledge(RULES_FOLDER),
    formats: await loadShippedFormats(),
    checks: loadChecks(RULES_FOLDER),
  };
}
