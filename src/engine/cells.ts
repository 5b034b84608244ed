/** Calls, one inside the other, that tell the states of one hook apart. */
const STATE_CALLS = 2;

/**
 * Cells: places that several functions share and that no call connects: module variables, the state of a class's instances, the state of
 * a hook. Summaries name them symbolically; `close.ts` connects writers with readers at the end.
 */
export class CellTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #variables: number[] = [];
  readonly #open: boolean[] = [];
  /** For the states of calls: how many calls of own functions tell them apart. */
  readonly #depths: (number | undefined)[] = [];

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
    const id = this.intern(`s${fn}:${pc}`, name);
    this.#depths[id] ??= 0;
    return id;
  }

  /** What the functions are given that a call at `pc` hands to its callback, whoever calls them and wherever: one for the call. */
  given(fn: number, pc: number, name: string): number {
    return this.intern(`g${fn}:${pc}`, name);
  }

  /**
   * The state that a call at `pc` of a function has of its own, where what it calls makes state (a hook in a hook): the cell itself where it is
   * no such state, or where it is told apart by enough calls.
   */
  stateOf(cell: number, fn: number, pc: number): number {
    const depth = this.#depths[cell];
    if (depth === undefined || depth >= STATE_CALLS) return cell;
    const id = this.intern(`y${cell}:${fn}:${pc}`, this.#names[cell]!);
    this.#depths[id] ??= depth + 1;
    return id;
  }

  /** Whether each call of the function to which the state belongs has such a state of its own. */
  isOwnedByCalls(cell: number): boolean {
    const depth = this.#depths[cell];
    return depth !== undefined && depth < STATE_CALLS;
  }

  /** Something outside of the program that it writes and reads, by what it is: `storage:token`, `shared:hono`. */
  external(key: string): number {
    return this.intern(`x${key}`, key.replace(/^shared:/, 'shared state of '));
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
