import { describe, expect, it } from 'vitest';
import { compileGlob, expandBraces, matchGlob } from '../../src/project/glob.js';

function matches(pattern: string, path: string): boolean {
  const glob = compileGlob(pattern);
  return glob !== undefined && matchGlob(glob, path.split('/'));
}

describe('glob', () => {
  it.each([
    ['a.ts', 'a.ts', true],
    ['a.ts', 'aats', false],
    ['*.ts', 'a.ts', true],
    ['*.ts', 'a/b.ts', false],
    ['**/*.ts', 'b.ts', true],
    ['**/*.ts', 'a/c/b.ts', true],
    ['a/**', 'a', false],
    ['a/**', 'a/b/c', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/x/y/c', false],
    ['?', 'é', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[]]', ']', true],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a[', 'a[', false],
    ['a**b', 'axxb', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it('takes time that grows with pattern times path', () => {
    const segment = `${'a*'.repeat(60)}b`;
    expect(matches(segment, 'a'.repeat(240))).toBe(false);
    expect(matches(`${'**/a/'.repeat(40)}b`, 'a/'.repeat(200).concat('c'))).toBe(false);
  });

  it('spells out braces, nested ones too', () => {
    expect(expandBraces('**/*.{test,spec}.ts')).toEqual(['**/*.test.ts', '**/*.spec.ts']);
    expect(expandBraces('{a,{b,c}}/d')).toEqual(['a/d', 'b/d', 'c/d']);
    expect(expandBraces('{a}{b,c}')).toEqual(['{a}b', '{a}c']);
    expect(expandBraces('a{b}c')).toEqual(['a{b}c']);
    const many = '{a,b}'.repeat(12);
    expect(expandBraces(many)).toEqual([many]);
  });
});
