import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scoreboard } from './scoreboard-module.js';

const { FAMILIES, familyOfKind, familyOfRule } = await scoreboard('families');
const { PEERS, findCommand } = await scoreboard('peers');
const { familyOf } = await scoreboard('run-peer');
const { SUITES } = await scoreboard('suites');
const { matchesGlob, scopeOf } = await scoreboard('scope');
const { FLAGGED, MISSED, reasonFor } = await scoreboard('reasons');

const RULES = readFileSync(join(import.meta.dirname, '../../rules/rules.yaml'), 'utf8');
const RULE_IDS: string[] = parse(RULES).rules.map(({ id }: { id: string }) => id);

test('families hold rules that there are, each in one', () => {
  const rules = Object.values<{ rules: string[] }>(FAMILIES).flatMap((family) => family.rules);
  expect(rules.filter((rule) => !RULE_IDS.includes(rule))).toEqual([]);
  expect(new Set(rules).size).toBe(rules.length);
  expect(familyOfRule('secret-to-log')).toBe('secret-log');
  expect(familyOfRule('provider-retention')).toBeUndefined();
  expect(familyOfKind('pii-to-llm')).toBe('model');
});

describe.each<{ name: string; claims: string[]; families: { rule: string; family?: string }[] }>(PEERS)(
  '$name',
  (peer) => {
    test('claims the families that its rules are mapped to, and no other', () => {
      const mapped = new Set(peer.families.flatMap(({ family }) => (family ? [family] : [])));
      expect([...mapped].sort()).toEqual([...peer.claims].sort());
      expect(peer.claims.filter((family) => !(family in FAMILIES))).toEqual([]);
    });

    test('no row of its table hides behind another', () => {
      const hidden = peer.families.filter(({ rule }, i) =>
        peer.families.slice(0, i).some((earlier) => matchesGlob(earlier.rule, rule)),
      );
      expect(hidden).toEqual([]);
    });
  },
);

test('rules of peers find their family', () => {
  const peer = (name: string) => PEERS.find((each: { name: string }) => each.name === name);
  expect(familyOf(peer('gitleaks'), 'openai-api-key')).toBe('key');
  expect(familyOf(peer('agent-audit-kit'), 'AAK-SECRET-006')).toBeUndefined();
  expect(familyOf(peer('agent-audit-kit'), 'AAK-SECRET-002')).toBe('key');
  expect(familyOf(peer('agent-audit'), 'AGENT-025')).toBeUndefined();
  expect(familyOf(peer('semgrep'), 'javascript.lang.security.detect-eval-with-expression')).toBe('code');
  expect(findCommand('gitleaks', '/nowhere')).toBeUndefined();
});

describe.each<{ name: string; scope: { families?: string[]; reason?: string }[] }>(SUITES)('$name', ({ scope }) => {
  test('each entry of its scope names families or the reason why there are none', () => {
    expect(scope.filter(({ families, reason }) => (families === undefined) === (reason === undefined))).toEqual([]);
    expect(scope.flatMap(({ families = [] }) => families).filter((family) => !(family in FAMILIES))).toEqual([]);
  });
});

test('the first entry of a scope that fits counts, and what none fits is no subject of ours', () => {
  const scope = [
    { group: 'a/*', families: ['key'] },
    { rule: 'x-*', families: ['tls'] },
  ];
  expect(scopeOf(scope, 'x-1', 'a/b')).toEqual(scope[0]);
  expect(scopeOf(scope, 'x-1', 'b')).toEqual(scope[1]);
  expect(scopeOf(scope, 'y', 'b')).toEqual({ reason: 'no rule of ours' });
  expect(matchesGlob('a.b*', 'axb')).toBe(false);
});

test('reasons are told, and limits are sentences', () => {
  for (const { reason, limit } of [...MISSED, ...FLAGGED]) {
    expect(reason).toMatch(/^\S.{8,}[^.]$/);
    if (limit !== undefined) expect(limit).toMatch(/^[A-Z].*\.$/);
  }
  const place = { suite: 'gitleaks.jsonl', rule: 'github-pat', group: 'github-pat', line: 'token' };
  expect(reasonFor(MISSED, place, matchesGlob).reason).toMatch(/checksum/);
  expect(reasonFor([], place, matchesGlob)).toBeUndefined();
});
