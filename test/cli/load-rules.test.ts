import { describe, expect, test } from 'vitest';
import { loadDocumentedRules, toReaders } from '../../src/cli/load-rules.js';
import { loadSecretFinder } from '../../src/cli/load-secret-finder.js';

describe('loadDocumentedRules', () => {
  test('has the page of a rule, without what only its tests need', async () => {
    const rule = (await loadDocumentedRules()).find(({ id }) => id === 'secret-to-log');
    expect(rule).toMatchObject({ level: 'error', profile: 'recommended', cwe: 532, owasp: 'LLM02' });
    expect(rule?.help).toMatch(/^# secret-to-log\n/);
    expect(rule?.help).not.toMatch(/ expect secret-to-log|^```\w+ /m);
  });

  test('every rule has a page or is helped by its description, in Markdown', async () => {
    expect((await loadDocumentedRules()).filter(({ id, help }) => !help.startsWith(`# ${id}\n\n`))).toEqual([]);
  });
});

test('toReaders', () => {
  expect(toReaders('```ts file=a.ts fires\nlog(key); // expect a-b, c-d\nexpect(1); // expected\n```\n')).toBe(
    '```ts\nlog(key);\nexpect(1); // expected\n```\n',
  );
});

test('the detector of the secrets scan masks what it knows', async () => {
  const key = `sk-ant-api03-${'Ab3dEf6hIjKlMnOpQrStUvWx'.repeat(4).slice(0, 93)}AA`;
  const text = `call('${key}')`;
  expect((await loadSecretFinder())(text)).toContainEqual({ start: 6, end: 6 + key.length });
});
