import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The names under which a configuration is found, in the order in which they are tried. */
export const CONFIGURATION_NAMES = [
  'spillcheck.config.yaml',
  'spillcheck.config.yml',
  'spillcheck.config.json',
  'package.json',
] as const;

/**
 * The configuration of a folder: the nearest one from there up to `root`. A package.json counts only where it has the key `spillcheck`.
 *
 * @param root absolute path of the repository
 * @param folder absolute path of `root` or of a folder in it
 */
export function findConfiguration(root: string, folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const found = CONFIGURATION_NAMES.map((name) => join(current, name)).find(isConfiguration);
    if (found !== undefined) return found;
    if (current === root || dirname(current) === current) return undefined;
  }
}

function isConfiguration(path: string): boolean {
  // a pipe or a device of that name would never end
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  if (!path.endsWith('package.json')) return true;
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return typeof manifest === 'object' && manifest !== null && Object.hasOwn(manifest, 'spillcheck');
  } catch {
    // a broken manifest is reported by the scan
    return false;
  }
}
