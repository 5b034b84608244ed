import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A text to mutate, by its path below the fixtures. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;
const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** The texts of the fixtures, in code-unit order: what is lowered, and all others. */
export function readSources(): { readonly code: readonly Source[]; readonly others: readonly Source[] } {
  const sources = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(FIXTURES.length + 1))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${FIXTURES}/${path}`, 'utf8') }));
  return {
    code: sources.filter(({ path }) => CODE.test(path)),
    others: sources.filter(({ path }) => !CODE.test(path)),
  };
}
