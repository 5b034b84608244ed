import type { Graph } from './graph.js';
import type { Statement } from './model-data.js';
import type { ModelFile } from './model-file.js';
import { isShared, Scope, type Surroundings } from './scope.js';
import type { Selector } from './selector.js';

/**
 * The scopes of all model files, each compiled when it is first asked for: one for the globals together with the aliases that all files
 * share, and one for each package and major version.
 */
export class Scopes implements Surroundings {
  readonly #byPackage = new Map<string, ModelFile[]>();
  readonly #packages = new Map<string, Scope>();
  readonly #shared = new Map<string, number>();
  readonly #aliases = new Map<string, ReadonlySet<string>>();
  readonly #globals: Scope;
  #globalsEntered = false;
  #methods: readonly number[] | undefined;

  constructor(
    readonly graph: Graph,
    readonly files: readonly ModelFile[],
  ) {
    for (const file of files) {
      for (const name of file.packages) {
        const list = this.#byPackage.get(name);
        if (list) list.push(file);
        else this.#byPackage.set(name, [file]);
      }
    }
    for (const [name, list] of this.#byPackage) this.#aliases.set(name, new Set(list.flatMap((file) => file.aliases)));
    this.#globals = new Scope(graph, '', this);
  }

  get globals(): Scope {
    if (!this.#globalsEntered) {
      this.#globalsEntered = true;
      for (const file of this.files) {
        const own = file.packages.length === 0;
        if (!own && !file.mentionsShared) continue;
        this.#globals.enter(file, new Set(file.aliases), undefined, (each) => own || isSharedStatement(each));
      }
    }
    return this.#globals;
  }

  /** The scope of a package at a major version; undefined where no model is about it. */
  package(name: string, major: number | undefined): Scope | undefined {
    const files = this.#byPackage.get(name);
    if (!files) return undefined;
    const ranged = files.some((file) => file.statements.some((statement) => statement.majors));
    const key = `${name}@${ranged ? (major ?? '') : ''}`;
    let scope = this.#packages.get(key);
    if (!scope) {
      scope = new Scope(this.graph, name, this);
      this.#packages.set(key, scope);
      for (const file of files)
        scope.enter(file, this.#aliases.get(name)!, major, (statement) => !isSharedStatement(statement));
    }
    return scope;
  }

  shared(alias: string): number {
    // Statements about shared aliases are entered with the globals.
    void this.globals;
    let node = this.#shared.get(alias);
    if (node === undefined) {
      node = this.graph.add();
      this.#shared.set(alias, node);
    }
    return node;
  }

  local(file: ModelFile, alias: string): number {
    const scope = file.packages.length === 0 ? this.globals : this.package(file.packages[0]!, undefined)!;
    return scope.alias(file, alias);
  }

  /** The nodes of all receivers that are known by this name. */
  named(identifier: string): readonly number[] {
    return this.files.flatMap((file) =>
      file.names
        .filter(([, patterns]) => patterns.some((pattern) => matchesName(pattern, identifier)))
        .map(([alias]) => (isShared(alias) ? this.shared(alias) : this.local(file, alias))),
    );
  }

  /** The nodes of all aliases whose members are known by name alone. */
  get methods(): readonly number[] {
    this.#methods ??= this.files.flatMap((file) =>
      file.methods.map((alias) => (isShared(alias) ? this.shared(alias) : this.local(file, alias))),
    );
    return this.#methods;
  }
}

function isSharedStatement(statement: Statement): boolean {
  const selector: Selector = statement.kind === 'call' ? statement.function : statement.value;
  return !selector.exported && isShared(selector.root);
}

/** `*Logger` matches what ends in it, `logger*` what begins with it; anything else is the whole name. */
function matchesName(pattern: string, identifier: string): boolean {
  if (pattern.startsWith('*')) return identifier.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return identifier.startsWith(pattern.slice(0, -1));
  return pattern === identifier;
}
