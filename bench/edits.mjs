import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../dist/core/limits.js';
import { discover } from '../dist/project/discover.js';
import { createResolver } from '../dist/project/resolve.js';

const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"]([^'"\n]+)['"]/g;

/** Two files to edit: one that no file imports, and the one that most files import. TypeScript and JavaScript modules only. */
export function chooseEdits(folder, files) {
  const { tree } = discover(folder, { paths: [], exclude: [], limits: DEFAULT_LIMITS }, () => {});
  const resolver = createResolver(tree, () => {});
  const importers = new Map(files.filter((file) => /\.[cm]?[jt]sx?$/.test(file)).map((file) => [file, 0]));
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const targets = new Set(
      [...text.matchAll(SPECIFIER)].map(([, specifier]) => resolver.resolve(specifier, file, 'import').path),
    );
    for (const target of targets) if (importers.has(target)) importers.set(target, importers.get(target) + 1);
  }
  const ranked = [...importers].sort(([, left], [, right]) => right - left);
  return { hub: ranked[0][0], leaf: ranked.at(-1)[0] };
}
