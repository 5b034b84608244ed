import type { DiagnosticSink } from '../core/diagnostic.js';
import type { FileTree } from './file-tree.js';
import { asRecord, asString, parseJson } from './parse-data.js';
import { folderOf, foldersUpward, joinPath } from './paths.js';

/** Where an entry of an import map leads: a specifier, and the folder that it is relative to. */
export interface MappedSpecifier {
  readonly specifier: string;
  readonly folder: string;
}

interface ImportMap {
  readonly folder: string;
  readonly entries: ReadonlyMap<string, string>;
}

/** The import maps of Deno: `imports` of `deno.json`, or the file that its `importMap` names. Each is read once. */
export class ImportMapStore {
  readonly #byFolder = new Map<string, ImportMap | undefined>();

  constructor(
    readonly tree: FileTree,
    readonly report: DiagnosticSink,
  ) {}

  /** The nearest map's entry for a specifier, exact keys before the longest prefix that ends in a slash. */
  find(specifier: string, folder: string): MappedSpecifier | undefined {
    for (const current of foldersUpward(folder)) {
      const map = this.#at(current);
      if (!map) continue;
      const exact = map.entries.get(specifier);
      if (exact !== undefined) return { specifier: exact, folder: map.folder };
      const prefix = [...map.entries.keys()]
        .filter((key) => key.endsWith('/') && specifier.startsWith(key))
        .sort((a, b) => b.length - a.length)[0];
      if (prefix !== undefined)
        return { specifier: map.entries.get(prefix)! + specifier.slice(prefix.length), folder: map.folder };
    }
    return undefined;
  }

  #at(folder: string): ImportMap | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const map = this.#read(folder);
    this.#byFolder.set(folder, map);
    return map;
  }

  #read(folder: string): ImportMap | undefined {
    for (const name of ['deno.json', 'deno.jsonc', 'import_map.json']) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (!this.tree.hasFile(path)) continue;
      const json = this.#json(path);
      const named = asString(json?.importMap);
      const target = named === undefined || json?.imports ? undefined : joinPath(folder, named);
      const imports = target === undefined ? json?.imports : this.#json(target)?.imports;
      const entries = Object.entries(asRecord(imports) ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      if (entries.length > 0)
        return { folder: target === undefined ? folder : folderOf(target), entries: new Map(entries) };
    }
    return undefined;
  }

  #json(path: string): Readonly<Record<string, unknown>> | undefined {
    const text = this.tree.hasFile(path) ? this.tree.read(path) : undefined;
    return text === undefined ? undefined : asRecord(parseJson(path, text, this.report));
  }
}
