import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkSync } from 'recheck';
import { describe, expect, test } from 'vitest';
import { findSlowness } from '../../src/secrets/expression-guard.js';
import { scanText } from '../../src/secrets/scan-text.js';
import { formats } from './support/formats.js';

describe('no expression can be made slow', () => {
  test.each(formats.formats.map((format) => [format.id, format.expression] as const))('%s', (_, expression) => {
    expect(findSlowness(expression.source)).toBeUndefined();
  });

  const folder = fileURLToPath(new URL('../../src/secrets', import.meta.url));
  const literals = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [
        ...readFileSync(`${folder}/${name}`, 'utf8').matchAll(
          /(?:^|[=(,:!&|?\s])(\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuy]*)/gm,
        ),
      ].map((found) => [name, found[1]!] as const),
    );

  test.each(literals)('in %s: %s', (_, literal) => {
    const close = literal.lastIndexOf('/');
    const result = checkSync(literal.slice(1, close), literal.slice(close + 1), {
      timeout: 10_000,
      checker: 'automaton',
    });
    expect(result.status).not.toBe('vulnerable');
  });
});

describe('the guard', () => {
  test.each([
    ['a+', 'repeats without bound'],
    ['(?:ab)*', 'repeats without bound'],
    ['a{3,}', 'repeats without bound'],
    ['(a)\\1', 'refers back'],
    ['(?=a)b', 'looks around'],
    ['(?<!a)b', 'looks around'],
    ['(?:a{0,50}a{0,50}){3}b', 'tries'],
    ['[a-z]{0,200}[a-z0-9]{0,200}x', 'tries'],
    ['a{0,20000}', 'more than'],
  ])('refuses %s', (source, reason) => {
    expect(findSlowness(source)).toContain(reason);
  });

  test.each(['abc', 'sk-[a-z]{20,80}', '[a-z]{1,100}\\.[a-z]{1,100}', '(?:a|b){2}c?', '^\\d{3}$', '[^"\\]]{1,20}"'])(
    'accepts %s',
    (source) => {
      expect(findSlowness(source)).toBeUndefined();
    },
  );
});

test('time grows with the length of hostile texts, not faster', () => {
  const pieces = [
    'sk-',
    'eyJ',
    'eyJa.',
    'key=',
    'token:"',
    '-----BEGIN PRIVATE KEY-----',
    'https://a:',
    'Bearer ',
    'password: ',
    '"secret",',
    'glpat-',
    "apiKey: process.env.A || '",
  ];
  for (const piece of pieces) {
    const measure = (count: number) => {
      const text = piece.repeat(count);
      const start = process.cpuUsage().user;
      scanText('a.ts', text, formats);
      return process.cpuUsage().user - start;
    };
    measure(2_000);
    // twenty times the text in at most a hundred times the time: quadratic growth would take four hundred
    expect(measure(40_000), piece).toBeLessThan(Math.max(measure(2_000), 20_000) * 100);
  }
});
