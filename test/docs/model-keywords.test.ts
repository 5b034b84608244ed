import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../../src/knowledge/json-schema.js';

/** All names of fields that a model file may have, at any depth. */
function keywords(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties } = node as { readonly properties?: Readonly<Record<string, unknown>> };
  return [...Object.keys(properties ?? {}), ...Object.values(node).flatMap(keywords)];
}

test('docs/own-models.md has every keyword of the model language in its tables', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/own-models.md'), 'utf8');
  const tables = page.slice(page.indexOf('## All keywords'));
  const told = new Set([...tables.matchAll(/`(\w+)`/g)].map(([, word]) => word!));
  const schema: unknown = JSON.parse(jsonSchemas()['model.json']!);
  const all = [...new Set(keywords(schema))];
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter((word) => !told.has(word))).toEqual([]);
});
