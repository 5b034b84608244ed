import type { DiagnosticSink } from '../core/diagnostic.js';
import { conventionalPaths, isVirtualModule } from './aliases.js';
import { matchExports } from './conditions.js';
import { fileKind, isAssetPath } from './file-kind.js';
import type { FileTree } from './file-tree.js';
import { ImportMapStore } from './import-map.js';
import { InstalledPackages } from './installed-packages.js';
import { LockfileStore } from './lockfile.js';
import { type Manifest, ManifestStore } from './manifest.js';
import { folderOf, isWithin, joinPath, pathWithin } from './paths.js';
import { probeIndex, probePath } from './probe.js';
import { sourceBySubpath, sourceOf } from './source-of.js';
import { parseSpecifier, splitPackage } from './specifier.js';
import { mapSpecifier, TsConfigStore } from './tsconfig.js';
import { majorOf } from './version.js';
import { WorkspaceStore } from './workspaces.js';

/** Where a specifier leads. */
export type Resolution =
  /** A file of the tree (code, a declaration or JSON); `via` where it was reached by the name of an own package. */
  | { readonly kind: 'file'; readonly path: string; readonly via?: PackageReference }
  | ({ readonly kind: 'package' } & PackageReference)
  /** A module of the runtime, without `node:`; other runtimes keep their prefix: `bun:sqlite`, `cloudflare:workers`. */
  | { readonly kind: 'builtin'; readonly name: string }
  /** Nothing to follow: style sheets, images, text, virtual modules. */
  | { readonly kind: 'asset' }
  /** A relative, aliased or own-package specifier that leads nowhere; the caller reports it. */
  | { readonly kind: 'unresolved' };

export interface PackageReference {
  readonly name: string;
  /** What follows the name, without the slash; '' for the package itself. */
  readonly subpath: string;
  /** Of the version that is installed for the importing package, else that its range begins with. */
  readonly major?: number;
}

export interface Resolver {
  /**
   * @param specifier as written
   * @param from the importing file
   * @param form `require` where the call is CommonJS
   */
  resolve(specifier: string, from: string, form?: 'import' | 'require'): Resolution;
  /** The manifest that rules a file: the nearest `package.json` above it. */
  manifest(file: string): Manifest | undefined;
}

const UNRESOLVED: Resolution = { kind: 'unresolved' };
const ASSET: Resolution = { kind: 'asset' };
/** A relative specifier that can only mean a folder: `.`, `..`, `./x/`. */
const FOLDER = /(?:^|\/)\.{0,2}$/;
/** How many aliases may lead to one another. */
const HOPS = 4;

/**
 * Resolves specifiers over the known files of a tree, as Node, TypeScript and the usual bundlers do. Manifests, configurations and
 * lockfiles are read when they are first needed, and once; a broken one is a `configuration` diagnostic.
 */
export function createResolver(tree: FileTree, report: DiagnosticSink): Resolver {
  return new TreeResolver(tree, report);
}

class TreeResolver implements Resolver {
  readonly manifests: ManifestStore;
  readonly configs: TsConfigStore;
  readonly #workspaces: WorkspaceStore;
  readonly #installed: InstalledPackages;
  readonly #importMaps: ImportMapStore;
  readonly #known = new Map<string, Resolution>();

  constructor(
    readonly tree: FileTree,
    report: DiagnosticSink,
  ) {
    this.manifests = new ManifestStore(tree, report);
    this.#workspaces = new WorkspaceStore(tree, this.manifests, report);
    const findPackage = (name: string, folder: string) =>
      this.#workspaces.find(name, this.manifests.above(folder), folder)?.folder;
    this.configs = new TsConfigStore(tree, findPackage, report);
    this.#installed = new InstalledPackages(this.manifests, this.#workspaces, new LockfileStore(tree, report));
    this.#importMaps = new ImportMapStore(tree, report);
  }

  manifest(file: string): Manifest | undefined {
    return this.manifests.above(folderOf(file));
  }

  resolve(specifier: string, from: string, form: 'import' | 'require' = 'import'): Resolution {
    const folder = folderOf(from);
    const key = `${form}\0${folder}\0${specifier}`;
    let resolution = this.#known.get(key);
    if (!resolution) {
      resolution = this.#resolve(specifier, folder, form, 0);
      this.#known.set(key, resolution);
    }
    return resolution;
  }

  #resolve(specifier: string, folder: string, form: 'import' | 'require', hops: number): Resolution {
    const parsed = parseSpecifier(specifier);
    switch (parsed.form) {
      case 'asset':
        return ASSET;
      case 'builtin':
        return this.#mapped(parsed.name, folder) ?? { kind: 'builtin', name: parsed.name };
      case 'package':
        return packageResolution(parsed.name, parsed.subpath, parsed.major);
      case 'relative':
        return this.#relative(parsed.path, folder);
      case 'absolute':
        return this.#absolute(parsed.path, folder);
      case 'bare':
        return this.#bare(parsed.path, folder, form, hops);
    }
  }

  #relative(path: string, folder: string): Resolution {
    const target = joinPath(folder, path);
    const found = FOLDER.test(path) ? this.#index(target) : this.#file(target);
    if (found) return found;
    if (isAssetPath(path) || isVirtualModule(path)) return ASSET;
    if (target === undefined) return UNRESOLVED;
    return this.#inRootDirs(target, folder) ?? this.#behindOutput(target) ?? UNRESOLVED;
  }

  /** `rootDirs`: a relative specifier may mean a file below any of them. */
  #inRootDirs(target: string, folder: string): Resolution | undefined {
    for (const config of this.configs.above(folder)) {
      const own = config.rootDirs.find((root) => isWithin(target, root));
      if (own === undefined) continue;
      for (const root of config.rootDirs) {
        const found = this.#file(joinPath(root, pathWithin(target, own)));
        if (found) return found;
      }
    }
    return undefined;
  }

  /** Tests and programs import what the build makes; the source it is made from is what runs. */
  #behindOutput(target: string): Resolution | undefined {
    const owner = this.manifests.above(folderOf(target));
    if (!owner) return undefined;
    const [output] = pathWithin(target, owner.folder).split('/', 1);
    if (this.tree.hasFolder(joinPath(owner.folder, output!)!)) return undefined;
    const found = sourceOf(pathWithin(target, owner.folder), owner, this);
    return found === undefined ? undefined : this.#found(found);
  }

  #absolute(path: string, folder: string): Resolution {
    for (const { folder: base } of this.manifests.chain(folder)) {
      const found = this.#file(joinPath(base, path.slice(1))) ?? this.#file(joinPath(base, `public${path}`));
      if (found) return found;
    }
    return isAssetPath(path) ? ASSET : (this.#file(joinPath('', path.slice(1))) ?? UNRESOLVED);
  }

  #bare(specifier: string, folder: string, form: 'import' | 'require', hops: number): Resolution {
    const mapped = this.#mapped(specifier, folder);
    if (mapped) return mapped;
    if (specifier.startsWith('#')) {
      const internal = this.#internal(specifier, folder, form, hops);
      if (internal) return internal;
    }
    const viaMap = this.#importMaps.find(specifier, folder);
    if (viaMap && hops < HOPS) return this.#resolve(viaMap.specifier, viaMap.folder, form, hops + 1);
    const parts = splitPackage(specifier);
    const own = parts && this.#workspaces.find(parts.name, this.manifests.above(folder), folder);
    if (parts && own) return this.#inOwnPackage(parts.name, parts.subpath, own, form) ?? UNRESOLVED;
    const declaring = parts && this.manifests.chain(folder).find((manifest) => manifest.dependencies.has(parts.name));
    if (!declaring) {
      const found = this.#fromBaseUrl(specifier, folder) ?? this.#conventional(specifier, folder);
      if (found) return found;
    }
    if (isVirtualModule(specifier))
      return specifier.startsWith('$env') ? packageResolution('$env', specifier.slice(5), undefined) : ASSET;
    if (!parts || (!declaring && this.#isClaimed(specifier, folder)))
      return isAssetPath(specifier) ? ASSET : UNRESOLVED;
    const installed = this.#installed.find(parts.name, folder, declaring);
    return packageResolution(installed.name, parts.subpath, installed.major);
  }

  /** `paths` of the configurations above, where the target exists. */
  #mapped(specifier: string, folder: string): Resolution | undefined {
    for (const config of this.configs.above(folder)) {
      for (const target of mapSpecifier(config, specifier)?.targets ?? []) {
        const found = this.#file(target);
        if (found) return found;
      }
    }
    return undefined;
  }

  /** Whether `paths` speak of the specifier in particular, so that it is no package. */
  #isClaimed(specifier: string, folder: string): boolean {
    return this.configs.above(folder).some((config) => {
      const pattern = mapSpecifier(config, specifier)?.pattern;
      return pattern !== undefined && pattern !== '*';
    });
  }

  #fromBaseUrl(specifier: string, folder: string): Resolution | undefined {
    for (const { baseUrl } of this.configs.above(folder)) {
      const found = baseUrl === undefined ? undefined : this.#file(joinPath(baseUrl, specifier));
      if (found) return found;
    }
    return undefined;
  }

  #conventional(specifier: string, folder: string): Resolution | undefined {
    const paths = conventionalPaths(specifier);
    const bases = paths.length === 0 ? [] : this.manifests.chain(folder).map((manifest) => manifest.folder);
    for (const base of bases.includes('') || paths.length === 0 ? bases : [...bases, '']) {
      for (const path of paths) {
        const found = this.#file(joinPath(base, path.replace(/^\//, '')));
        if (found) return found;
      }
    }
    return undefined;
  }

  /** `#name` of the `imports` of the nearest manifest. */
  #internal(specifier: string, folder: string, form: 'import' | 'require', hops: number): Resolution | undefined {
    const manifest = this.manifests.chain(folder).find((candidate) => candidate.imports);
    for (const target of manifest ? matchExports(manifest.imports, specifier, form) : []) {
      if (!target.startsWith('./'))
        return hops < HOPS ? this.#resolve(target, manifest!.folder, form, hops + 1) : UNRESOLVED;
      const found = sourceOf(target, manifest!, this);
      if (found) return this.#found(found);
    }
    return undefined;
  }

  #inOwnPackage(name: string, subpath: string, own: Manifest, form: 'import' | 'require'): Resolution | undefined {
    const targets =
      own.exports === undefined || own.exports === null
        ? []
        : matchExports(own.exports, subpath === '' ? '.' : `./${subpath}`, form);
    if (subpath === '') targets.push(...own.entries);
    else targets.push(subpath);
    const found = firstOf(targets, (target) => sourceOf(target, own, this)) ?? sourceBySubpath(subpath, own, this);
    if (found === undefined) return isAssetPath(subpath) || targets.some(isAssetPath) ? ASSET : undefined;
    const resolution = this.#found(found);
    if (resolution.kind !== 'file') return resolution;
    const major = own.version === undefined ? undefined : majorOf(own.version);
    return { ...resolution, via: { name, subpath, ...(major !== undefined && { major }) } };
  }

  #file(path: string | undefined): Resolution | undefined {
    const found = path === undefined ? undefined : probePath(path, this.tree, this.manifests);
    return found === undefined ? undefined : this.#found(found);
  }

  #index(folder: string | undefined): Resolution | undefined {
    const found = folder === undefined ? undefined : probeIndex(folder, this.tree, this.manifests);
    return found === undefined ? undefined : this.#found(found);
  }

  #found(path: string): Resolution {
    const kind = fileKind(path);
    return kind === 'code' || kind === 'declaration' || kind === 'unknown' || path.endsWith('.json')
      ? { kind: 'file', path }
      : ASSET;
  }
}

function packageResolution(name: string, subpath: string, major: number | undefined): Resolution {
  return { kind: 'package', name, subpath, ...(major !== undefined && { major }) };
}

function firstOf<Item, Result>(items: readonly Item[], find: (item: Item) => Result | undefined): Result | undefined {
  for (const item of items) {
    const result = find(item);
    if (result !== undefined) return result;
  }
  return undefined;
}
