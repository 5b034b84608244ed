import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FLOWS, listCases, listFeatures } from './cases.js';

const ROW = /^\| \**([a-z]+)\** \| \**(\d+)\** \| \**(\d+)\** \|$/;

function countCases(): Map<string, [cases: number, silent: number]> {
  const counts = new Map<string, [number, number]>();
  for (const feature of listFeatures()) {
    const cases = listCases(feature);
    counts.set(feature, [cases.length, cases.filter(({ expectations }) => expectations.length === 0).length]);
  }
  const sum = (column: 0 | 1) => [...counts.values()].reduce((total, count) => total + count[column], 0);
  return counts.set('all', [sum(0), sum(1)]);
}

describe('fixtures/flows/README.md', () => {
  it('lists the features with the numbers of their cases', () => {
    const rows = readFileSync(join(FLOWS, 'README.md'), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, feature = '', cases, silent] = ROW.exec(line) ?? [];
        return feature ? [[feature, [Number(cases), Number(silent)]] as const] : [];
      });
    expect(new Map(rows)).toEqual(countCases());
  });

  it('describes at least 150 cases, a third of them silent', () => {
    const [cases, silent] = countCases().get('all') ?? [0, 0];
    expect(cases).toBeGreaterThanOrEqual(150);
    expect(silent / cases).toBeGreaterThanOrEqual(1 / 3);
  });
});
