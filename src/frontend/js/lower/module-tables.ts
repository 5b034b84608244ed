import type { Placed } from '../../../ir/builder.js';
import type { ExportIR, ImportIR, SpecifierIR } from '../../../ir/file.js';

/** Collects the specifiers, imports and exports of a file. */
export class ModuleTables {
  readonly imports: ImportIR[] = [];
  readonly exports: ExportIR[] = [];
  readonly #specifiers: SpecifierIR[] = [];
  readonly #specifierIds = new Map<string, number>();
  readonly #moduleIds = new Map<number, number>();
  /** Index of the import that a local name stands for, for type annotations. */
  readonly importByLocal = new Map<string, number>();

  specifier(text: string, place: Placed, form: SpecifierIR['form'], typeOnly: boolean): number {
    const key = `${form} ${typeOnly} ${text}`;
    let index = this.#specifierIds.get(key);
    if (index === undefined) {
      index = this.#specifiers.push({ text, start: place.start!, end: place.end!, typeOnly, form }) - 1;
      this.#specifierIds.set(key, index);
    }
    return index;
  }

  /** The import that binds a local name. */
  import(specifier: number, name: string, local: string): number {
    const index = this.imports.push({ specifier, name, local }) - 1;
    this.importByLocal.set(local, index);
    return index;
  }

  /** The import that the type `import(…).name` stands for. */
  importType(specifier: string, name: string, place: Placed): number {
    const row = this.specifier(specifier, place, 'import', true);
    return this.imports.push({ specifier: row, name, local: '' }) - 1;
  }

  /** The import of a whole module by `require(…)` or `import(…)`. */
  importModule(specifier: number): number {
    let index = this.#moduleIds.get(specifier);
    if (index === undefined) {
      index = this.imports.push({ specifier, name: '*', local: '' }) - 1;
      this.#moduleIds.set(specifier, index);
    }
    return index;
  }

  /** The three tables, the specifiers in the order of their first appearance in the text. */
  finish(): { specifiers: SpecifierIR[]; imports: ImportIR[]; exports: ExportIR[] } {
    const specifiers = this.#specifiers;
    if (specifiers.every((row, index) => index === 0 || specifiers[index - 1]!.start <= row.start)) {
      return { specifiers, imports: this.imports, exports: this.exports };
    }
    const order = specifiers.map((_, index) => index);
    order.sort((a, b) => specifiers[a]!.start - specifiers[b]!.start);
    const moved: number[] = [];
    for (const [to, from] of order.entries()) moved[from] = to;
    return {
      specifiers: order.map((index) => specifiers[index]!),
      imports: this.imports.map((row) => ({ ...row, specifier: moved[row.specifier]! })),
      exports: this.exports.map((row) => ('specifier' in row ? { ...row, specifier: moved[row.specifier]! } : row)),
    };
  }
}
