import { join } from 'node:path';
import type { Checks } from '../../../src/checks/check.js';
import { checkFile } from '../../../src/checks/check-file.js';
import { isConfigurationOfInterest } from '../../../src/checks/of-interest.js';
import { loadChecks } from '../../../src/checks/schema/load-checks.js';
import { render, type Tree } from './render.js';

/** All checks of the data. */
export const CHECKS = loadChecks(join(import.meta.dirname, '../../../rules'));

const NONE: Checks = {
  ...CHECKS,
  settings: [],
  commands: [],
  variables: [],
  embedded: [],
  workflow: undefined,
  exports: [],
};

/** How many findings the given checks alone raise in one file. */
export function count(path: string, tree: Tree, checks: Partial<Checks>): number {
  if (!isConfigurationOfInterest(path)) return 0;
  return checkFile(path, render(path, tree), { ...NONE, ...checks }, () => {}).length;
}
