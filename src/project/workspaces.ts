import type { DiagnosticSink } from '../core/diagnostic.js';
import type { FileTree } from './file-tree.js';
import { compileGlob, expandBraces, matchGlob } from './glob.js';
import { type Catalogs, type Manifest, type ManifestStore, readCatalogs } from './manifest.js';
import { asRecord, asStrings, parseJson, parseYaml } from './parse-data.js';
import { foldersUpward, isWithin, joinPath, pathWithin } from './paths.js';

/** A set of packages that are developed together (npm, pnpm, Yarn, Bun, Lerna). */
export interface Workspace {
  readonly folder: string;
  /** Members by package name, the root included. */
  readonly members: ReadonlyMap<string, Manifest>;
  readonly catalogs: Catalogs;
}

/** Finds the workspace of a folder and the own package behind a name. */
export class WorkspaceStore {
  readonly #byRoot = new Map<string, Workspace | undefined>();
  #named: Map<string, Manifest[]> | undefined;

  constructor(
    readonly tree: FileTree,
    readonly manifests: ManifestStore,
    readonly report: DiagnosticSink,
  ) {}

  /** The innermost workspace root above a folder. */
  above(folder: string): Workspace | undefined {
    for (const current of foldersUpward(folder)) {
      const workspace = this.#at(current);
      if (workspace) return workspace;
    }
    return undefined;
  }

  /**
   * The package of the scanned repository that a name means for code of `importer`: itself, a folder that the range points to, a member of
   * its workspace, or, for a scoped name that is declared nowhere, the only package of the tree that has it.
   */
  find(name: string, importer: Manifest | undefined, folder: string): Manifest | undefined {
    if (importer?.name === name) return importer;
    const chain = this.manifests.chain(folder);
    const declaring = chain.find((manifest) => manifest.dependencies.has(name));
    const range = declaring?.dependencies.get(name);
    if (declaring && range !== undefined) {
      const linked = /^(?:file|link|portal):(.*)$/s.exec(range) ?? /^workspace:(\..*)$/s.exec(range);
      const target = linked ? joinPath(declaring.folder, linked[1]!) : undefined;
      if (target !== undefined) return this.manifests.at(this.tree.follow(target));
    }
    for (const current of foldersUpward(folder)) {
      const member = this.#at(current)?.members.get(name);
      if (member && fits(range, member.version)) return member;
    }
    const mayBeAnywhere = range === undefined ? name.startsWith('@') : range.startsWith('workspace:');
    return mayBeAnywhere ? this.#only(name) : undefined;
  }

  #only(name: string): Manifest | undefined {
    if (!this.#named) {
      this.#named = new Map();
      for (const manifest of this.manifests.all()) {
        if (manifest.name === undefined) continue;
        this.#named.set(manifest.name, [...(this.#named.get(manifest.name) ?? []), manifest]);
      }
    }
    const named = this.#named.get(name);
    return named?.length === 1 ? named[0] : undefined;
  }

  #at(folder: string): Workspace | undefined {
    if (this.#byRoot.has(folder)) return this.#byRoot.get(folder);
    const workspace = this.#read(folder);
    this.#byRoot.set(folder, workspace);
    return workspace;
  }

  #read(folder: string): Workspace | undefined {
    const manifest = this.manifests.at(folder);
    const pnpm = this.#data(folder, 'pnpm-workspace.yaml', parseYaml);
    const lerna = this.#data(folder, 'lerna.json', parseJson);
    const patterns = pnpm ? asStrings(pnpm.packages) : (manifest?.workspaces ?? (lerna && asStrings(lerna.packages)));
    if (!patterns) return undefined;
    const members = new Map<string, Manifest>();
    const isMember = compilePatterns(patterns);
    for (const candidate of this.manifests.all()) {
      if (candidate.name === undefined || !isWithin(candidate.folder, folder)) continue;
      const below = pathWithin(candidate.folder, folder);
      if (below === '' || isMember(below)) members.set(candidate.name, members.get(candidate.name) ?? candidate);
    }
    const catalogs = new Map([...(manifest?.catalogs ?? []), ...(pnpm ? readCatalogs(pnpm) : [])]);
    return { folder, members, catalogs };
  }

  #data(folder: string, name: string, parse: typeof parseJson): Readonly<Record<string, unknown>> | undefined {
    const path = folder === '' ? name : `${folder}/${name}`;
    const text = this.tree.hasFile(path) ? this.tree.read(path) : undefined;
    return text === undefined ? undefined : asRecord(parse(path, text, this.report));
  }
}

/** Later patterns overrule earlier ones, as `!` patterns follow what they take out. */
function compilePatterns(patterns: readonly string[]): (folder: string) => boolean {
  const globs = patterns.flatMap((pattern) => {
    const negated = pattern.startsWith('!');
    const plain = (negated ? pattern.slice(1) : pattern).replace(/^\.?\//, '').replace(/\/(?:package\.json)?$/, '');
    return expandBraces(plain).flatMap((text) => {
      const glob = compileGlob(text);
      return glob ? [{ glob, negated }] : [];
    });
  });
  return (folder) => {
    const segments = folder.split('/');
    return globs.reduce((is, { glob, negated }) => (matchGlob(glob, segments) ? !negated : is), false);
  };
}

/** Whether a range may mean the member itself: always, unless it names another major version than the member has. */
function fits(range: string | undefined, version: string | undefined): boolean {
  if (range === undefined || version === undefined || !/^[\^~=v\s]*\d/.test(range)) return true;
  const wanted = /\d+/.exec(range)![0];
  const major = /^\d+/.exec(version)?.[0];
  return major === undefined || major === '0' || wanted === major;
}
