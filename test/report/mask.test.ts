import { describe, expect, test } from 'vitest';
import { findBuiltInSecrets } from '../../src/report/built-in-secrets.js';
import { maskText } from '../../src/report/mask.js';
import { FAKE_KEY } from './sample.js';

describe('maskText', () => {
  test('keeps length, lines and blanks', () => {
    const text = `a ${FAKE_KEY} b\nshort pw12 end`;
    const masked = maskText(text, [span(text, FAKE_KEY), span(text, 'pw12')]);
    expect(masked).toBe(`a sk-p${'*'.repeat(FAKE_KEY.length - 6)}Ij b\nshort **** end`);
    expect(masked).toHaveLength(text.length);
  });

  test('shows nothing of a value of several lines', () => {
    const key = 'MIIEvQIBADAN\nBgkqhkiG9w0B';
    expect(maskText(`x${key}x`, [{ start: 1, end: 1 + key.length }])).toBe('x************\n************x');
  });

  test('joins overlapping spans, in any order', () => {
    const text = 'abcdefghijklmnopqrstuvwxyz';
    expect(
      maskText(text, [
        { start: 10, end: 24 },
        { start: 2, end: 18 },
        { start: 4, end: 6 },
      ]),
    ).toBe('abcdef****************wxyz');
  });
});

describe('findBuiltInSecrets', () => {
  const body = 'Ab3dEf6hIj'.repeat(4);
  test.each([
    ['OpenAI', `sk-proj-${body}`],
    ['Anthropic', `sk-ant-api03-${body}`],
    ['AWS', `AKIA${'ABCDEFGH12345678'}`],
    ['GitHub', `ghp_${body}`],
    ['GitHub, fine-grained', `github_pat_${body}`],
    ['Google', `AIza${body.slice(0, 35)}`],
    ['Slack', `xoxb-${body}`],
    ['Hugging Face', `hf_${body}`],
    ['JSON web token', `eyJ${body}.eyJ${body}.${body}`],
    ['private key', `-----BEGIN RSA PRIVATE KEY-----\n${body}\n`],
  ])('finds a key of %s, and nothing around it', (_name, key) => {
    const text = `const value = f("${key}"); // done`;
    expect(findBuiltInSecrets(text).map(({ start, end }) => text.slice(start, end))).toContain(key);
  });

  test.each([
    ["apiKey: 'a1b2c3d4e5f6g7h8'", 'a1b2c3d4e5f6g7h8'],
    ['PASSWORD="correct1horse2battery"', 'correct1horse2battery'],
    ["'clientSecret' : `0123456789abcdef`", '0123456789abcdef'],
    ['postgres://app:s3cr3tpw@db/x', 's3cr3tpw'],
  ])('finds the literal in %s', (text, literal) => {
    expect(findBuiltInSecrets(text).map(({ start, end }) => text.slice(start, end))).toEqual([literal]);
  });

  test.each([
    'const apiKey = process.env.OPENAI_API_KEY;',
    "apiKey: 'OPENAI_API_KEY'",
    `url = "https://user:\${password}@host/"`,
    'const task = "risk-assessment-of-the-year";',
    "import { maskText } from './mask.js';",
  ])('leaves %s alone', (text) => {
    expect(findBuiltInSecrets(text)).toEqual([]);
  });

  test('takes time in proportion to hostile text', () => {
    const texts = ['eyJaaaaaaaaaa-', 'sk-', '-----BEGIN ', 'secret="', '://a:'].map((part) => part.repeat(40_000));
    for (const text of texts) expect(findBuiltInSecrets(text).length).toBeLessThan(50_000);
  });
});

function span(text: string, part: string) {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}
