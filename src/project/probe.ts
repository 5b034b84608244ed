import type { FileTree } from './file-tree.js';
import type { ManifestStore } from './manifest.js';
import { joinPath } from './paths.js';

/** Extensions tried behind a path without one. Sources come before declarations: it is the code that is followed. */
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.astro', '.json'];
const DECLARATIONS = ['.d.ts', '.d.mts', '.d.cts'];
/** React Native picks one of these by platform. */
const PLATFORMS = ['.web', '.native', '.ios', '.android'];
/** What an extension that is written in a specifier may stand for; the TypeScript source first, as the compiler does it. */
const WRITTEN: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx', '.js', '.jsx', '.d.ts']],
  ['.jsx', ['.tsx', '.jsx', '.ts', '.js', '.d.ts']],
  ['.mjs', ['.mts', '.mjs', '.d.mts', '.ts']],
  ['.cjs', ['.cts', '.cjs', '.d.cts', '.ts']],
]);

/** The file that a path without or with extension means, as TypeScript, Node and bundlers look for it. */
export function probePath(path: string, tree: FileTree, manifests: ManifestStore): string | undefined {
  return probeFile(tree.follow(path), tree) ?? probeIndex(path, tree, manifests);
}

/** The file that stands for a folder: what its manifest names, or `index`. */
export function probeIndex(folder: string, tree: FileTree, manifests: ManifestStore): string | undefined {
  const real = tree.follow(folder);
  return tree.hasFolder(real) ? probeFolder(real, tree, manifests, 0) : undefined;
}

/** Like `probePath`, without folders. */
export function probeFile(path: string, tree: FileTree): string | undefined {
  if (path === '') return undefined;
  const dot = path.lastIndexOf('.');
  const written = dot > path.lastIndexOf('/') ? WRITTEN.get(path.slice(dot)) : undefined;
  if (written) {
    const stem = path.slice(0, dot);
    const found = written.find((extension) => tree.hasFile(stem + extension));
    if (found) return stem + found;
  }
  if (tree.hasFile(path)) return path;
  for (const extension of EXTENSIONS) if (tree.hasFile(path + extension)) return path + extension;
  for (const extension of DECLARATIONS) if (tree.hasFile(path + extension)) return path + extension;
  for (const platform of PLATFORMS) {
    for (const extension of EXTENSIONS)
      if (tree.hasFile(path + platform + extension)) return path + platform + extension;
  }
  return undefined;
}

function probeFolder(folder: string, tree: FileTree, manifests: ManifestStore, depth: number): string | undefined {
  for (const entry of depth < 4 ? (manifests.at(folder)?.entries ?? []) : []) {
    const target = joinPath(folder, entry);
    if (target === undefined || target === folder) continue;
    const found =
      probeFile(target, tree) ?? (tree.hasFolder(target) ? probeFolder(target, tree, manifests, depth + 1) : undefined);
    if (found) return found;
  }
  return probeFile(folder === '' ? 'index' : `${folder}/index`, tree);
}
