import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { lowerFiles } from '../../src/pool/lower-files.js';

const limits = DEFAULT_LIMITS;

describe('lowerFiles', () => {
  it('gives what lowerFile gives, in the order of the files, with any number of workers', async () => {
    const files = Array.from({ length: 40 }, (_, i) => {
      const calls = '  g(() => a);\n'.repeat(i % 7);
      return {
        path: `src/f${i}.ts`,
        text: `export function f${i}(a: string) {\n${calls}}\n// ${'filling '.repeat(5000)}\n`,
      };
    });
    expect(files.reduce((sum, { text }) => sum + text.length, 0)).toBeGreaterThan(1_500_000);
    const expected = files.map(({ path, text }) => lowerFile(path, text, limits));
    expect(await lowerFiles(files, { jobs: 1, limits })).toEqual(expected);
    expect(await lowerFiles(files, { jobs: 3, limits })).toEqual(expected);
  });

  it('lowers in a worker what is nested too deeply for the main thread', async () => {
    const deep = `export const a = ${'['.repeat(5000)}${']'.repeat(5000)};\n`;
    expect(lowerFile('deep.ts', deep, limits).functions).toEqual([]);
    const [before, file, after] = await lowerFiles(
      [
        { path: 'a.ts', text: 'export const a = 1;\n' },
        { path: 'deep.ts', text: deep },
        { path: 'b.ts', text: 'export const b = 1;\n' },
      ],
      { jobs: 1, limits },
    );
    expect([before?.path, file?.path, after?.path]).toEqual(['a.ts', 'deep.ts', 'b.ts']);
    expect(file?.diagnostics).toEqual([]);
    expect(file?.exports.map((each) => each.kind === 'variable' && each.name)).toEqual(['a']);
  });

  it('says so where even a worker cannot', async () => {
    const deep = `export const a = ${'['.repeat(200_000)}${']'.repeat(200_000)};\n`;
    const relaxed = { ...limits, lineCharacters: 1_000_000 };
    const [file] = await lowerFiles([{ path: 'deep.ts', text: deep }], { jobs: 1, limits: relaxed });
    expect(file?.functions).toEqual([]);
    expect(file?.diagnostics.length).toBe(1);
  });
});
