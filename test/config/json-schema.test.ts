import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationJsonSchema } from '../../src/config/json-schema.js';
import { policyNames } from '../../src/config/shipped-policies.js';
import { loadRules } from '../../src/knowledge/load-rules.js';
import { RULES_FOLDER } from '../../src/rules-folder.js';

/** `vitest run -u test/config/json-schema.test.ts` writes the file anew. */
test('rules/schema/config.json is what the program checks', async () => {
  const rules = (await loadRules(RULES_FOLDER)).map(({ id }) => id);
  const schema = configurationJsonSchema({ rules, policies: policyNames(RULES_FOLDER) });
  await expect(schema).toMatchFileSnapshot(join(RULES_FOLDER, 'schema/config.json'));
});
