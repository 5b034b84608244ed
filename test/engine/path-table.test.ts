import { expect, it } from 'vitest';
import { PathTable } from '../../src/engine/path-table.js';

const DEPTH = 5;

/** The keys of the path that `keys` lead to. */
function follow(keys: readonly string[]): readonly string[] {
  const paths = new PathTable(DEPTH);
  return paths.keys(paths.extendAll(0, keys));
}

it('recursive data folds, elements at the second dimension', () => {
  expect(follow(['next', 'value', 'next'])).toEqual(['next']);
  expect(follow(['rows', '[]', '[]', '[]'])).toEqual(['rows', '[]', '[]']);
});

it('internal keys do not count in the depth, and fold where they stand again', () => {
  expect(follow(['a', '%keys', 'b', 'c', 'd', 'e', 'f'])).toEqual(['a', '%keys', 'b', 'c', 'd', 'e']);
  expect(follow(['a', '%keys', '%keys', '%keys'])).toEqual(['a', '%keys']);
  expect(follow(['a', '%keys', 'b', '%0', '%keys', 'b'])).toEqual(['a', '%keys', 'b']);
});

it('what writes below its own place makes no paths without an end', () => {
  const paths = new PathTable(DEPTH);
  const seen = new Set<number>();
  const reach = (path: number): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const key of ['%keys', '%0', 'field']) {
      const next = paths.extend(path, key);
      if (next !== undefined) reach(next);
    }
  };
  reach(0);
  // every order of at most one of each
  expect(seen.size).toBe(16);
});
