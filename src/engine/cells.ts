/**
 * Cells: places that several functions share and that no call connects: module variables, the state of a class's instances, the state of
 * a hook. Summaries name them symbolically; `close.ts` connects writers with readers at the end.
 */
export class CellTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #variables: number[] = [];
  readonly #open: boolean[] = [];

  private intern(key: string, name: string, variable = -1, open = false): number {
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#names.length;
      this.#ids.set(key, id);
      this.#names.push(name);
      this.#variables.push(variable);
      this.#open.push(open);
    }
    return id;
  }

  variable(variable: number, name: string): number {
    return this.intern(`v${variable}`, name, variable);
  }

  /** The fields of all instances of a class. */
  instances(cls: number, name: string): number {
    return this.intern(`c${cls}`, name, -1, true);
  }

  /** The state made by a call at `pc` of a function: a hook, a store. */
  state(fn: number, pc: number, name: string): number {
    return this.intern(`s${fn}:${pc}`, name);
  }

  /** Something outside of the program that it writes and reads, by what it is: `storage:token`, `event:message`. */
  external(key: string): number {
    return this.intern(`x${key}`, key);
  }

  /** The module variable that a cell is, -1 for others. */
  variableOf(cell: number): number {
    return this.#variables[cell]!;
  }

  /** Whether code that is not seen may fill the cell: fields that a framework or a subclass sets. */
  isOpen(cell: number): boolean {
    return this.#open[cell]!;
  }

  name(cell: number): string {
    return this.#names[cell]!;
  }

  get count(): number {
    return this.#names.length;
  }
}
