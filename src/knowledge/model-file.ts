import type { AssignedSetting } from '../core/knowledge.js';
import type { EntryData, Statement } from './model-data.js';
import { type ModelSource, modelSchema } from './model-schema.js';
import { StatementParser } from './statements.js';
import { type PlacedData, Unplaced, YamlFile } from './yaml-file.js';

/** A model file. Its selectors are parsed when its statements are first asked for. */
export class ModelFile {
  /** The packages whose exports are the roots of its selectors; none for globals and for aliases alone. */
  readonly packages: readonly string[];
  /** Aliases whose members are also known by name alone. */
  readonly methods: readonly string[];
  /** Aliases of receivers known by their name, each with name patterns (`*` at either end stands for any beginning or end). */
  readonly names: readonly (readonly [alias: string, patterns: readonly string[]])[];
  /** Every alias that the file defines. */
  readonly aliases: readonly string[];
  /** Whether it says anything of aliases that all files share, apart from what is an instance of them. */
  readonly mentionsShared: boolean;
  readonly entries: readonly EntryData[];
  readonly #data: PlacedData<ModelSource>;
  #statements: readonly Statement[] | undefined;

  /** `file` is the name of the file, for messages. */
  constructor(
    readonly file: string,
    data: PlacedData<ModelSource>,
  ) {
    const source = data.data;
    this.#data = data;
    this.packages = typeof source.package === 'string' ? [source.package] : (source.package ?? []);
    this.methods = source.methods ?? [];
    this.names = Object.entries(source.names ?? {});
    this.aliases = [...Object.keys(source.types ?? {}), ...Object.keys(source.names ?? {}), ...this.methods];
    this.mentionsShared = /(?<!\w)\$[A-Z]/.test(
      JSON.stringify({ ...source, types: Object.values(source.types ?? {}) }),
    );
    this.entries = (source.entries ?? []).map((entry) => {
      const { name, files = '**', exports = ['*'], parameters = [] } = entry;
      const directive = entry.directive !== undefined && { directive: entry.directive };
      const classes = entry.extends !== undefined && { extends: entry.extends, methods: entry.methods ?? [] };
      const named = entry.named !== undefined && { named: entry.named };
      const assigned = entry.assigned !== undefined && { assigned: entry.assigned };
      const returns = entry.returns !== undefined && { returns: entry.returns as NonNullable<EntryData['returns']> };
      return {
        ...{ name, files, exports, parameters: parameters as EntryData['parameters'] },
        ...{ ...directive, ...classes, ...named, ...assigned, ...returns },
      };
    });
  }

  get assigned(): readonly AssignedSetting[] {
    return this.#data.data.assigned ?? [];
  }

  get source(): ModelSource {
    return this.#data.data;
  }

  /** Throws `RequestError` with file, line and column where a selector is wrong. */
  get statements(): readonly Statement[] {
    this.#statements ??= [...new StatementParser(this.#data).statements()];
    return this.#statements;
  }
}

/** Reads a model file and checks all of it. Throws `RequestError` with file, line and column for whatever is wrong with it. */
export function parseModelFile(file: string, text: string): ModelFile {
  const yaml = new YamlFile(file, text, modelSchema);
  if (yaml.data.package !== undefined && yaml.data.globals)
    throw yaml.error('a file is about packages or about globals', ['globals']);
  const model = new ModelFile(file, yaml);
  // Asking for the statements checks them.
  void model.statements;
  return model;
}

/** A model file that was checked when it was compiled. */
export function openModelFile(file: string, source: ModelSource): ModelFile {
  return new ModelFile(file, new Unplaced(source));
}
