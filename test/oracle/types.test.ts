import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareFixture } from '../fixtures/scan-fixture.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/types/receivers');

it('inferred types tell of receivers that nothing else tells of', async () => {
  const { reported, expected, result } = await compareFixture(FOLDER, { types: true });
  expect(reported).toEqual(expected);
  expect(result.diagnostics).toEqual([]);
});

it('the compiler is not asked without being told to', async () => {
  const { reported } = await compareFixture(FOLDER);
  expect(reported).toEqual([]);
});
