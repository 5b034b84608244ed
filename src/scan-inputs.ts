import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Diagnostic } from './core/diagnostic.js';
import type { ScanOptions } from './core/options.js';
import { NO_SETTINGS } from './core/settings.js';
import type { Discovery } from './project/discover.js';

/** Everything that a scan is asked for and that its result depends on; undefined where that cannot be told. */
export function describeRequest(options: ScanOptions): string | undefined {
  const { root, jobs, cacheDir, onProgress, ...asked } = options;
  if (Object.values(asked).some((value) => typeof value === 'function')) return undefined;
  if (asked.changes !== undefined) return undefined;
  const { models, lexicons, secretFormats } = asked.settings ?? NO_SETTINGS;
  const own = [...models, ...lexicons, ...secretFormats].map(({ path }) => [path, digestFile(path)]);
  return JSON.stringify([asked, own]);
}

/** A digest of what discovery found, said and chose, and of the content of every file that it chose. */
export function digestDiscovery(root: string, discovery: Discovery, diagnostics: readonly Diagnostic[]): string {
  const { tree, ...found } = discovery;
  const hash = createHash('sha256').update(JSON.stringify([found, tree.files, [...tree.links], diagnostics]));
  const lists: readonly (readonly string[])[] = Object.values(found).filter((value) => Array.isArray(value));
  for (const path of lists.flat()) hash.update(digestFile(`${root}/${path}`));
  return hash.digest('hex');
}

/** A digest of a file's content, or what kept it from being read. */
export function digestFile(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch (error) {
    return `unreadable: ${(error as NodeJS.ErrnoException).code}`;
  }
}
