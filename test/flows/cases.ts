import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Expectation, listFiles, readExpectations } from '../fixtures/expectations.js';

export const FLOWS = join(import.meta.dirname, '../../fixtures/flows');

/** Features whose cases need third-party packages, or types that nothing checks at run time: they are scanned, and not run. */
export const NOT_RUN: ReadonlySet<string> = new Set(['frameworks', 'types']);

/** One case of `fixtures/flows`: a file of a feature's folder, or a folder there. */
export interface FlowCase {
  readonly feature: string;
  readonly name: string;
  /** Paths relative to the feature's folder. */
  readonly files: readonly string[];
  /** The file that is run, relative to the feature's folder. */
  readonly main: string;
  /** With paths relative to the feature's folder. */
  readonly expectations: readonly Expectation[];
}

/** The features, sorted. */
export function listFeatures(): string[] {
  return readdirSync(FLOWS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The cases of a feature, sorted by name. */
export function listCases(feature: string): FlowCase[] {
  const folder = join(FLOWS, feature);
  const expectations = readExpectations(folder);
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'known-limits.json')
    .map((entry): FlowCase => {
      const { name } = entry;
      const files = entry.isDirectory() ? listFiles(join(folder, name)).map((file) => `${name}/${file}`) : [name];
      const main = entry.isDirectory() ? mainOf(folder, name) : name;
      return { feature, name, files, main, expectations: expectations.filter(({ file }) => files.includes(file)) };
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function mainOf(folder: string, name: string): string {
  const candidates = ['main.ts', 'main.cjs', 'main.mjs'];
  const found = candidates.find((candidate) => existsSync(join(folder, name, candidate)));
  return `${name}/${found ?? candidates[0]}`;
}
