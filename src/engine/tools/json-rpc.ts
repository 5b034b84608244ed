/**
 * Servers that speak the Model Context Protocol without its SDK: they read requests off HTTP or standard input and tell them apart by `method`. Where one
 * is compared with `tools/call`, the file's `params.arguments` are what a model chose.
 */
import { CompareOperator, Op } from '../../ir/instruction.js';
import { nameOf } from './call-states.js';
import type { Place } from './item.js';
import type { StaticValues } from './static-values.js';

const CALL = 'tools/call';

export class JsonRpcServers {
  /** The comparisons with `tools/call`, in the order of functions. */
  readonly dispatchers: readonly Place[];
  readonly #files: ReadonlySet<number>;

  constructor(private readonly values: StaticValues) {
    const { program } = values;
    this.dispatchers = program.files.flatMap((file, index) => {
      if (!file.strings.includes(CALL)) return [];
      const from = program.functionBase[index]!;
      return file.functions.flatMap((_, own) => this.#comparisons(from + own));
    });
    this.#files = new Set(this.dispatchers.map((place) => program.functionFile[place.function]!));
  }

  /** Whether an instruction reads the arguments of a request: `request.params.arguments`. */
  isArguments({ function: fn, pc }: Place): boolean {
    const { program } = this.values;
    if (!this.#files.has(program.functionFile[fn]!)) return false;
    const { code, strings } = program.fileOf(fn);
    if ((code[pc]! & 255) !== Op.Load || strings[code[pc + 5]!] !== 'arguments') return false;
    return nameOf(this.values, fn, code[pc + 4]!) === 'params';
  }

  #comparisons(fn: number): Place[] {
    const { code } = this.values.program.fileOf(fn);
    const result: Place[] = [];
    for (const pcs of this.values.index(fn).definitions.values()) {
      for (const pc of pcs) {
        if ((code[pc]! & 255) !== Op.Compare || code[pc + 4] !== CompareOperator.Equal) continue;
        const sides = [code[pc + 5]!, code[pc + 6]!];
        const isCall = sides.some((slot) =>
          this.values.slot(fn, slot).some((item) => item.kind === 'text' && item.text === CALL),
        );
        if (isCall && sides.some((slot) => /method$/i.test(nameOf(this.values, fn, slot))))
          result.push({ function: fn, pc });
      }
    }
    return result;
  }
}
