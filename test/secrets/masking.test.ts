import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSecrets } from '../../src/secrets/find-secrets.js';
import { fingerprintValue, maskValue } from '../../src/secrets/mask.js';
import { scanText } from '../../src/secrets/scan-text.js';
import { toFinding } from '../../src/secrets/to-finding.js';
import { expand } from './support/expand.js';
import { formats } from './support/formats.js';

/** Characters that may be printed at the start, and the length of the pieces of the rest that are looked for. */
const SHOWN = 4;
const PIECE = 8;

/** Whether a piece of a value, beyond what its mask shows, stands in an output. Short values are one piece. */
function leaks(value: string, output: string): boolean {
  const hidden = value.slice(SHOWN);
  for (let start = 0; start === 0 || start + PIECE <= hidden.length; start++) {
    if (hidden.length >= 3 && output.includes(hidden.slice(start, start + PIECE))) return true;
  }
  return false;
}

const examples = formats.formats.flatMap((format) => format.examples.map((template) => [format.id, template] as const));

describe('no output holds more of a value than its mask shows', () => {
  test.each(examples)('%s: %s', (_, template) => {
    const text = `connect("${expand(template)}"); // ${expand(template)}`;
    for (const hit of scanText('src/settings.ts', text, formats)) {
      const { value, ...rest } = hit;
      expect(value.length).toBeGreaterThan(0);
      expect(leaks(value, JSON.stringify([rest, toFinding(hit)]))).toBe(false);
    }
  });

  test('of random passwords and tokens', () => {
    const names = fc.constantFrom('apiKey', 'password', 'JWT_SECRET', 'auth_token');
    const values = fc.string({
      unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789!$%&-_'),
      minLength: 6,
      maxLength: 60,
    });
    fc.assert(
      fc.property(names, values, fc.constantFrom('a.ts', '.env', 'a.yaml', 'a.json'), (name, value, path) => {
        const text =
          path === 'a.json' ? JSON.stringify({ [name]: value }) : `${name}: "${value}"\n${name}="${value}"\n`;
        for (const hit of scanText(path, text, formats)) {
          const { value: found, ...rest } = hit;
          expect(leaks(found, JSON.stringify([rest, toFinding(hit)]))).toBe(false);
        }
      }),
      { numRuns: 300, seed: 6 },
    );
  });
});

test('a mask shows four and two characters, and little or nothing of short values', () => {
  expect(maskValue('abcdefghijklmnopqrst')).toBe('abcd…st');
  expect(maskValue('abcdefghijkl')).toBe('ab…');
  expect(maskValue('abcdefghijk')).toBe('…');
});

test('a fingerprint is of the value, and does not tell it', () => {
  expect(fingerprintValue('a')).toMatch(/^[0-9a-f]{32}$/);
  expect(fingerprintValue('a')).not.toBe(fingerprintValue('b'));
});

describe('findSecrets', () => {
  test.each(examples)('covers %s: %s', (_, template) => {
    const text = `x "${expand(template)}" y`;
    const spans = findSecrets(text, formats);
    for (const hit of scanText('src/settings.ts', text, formats)) {
      expect(spans.some((span) => span.start <= hit.span.start && hit.span.end <= span.end)).toBe(true);
    }
    expect(spans.length).toBeGreaterThan(0);
  });

  test('also finds what is not reported: test keys, weak passwords, public keys', () => {
    for (const template of [
      'sk_test_{A24}',
      'const password = "admin1234"',
      'ghp_{A36}',
      'TOKEN={A20}',
      'postgres://a:hunter2@localhost/db',
    ]) {
      expect(findSecrets(expand(template), formats)).toHaveLength(1);
    }
  });

  test('spans are sorted and apart', () => {
    const spans = findSecrets(
      expand('apiKey = "sk-proj-{w74}T3BlbkFJ{w74}"; password: "{A20}"; token = "{jwt a=b}"'),
      formats,
    );
    expect(spans).toHaveLength(3);
    for (let i = 1; i < spans.length; i++) expect(spans[i]!.start).toBeGreaterThanOrEqual(spans[i - 1]!.end);
  });
});
