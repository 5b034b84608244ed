import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isConfigurationOfInterest } from '../../src/checks/of-interest.js';
import { describeExpectations, listFiles, readExpectations } from '../fixtures/expectations.js';
import { checkText } from './check-text.js';
import { CONFIG_RULES } from './config-rules.js';

const RULES = join(import.meta.dirname, '../../fixtures/rules');

describe.each(CONFIG_RULES)('%s', (rule) => {
  const folder = join(RULES, rule);
  const files = listFiles(folder).filter((file) => file !== 'expected.json');
  const facts = { isDependency: (name: string) => name === 'own-mcp' };

  it('is reported exactly as annotated, and no other rule is', () => {
    const reported = files.filter(isConfigurationOfInterest).flatMap((file) =>
      checkText(file, readFileSync(join(folder, file), 'utf8'), { facts }).lines.map((line) => {
        const [number, ruleId] = line.split(' ') as [string, string];
        return { file, line: Number(number), rule: ruleId };
      }),
    );
    expect(describeExpectations(reported)).toEqual(describeExpectations(readExpectations(folder)));
  });

  it('fires in every file of `fires` and in none of `silent`', () => {
    const annotated = new Set(readExpectations(folder).map(({ file }) => file));
    expect([...annotated].filter((file) => !file.startsWith('fires/'))).toEqual([]);
    expect(files.filter((file) => file.startsWith('fires/') && !annotated.has(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith('silent/')).length).toBeGreaterThanOrEqual(3);
  });
});
