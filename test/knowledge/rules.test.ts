import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../src/knowledge/load-rules.js';
import { flowRules, levelFor, parseRules } from '../../src/knowledge/rules.js';
import { describeError } from './describe-error.js';

const rules = await loadRules(join(import.meta.dirname, '../../rules'));

/** The rule contract: id, level, profile, CWE, OWASP. */
const CONTRACT = `
hardcoded-secret error recommended 798 LLM02
client-exposed-secret error recommended 200 LLM02
secret-to-model error recommended 201 LLM02
secret-to-log error recommended 532 LLM02
secret-to-telemetry error recommended 201 LLM02
prompt-to-log warning recommended 532 LLM02
completion-to-log warning recommended 532 LLM02
prompt-to-telemetry warning recommended 201 LLM02
completion-to-telemetry warning recommended 201 LLM02
prompt-to-storage note strict 312 LLM02
provider-retention note strict 359 LLM02
personal-data-to-model warning recommended 359 LLM02
personal-data-to-log warning recommended 532 LLM02
personal-data-to-telemetry warning recommended 359 LLM02
personal-data-to-embedding warning recommended 359 LLM08
record-to-model warning recommended 359 LLM02
untrusted-to-system-prompt error recommended 1427 LLM01
untrusted-content-to-prompt note strict 1427 LLM01
completion-to-shell error recommended 78 LLM05
completion-to-code error recommended 94 LLM05
completion-to-sql error recommended 89 LLM05
completion-to-html error recommended 79 LLM05
completion-to-path warning recommended 22 LLM05
completion-to-url warning recommended 918 LLM05
tool-shell-access error recommended 78 LLM06
tool-code-execution error recommended 94 LLM06
tool-file-access warning recommended 22 LLM06
tool-network-access warning recommended 918 LLM06
tool-sql-access error recommended 89 LLM06
tool-loose-schema note strict 20 LLM06
tool-missing-approval warning recommended 862 LLM06
agent-approval-disabled error recommended 269 LLM06
agent-wildcard-permission error recommended 732 LLM06
agent-unbounded-loop note strict 770 LLM10
mcp-broad-filesystem error recommended 732 LLM06
mcp-unpinned-server warning recommended 494 LLM03
mcp-unauthenticated-server warning recommended 306 LLM06
ci-agent-untrusted-input error recommended 1427 LLM01
insecure-transport error recommended 319 LLM02
unauthenticated-model-endpoint note strict 306 LLM10
unscoped-retrieval note strict 639 LLM08
unbounded-history note strict 770 LLM10
unsafe-model-loading error recommended 502 LLM03`;

test('every rule of the contract, and no other', () => {
  const lines = rules.map(({ id, level, profile, cwe, owasp }) => [id, level, profile, cwe, owasp].join(' '));
  expect(lines).toEqual(CONTRACT.trim().split('\n'));
});

test('what is printed of a rule', () => {
  for (const rule of rules) {
    expect(rule.name).toMatch(/^([A-Z][a-z]+)+$/);
    expect(rule.shortDescription).toMatch(/^[A-Z].*\.$/);
    expect(rule.fullDescription).toMatch(/^[A-Z].*\.$/);
    expect(rule.fullDescription.length).toBeGreaterThan(rule.shortDescription.length);
    expect(rule.securitySeverity).toMatch(/^\d\.\d$/);
  }
});

test('which rules flows raise', () => {
  const pairs = (id: string) =>
    flowRules(rules)
      .filter((rule) => rule.id === id)
      .map(({ sources, sinks }) => `${sources} → ${sinks}`);
  expect(pairs('secret-to-log')).toEqual(['secret → log']);
  expect(pairs('tool-shell-access')).toEqual(['toolarg → shell']);
  expect(pairs('personal-data-to-model')).toEqual(['personal → model.prompt,model.system']);
  expect(pairs('untrusted-to-system-prompt')).toEqual([
    'untrusted.request,untrusted.message,untrusted.upload → model.system',
  ]);
  expect(pairs('hardcoded-secret')).toEqual([]);
});

test('the level depends on the kind of data', () => {
  const rule = rules.find(({ id }) => id === 'personal-data-to-model')!;
  const kinds = ['personal.email', 'personal.health', 'personal.government-id', 'personal.special-category', undefined];
  expect(kinds.map((kind) => levelFor(rule, kind))).toEqual(['warning', 'error', 'error', 'error', 'warning']);
});

describe('a file of rules', () => {
  const rule = (changes: string) => `rules:
  - { id: a-b, level: note, profile: strict, cwe: 1, owasp: LLM01, severity: "1.0", short: S., full: F., ${changes} }`;

  test.each([
    ['rules:\n  - { id: A }', 'own.yaml:2:11: expected an id in kebab case'],
    [
      rule('levels: [{ kind: x, level: bad }]'),
      'own.yaml:2:133: Invalid option: expected one of "error"|"warning"|"note"',
    ],
    [rule('color: red'), 'own.yaml:2:5: Unrecognized key: "color"'],
  ])('%j is refused', (text, message) => {
    expect(describeError(() => parseRules('own.yaml', text))).toBe(message);
  });

  test('without flows and levels', () => {
    expect(parseRules('own.yaml', rule(''))).toEqual([
      {
        id: 'a-b',
        level: 'note',
        profile: 'strict',
        cwe: 1,
        owasp: 'LLM01',
        securitySeverity: '1.0',
        name: 'AB',
        shortDescription: 'S.',
        fullDescription: 'F.',
        flows: [],
        levels: [],
      },
    ]);
  });
});
