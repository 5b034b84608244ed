import { describe, expect, test } from 'vitest';
import { junit } from '../../src/report/junit.js';
import { HOSTILE_RESULT, HOSTILE_TEXT } from './hostile.js';
import { type Element, readXml } from './read-xml.js';
import { CLEAN, createContext, FAKE_KEY, HARDCODED, RESULT, SECRET_TO_LOG } from './sample.js';

describe('junit', () => {
  test('rules as suites: findings fail, notes are skipped, a rule without findings passes', () => {
    const note = { ...HARDCODED, level: 'note' as const };
    const root = readXml(junit({ ...CLEAN, findings: [SECRET_TO_LOG, note] }, createContext()));
    expect(root.name).toBe('testsuites');
    expect(root.attributes).toEqual({
      name: 'spillcheck',
      tests: '3',
      failures: '1',
      errors: '0',
      skipped: '1',
      time: '0',
    });
    expect(
      root.children.map(({ attributes, children }) => [
        attributes.name,
        attributes.tests,
        attributes.failures,
        attributes.skipped,
        children.map((each) => [each.attributes.name?.slice(0, 16), each.children.map(({ name }) => name)]),
      ]),
    ).toEqual([
      ['hardcoded-secret', '1', '0', '1', [['lib/naïve client', ['skipped']]]],
      ['provider-retention', '1', '0', '0', [['no finding', []]]],
      ['secret-to-log', '1', '1', '0', [['api/support.ts:5', ['failure']]]],
    ]);
  });

  test('a failure tells the whole way', () => {
    const root = readXml(junit({ ...CLEAN, findings: [SECRET_TO_LOG] }, createContext()));
    const testcase = root.children.find(({ attributes }) => attributes.name === 'secret-to-log')!.children[0]!;
    expect(testcase.attributes).toEqual({
      classname: 'secret-to-log',
      name: `api/support.ts:5 ${SECRET_TO_LOG.message}`,
      file: 'api/support.ts',
      line: '5',
      time: '0',
    });
    expect(testcase.children[0]!.attributes).toEqual({ message: SECRET_TO_LOG.message, type: 'error' });
    expect(testcase.children[0]!.text.split('\n')).toEqual([
      'api/support.ts:5  error  secret-to-log',
      SECRET_TO_LOG.message,
      'How it gets there',
      '  lib/env.ts:2  `OPENAI_API_KEY` read',
      '  api/support.ts:4  returned to `handle`',
      '  api/support.ts:5  passed to `console.log`',
      'How sure  Medium: a call on the way has no model, and is taken to return something of what it is given.',
      'What to do  Log that the key is there, not the key:',
      'console.log("key loaded", Boolean(key));',
      'Fingerprint  0123456789abcdef0123456789abcdef',
    ]);
  });

  test('counts in heads are those of the cases', () => {
    for (const result of [RESULT, HOSTILE_RESULT, CLEAN]) {
      const root = readXml(junit(result, createContext()));
      for (const element of [root, ...root.children]) {
        expect(Number(element.attributes.tests)).toBe(find(element, 'testcase'));
        expect(Number(element.attributes.failures)).toBe(find(element, 'failure'));
        expect(Number(element.attributes.skipped)).toBe(find(element, 'skipped'));
      }
    }
  });

  test('names from the code end no element and no attribute', () => {
    const root = readXml(junit(HOSTILE_RESULT, createContext()));
    const failure = root.children.find(({ attributes }) => attributes.name === 'secret-to-log')!.children[0]!
      .children[0]!;
    const masked = HOSTILE_TEXT.replace(FAKE_KEY, `sk-p${'*'.repeat(FAKE_KEY.length - 6)}Ij`);
    expect(failure.text).toContain(masked.split('\n')[0]);
    expect(root.children.at(-1)!.children[0]!.children[0]!.name).toBe('system-out');
  });
});

function find(element: Element, name: string): number {
  return element.children.reduce((sum, child) => sum + (child.name === name ? 1 : 0) + find(child, name), 0);
}
