import { type AllocKind, type CombineMode, type CompareOperator, type LiteralKind, NONE, Op } from './instruction.js';

/** Anything that stands somewhere in the text: a `Span`, or a syntax node whose parser fills in the offsets. */
export interface Placed {
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

/** A block that is, or will be, placed in the current function. */
export type Label = number;

/** What the builder knows of a function when its last instruction is written. */
export interface FunctionBody {
  readonly slots: number;
  readonly slotNames: Int32Array;
  readonly slotMutable: Uint8Array;
  readonly blocks: Int32Array;
}

const UNPLACED = -1;
/** The span of jumps that stand for falling through to the next block. */
const FALL_THROUGH: Placed = { start: 0, end: 0 };

/**
 * Writes the instructions of one file, function after function, straight into their final buffer.
 *
 * Blocks are written in the order in which they are placed, which for structured code is reverse post order. Code that nothing can reach
 * is not written at all: after a `Return`, `Throw` or jump, every method is without effect until a label that was jumped to is placed.
 * Methods that compute something take the slot to write, or make a temporary, and return it.
 */
export class Builder {
  readonly strings: string[] = [];
  readonly #stringIds = new Map<string, number>();
  #code = new Int32Array(4096);
  #length = 0;
  #start = 0;

  #slots = 0;
  #names = new Int32Array(256);
  #writes = new Uint8Array(256);
  readonly #blocks: number[] = [];
  /** Offsets of the terminators, whose operands are labels until the function ends. */
  readonly #terminators: number[] = [];
  readonly #labelBlocks: number[] = [];
  readonly #labelUsed: boolean[] = [];
  #open = false;

  /** Whether the next instruction can be reached. */
  get reachable(): boolean {
    return this.#open;
  }

  /** The index of a string in `FileIR.strings`. */
  string(text: string): number {
    let index = this.#stringIds.get(text);
    if (index === undefined) {
      index = this.strings.length;
      this.#stringIds.set(text, index);
      this.strings.push(text);
    }
    return index;
  }

  beginFunction(): void {
    this.#start = this.#length;
    this.#slots = 0;
    this.#blocks.length = 0;
    this.#terminators.length = 0;
    this.#labelBlocks.length = 0;
    this.#labelUsed.length = 0;
    this.#openBlock();
  }

  /** Ends the function; `end` is the place of the implicit return. */
  endFunction(end: Placed): FunctionBody {
    this.return(end, NONE);
    this.#resolveLabels();
    const blocks = new Int32Array(this.#blocks.length + 1);
    blocks.set(this.#blocks);
    blocks[this.#blocks.length] = this.#length;
    return {
      slots: this.#slots,
      slotNames: this.#names.slice(0, this.#slots),
      slotMutable: this.#mutability(),
      blocks,
    };
  }

  /** Forgets what was written of the current function and starts it anew. */
  restartFunction(): void {
    this.#length = this.#start;
    this.beginFunction();
  }

  /** All instructions written so far. */
  code(): Int32Array {
    return this.#code.slice(0, this.#length);
  }

  /** A fresh slot; with a name, it stands for a variable. */
  slot(name?: string): number {
    const slot = this.#slots++;
    if (slot === this.#names.length) this.#growSlots();
    this.#names[slot] = name === undefined ? NONE : this.string(name);
    this.#writes[slot] = 0;
    return slot;
  }

  /** Counts a write that no instruction makes: a parameter, a capture, `this`. */
  receive(slot: number): void {
    this.#count(slot);
  }

  label(): Label {
    this.#labelUsed.push(false);
    return this.#labelBlocks.push(UNPLACED) - 1;
  }

  /** The code that follows is reached by falling through and by jumps made to `label` before. */
  place(label: Label): void {
    if (this.#labelUsed[label]) this.#placeBlock(label);
  }

  /** Like `place`, for a label that later code jumps back to. */
  placeLoop(label: Label): void {
    if (this.#open || this.#labelUsed[label]) this.#placeBlock(label);
  }

  jump(place: Placed, label: Label): void {
    if (!this.#open) return;
    this.#terminate(Op.Jump, 4, place);
    this.#push(this.#use(label));
  }

  branch(place: Placed, condition: number, whenTrue: Label, whenFalse: Label): void {
    if (!this.#open) return;
    this.#terminate(Op.Branch, 6, place);
    this.#push(condition);
    this.#push(this.#use(whenTrue));
    this.#push(this.#use(whenFalse));
  }

  /** Enters `region`; `handler` is placed right behind the region's last block. */
  try(place: Placed, region: Label, handler: Label): void {
    if (!this.#open) return;
    this.#terminate(Op.Try, 5, place);
    this.#push(this.#use(region));
    this.#push(this.#use(handler));
  }

  return(place: Placed, source: number): void {
    if (!this.#open) return;
    this.#terminate(Op.Return, 4, place);
    this.#push(source);
  }

  throw(place: Placed, source: number): void {
    if (!this.#open) return;
    this.#terminate(Op.Throw, 4, place);
    this.#push(source);
  }

  const(place: Placed, kind: LiteralKind, text: string, target = NONE): number {
    return this.#compute2(Op.Const, place, target, kind, this.#open ? this.string(text) : 0);
  }

  copy(place: Placed, source: number, target = NONE): number {
    return this.#compute1(Op.Copy, place, target, source);
  }

  alloc(place: Placed, kind: AllocKind, target = NONE): number {
    return this.#compute1(Op.Alloc, place, target, kind);
  }

  load(place: Placed, base: number, key: string, target = NONE): number {
    return this.#compute2(Op.Load, place, target, base, this.#open ? this.string(key) : 0);
  }

  loadDynamic(place: Placed, base: number, key: number, target = NONE): number {
    return this.#compute2(Op.LoadDynamic, place, target, base, key);
  }

  store(place: Placed, base: number, key: string, source: number): void {
    if (this.#open) this.#effect3(Op.Store, place, base, this.string(key), source);
  }

  storeDynamic(place: Placed, base: number, key: number, source: number): void {
    if (this.#open) this.#effect3(Op.StoreDynamic, place, base, key, source);
  }

  /** `key` undefined: computed. */
  delete(place: Placed, base: number, key: string | undefined): void {
    if (!this.#open) return;
    this.#begin(Op.Delete, 5, place);
    this.#push(base);
    this.#push(key === undefined ? NONE : this.string(key));
  }

  absorb(place: Placed, target: number, source: number, excludedKeys: readonly string[]): void {
    if (!this.#open) return;
    this.#begin(Op.Absorb, 5 + excludedKeys.length, place);
    this.#push(target);
    this.#push(source);
    for (const key of excludedKeys) this.#push(this.string(key));
  }

  combine(place: Placed, mode: CombineMode, sources: readonly number[], target = NONE): number {
    return this.#computeMany(Op.Combine, place, target, mode, sources);
  }

  compare(place: Placed, operator: CompareOperator, left: number, right: number, target = NONE): number {
    if (!this.#open) return this.#nothing(target);
    this.#begin(Op.Compare, 7, place);
    const slot = this.#define(target);
    this.#push(operator);
    this.#push(left);
    this.#push(right);
    return slot;
  }

  closure(place: Placed, functionIndex: number, captured: readonly number[], target = NONE): number {
    return this.#computeMany(Op.Closure, place, target, functionIndex, captured);
  }

  class(
    place: Placed,
    classIndex: number,
    parts: { readonly superclass: number; readonly constructor: number; readonly static: number },
    methods: readonly number[],
    target = NONE,
  ): number {
    return this.#computeMany(
      Op.Class,
      place,
      target,
      classIndex,
      [parts.superclass, parts.constructor, parts.static].concat(methods),
    );
  }

  call(
    place: Placed,
    callee: number,
    receiver: number,
    flags: number,
    spreadMask: number,
    args: readonly number[],
    target = NONE,
  ): number {
    if (!this.#open) return this.#nothing(target);
    this.#begin(Op.Call, 8 + args.length, place);
    const slot = this.#define(target);
    this.#push(callee);
    this.#push(receiver);
    this.#push(flags);
    this.#push(spreadMask);
    for (let i = 0; i < args.length; i++) this.#push(args[i]!);
    return slot;
  }

  global(place: Placed, name: string, target = NONE): number {
    return this.#compute1(Op.Global, place, target, this.#open ? this.string(name) : 0);
  }

  loadVariable(place: Placed, variable: number, target = NONE): number {
    return this.#compute1(Op.LoadVariable, place, target, variable);
  }

  storeVariable(place: Placed, variable: number, source: number): void {
    if (!this.#open) return;
    this.#begin(Op.StoreVariable, 5, place);
    this.#push(variable);
    this.#push(source);
  }

  import(place: Placed, index: number, target = NONE): number {
    return this.#compute1(Op.Import, place, target, index);
  }

  yield(place: Placed, source: number, delegate: boolean, target = NONE): number {
    return this.#compute2(Op.Yield, place, target, source, delegate ? 1 : 0);
  }

  caught(place: Placed, target = NONE): number {
    if (!this.#open) return this.#nothing(target);
    this.#begin(Op.Caught, 4, place);
    return this.#define(target);
  }

  unknown(place: Placed, nodeType: string, sources: readonly number[], target = NONE): number {
    return this.#computeMany(Op.Unknown, place, target, this.#open ? this.string(nodeType) : 0, sources);
  }

  #compute1(op: Op, place: Placed, target: number, a: number): number {
    if (!this.#open) return this.#nothing(target);
    this.#begin(op, 5, place);
    const slot = this.#define(target);
    this.#code[this.#length++] = a;
    return slot;
  }

  #compute2(op: Op, place: Placed, target: number, a: number, b: number): number {
    if (!this.#open) return this.#nothing(target);
    this.#begin(op, 6, place);
    const slot = this.#define(target);
    this.#code[this.#length++] = a;
    this.#code[this.#length++] = b;
    return slot;
  }

  #computeMany(op: Op, place: Placed, target: number, first: number, rest: readonly number[]): number {
    if (!this.#open) return this.#nothing(target);
    this.#begin(op, 5 + rest.length, place);
    const slot = this.#define(target);
    this.#push(first);
    for (let i = 0; i < rest.length; i++) this.#push(rest[i]!);
    return slot;
  }

  #effect3(op: Op, place: Placed, a: number, b: number, c: number): void {
    this.#begin(op, 6, place);
    this.#code[this.#length++] = a;
    this.#code[this.#length++] = b;
    this.#code[this.#length++] = c;
  }

  /** What an instruction that is not written would have returned. Nothing that is written reads it. */
  #nothing(target: number): number {
    return target === NONE ? 0 : target;
  }

  #define(target: number): number {
    const slot = target === NONE ? this.slot() : target;
    this.#count(slot);
    this.#code[this.#length++] = slot;
    return slot;
  }

  #count(slot: number): void {
    if (this.#writes[slot]! < 2) this.#writes[slot]!++;
  }

  #begin(op: Op, length: number, place: Placed): void {
    if (this.#length + length > this.#code.length) this.#growCode(length);
    this.#code[this.#length++] = op | (length << 8);
    this.#code[this.#length++] = place.start!;
    this.#code[this.#length++] = place.end!;
  }

  #push(operand: number): void {
    this.#code[this.#length++] = operand;
  }

  #terminate(op: Op, length: number, place: Placed): void {
    this.#terminators.push(this.#length);
    this.#begin(op, length, place);
    this.#open = false;
  }

  #use(label: Label): number {
    this.#labelUsed[label] = true;
    return label;
  }

  #placeBlock(label: Label): void {
    this.jump(FALL_THROUGH, label);
    this.#labelBlocks[label] = this.#blocks.length;
    this.#openBlock();
  }

  #openBlock(): void {
    this.#blocks.push(this.#length);
    this.#open = true;
  }

  /** Replaces labels by block indices. */
  #resolveLabels(): void {
    const code = this.#code;
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

  #mutability(): Uint8Array {
    const mutable = this.#writes.slice(0, this.#slots);
    for (let slot = 0; slot < mutable.length; slot++) mutable[slot] = mutable[slot]! > 1 ? 1 : 0;
    return mutable;
  }

  #growCode(length: number): void {
    const larger = new Int32Array(Math.max(this.#code.length * 2, this.#length + length));
    larger.set(this.#code);
    this.#code = larger;
  }

  #growSlots(): void {
    const names = new Int32Array(this.#names.length * 2);
    names.set(this.#names);
    this.#names = names;
    const writes = new Uint8Array(this.#writes.length * 2);
    writes.set(this.#writes);
    this.#writes = writes;
  }
}
