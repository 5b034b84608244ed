import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../../src/knowledge/json-schema.js';

test.each(Object.entries(jsonSchemas()))('rules/schema/%s is what the program checks', (name, schema) => {
  expect(readFileSync(join(import.meta.dirname, '../../rules/schema', name), 'utf8')).toBe(schema);
});
