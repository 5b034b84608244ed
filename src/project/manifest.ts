import type { DiagnosticSink } from '../core/diagnostic.js';
import type { FileTree } from './file-tree.js';
import { asRecord, asString, asStrings, parseJson } from './parse-data.js';
import { folderOf, foldersUpward } from './paths.js';

/** What module resolution needs of a `package.json`. */
export interface Manifest {
  /** The folder it stands in. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** Package name as imported → range as written; dependencies of all sorts in one. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly exports: unknown;
  readonly imports: Readonly<Record<string, unknown>> | undefined;
  /** Entry points outside of `exports`, the ones that name sources first. */
  readonly entries: readonly string[];
  /** Programs it installs. */
  readonly programs: readonly string[];
  /** Patterns of the packages that belong to it, relative to `folder`; undefined where it is no workspace root. */
  readonly workspaces: readonly string[] | undefined;
  /** Version catalogs kept in the manifest: catalog name → package name → range. */
  readonly catalogs: Catalogs;
}

export type Catalogs = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads each manifest once. */
export class ManifestStore {
  readonly #byFolder = new Map<string, Manifest | undefined>();

  constructor(
    readonly tree: FileTree,
    readonly report: DiagnosticSink,
  ) {}

  /** The manifest in a folder. */
  at(folder: string): Manifest | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const path = folder === '' ? 'package.json' : `${folder}/package.json`;
    const text = this.tree.hasFile(path) ? this.tree.read(path) : undefined;
    const manifest = text === undefined ? undefined : readManifest(folder, parseJson(path, text, this.report));
    this.#byFolder.set(folder, manifest);
    return manifest;
  }

  /** The manifest that rules a file or folder: the nearest one above. */
  above(folder: string): Manifest | undefined {
    return this.chain(folder)[0];
  }

  /** All manifests from a folder upward, nearest first. */
  chain(folder: string): Manifest[] {
    return foldersUpward(folder).flatMap((current) => this.at(current) ?? []);
  }

  /** All manifests of the tree, in the order of their paths. */
  all(): Manifest[] {
    return this.tree.named('package.json').flatMap((path) => this.at(folderOf(path)) ?? []);
  }
}

function readManifest(folder: string, value: unknown): Manifest | undefined {
  const json = asRecord(value);
  if (!json) return undefined;
  const workspaces = asRecord(json.workspaces);
  const dependencies = new Map<string, string>();
  for (const group of ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies']) {
    for (const [name, range] of Object.entries(asRecord(json[group]) ?? {})) {
      if (typeof range === 'string') dependencies.set(name, range);
    }
  }
  const programs =
    typeof json.bin === 'string'
      ? [json.bin]
      : Object.values(asRecord(json.bin) ?? {}).filter((bin) => typeof bin === 'string');
  return {
    folder,
    name: asString(json.name),
    version: asString(json.version),
    dependencies,
    exports: json.exports,
    imports: asRecord(json.imports),
    entries: ['source', 'svelte', 'types', 'typings', 'module', 'main', 'browser'].flatMap(
      (field) => asString(json[field]) ?? [],
    ),
    programs,
    workspaces: workspaces
      ? asStrings(workspaces.packages)
      : json.workspaces === undefined
        ? undefined
        : asStrings(json.workspaces),
    catalogs: readCatalogs(workspaces ?? json),
  };
}

/** `catalog` and `catalogs`, as pnpm-workspace.yaml and Bun's and Yarn's manifests hold them. */
export function readCatalogs(json: Readonly<Record<string, unknown>>): Catalogs {
  const catalogs = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, entries] of [
    ['default', json.catalog],
    ...Object.entries(asRecord(json.catalogs) ?? {}),
  ] as const) {
    const ranges = Object.entries(asRecord(entries) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    if (ranges.length > 0) catalogs.set(name as string, new Map(ranges));
  }
  return catalogs;
}
