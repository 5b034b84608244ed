import type { LockfileStore } from './lockfile.js';
import type { Manifest, ManifestStore } from './manifest.js';
import { aliasedName, majorOf } from './version.js';
import type { WorkspaceStore } from './workspaces.js';

/** Tells which version of which package a name stands for. */
export class InstalledPackages {
  constructor(
    readonly manifests: ManifestStore,
    readonly workspaces: WorkspaceStore,
    readonly lockfiles: LockfileStore,
  ) {}

  /**
   * The real name of a package (an alias such as `npm:openai@^3` resolved) and its major version: as locked for the importing package,
   * else as its range says, catalogs of the workspace looked up.
   *
   * @param folder the folder of the importing file
   * @param declaring the manifest that lists the name among its dependencies
   */
  find(
    name: string,
    folder: string,
    declaring: Manifest | undefined,
  ): { readonly name: string; readonly major: number | undefined } {
    const importer = declaring ?? this.manifests.above(folder);
    const written = declaring?.dependencies.get(name);
    const range = written?.startsWith('catalog:')
      ? this.#fromCatalog(name, written.slice('catalog:'.length), folder)
      : written;
    const locked = this.lockfiles.version(name, importer?.folder ?? folder, written);
    const major =
      (locked === undefined ? undefined : majorOf(locked)) ?? (range === undefined ? undefined : majorOf(range));
    return { name: (range === undefined ? undefined : aliasedName(range)) ?? name, major };
  }

  #fromCatalog(name: string, catalog: string, folder: string): string | undefined {
    return this.workspaces
      .above(folder)
      ?.catalogs.get(catalog === '' ? 'default' : catalog)
      ?.get(name);
  }
}
