import { describe, expect, test } from 'vitest';
import { lineHashes } from '../../src/report/line-hashes.js';

/** Texts and hashes as GitHub publishes them with its upload action. */
const VECTORS: readonly (readonly [name: string, text: string, hashes: readonly string[]])[] = [
  ['an empty file', '', ['c129715d7a2bc9a3:1']],
  [
    'short lines',
    ' a\nb\n  \t\tc\n d',
    ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1'],
  ],
  [
    'empty lines, no line break at the end',
    ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End',
    [
      '8b7cf3e952e7aeb2:1',
      'b1ae1287ec4718d9:1',
      'bff680108adb0fcc:1',
      'c6805c5e1288b612:1',
      'b86d3392aea1be30:1',
      'e6ceba753e1a442:1',
    ],
  ],
  ...[
    ['LF', ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n'],
    ['CR', ' hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r'],
    ['CRLF', ' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n'],
    ['mixed line ends', ' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n'],
  ].map(
    ([name, text]) =>
      [
        name!,
        text!,
        [
          'e9496ae3ebfced30:1',
          'fb7c023a8b9ccb3f:1',
          'ce8ba1a563dcdaca:1',
          'e20e36e16fcb0cc8:1',
          'b3edc88f2938467e:1',
          'c8e28b0b4002a3a0:1',
          'c129715d7a2bc9a3:1',
        ],
      ] as const,
  ),
  [
    'repeated lines',
    'Lorem ipsum dolor sit amet.\n'.repeat(10),
    [
      'a7f2ff13bc495cf2:1',
      'a7f2ff13bc495cf2:2',
      'a7f2ff13bc495cf2:3',
      'a7f2ff13bc495cf2:4',
      'a7f2ff13bc495cf2:5',
      'a7f2ff13bc495cf2:6',
      'a7f2ff1481e87703:1',
      'a9cf91f7bbf1862b:1',
      '55ec222b86bcae53:1',
      'cc97dc7b1d7d8f7b:1',
      'c129715d7a2bc9a3:1',
    ],
  ],
  [
    'a small program',
    'x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n',
    [
      'e54938cc54b302f1:1',
      'bb609acbe9138d60:1',
      '1131fd5871777f34:1',
      '5c482a0f8b35ea28:1',
      '54517377da7028d2:1',
      '2c644846cb18d53e:1',
      'f1b89f20de0d133:1',
      'c129715d7a2bc9a3:1',
    ],
  ],
];

describe('lineHashes', () => {
  test.each(VECTORS)('%s', (_name, text, hashes) => {
    expect(lineHashes(text)).toEqual(hashes);
  });

  test('a blank between the two halves of CRLF makes two lines, as in the action', () => {
    expect(lineHashes('a\r \nb')).toHaveLength(3);
  });

  test('only the hundred characters behind the start of a line count', () => {
    const text = `${'a'.repeat(99)}\nb\n`;
    expect(lineHashes(text)[0]).toBe(lineHashes(`${text}c`)[0]);
    expect(lineHashes(text)[0]).not.toBe(lineHashes(`${'a'.repeat(98)}c\nb\n`)[0]);
  });

  test('equals the definition in plain big integers', () => {
    const text = 'const é = "\u{1f600}";\n\tcall(\u2028é);\n'.repeat(9);
    expect(lineHashes(text)).toEqual(hashByDefinition(text));
  });
});

/** The definition, one window at a time. */
function hashByDefinition(text: string): string[] {
  const characters = [...text.replace(/[ \t]/g, '')].flatMap((character) =>
    character.length === 2 ? [character.charCodeAt(0), character.charCodeAt(1)] : [character.charCodeAt(0)],
  );
  characters.push(0xffff);
  const seen = new Map<string, number>();
  return characters.flatMap((_, start) => {
    if (start > 0 && characters[start - 1] !== 10) return [];
    let hash = 0n;
    for (let i = start; i < start + 100; i++) hash = BigInt.asUintN(64, hash * 37n + BigInt(characters[i] ?? 0));
    const digits = hash.toString(16);
    seen.set(digits, (seen.get(digits) ?? 0) + 1);
    return [`${digits}:${seen.get(digits)}`];
  });
}
