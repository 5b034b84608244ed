import { ELEMENT, Op } from '../ir/instruction.js';
import { type Constant, constantsIn, MUTATORS } from './constants.js';
import type { Context } from './frame.js';
import type { Program } from './program.js';
import { TokenKind } from './tokens.js';
import type { Tracker } from './tracker.js';

/** Constant lists in fields of classes, by global class number and the field's name. */
export type FieldTables = ReadonlyMap<number, ReadonlyMap<string, Constant>>;

/**
 * Lists of constants that fields of classes hold for good, `private readonly patterns = [{ re: /\d{9}/, text: '[ssn]' }]`: written once, by the
 * constructor or the static part of the class, and changed by nothing that may have such an instance in hand.
 */
export function findFieldTables(
  program: Program,
  tracker: Tracker,
  constants: readonly (Constant | undefined)[],
): FieldTables {
  const finder = new Finder(program, tracker, constants);
  for (let cls = 0; cls < program.classCount; cls++) finder.addClass(cls);
  if (finder.names.size > 0) for (let fn = 0; fn < program.functionCount; fn++) finder.removeWritten(fn);
  return finder.tables;
}

/**
 * The tables that a field of what is in a slot may be, where it is one of them whatever that is an instance of; undefined where it is not, or
 * nobody knows.
 */
export function tablesAt(
  { tables, tracker }: Pick<Context, 'tables' | 'tracker'>,
  fn: number,
  slot: number,
  key: string,
): readonly Constant[] | undefined {
  if (slot < 0 || tables.size === 0) return undefined;
  const found: Constant[] = [];
  for (const cls of classesIn(tracker, fn, slot)) {
    const holder = tracker.lineage(cls).find((each) => tables.get(each)?.has(key));
    if (holder === undefined) return undefined;
    found.push(tables.get(holder)!.get(key)!);
  }
  return found.length > 0 ? found : undefined;
}

/** The classes that a slot holds, or instances of them. */
function classesIn(tracker: Tracker, fn: number, slot: number): number[] {
  return tracker.slotTokens(fn, slot).flatMap((token) => {
    const kind = tracker.tokenKind(token);
    return kind === TokenKind.Instance || kind === TokenKind.Class ? [tracker.tokenData(token)] : [];
  });
}

class Finder {
  readonly tables = new Map<number, Map<string, Constant>>();
  /** The names of all fields in `tables`. */
  readonly names = new Set<string>();
  /** The instructions that write them. */
  readonly #writes = new Set<string>();

  constructor(
    private readonly program: Program,
    private readonly tracker: Tracker,
    private readonly constants: readonly (Constant | undefined)[],
  ) {}

  addClass(cls: number): void {
    const { constructorFunction, staticFunction } = this.program.classOf(cls);
    const base = this.program.functionBase[this.program.classFile[cls]!]!;
    for (const index of [constructorFunction, staticFunction]) if (index >= 0) this.#addFrom(cls, base + index);
  }

  #addFrom(cls: number, fn: number): void {
    const { program, constants } = this;
    const { code, strings } = program.fileOf(fn);
    const { thisSlot } = program.functionOf(fn);
    if (thisSlot < 0) return;
    constantsIn({ program, exports: this.tracker.exports, constants }, fn, (pc, slots) => {
      if ((code[pc]! & 255) !== Op.Store || code[pc + 3] !== thisSlot) return;
      const value = slots.get(code[pc + 5]!);
      const name = strings[code[pc + 4]!]!;
      const fields = this.tables.get(cls) ?? new Map<string, Constant>();
      if (!value || !('fields' in value) || !value.fields.has('0') || fields.has(name)) return;
      this.tables.set(cls, fields.set(name, value));
      this.names.add(name);
      this.#writes.add(`${fn}:${pc}`);
    });
  }

  /** Takes out what a function writes to besides, or changes. */
  removeWritten(fn: number): void {
    const { code, strings } = this.program.fileOf(fn);
    const { blocks } = this.program.functionOf(fn);
    const made = new Set<number>();
    const read = new Map<number, { readonly holder: number; readonly name: string }>();
    const end = blocks[blocks.length - 1]!;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const a = code[pc + 3]!;
      const b = code[pc + 4]!;
      switch (code[pc]! & 255) {
        case Op.Alloc:
          made.add(a);
          break;
        case Op.Load: {
          const key = strings[code[pc + 5]!]!;
          const from = read.get(b);
          if (from && MUTATORS.has(key)) this.#remove(fn, from.holder, from.name);
          if (this.names.has(key)) read.set(a, { holder: b, name: key });
          else if (from && key === ELEMENT) read.set(a, from);
          else read.delete(a);
          break;
        }
        case Op.Store: {
          const key = strings[b]!;
          const from = read.get(a);
          if (from) this.#remove(fn, from.holder, from.name);
          if (this.names.has(key) && !made.has(a) && !this.#writes.has(`${fn}:${pc}`)) this.#remove(fn, a, key);
          break;
        }
        default:
      }
    }
  }

  /** The field of all that a slot may hold is no table: of whatever has such a field where nothing is known of the slot. */
  #remove(fn: number, slot: number, name: string): void {
    const classes = classesIn(this.tracker, fn, slot);
    const all = classes.length > 0 ? classes.flatMap((cls) => this.tracker.lineage(cls)) : this.tables.keys();
    for (const cls of all) this.tables.get(cls)?.delete(name);
  }
}
