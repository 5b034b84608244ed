import type { DiagnosticSink } from '../core/diagnostic.js';
import { LineIndex } from '../core/span.js';
import type { FileTree } from './file-tree.js';
import { asRecord, asString, asStrings, parseJson } from './parse-data.js';
import { folderOf, joinPath } from './paths.js';

/** What module resolution needs of a `tsconfig.json` or `jsconfig.json`, `extends` merged in; paths relative to the scan root. */
export interface TsConfig {
  readonly path: string;
  readonly baseUrl: string | undefined;
  /** In the order in which TypeScript tries them: exact names first, then the longest prefix. */
  readonly paths: readonly PathMapping[];
  readonly rootDir: string | undefined;
  /** Where the compiler writes code and declarations to. */
  readonly outputs: readonly string[];
  /** Folders that count as one; see `rootDirs`. */
  readonly rootDirs: readonly string[];
  /** Paths of the configurations of referenced projects. */
  readonly references: readonly string[];
}

export interface PathMapping {
  readonly pattern: string;
  /** Paths with at most one `*`. */
  readonly targets: readonly string[];
}

/** Finds the folder of an own package by its name, for `extends`. */
export type FindPackage = (name: string, folder: string) => string | undefined;

/** Options as written, each with the folder that its paths are relative to. */
type RawOptions = ReadonlyMap<string, { readonly value: unknown; readonly folder: string }>;

interface RawConfig {
  readonly options: RawOptions;
  readonly references: readonly string[];
}

const OPTIONS = ['baseUrl', 'paths', 'rootDir', 'outDir', 'declarationDir', 'rootDirs'];
/** Beside the file that editors look for; tried last. */
const OTHER_NAMES = [
  'tsconfig.base.json',
  'tsconfig.app.json',
  'tsconfig.build.json',
  'tsconfig.lib.json',
  'tsconfig.src.json',
];
/** Stands for the folder of the configuration that inherits, not of the one it is written in. */
const CONFIG_FOLDER = /^\$\{configDir\}/;
const EXTENDS_DEPTH = 16;
/** Folders that frameworks generate, and `extends` names before they exist. */
const GENERATED = /(?:^|\/)(?:\.[^/.]+|node_modules)\//;

/** Reads each configuration once. */
export class TsConfigStore {
  readonly #raw = new Map<string, RawConfig | undefined>();
  readonly #configs = new Map<string, TsConfig | undefined>();
  readonly #byFolder = new Map<string, readonly TsConfig[]>();

  constructor(
    readonly tree: FileTree,
    readonly findPackage: FindPackage,
    readonly report: DiagnosticSink,
  ) {}

  /**
   * The configurations that may speak for files of a folder, best first: the nearest, the projects it references, then those further up.
   * TypeScript asks the nearest only; bundlers and solution-style layouts ask others, so the first whose target exists is to be used.
   */
  above(folder: string): readonly TsConfig[] {
    const known = this.#byFolder.get(folder);
    if (known) return known;
    const own = this.inFolder(folder);
    const configs =
      folder === '' ? own : [...own, ...this.above(folderOf(folder)).filter((config) => !own.includes(config))];
    this.#byFolder.set(folder, configs);
    return configs;
  }

  /** The configurations that stand in a folder, and the projects they reference. */
  inFolder(folder: string): readonly TsConfig[] {
    const configs: TsConfig[] = [];
    for (const name of ['tsconfig.json', 'jsconfig.json', ...OTHER_NAMES]) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const config = this.tree.hasFile(path) ? this.at(path) : undefined;
      if (!config) continue;
      configs.push(config);
      for (const reference of config.references) {
        const referenced = this.at(reference);
        if (referenced) configs.push(referenced);
      }
    }
    return [...new Set(configs)];
  }

  /** The configuration in a file. */
  at(path: string): TsConfig | undefined {
    if (this.#configs.has(path)) return this.#configs.get(path);
    const raw = this.#read(path, new Set());
    const config = raw && interpret(path, raw);
    this.#configs.set(path, config);
    return config;
  }

  #read(path: string, visiting: ReadonlySet<string>): RawConfig | undefined {
    if (this.#raw.has(path)) return this.#raw.get(path);
    if (visiting.has(path) || visiting.size > EXTENDS_DEPTH) return undefined;
    const text = this.tree.read(path);
    const json = text === undefined ? undefined : asRecord(parseJson(path, text, this.report));
    if (text === undefined || !json) return undefined;
    const folder = folderOf(path);
    const options = new Map<string, { value: unknown; folder: string }>();
    for (const base of asStrings(json.extends)) {
      const basePath = this.#findBase(base, path, text);
      const inherited = basePath === undefined ? undefined : this.#read(basePath, new Set([...visiting, path]));
      for (const [name, option] of inherited?.options ?? []) options.set(name, option);
    }
    const written = asRecord(json.compilerOptions) ?? {};
    for (const name of OPTIONS) if (written[name] !== undefined) options.set(name, { value: written[name], folder });
    const references = Array.isArray(json.references) ? json.references : [];
    const raw: RawConfig = {
      options,
      references: references.flatMap(
        (reference) => this.#findReference(asString(asRecord(reference)?.path), folder) ?? [],
      ),
    };
    this.#raw.set(path, raw);
    return raw;
  }

  #findReference(reference: string | undefined, folder: string): string | undefined {
    const target = reference === undefined ? undefined : joinPath(folder, reference);
    if (target === undefined) return undefined;
    return [target, `${target}/tsconfig.json`, `${target}.json`].find((path) => this.tree.hasFile(path));
  }

  /** The file that `extends` names. Packages that are not of this repository are not there to be read. */
  #findBase(base: string, path: string, text: string): string | undefined {
    const folder = folderOf(path);
    const isRelative = /^\.{0,2}\//.test(base) || base === '.' || base === '..';
    const target = isRelative ? joinPath(folder, base) : this.#findInPackage(base, folder);
    if (target !== undefined) {
      const found = [target, `${target}.json`, target === '' ? 'tsconfig.json' : `${target}/tsconfig.json`].find(
        (file) => this.tree.hasFile(file),
      );
      if (found) return found;
    }
    if (isRelative && target !== undefined && !GENERATED.test(`/${target}/`)) {
      const offset = Math.max(0, text.indexOf(JSON.stringify(base)));
      const place = new LineIndex(text).position(offset);
      this.report({ kind: 'configuration', message: `extends ${base}, which does not exist`, file: path, ...place });
    }
    return undefined;
  }

  #findInPackage(base: string, folder: string): string | undefined {
    const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(base) ?? [];
    const found = name === undefined ? undefined : this.findPackage(name, folder);
    return found === undefined ? undefined : joinPath(found, rest ?? 'tsconfig.json');
  }
}

function interpret(path: string, raw: RawConfig): TsConfig {
  const own = folderOf(path);
  const place = (text: string, folder: string): string | undefined =>
    CONFIG_FOLDER.test(text) ? joinPath(own, text.replace(CONFIG_FOLDER, '.')) : joinPath(folder, text);
  const single = (name: string): string | undefined => {
    const option = raw.options.get(name);
    const text = asString(option?.value);
    return option && text !== undefined ? place(text, option.folder) : undefined;
  };
  const baseUrl = single('baseUrl');
  const pathsOption = raw.options.get('paths');
  const paths: PathMapping[] = [];
  for (const [pattern, value] of Object.entries(asRecord(pathsOption?.value) ?? {})) {
    const folder = baseUrl ?? pathsOption!.folder;
    paths.push({ pattern, targets: asStrings(value).flatMap((target) => place(target, folder) ?? []) });
  }
  paths.sort((a, b) => prefixLength(b.pattern) - prefixLength(a.pattern));
  const rootDirs = raw.options.get('rootDirs');
  return {
    path,
    baseUrl,
    paths,
    rootDir: single('rootDir'),
    outputs: [single('outDir'), single('declarationDir')].filter((folder) => folder !== undefined),
    rootDirs: asStrings(rootDirs?.value).flatMap((text) => place(text, rootDirs!.folder) ?? []),
    references: raw.references,
  };
}

/** An exact pattern ranks before every pattern with a star. */
function prefixLength(pattern: string): number {
  const star = pattern.indexOf('*');
  return star < 0 ? Number.MAX_SAFE_INTEGER : star;
}

/** The paths that a specifier is mapped to; undefined when no pattern matches it. */
export function mapSpecifier(
  config: TsConfig,
  specifier: string,
): { readonly pattern: string; readonly targets: readonly string[] } | undefined {
  for (const { pattern, targets } of config.paths) {
    const star = pattern.indexOf('*');
    if (star < 0) {
      if (pattern === specifier) return { pattern, targets };
      continue;
    }
    const suffix = pattern.slice(star + 1);
    if (
      specifier.length < pattern.length - 1 ||
      !specifier.startsWith(pattern.slice(0, star)) ||
      !specifier.endsWith(suffix)
    )
      continue;
    const filling = specifier.slice(star, specifier.length - suffix.length);
    return {
      pattern,
      targets: targets.flatMap(
        (target) =>
          joinPath(
            '',
            target.replace('*', () => filling),
          ) ?? [],
      ),
    };
  }
  return undefined;
}
