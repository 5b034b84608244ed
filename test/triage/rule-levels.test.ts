import { expect, it } from 'vitest';
import { RuleLevels } from '../../src/triage/rule-levels.js';

const RULE = 'personal-data-to-log';

function find(profile: 'recommended' | 'strict', kind: string, named?: readonly string[]) {
  const levels = new RuleLevels({ levels: {}, overrides: [] }, profile, named, new Map([[RULE, 'recommended']]));
  return levels.find(RULE, 'src/a.ts', kind);
}

it('leaves IP addresses and user names to the strict profile', () => {
  expect(find('recommended', 'personal.online-id')).toBe('off');
  expect(find('strict', 'personal.online-id')).toBeUndefined();
  expect(find('recommended', 'personal.email')).toBeUndefined();
});

it('reports them where their rule is asked for', () => {
  expect(find('recommended', 'personal.online-id', [RULE])).toBeUndefined();
});
