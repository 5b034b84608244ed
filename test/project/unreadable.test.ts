import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { readText } from '../../src/project/read-text.js';
import { makeTree, scan } from './tree.js';

/** Permissions do not stop the superuser, as whom tests may run. */
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const guard =
    <Rest extends unknown[], Result>(call: (path: string, ...rest: Rest) => Result) =>
    (path: string, ...rest: Rest): Result => {
      if (String(path).includes('locked')) throw Object.assign(new Error('denied'), { code: 'EACCES' });
      return call(path, ...rest);
    };
  return { ...fs, readdirSync: guard(fs.readdirSync as never), readFileSync: guard(fs.readFileSync as never) };
});

it('reports what cannot be read and goes on', () => {
  const root = makeTree(['a.ts', 'locked-folder/b.ts', 'locked.ts', 'z.ts']);
  const { code, skipped, diagnostics } = scan(root);
  expect(code).toEqual(['a.ts', 'z.ts']);
  expect(skipped).toEqual({ unreadable: 2 });
  const message = 'cannot be read (EACCES)';
  expect(diagnostics).toEqual([
    { kind: 'unreadable', message, file: 'locked.ts' },
    { kind: 'unreadable', message, file: 'locked-folder' },
  ]);
});

it('reports a file that can no longer be read', () => {
  const diagnostics: unknown[] = [];
  expect(readText(join(makeTree({})), 'locked.json', (one) => diagnostics.push(one))).toBeUndefined();
  expect(diagnostics).toEqual([{ kind: 'unreadable', message: 'cannot be read (EACCES)', file: 'locked.json' }]);
});
