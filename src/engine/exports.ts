import type { Program } from './program.js';

/** What an exported name of a file stands for. */
export type Binding =
  | { readonly kind: 'variable'; readonly variable: number }
  /** A member of the object that is the file's `module.exports`. */
  | { readonly kind: 'commonjs'; readonly variable: number; readonly name: string }
  | { readonly kind: 'namespace'; readonly file: number }
  | { readonly kind: 'package'; readonly specifier: string; readonly major: number | undefined; readonly name: string };

interface Place {
  readonly file: number;
  readonly name: string;
}

/** Re-exports that are followed by recursion; longer chains are resolved from their far end. */
const DEPTH = 200;

/** Resolves exported and imported names through re-exports and barrels, across files. Cycles end in `undefined`. */
export class ExportTable {
  readonly #memo: (Map<string, Binding | undefined> | undefined)[] = [];
  readonly #imported: ((Binding | undefined)[] | undefined)[] = [];

  #depth = 0;
  /** Where a search ended because it was too deep. */
  #cut: Place | undefined;

  constructor(private readonly program: Program) {}

  /** The binding of `name` in the exports of `file`; '*' is the namespace. */
  find(file: number, name: string): Binding | undefined {
    const binding = this.#descend(file, name);
    return this.#takeCut() ? this.#findFromFarEnd(file, name) : binding;
  }

  /** Resolves first where the search was cut; a place that is met again is part of a circle. */
  #findFromFarEnd(file: number, name: string): Binding | undefined {
    const work = [{ file, name }];
    const begun = new Set<string>();
    for (;;) {
      const top = work.at(-1)!;
      const binding = this.#descend(top.file, top.name);
      const cut = this.#takeCut();
      if (!cut) {
        work.pop();
        if (work.length === 0) return binding;
      } else if (begun.has(`${cut.file} ${cut.name}`)) this.#memoOf(cut.file).set(cut.name, undefined);
      else {
        begun.add(`${cut.file} ${cut.name}`);
        work.push(cut);
      }
    }
  }

  #takeCut(): Place | undefined {
    const cut = this.#cut;
    this.#cut = undefined;
    return cut;
  }

  #memoOf(file: number): Map<string, Binding | undefined> {
    this.#memo[file] ??= new Map();
    return this.#memo[file]!;
  }

  /** Leaves nothing in the memo of what it did not see to the end. */
  #descend(file: number, name: string): Binding | undefined {
    const memo = this.#memoOf(file);
    const known = memo.get(name);
    if (known || memo.has(name)) return known;
    if (this.#depth >= DEPTH) {
      this.#cut = { file, name };
      return undefined;
    }
    memo.set(name, undefined);
    this.#depth++;
    const binding = this.#search(file, name);
    this.#depth--;
    if (this.#cut) memo.delete(name);
    else memo.set(name, binding);
    return binding;
  }

  /** The binding of an import row of `file`. */
  imported(file: number, index: number): Binding | undefined {
    this.#imported[file] ??= this.program.files[file]!.imports.map((row) => {
      const target = this.program.resolution(file, row.specifier);
      return target.kind === 'file' ? this.find(target.file, row.name) : this.#through(file, row.specifier, row.name);
    });
    return this.#imported[file]![index];
  }

  /** What an import row of `file` is to those who know the package: that of a framework's own repository is the framework still. */
  published(file: number, index: number): (Binding & { kind: 'package' }) | undefined {
    const row = this.program.files[file]!.imports[index]!;
    const target = this.program.resolution(file, row.specifier);
    if (target.kind !== 'file' || !target.published) return undefined;
    const { specifier, major } = target.published;
    if (!this.program.knowledge.module(specifier, major)) return undefined;
    return { kind: 'package', specifier, major, name: row.name };
  }

  #through(file: number, specifier: number, name: string): Binding | undefined {
    const target = this.program.resolution(file, specifier);
    if (target.kind === 'file') return this.#descend(target.file, name);
    if (target.kind === 'package') return { ...target, kind: 'package', name };
    return undefined;
  }

  #search(file: number, name: string): Binding | undefined {
    const ir = this.program.files[file]!;
    const variable = (index: number): number => this.program.variableBase[file]! + index;
    const commonjs = ir.variables.findIndex((v) => v.kind === 'commonjs');
    const modular = ir.exports.length > 0;
    if (name === '*') {
      return commonjs >= 0 && !modular
        ? { kind: 'variable', variable: variable(commonjs) }
        : { kind: 'namespace', file };
    }
    for (const row of ir.exports) {
      if (row.kind === 'variable' && row.name === name) return { kind: 'variable', variable: variable(row.variable) };
      if (row.kind === 'from' && row.name === name) return this.#through(file, row.specifier, row.imported);
    }
    if (commonjs >= 0) {
      return name === 'default'
        ? { kind: 'variable', variable: variable(commonjs) }
        : { kind: 'commonjs', variable: variable(commonjs), name };
    }
    if (name === 'default') return undefined;
    for (const row of ir.exports) {
      if (row.kind !== 'all') continue;
      const binding = this.#through(file, row.specifier, name);
      if (this.#cut) return undefined;
      if (binding && binding.kind !== 'package') return binding;
      if (binding && !this.#hasOwnStar(file)) return binding;
    }
    return undefined;
  }

  /** Whether one of several `export *` leads into the project: then a name that it lacks is not blindly taken for a package's. */
  #hasOwnStar(file: number): boolean {
    return this.program.files[file]!.exports.some(
      (row) => row.kind === 'all' && this.program.resolution(file, row.specifier).kind === 'file',
    );
  }
}
