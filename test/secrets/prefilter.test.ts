import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Prefilter } from '../../src/secrets/prefilter.js';

function scan(keywords: readonly string[], text: string): [number, number][] {
  const found: [number, number][] = [];
  new Prefilter(keywords).scan(text, (keyword, end) => found.push([keyword, end]));
  return found.sort(([a, b], [c, d]) => b - d || a - c);
}

test('finds overlapping keywords, whatever their case', () => {
  expect(scan(['he', 'she', 'hers', 'his'], 'uSHErs')).toEqual([
    [0, 4],
    [1, 4],
    [2, 6],
  ]);
});

test('finds what a plain search finds', () => {
  const letters = fc.constantFrom('a', 'b', 'c', '-');
  const word = fc.string({ unit: letters, minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 6 }),
      fc.string({ unit: letters, maxLength: 60 }),
      (keywords, text) => {
        const expected: [number, number][] = [];
        keywords.forEach((keyword, index) => {
          for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1))
            expected.push([index, at + keyword.length]);
        });
        expect(scan(keywords, text)).toEqual(expected.sort(([a, b], [c, d]) => b - d || a - c));
      },
    ),
    { seed: 6 },
  );
});

test('offsets are those of the text, also behind characters of other scripts', () => {
  expect(scan(['key'], '日本語 🔑 key')).toEqual([[0, 10]]);
});

test('long texts are scanned to the end', () => {
  expect(scan(['key'], `${'x'.repeat(200_000)}key`)).toEqual([[0, 200_003]]);
});
