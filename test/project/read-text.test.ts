import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import { decodeText, readText } from '../../src/project/read-text.js';
import { makeTree } from './tree.js';

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('héllo'), 'héllo', true],
    ['UTF-8 with a mark', Buffer.from('\uFEFFhéllo'), 'héllo', true],
    ['UTF-16 LE', Buffer.from('\uFEFFhéllo', 'utf16le'), 'héllo', true],
    ['UTF-16 BE', Buffer.from('\uFEFFhéllo', 'utf16le').swap16(), 'héllo', true],
    ['invalid UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'a\uFFFDb', false],
    ['nothing', Buffer.alloc(0), '', true],
  ])('%s', (_title, bytes, text, valid) => {
    expect(decodeText(bytes)).toEqual({ text, valid });
  });

  it('takes NUL bytes for binary data', () => {
    expect(decodeText(Buffer.from([0x61, 0, 0x62]))).toBeUndefined();
  });
});

describe('readText', () => {
  it('hashes the bytes', () => {
    const root = makeTree({ 'a.ts': 'abc' });
    expect(readText(root, 'a.ts', () => {})).toEqual({
      path: 'a.ts',
      text: 'abc',
      hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
  });

  it('reports what is no valid text', () => {
    const root = makeTree({ 'a.ts': Buffer.from([0x61, 0xff]), 'b.json': Buffer.from([0, 1]) });
    const diagnostics: Diagnostic[] = [];
    expect(readText(root, 'a.ts', (one) => diagnostics.push(one))?.text).toBe('a\uFFFD');
    expect(readText(root, 'b.json', (one) => diagnostics.push(one))).toBeUndefined();
    expect(diagnostics.map(({ kind, file }) => [kind, file])).toEqual([
      ['encoding', 'a.ts'],
      ['skipped-file', 'b.json'],
    ]);
  });
});
