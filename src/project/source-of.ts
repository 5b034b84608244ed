import type { FileTree } from './file-tree.js';
import type { Manifest, ManifestStore } from './manifest.js';
import { isWithin, joinPath, pathWithin } from './paths.js';
import { probeFile, probePath } from './probe.js';
import type { TsConfigStore } from './tsconfig.js';

export interface SourceFinder {
  readonly tree: FileTree;
  readonly manifests: ManifestStore;
  readonly configs: TsConfigStore;
}

const OUTPUT_EXTENSION =
  /(?:\.d\.[cm]?ts|\.min\.[cm]?js|\.umd\.[cm]?js|\.esm\.[cm]?js|\.(?:cjs|es|node|browser)\.[cm]?js|\.[cm]?jsx?)$/;
/** Folders of published files: where they are, and formats below them. */
const OUTPUT_FOLDERS = new Set(
  'dist build out lib libs es esm cjs mjs umd output types typings dts commonjs module modern node browser legacy release _esm _cjs _types import require default prod'.split(
    ' ',
  ),
);
const SOURCE_FOLDERS = ['src', '', 'source', 'lib', 'app'];
const MAIN_FILES = ['src/index', 'index', 'src/main', 'lib/index', 'source/index', 'src/mod', 'mod', 'main'];

/**
 * The source behind an entry point of an own package. Entry points name what gets published (`dist/index.mjs`), which is not in the
 * repository: the compiler's `outDir` and `rootDir` tell what it is made from, then convention does.
 *
 * @param target relative to the package's folder
 */
export function sourceOf(target: string, manifest: Manifest, finder: SourceFinder): string | undefined {
  const path = joinPath(manifest.folder, target);
  if (path === undefined) return undefined;
  const exact = OUTPUT_EXTENSION.test(path)
    ? probeFile(path, finder.tree)
    : probePath(path, finder.tree, finder.manifests);
  if (exact !== undefined && !/\.d\.[cm]?ts$/.test(exact)) return exact;
  return sourceByConfig(path, manifest, finder) ?? sourceByConvention(path, manifest, finder) ?? exact;
}

/** Where a package keeps the module of a subpath (`''` for the package itself) when its entry points do not tell. */
export function sourceBySubpath(subpath: string, manifest: Manifest, finder: SourceFinder): string | undefined {
  const candidates = subpath === '' ? MAIN_FILES : SOURCE_FOLDERS.map((folder) => `${folder}/${subpath}`);
  return probeFirst(candidates, manifest.folder, finder);
}

function sourceByConfig(path: string, manifest: Manifest, finder: SourceFinder): string | undefined {
  for (const config of finder.configs.inFolder(manifest.folder)) {
    for (const output of config.outputs) {
      if (output === manifest.folder || !isWithin(path, output)) continue;
      const rest = pathWithin(path, output);
      const roots =
        config.rootDir === undefined ? [joinPath(manifest.folder, 'src')!, manifest.folder] : [config.rootDir];
      for (const root of roots) {
        const found = probeFirst([rest], root, finder);
        if (found) return found;
      }
    }
  }
  return undefined;
}

function sourceByConvention(path: string, manifest: Manifest, finder: SourceFinder): string | undefined {
  const segments = pathWithin(path, manifest.folder).split('/');
  for (let skipped = 1; skipped < segments.length && OUTPUT_FOLDERS.has(segments[skipped - 1]!); skipped++) {
    const rest = segments.slice(skipped).join('/');
    const found = probeFirst(
      SOURCE_FOLDERS.map((folder) => `${folder}/${rest}`),
      manifest.folder,
      finder,
    );
    if (found) return found;
  }
  return undefined;
}

function probeFirst(candidates: readonly string[], folder: string, finder: SourceFinder): string | undefined {
  for (const candidate of candidates) {
    const path = joinPath(folder, candidate.replace(/^\//, ''));
    if (path === undefined || path === '') continue;
    const stem = path.replace(OUTPUT_EXTENSION, '');
    const found =
      probePath(stem, finder.tree, finder.manifests) ?? (stem === path ? undefined : probeFile(path, finder.tree));
    if (found !== undefined && !/\.d\.[cm]?ts$/.test(found)) return found;
  }
  return undefined;
}
