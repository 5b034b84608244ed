import { CALL_ARGUMENTS, Op } from '../ir/instruction.js';
import { type Constant, variableRead } from './constants.js';
import { type FieldTables, tablesAt } from './field-tables.js';
import type { Program } from './program.js';
import type { Tracker } from './tracker.js';

/** A parameter of a callback that is handed each element of a constant table in turn. */
export interface ElementParameter {
  readonly index: number;
  /** The elements, or the entries: lists of a name and a value. */
  readonly elements: readonly Constant[];
}

/** Methods whose callbacks are handed each element, and as which parameter. */
const METHODS: ReadonlyMap<string, number> = new Map([
  ['forEach', 0],
  ['map', 0],
  ['flatMap', 0],
  ['filter', 0],
  ['some', 0],
  ['every', 0],
  ['find', 0],
  ['reduce', 1],
  ['reduceRight', 1],
]);

/**
 * The callbacks that are written where they are handed to a method of a constant table, `PATTERNS.forEach(({ re, text }) => …)`, or of its entries.
 * Only tables of objects and lists: names that are gone through are looked at elsewhere (`keyed.ts`).
 */
export function findElementParameters(
  program: Program,
  tracker: Tracker,
  constants: readonly (Constant | undefined)[],
  tables: FieldTables,
): ReadonlyMap<number, ElementParameter> {
  const result = new Map<number, ElementParameter>();
  for (let fn = 0; fn < program.functionCount; fn++) addFrom({ program, tracker, constants, tables }, fn, result);
  return result;
}

interface Known {
  readonly program: Program;
  readonly tracker: Tracker;
  readonly constants: readonly (Constant | undefined)[];
  readonly tables: FieldTables;
}

function addFrom(known: Known, fn: number, result: Map<number, ElementParameter>): void {
  const { program, tracker, constants } = known;
  const { code, strings } = program.fileOf(fn);
  const { blocks } = program.functionOf(fn);
  const file = program.functionFile[fn]!;
  const elements = new Map<number, readonly Constant[]>();
  const tables = new Map<number, ReadonlyMap<string, Constant>>();
  /** Slots of methods, by the slot that they were read from. */
  const methods = new Map<number, { readonly holder: number; readonly name: string }>();
  const closures = new Map<number, number>();
  const enter = (slot: number, held: readonly Constant[]): void => {
    for (const each of held) {
      if (!('fields' in each)) continue;
      tables.set(slot, each.fields);
      elements.set(slot, [...(elements.get(slot) ?? []), ...each.fields.values()]);
    }
  };
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.LoadVariable:
      case Op.Import: {
        const variable = variableRead(program, tracker.exports, file, code, pc);
        const constant = variable < 0 ? undefined : constants[variable];
        if (constant) enter(a, [constant]);
        break;
      }
      case Op.Load:
        enter(a, tablesAt(known, fn, b, strings[code[pc + 5]!]!) ?? []);
        methods.set(a, { holder: b, name: strings[code[pc + 5]!]! });
        break;
      case Op.Closure:
        closures.set(a, pc);
        break;
      case Op.Call: {
        const method = methods.get(b);
        const given = code[pc + CALL_ARGUMENTS] ?? -1;
        if (!method || code[pc]! >>> 8 <= CALL_ARGUMENTS) break;
        const table = tables.get(given);
        if (table && method.name === 'entries') elements.set(a, [...table].map(entryOf));
        if (table && method.name === 'values') elements.set(a, [...table.values()]);
        const index = METHODS.get(method.name);
        const held = elements.get(method.holder);
        const closure = closures.get(given);
        if (index === undefined || !held || closure === undefined) break;
        const isWrittenHere = code[closure + 1]! >= code[pc + 1]! && code[closure + 2]! <= code[pc + 2]!;
        if (isWrittenHere && held.every((each) => 'fields' in each))
          result.set(program.sibling(fn, code[closure + 4]!), { index, elements: held });
        break;
      }
      default:
    }
  }
}

function entryOf([name, value]: readonly [string, Constant]): Constant {
  return {
    fields: new Map<string, Constant>([
      ['0', { text: name }],
      ['1', value],
    ]),
  };
}
