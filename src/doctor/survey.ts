/**
 * What a scan has to go on in a repository: which packages its code imports, in which major versions, whether there is a model of them,
 * and how long each file took to read. The files are lowered one after another on this thread, so that their times can be compared.
 */

import type { Diagnostic } from '../core/diagnostic.js';
import type { Limits } from '../core/limits.js';
import { lowerFile } from '../frontend/js/lower-file.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { discover } from '../project/discover.js';
import { readText } from '../project/read-text.js';
import { createResolver, type Resolver } from '../project/resolve.js';

export interface SurveyOptions {
  /** Absolute path of the folder to which every path is relative. */
  readonly root: string;
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  readonly limits: Limits;
  readonly knowledge: Pick<Knowledge, 'module'>;
  /** Milliseconds since some point in the past. */
  readonly clock: () => number;
}

export interface Survey {
  /** Sorted by name, then by major version. */
  readonly packages: readonly ImportedPackage[];
  /** All files of code, in code-unit order. */
  readonly files: readonly FileTime[];
}

export interface ImportedPackage {
  readonly name: string;
  /** Undefined where no manifest, lockfile or installed package tells. */
  readonly major: number | undefined;
  /** Files that import it. */
  readonly files: number;
  /** Whether there is a model of it, so that it is known what it does with data. */
  readonly modelled: boolean;
}

export interface FileTime {
  readonly file: string;
  /** What parsing and lowering it took. */
  readonly milliseconds: number;
}

export function survey(options: SurveyOptions): Survey {
  const { root, paths, exclude, limits, clock } = options;
  const ignore = (_: Diagnostic): void => undefined;
  const discovery = discover(root, { paths, exclude, limits }, ignore);
  const resolver = createResolver(discovery.tree, ignore);
  const found = new Map<string, { name: string; major: number | undefined; files: number; modelled: boolean }>();
  const files: FileTime[] = [];
  for (const path of discovery.code) {
    const text = readText(root, path, ignore)?.text;
    if (text === undefined) continue;
    const start = clock();
    const { specifiers } = lowerFile(path, text, limits);
    files.push({ file: path, milliseconds: clock() - start });
    const seen = new Set<string>();
    for (const specifier of specifiers) {
      const reference = referTo(resolver, specifier.text, path, specifier.form === 'require');
      if (reference === undefined) continue;
      const { name, major, subpath } = reference;
      const key = `${name}@${major ?? ''}`;
      const entry = found.get(key) ?? { name, major, files: 0, modelled: false };
      found.set(key, entry);
      if (!seen.has(key)) entry.files++;
      seen.add(key);
      entry.modelled ||= options.knowledge.module([name, subpath].filter(Boolean).join('/'), major) !== 0;
    }
  }
  const packages = [...found.values()].sort(
    (left, right) =>
      (left.name < right.name ? -1 : left.name > right.name ? 1 : 0) || (left.major ?? -1) - (right.major ?? -1),
  );
  return { packages, files };
}

function referTo(resolver: Resolver, specifier: string, from: string, isRequire: boolean) {
  const target = resolver.resolve(specifier, from, isRequire ? 'require' : 'import');
  return target.kind === 'package' ? target : undefined;
}
