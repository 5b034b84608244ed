import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExpectations } from '../fixtures/expectations.js';
import { compareFixture } from '../fixtures/scan-fixture.js';
import { TOOL_RULES } from './tool-rules.js';

const RULES = join(import.meta.dirname, '../../fixtures/rules');

describe.each(TOOL_RULES)('%s', (rule) => {
  const folder = join(RULES, rule);

  it('is reported exactly as annotated', async () => {
    const { reported, expected } = await compareFixture(folder);
    expect(reported).toEqual(expected);
  });

  it('fires in every file of `fires` and in none of `silent`', () => {
    const annotated = new Set(readExpectations(folder).map(({ file }) => file));
    expect([...annotated].filter((file) => !file.startsWith('fires/'))).toEqual([]);
    expect(readdirSync(join(folder, 'silent')).length).toBeGreaterThanOrEqual(3);
    const fires = (name: string) => [...annotated].some((file) => `${file}/`.startsWith(`fires/${name}/`));
    expect(readdirSync(join(folder, 'fires')).filter((name) => !fires(name))).toEqual([]);
  });
});
