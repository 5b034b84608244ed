import { NONE, Op } from './instruction.js';
import { SlotTable } from './slot-table.js';

/** Anything that stands somewhere in the text: a `Span`, or a syntax node whose parser fills in the offsets. */
export interface Placed {
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

/** A block that is, or will be, placed in the current function. */
export type Label = number;

/** Where the tables of a function stand in those of the file. */
export interface FunctionBody {
  readonly slots: number;
  readonly firstSlot: number;
  readonly firstBlock: number;
  /** The number of entries, one more than blocks. */
  readonly blockEntries: number;
}

/** The instructions of a file and the tables of its functions, which are views of one buffer each. */
export interface FileBody {
  readonly code: Int32Array;
  readonly slotNames: Int32Array;
  readonly slotMutable: Uint8Array;
  readonly blocks: Int32Array;
}

/** The span of jumps that stand for falling through to the next block. */
const FALL_THROUGH: Placed = { start: 0, end: 0 };
const UNPLACED = -1;
/** Longer strings are not looked up before they are added. Why: prose and templates do not repeat, names do. */
const INTERNED_LENGTH = 80;

/**
 * Keeps the code of a file while it is written: the buffer, the strings, and for the current function slots, blocks and labels. The
 * instructions that compute something are in `Builder`.
 */
export class CodeWriter {
  readonly strings: string[] = [];
  readonly #stringIds = new Map<string, number>();
  protected code: Int32Array;
  #length = 0;

  readonly #slots: SlotTable;
  /** Of all functions so far; those of the current one begin at `#firstBlock`. */
  #blocks: Int32Array;
  #firstBlock = 0;
  #blockCount = 0;
  /** Offsets of the terminators, whose operands are labels until the function ends. */
  readonly #terminators: number[] = [];
  readonly #labelBlocks: number[] = [];
  readonly #labelUsed: boolean[] = [];
  protected open = false;

  /** @param capacity how many integers the code will probably have */
  constructor(capacity = 1024) {
    this.code = new Int32Array(capacity);
    this.#slots = new SlotTable((capacity >> 3) + 16);
    this.#blocks = new Int32Array((capacity >> 5) + 16);
  }

  /** Whether the next instruction can be reached. */
  get reachable(): boolean {
    return this.open;
  }

  /** The index of a string in `FileIR.strings`. */
  string(text: string): number {
    if (text.length > INTERNED_LENGTH) return this.strings.push(text) - 1;
    let index = this.#stringIds.get(text);
    if (index === undefined) {
      index = this.strings.length;
      this.#stringIds.set(text, index);
      this.strings.push(text);
    }
    return index;
  }

  beginFunction(): void {
    this.#slots.beginFunction();
    this.#firstBlock += this.#blockCount;
    this.#blockCount = 0;
    this.#terminators.length = 0;
    this.#labelBlocks.length = 0;
    this.#labelUsed.length = 0;
    this.#openBlock();
  }

  /** Ends the function; `end` is the place of the implicit return. */
  endFunction(end: Placed): FunctionBody {
    this.return(end, NONE);
    this.#resolveLabels();
    this.#openBlock();
    return {
      slots: this.#slots.count,
      firstSlot: this.#slots.first,
      firstBlock: this.#firstBlock,
      blockEntries: this.#blockCount,
    };
  }

  /** All that was written, in buffers of just the needed size. */
  finish(): FileBody {
    return {
      code: this.code.slice(0, this.#length),
      ...this.#slots.finish(),
      blocks: this.#blocks.slice(0, this.#firstBlock + this.#blockCount),
    };
  }

  /** A fresh slot; with a name, it stands for a variable. */
  slot(name?: string): number {
    return this.#slots.add(name === undefined ? NONE : this.string(name));
  }

  /** Counts a write that no instruction makes: a parameter, a capture, `this`. */
  receive(slot: number): void {
    this.#slots.write(slot);
  }

  label(): Label {
    this.#labelUsed.push(false);
    return this.#labelBlocks.push(UNPLACED) - 1;
  }

  /** The code that follows is reached by falling through and by jumps made to `label` before. */
  place(label: Label): void {
    if (this.#labelUsed[label]) this.#placeBlock(label, true);
  }

  /** Like `place`, for a label that later code jumps back to. */
  placeLoop(label: Label): void {
    if (this.open || this.#labelUsed[label]) this.#placeBlock(label, false);
  }

  jump(place: Placed, label: Label): void {
    if (!this.open) return;
    const at = this.terminate(Op.Jump, 4, place);
    this.code[at] = this.use(label);
  }

  return(place: Placed, source: number): void {
    if (!this.open) return;
    const at = this.terminate(Op.Return, 4, place);
    this.code[at] = source;
  }

  protected compute1(op: Op, place: Placed, target: number, a: number): number {
    if (!this.open) return this.nothing(target);
    const slot = this.define(target);
    const at = this.begin(op, 5, place);
    const code = this.code;
    code[at] = slot;
    code[at + 1] = a;
    return slot;
  }

  protected compute2(op: Op, place: Placed, target: number, a: number, b: number): number {
    if (!this.open) return this.nothing(target);
    const slot = this.define(target);
    const at = this.begin(op, 6, place);
    const code = this.code;
    code[at] = slot;
    code[at + 1] = a;
    code[at + 2] = b;
    return slot;
  }

  protected computeMany(op: Op, place: Placed, target: number, first: number, rest: readonly number[]): number {
    if (!this.open) return this.nothing(target);
    const slot = this.define(target);
    const at = this.begin(op, 5 + rest.length, place);
    const code = this.code;
    code[at] = slot;
    code[at + 1] = first;
    for (let i = 0; i < rest.length; i++) code[at + 2 + i] = rest[i]!;
    return slot;
  }

  protected effect(op: Op, place: Placed, a: number, b: number): void {
    const at = this.begin(op, 5, place);
    this.code[at] = a;
    this.code[at + 1] = b;
  }

  protected effect3(op: Op, place: Placed, a: number, b: number, c: number): void {
    const at = this.begin(op, 6, place);
    const code = this.code;
    code[at] = a;
    code[at + 1] = b;
    code[at + 2] = c;
  }

  /** What an instruction that is not written would have returned. Nothing that is written reads it. */
  protected nothing(target: number): number {
    return target === NONE ? 0 : target;
  }

  protected define(target: number): number {
    const slot = target === NONE ? this.#slots.add(NONE) : target;
    this.#slots.write(slot);
    return slot;
  }

  /** Writes the head of an instruction, and makes room for its operands. Returns the offset of the first one. */
  protected begin(op: Op, length: number, place: Placed): number {
    const at = this.#length;
    if (at + length > this.code.length) this.#growCode(length);
    const code = this.code;
    code[at] = op | (length << 8);
    code[at + 1] = place.start!;
    code[at + 2] = place.end!;
    this.#length = at + length;
    return at + 3;
  }

  /** Like `begin`, for an instruction that ends its block. */
  protected terminate(op: Op, length: number, place: Placed): number {
    this.#terminators.push(this.#length);
    this.open = false;
    return this.begin(op, length, place);
  }

  protected use(label: Label): number {
    this.#labelUsed[label] = true;
    return label;
  }

  #placeBlock(label: Label, entry: boolean): void {
    const current = this.#blockCount - 1;
    // A block in which nothing stands yet serves as well, but for the entry, which nothing may jump back to.
    if (this.open && this.#length === this.#blocks[this.#firstBlock + current] && (entry || current > 0)) {
      this.#labelBlocks[label] = current;
      return;
    }
    this.jump(FALL_THROUGH, label);
    this.#labelBlocks[label] = this.#blockCount;
    this.#openBlock();
  }

  #openBlock(): void {
    const row = this.#firstBlock + this.#blockCount++;
    if (row === this.#blocks.length) {
      const larger = new Int32Array(row * 2);
      larger.set(this.#blocks);
      this.#blocks = larger;
    }
    this.#blocks[row] = this.#length;
    this.open = true;
  }

  /** Replaces labels by block indices. */
  #resolveLabels(): void {
    const code = this.code;
    const blockOf = this.#labelBlocks;
    for (const at of this.#terminators) {
      const op = code[at]! & 0xff;
      if (op === Op.Jump) code[at + 3] = blockOf[code[at + 3]!]!;
      else if (op === Op.Branch || op === Op.Try) {
        const first = op === Op.Branch ? at + 4 : at + 3;
        code[first] = blockOf[code[first]!]!;
        code[first + 1] = blockOf[code[first + 1]!]!;
      }
    }
  }

  #growCode(length: number): void {
    const larger = new Int32Array(Math.max(this.code.length * 2, this.#length + length));
    larger.set(this.code);
    this.code = larger;
  }
}
