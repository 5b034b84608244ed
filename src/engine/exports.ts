import type { Program } from './program.js';

/** What an exported name of a file stands for. */
export type Binding =
  | { readonly kind: 'variable'; readonly variable: number }
  /** A member of the object that is the file's `module.exports`. */
  | { readonly kind: 'commonjs'; readonly variable: number; readonly name: string }
  | { readonly kind: 'namespace'; readonly file: number }
  | { readonly kind: 'package'; readonly specifier: string; readonly major: number | undefined; readonly name: string };

/** Resolves exported and imported names through re-exports and barrels, across files. Cycles end in `undefined`. */
export class ExportTable {
  readonly #memo: (Map<string, Binding | undefined> | undefined)[] = [];
  readonly #imported: ((Binding | undefined)[] | undefined)[] = [];

  constructor(private readonly program: Program) {}

  /** The binding of `name` in the exports of `file`; '*' is the namespace. */
  find(file: number, name: string): Binding | undefined {
    this.#memo[file] ??= new Map();
    const memo = this.#memo[file]!;
    const known = memo.get(name);
    if (known || memo.has(name)) return known;
    memo.set(name, undefined);
    const binding = this.#search(file, name);
    memo.set(name, binding);
    return binding;
  }

  /** The binding of an import row of `file`. */
  imported(file: number, index: number): Binding | undefined {
    this.#imported[file] ??= this.program.files[file]!.imports.map((row) =>
      this.#through(file, row.specifier, row.name),
    );
    return this.#imported[file]![index];
  }

  #through(file: number, specifier: number, name: string): Binding | undefined {
    const target = this.program.resolution(file, specifier);
    if (target.kind === 'file') return this.find(target.file, name);
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
