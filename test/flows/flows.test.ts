import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareFixture } from '../fixtures/scan-fixture.js';
import { FLOWS, listFeatures } from './cases.js';

describe('flows', () => {
  it.each(listFeatures())('%s are reported exactly as annotated', async (feature) => {
    const { reported, expected } = await compareFixture(join(FLOWS, feature));
    expect(reported).toEqual(expected);
  });
});
