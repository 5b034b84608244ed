import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { modelsTable, readFixtures } from '../../scripts/models/models-table.mjs';
import { compareFixture } from '../fixtures/scan-fixture.js';

const ROOT = join(import.meta.dirname, '../..');
const MODELS = join(ROOT, 'fixtures/models');
const fixtures = readFixtures(
  readdirSync(MODELS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name),
  (path) => readFileSync(join(MODELS, path), 'utf8'),
);

it('the table of packages is what the fixtures say', () => {
  expect(readFileSync(join(ROOT, 'docs/models.md'), 'utf8')).toBe(modelsTable(fixtures));
});

it('it holds at least 120 packages', () => {
  expect(new Set(fixtures.map(({ name }) => name)).size).toBeGreaterThanOrEqual(120);
});

it('each of its marks stands for a program that is reported', async () => {
  const { reported, expected } = await compareFixture(MODELS);
  expect(reported).toEqual(expected);
  const marks = fixtures.flatMap(({ text }) => [...text.matchAll(/^export async function /gm)]).length;
  expect(expected).toHaveLength(marks);
}, 120_000);
