import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { listFiles } from '../../fixtures/expectations.js';
import type { Tree } from './render.js';

/** What fires a check and what leaves it silent. */
export interface Case<T> {
  readonly fires: readonly T[];
  readonly silent: readonly T[];
}

export type Section =
  | 'settings'
  | 'commands'
  | 'variables'
  | 'nodes'
  | 'command-sources'
  | 'variable-sources'
  | 'embedded';

/** Cases by the section that they are for, and the check's id there. */
export type Cases = { readonly [section in Section]?: Readonly<Record<string, Case<Tree>>> };

const FOLDER = join(import.meta.dirname, '../../../fixtures/checks');

/** The cases of one section, over all files of `fixtures/checks`. */
export function casesOf(section: Section): Map<string, Case<Tree>> {
  const cases = listFiles(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => Object.entries((parse(readFileSync(join(FOLDER, file), 'utf8')) as Cases)[section] ?? {}));
  return new Map(cases);
}
