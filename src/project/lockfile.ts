import type { DiagnosticSink } from '../core/diagnostic.js';
import type { FileTree } from './file-tree.js';
import { asRecord, asString, parseJson } from './parse-data.js';
import { foldersUpward, pathWithin } from './paths.js';

/**
 * The versions that a package manager settled on for the packages that code imports by name.
 * @param importer the folder of the importing manifest, relative to the lockfile's folder
 * @param range as written in that manifest; Yarn's lockfiles are keyed by it
 */
export type LockedVersion = (name: string, importer: string, range: string | undefined) => string | undefined;

type LockfileReader = (path: string, text: string, report: DiagnosticSink) => LockedVersion;

const READERS: readonly (readonly [name: string, reader: LockfileReader])[] = [
  ['pnpm-lock.yaml', readPnpm],
  ['package-lock.json', readNpm],
  ['npm-shrinkwrap.json', readNpm],
  ['yarn.lock', readYarn],
  ['bun.lock', readBun],
];

/** Reads each lockfile once. */
export class LockfileStore {
  readonly #byFolder = new Map<string, LockedVersion | undefined>();

  constructor(
    readonly tree: FileTree,
    readonly report: DiagnosticSink,
  ) {}

  /** The version of a package as installed for the manifest in `importer`; the nearest lockfile that knows it answers. */
  version(name: string, importer: string, range: string | undefined): string | undefined {
    for (const folder of foldersUpward(importer)) {
      const version = this.#at(folder)?.(name, pathWithin(importer, folder), range);
      if (version !== undefined) return version;
    }
    return undefined;
  }

  #at(folder: string): LockedVersion | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    let locked: LockedVersion | undefined;
    for (const [name, reader] of READERS) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const text = this.tree.hasFile(path) ? this.tree.read(path) : undefined;
      if (text !== undefined) {
        locked = reader(path, text, this.report);
        break;
      }
    }
    this.#byFolder.set(folder, locked);
    return locked;
  }
}

/** Versions 2 and 3 list installed folders under `packages`, version 1 nests `dependencies`. */
function readNpm(path: string, text: string, report: DiagnosticSink): LockedVersion {
  const lock = asRecord(parseJson(path, text, report));
  const packages = asRecord(lock?.packages);
  const dependencies = asRecord(lock?.dependencies);
  return (name, importer) => {
    for (const folder of packages ? foldersUpward(importer) : []) {
      const entry = asRecord(packages?.[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]);
      if (entry && entry.link !== true) return asString(entry.version);
    }
    return asString(asRecord(dependencies?.[name])?.version);
  };
}

/**
 * pnpm writes its lockfile in one layout, and only the direct dependencies of each importer are wanted: lines are read by their indent,
 * which takes a hundredth of the time that a YAML parser needs for a large one.
 */
function readPnpm(_path: string, text: string): LockedVersion {
  const importers = new Map<string, Map<string, string>>();
  let section = '';
  let importer = '';
  let current: string | undefined;
  for (const line of text.split('\n')) {
    const match = /^( *)(?:'([^']+)'|"([^"]+)"|([^\s'"#:][^:]*)):(?: +(.*))?$/.exec(line.trimEnd());
    if (!match) continue;
    const key = (match[2] ?? match[3] ?? match[4])!;
    const value = match[5]?.replace(/^['"]|['"]$/g, '');
    let depth = match[1]!.length;
    if (depth === 0) {
      section = key;
      importer = '.';
    }
    const inImporters = section === 'importers';
    // Before version 6, and in single packages, the dependencies of the root stand at the top level.
    if (!inImporters && !/^(?:d|devD|optionalD)ependencies$/.test(section)) continue;
    if (inImporters && depth === 2) importer = key;
    if (!inImporters) depth += 4;
    if (depth === 6) {
      current = key;
      if (value) remember(importers, importer, key, value);
    } else if (depth === 8 && key === 'version' && current !== undefined && value)
      remember(importers, importer, current, value);
  }
  return (name, folder) => importers.get(folder === '' ? '.' : folder)?.get(name);
}

/** `4.20.1(zod@3.22.0)`, `4.20.1_zod@3.22.0`; of an alias `/openai@3.3.0`, `/openai/3.3.0`, `openai@3.3.0`; links have no version. */
function remember(importers: Map<string, Map<string, string>>, importer: string, name: string, value: string): void {
  const plain = value.split(/[(_]/, 1)[0]!;
  const version = /^\d/.test(plain) ? plain : /^(?!link:|file:).*[@/](\d[^@/]*)$/.exec(plain)?.[1];
  if (version === undefined) return;
  const versions = importers.get(importer) ?? new Map<string, string>();
  importers.set(importer, versions.set(name, version));
}

/** Classic: `openai@^4.0.0, openai@^4.2.0:` and `  version "4.20.1"`; from version 2 on: `"openai@npm:^4.0.0":` and `  version: 4.20.1`. */
function readYarn(_path: string, text: string): LockedVersion {
  const byKey = new Map<string, string>();
  const byName = new Map<string, string | undefined>();
  let keys: string[] = [];
  for (const line of text.split('\n')) {
    if (/^["@\w]/.test(line))
      keys = line
        .replace(/:\s*$/, '')
        .split(',')
        .map((key) => key.trim().replace(/^"|"$/g, ''));
    const version = /^ {2}version:? "?([^"\s]+)"?/.exec(line)?.[1];
    if (version === undefined) continue;
    for (const key of keys) {
      const at = key.indexOf('@', 1);
      const name = key.slice(0, at);
      if (key.startsWith('workspace:', at + 1)) continue;
      byKey.set(`${name}@${key.slice(at + 1).replace(/^npm:/, '')}`, version);
      byName.set(name, byName.has(name) && byName.get(name) !== version ? undefined : version);
    }
    keys = [];
  }
  return (name, _importer, range) =>
    byKey.get(`${name}@${(range ?? '').replace(/^npm:(?=[\d^~<>=*])/, '')}`) ??
    byKey.get(`${name}@${range}`) ??
    byName.get(name);
}

/** `packages` maps `openai`, or `member/openai` where members differ, to `["openai@4.20.1", …]`. */
function readBun(path: string, text: string, report: DiagnosticSink): LockedVersion {
  const lock = asRecord(parseJson(path, text, report));
  const packages = asRecord(lock?.packages);
  const workspaces = asRecord(lock?.workspaces);
  return (name, importer) => {
    const member = asString(asRecord(workspaces?.[importer])?.name);
    const entry = packages?.[`${member}/${name}`] ?? packages?.[name];
    const id: unknown = Array.isArray(entry) ? entry[0] : undefined;
    return typeof id === 'string' ? /@(\d[^@]*)$/.exec(id)?.[1] : undefined;
  };
}
