/**
 * Lists and tables that are not empty: whatever goes through them does so at least once. A redactor that goes through its patterns leaves
 * nothing as it was.
 */
import { AllocKind, CALL_ARGUMENTS, Op } from '../ir/instruction.js';
import { variableRead } from './constants.js';
import type { ExportTable } from './exports.js';
import { tablesAt } from './field-tables.js';
import type { Frame } from './frame.js';
import type { Program } from './program.js';

/** Methods that take something out of a list, a set or a map. */
export const DRAINS: ReadonlySet<string> = new Set(['pop', 'shift', 'splice', 'clear', 'delete']);
/** Functions of `Object` whose result has as many elements as what they are given has. */
const LISTINGS = /^(?:keys|entries|values|freeze)$/;
/** Steps from where a list is used back to where it is written. */
const HOPS = 6;

/** 1 for the module variables that are written once, with a list or object that has something in it, from which nothing is taken out. */
export function findFilled(program: Program, exports: ExportTable): Uint8Array {
  const filled = new Uint8Array(program.variableCount);
  for (let file = 0; file < program.files.length; file++) addWritten(program, file, filled);
  for (let fn = 0; fn < program.functionCount; fn++) removeDrained(program, exports, fn, filled);
  return filled;
}

function addWritten(program: Program, file: number, filled: Uint8Array): void {
  const { code, strings, functions } = program.files[file]!;
  const blocks = functions[0]?.blocks;
  if (!blocks) return;
  const base = program.variableBase[file]!;
  const made = new Set<number>();
  const full = new Set<number>();
  const listings = new Set<number>();
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    switch (code[pc]! & 255) {
      case Op.Alloc:
        if (b !== AllocKind.Box) made.add(a);
        break;
      case Op.Store:
        if (made.has(a)) full.add(a);
        break;
      case Op.Copy:
        if (full.has(b)) full.add(a);
        break;
      case Op.Load:
        if (LISTINGS.test(strings[code[pc + 5]!]!)) listings.add(a);
        break;
      case Op.Call:
        if (listings.has(b) && full.has(code[pc + CALL_ARGUMENTS]!)) full.add(a);
        break;
      case Op.StoreVariable:
        filled[base + a] = full.has(b) && filled[base + a] === 0 ? 1 : 2;
        break;
      default:
    }
  }
  for (let i = base; i < program.variableBase[file + 1]!; i++) if (filled[i] !== 1) filled[i] = 0;
}

function removeDrained(program: Program, exports: ExportTable, fn: number, filled: Uint8Array): void {
  const { code, strings } = program.fileOf(fn);
  const { blocks, parent } = program.functionOf(fn);
  const file = program.functionFile[fn]!;
  const from = new Map<number, number>();
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const a = code[pc + 3]!;
    const b = code[pc + 4]!;
    const variable = from.get((code[pc]! & 255) === Op.Store ? a : b);
    switch (code[pc]! & 255) {
      case Op.LoadVariable:
      case Op.Import: {
        const read = variableRead(program, exports, file, code, pc);
        if (read >= 0 && filled[read]) from.set(a, read);
        break;
      }
      case Op.Copy:
        if (variable !== undefined) from.set(a, variable);
        break;
      case Op.Load:
        if (variable !== undefined && DRAINS.has(strings[code[pc + 5]!]!)) filled[variable] = 0;
        break;
      case Op.Store:
        if (variable !== undefined && strings[b] === 'length') filled[variable] = 0;
        break;
      case Op.StoreVariable:
        if (parent >= 0) filled[program.variableBase[file]! + a] = 0;
        break;
      default:
    }
  }
}

/** Whether a slot surely holds a list or table with something in it. */
export function isFilled(frame: Frame, slot: number): boolean {
  const { code, strings } = frame.file;
  const { program, tracker, filled } = frame.context;
  let at = slot;
  for (let hops = 0; hops < HOPS; hops++) {
    const pc = at < 0 ? -1 : frame.definitions[at]!;
    if (pc < 0) return false;
    switch (code[pc]! & 255) {
      case Op.Copy:
        at = code[pc + 4]!;
        break;
      case Op.LoadVariable:
      case Op.Import: {
        const variable = variableRead(program, tracker.exports, program.functionFile[frame.fn]!, code, pc);
        return variable >= 0 && filled[variable] === 1;
      }
      case Op.Call: {
        const callee = frame.definitions[code[pc + 4]!] ?? -1;
        const isListing =
          callee >= 0 && (code[callee]! & 255) === Op.Load && LISTINGS.test(strings[code[callee + 5]!]!);
        if (!isListing) return false;
        at = code[pc]! >>> 8 > CALL_ARGUMENTS ? code[pc + CALL_ARGUMENTS]! : code[pc + 5]!;
        break;
      }
      case Op.Load:
        return tablesAt(frame.context, frame.fn, code[pc + 4]!, strings[code[pc + 5]!]!) !== undefined;
      case Op.Alloc:
        return code[pc + 4] !== AllocKind.Box && isWrittenFull(frame, at);
      default:
        return false;
    }
  }
  return false;
}

/** Whether a function writes something into what it makes in a slot, and takes nothing out. */
function isWrittenFull(frame: Frame, slot: number): boolean {
  const { code, strings } = frame.file;
  const { blocks } = frame.ir;
  const end = blocks[blocks.length - 1]!;
  let isFull = false;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const op = code[pc]! & 255;
    if (op === Op.Load && code[pc + 4] === slot && DRAINS.has(strings[code[pc + 5]!]!)) return false;
    if (op === Op.Store && code[pc + 3] === slot && strings[code[pc + 4]!] === 'length') return false;
    if (op === Op.Store && code[pc + 3] === slot) isFull = true;
  }
  return isFull;
}
