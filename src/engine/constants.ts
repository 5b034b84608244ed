import { AllocKind, CALL_ARGUMENTS, CombineMode, ELEMENT, LiteralKind, NONE, Op } from '../ir/instruction.js';
import { ExportTable } from './exports.js';
import type { Program } from './program.js';

/**
 * A value known to be constant: a literal text, an object of constants, in a list also one of the module's functions (by global function number),
 * or some constant of no interest; of a regular expression its source.
 */
export type Constant =
  | { readonly text: string }
  | { readonly fields: ReadonlyMap<string, Constant> }
  | { readonly function: number }
  | { readonly plain: true; readonly pattern?: string };

const PLAIN: Constant = { plain: true };

/** The length of a `Closure` that captures nothing. */
const CLOSURE = 5;

/**
 * The module variables that hold constants: written once, by top-level code, with literals, concatenations of constants, or object and array
 * literals of constants. Reading such a variable yields no data, whatever its name.
 */
export function findConstants(
  program: Program,
  exports = new ExportTable(program),
  functions = findFunctions(program),
): readonly (Constant | undefined)[] {
  // Which parts of a table are texts, and cannot be written to by those they are handed to, is known when all have been read as if none were.
  const assumed = readConstants(program, exports, functions, new Uint8Array(program.variableCount));
  return readConstants(program, exports, functions, findMutated(program, exports, assumed));
}

function readConstants(
  program: Program,
  exports: ExportTable,
  functions: Int32Array,
  mutated: Uint8Array,
): readonly (Constant | undefined)[] {
  const constants: (Constant | undefined)[] = new Array(program.variableCount);
  for (let file = 0; file < program.files.length; file++) {
    const writes = countWrites(program, file);
    const { code } = program.files[file]!;
    if (program.files[file]!.functions.length === 0) continue;
    const base = program.variableBase[file]!;
    constantsIn({ program, exports, constants, functions }, program.functionBase[file]!, (pc, slots) => {
      if ((code[pc]! & 255) !== Op.StoreVariable) return;
      const variable = base + code[pc + 3]!;
      const value = slots.get(code[pc + 4]!);
      if (!value || 'function' in value) return;
      if (writes[code[pc + 3]!] === 1 && !('fields' in value && mutated[variable])) constants[variable] = value;
    });
  }
  return constants;
}

/** The function that each module variable holds for good, by global function number; -1 for none. */
export function findFunctions(program: Program): Int32Array {
  const result = new Int32Array(program.variableCount).fill(NONE);
  for (let file = 0; file < program.files.length; file++) {
    const { code, functions } = program.files[file]!;
    const blocks = functions[0]?.blocks;
    if (!blocks) continue;
    const writes = countWrites(program, file);
    const made = new Map<number, number>();
    const end = blocks[blocks.length - 1]!;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const a = code[pc + 3]!;
      const b = code[pc + 4]!;
      if ((code[pc]! & 255) === Op.Closure) made.set(a, program.functionBase[file]! + b);
      else if ((code[pc]! & 255) === Op.StoreVariable && made.has(b) && writes[a] === 1)
        result[program.variableBase[file]! + a] = made.get(b)!;
    }
  }
  return result;
}

/** What is known of module variables while a function is read. */
interface Known {
  readonly program: Program;
  readonly exports: ExportTable;
  readonly constants: readonly (Constant | undefined)[];
  /** The functions that they hold, where lists of functions are asked for. */
  readonly functions?: Int32Array;
}

/** Goes through a function's code and shows each instruction that writes to a variable or a field, with the slots that hold constants there. */
export function constantsIn(
  { program, exports, constants, functions }: Known,
  fn: number,
  visit: (pc: number, slots: ReadonlyMap<number, Constant>) => void,
): void {
  const { code, strings } = program.fileOf(fn);
  const { blocks, slotMutable } = program.functionOf(fn);
  const file = program.functionFile[fn]!;
  const slots = new Map<number, Constant>();
  const open = new Map<number, Map<string, Constant>>();
  const lists = new Set<number>();
  const globals = new Map<number, string>();
  /** Slots of several writes of which one is no constant: which of them is read is not known. */
  const mixed = new Set<number>();
  const keep = (slot: number, value: Constant | undefined): void => {
    if (value && !mixed.has(slot)) slots.set(slot, value);
    else slots.delete(slot);
    if (!value && slotMutable[slot]) mixed.add(slot);
  };
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    const c = code[pc + 5]!;
    switch (code[pc]! & 255) {
      case Op.Const:
        keep(a, literal(b, strings[c]!));
        break;
      case Op.Copy:
        keep(a, slots.get(b));
        break;
      case Op.Alloc:
        if (b !== AllocKind.Box) {
          const fields = new Map<string, Constant>();
          open.set(a, fields);
          keep(a, { fields });
          if (b === AllocKind.Array) lists.add(a);
        }
        break;
      case Op.Store: {
        const fields = open.get(a);
        const value = slots.get(c);
        if (fields && value && (lists.has(a) || !('function' in value))) fields.set(strings[b]!, value);
        else if (fields) slots.delete(a);
        visit(pc, slots);
        break;
      }
      case Op.StoreDynamic:
        if (!isData(slots.get(c))) slots.delete(a);
        break;
      case Op.Absorb:
        if (!isData(slots.get(b))) slots.delete(a);
        break;
      case Op.Combine:
        keep(a, combined(b, code.subarray(pc + 5, pc + (code[pc]! >>> 8)), slots));
        break;
      case Op.Global:
        globals.set(a, strings[b]!);
        keep(a, undefined);
        break;
      case Op.Call:
        keep(a, made(globals.get(b), slots.get(code[pc + CALL_ARGUMENTS] ?? NONE), code[pc]! >>> 8));
        break;
      case Op.LoadVariable:
      case Op.Import: {
        const variable = variableRead(program, exports, file, code, pc);
        const fn = variable < 0 ? NONE : (functions?.[variable] ?? NONE);
        keep(a, fn >= 0 ? { function: fn } : variable < 0 ? undefined : constants[variable]);
        break;
      }
      case Op.Closure:
        // What has captured something is no constant.
        keep(a, functions && code[pc]! >>> 8 === CLOSURE ? { function: program.sibling(fn, b) } : undefined);
        break;
      case Op.Load: {
        const holder = slots.get(b);
        keep(a, holder && 'fields' in holder ? holder.fields.get(strings[c]!) : undefined);
        break;
      }
      case Op.LoadDynamic:
      case Op.Compare:
      case Op.Class:
      case Op.Yield:
      case Op.Caught:
      case Op.Unknown:
        keep(a, undefined);
        break;
      case Op.StoreVariable:
        visit(pc, slots);
        break;
      default:
    }
  }
}

/** Whether a constant is known, and holds no functions. */
function isData(constant: Constant | undefined): boolean {
  if (!constant || 'function' in constant) return false;
  return !('fields' in constant) || [...constant.fields.values()].every(isData);
}

/** The module variable that an instruction reads, also one of another file; -1 for none. */
export function variableRead(
  program: Program,
  exports: ExportTable,
  file: number,
  code: Int32Array,
  pc: number,
): number {
  const operand = code[pc + 4]!;
  if ((code[pc]! & 255) === Op.LoadVariable) return program.variableBase[file]! + operand;
  const binding = exports.imported(file, operand);
  return binding?.kind === 'variable' ? binding.variable : -1;
}

function literal(kind: LiteralKind, text: string): Constant {
  if (kind === LiteralKind.String) return { text };
  return kind === LiteralKind.RegExp ? { plain: true, pattern: text } : PLAIN;
}

/** The text, or the regular expression, that an instruction yields: a literal, or a constant of a module. */
export function literalAt(
  program: Program,
  exports: ExportTable,
  constants: readonly (Constant | undefined)[],
  fn: number,
  pc: number,
): string | undefined {
  const { code, strings } = program.fileOf(fn);
  const file = program.functionFile[fn]!;
  const of = (variable: number): string | undefined => {
    const constant = constants[variable];
    if (!constant) return undefined;
    return 'text' in constant ? constant.text : 'plain' in constant ? constant.pattern : undefined;
  };
  switch (code[pc]! & 255) {
    case Op.Const:
      return strings[code[pc + 5]!];
    case Op.LoadVariable:
      return of(program.variableBase[file]! + code[pc + 4]!);
    case Op.Import: {
      const binding = exports.imported(file, code[pc + 4]!);
      return binding?.kind === 'variable' ? of(binding.variable) : undefined;
    }
    default:
      return undefined;
  }
}

/** `new Set(constants)`, `new Map(constants)` */
function made(callee: string | undefined, given: Constant | undefined, length: number): Constant | undefined {
  if (length !== CALL_ARGUMENTS + 1 || !given) return undefined;
  return (callee === 'Set' || callee === 'Map') && 'fields' in given ? given : undefined;
}

function combined(mode: CombineMode, sources: Int32Array, slots: ReadonlyMap<number, Constant>): Constant | undefined {
  if (mode === CombineMode.Truth || mode === CombineMode.Number) return PLAIN;
  let text = '';
  for (const source of sources) {
    const value = slots.get(source);
    if (!value || 'function' in value) return undefined;
    if ('text' in value) text += value.text;
    else if (mode === CombineMode.Either) return PLAIN;
  }
  return mode === CombineMode.Text ? { text } : PLAIN;
}

/** Members whose call changes the object. */
export const MUTATORS: ReadonlySet<string> = new Set([
  'push',
  'unshift',
  'splice',
  'fill',
  'set',
  'add',
  'append',
  'assign',
  'sort',
  'reverse',
  'copyWithin',
  'pop',
  'shift',
]);

/** 1 for variables whose objects may be written to, or handed to code that may, in the file or where they are imported. */
function findMutated(program: Program, exports: ExportTable, constants: readonly (Constant | undefined)[]): Uint8Array {
  const mutated = new Uint8Array(program.variableCount);
  for (let file = 0; file < program.files.length; file++) {
    for (const { blocks } of program.files[file]!.functions)
      markMutated(program, exports, file, blocks, constants, mutated);
  }
  return mutated;
}

/** Where a slot was read from: a variable, or a member of what is in it, of which `parts` says what it may be. */
interface Origin {
  readonly variable: number;
  readonly parts: readonly Constant[] | undefined;
}

/** What may stand under a key of one of several constants; undefined where that is not known. */
function partsOf(parts: readonly Constant[] | undefined, key: string | undefined): readonly Constant[] | undefined {
  const result: Constant[] = [];
  for (const part of parts ?? []) {
    if (!('fields' in part)) return undefined;
    const one = key === undefined ? undefined : part.fields.get(key);
    if (one) result.push(one);
    else if (key === undefined || key === ELEMENT) result.push(...part.fields.values());
  }
  return parts && result.length <= PARTS ? result : undefined;
}

/** Parts of tables that are told apart. */
const PARTS = 200;

function markMutated(
  program: Program,
  exports: ExportTable,
  file: number,
  blocks: Int32Array,
  constants: readonly (Constant | undefined)[],
  mutated: Uint8Array,
): void {
  const { code, strings } = program.files[file]!;
  const from = new Map<number, Origin>();
  const enter = (slot: number, variable: number): void => {
    const constant = constants[variable];
    if (constant && 'fields' in constant) from.set(slot, { variable, parts: [constant] });
  };
  const touch = (slot: number): void => {
    const origin = from.get(slot);
    if (origin) mutated[origin.variable] = 1;
  };
  /** What is no object cannot be written to. */
  const hand = (slot: number): void => {
    const { parts } = from.get(slot) ?? {};
    if (!parts || parts.some((part) => 'fields' in part)) touch(slot);
  };
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.LoadVariable:
        enter(a, program.variableBase[file]! + b);
        break;
      case Op.Import: {
        const binding = exports.imported(file, b);
        if (binding?.kind === 'variable' || binding?.kind === 'commonjs') enter(a, binding.variable);
        break;
      }
      case Op.Copy:
        if (from.has(b)) from.set(a, from.get(b)!);
        break;
      case Op.LoadDynamic:
      case Op.Load:
        if (from.has(b)) {
          const { variable, parts } = from.get(b)!;
          const key = (code[pc]! & 255) === Op.Load ? strings[code[pc + 5]!]! : undefined;
          from.set(a, { variable, parts: partsOf(parts, key) });
          if (key !== undefined && MUTATORS.has(key)) touch(b);
        }
        break;
      case Op.Store:
      case Op.StoreDynamic:
        touch(a);
        touch(code[pc + 5]!);
        break;
      case Op.Delete:
        touch(a);
        break;
      case Op.Call:
        for (let i = pc + CALL_ARGUMENTS; i < pc + (code[pc]! >>> 8); i++) hand(code[i]!);
        break;
      default:
    }
  }
}

/** How often each variable of a file is written, by any function of the file. */
export function countWrites(program: Program, file: number): Int32Array {
  const { code, functions, variables } = program.files[file]!;
  const writes = new Int32Array(variables.length);
  for (const { blocks } of functions) {
    const end = blocks[blocks.length - 1]!;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      if ((code[pc]! & 255) === Op.StoreVariable) writes[code[pc + 3]!]!++;
    }
  }
  return writes;
}
