import { CodeWriter, type Label, type Placed } from './code-writer.js';
import { type AllocKind, type CombineMode, type CompareOperator, type LiteralKind, NONE, Op } from './instruction.js';

export type { FileBody, FunctionBody, Label, Placed } from './code-writer.js';

/**
 * Writes the instructions of one file, function after function, straight into their final buffer.
 *
 * Blocks are written in the order in which they are placed, which for structured code is reverse post order. Code that nothing can reach
 * is not written at all: after a `Return`, `Throw` or jump, every method is without effect until a label that was jumped to is placed.
 * Methods that compute something take the slot to write, or make a temporary, and return it.
 */
export class Builder extends CodeWriter {
  branch(place: Placed, condition: number, whenTrue: Label, whenFalse: Label): void {
    if (!this.open) return;
    const at = this.terminate(Op.Branch, 6, place);
    this.code[at] = condition;
    this.code[at + 1] = this.use(whenTrue);
    this.code[at + 2] = this.use(whenFalse);
  }

  /** Enters `region`; `handler` is placed right behind the region's last block. */
  try(place: Placed, region: Label, handler: Label): void {
    if (!this.open) return;
    const at = this.terminate(Op.Try, 5, place);
    this.code[at] = this.use(region);
    this.code[at + 1] = this.use(handler);
  }

  throw(place: Placed, source: number): void {
    if (!this.open) return;
    const at = this.terminate(Op.Throw, 4, place);
    this.code[at] = source;
  }

  const(place: Placed, kind: LiteralKind, text: string, target = NONE): number {
    return this.compute2(Op.Const, place, target, kind, this.open ? this.string(text) : 0);
  }

  copy(place: Placed, source: number, target = NONE): number {
    return this.compute1(Op.Copy, place, target, source);
  }

  /** `await` of a promise that is at hand; a call that is awaited at once has a flag instead. */
  awaited(place: Placed, source: number, target = NONE): number {
    return this.compute2(Op.Copy, place, target, source, 1);
  }

  alloc(place: Placed, kind: AllocKind, target = NONE): number {
    return this.compute1(Op.Alloc, place, target, kind);
  }

  load(place: Placed, base: number, key: string, target = NONE): number {
    return this.compute2(Op.Load, place, target, base, this.open ? this.string(key) : 0);
  }

  loadDynamic(place: Placed, base: number, key: number, target = NONE): number {
    return this.compute2(Op.LoadDynamic, place, target, base, key);
  }

  store(place: Placed, base: number, key: string, source: number): void {
    if (this.open) this.effect3(Op.Store, place, base, this.string(key), source);
  }

  storeDynamic(place: Placed, base: number, key: number, source: number): void {
    if (this.open) this.effect3(Op.StoreDynamic, place, base, key, source);
  }

  delete(place: Placed, base: number, key: string): void {
    if (this.open) this.effect3(Op.Delete, place, base, this.string(key), NONE);
  }

  deleteDynamic(place: Placed, base: number, key: number): void {
    if (this.open) this.effect3(Op.Delete, place, base, NONE, key);
  }

  absorb(place: Placed, target: number, source: number, excludedKeys: readonly string[]): void {
    if (!this.open) return;
    const at = this.begin(Op.Absorb, 5 + excludedKeys.length, place);
    this.code[at] = target;
    this.code[at + 1] = source;
    for (let i = 0; i < excludedKeys.length; i++) this.code[at + 2 + i] = this.string(excludedKeys[i]!);
  }

  combine(place: Placed, mode: CombineMode, sources: readonly number[], target = NONE): number {
    return this.computeMany(Op.Combine, place, target, mode, sources);
  }

  compare(place: Placed, operator: CompareOperator, left: number, right: number, target = NONE): number {
    if (!this.open) return this.nothing(target);
    const slot = this.define(target);
    const at = this.begin(Op.Compare, 7, place);
    const code = this.code;
    code[at] = slot;
    code[at + 1] = operator;
    code[at + 2] = left;
    code[at + 3] = right;
    return slot;
  }

  closure(place: Placed, functionIndex: number, captured: readonly number[], target = NONE): number {
    return this.computeMany(Op.Closure, place, target, functionIndex, captured);
  }

  class(
    place: Placed,
    classIndex: number,
    parts: { readonly superclass: number; readonly constructor: number; readonly static: number },
    methods: readonly number[],
    target = NONE,
  ): number {
    return this.computeMany(
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
    if (!this.open) return this.nothing(target);
    const slot = this.define(target);
    const at = this.begin(Op.Call, 8 + args.length, place);
    const code = this.code;
    code[at] = slot;
    code[at + 1] = callee;
    code[at + 2] = receiver;
    code[at + 3] = flags;
    code[at + 4] = spreadMask;
    for (let i = 0; i < args.length; i++) code[at + 5 + i] = args[i]!;
    return slot;
  }

  global(place: Placed, name: string, target = NONE): number {
    return this.compute1(Op.Global, place, target, this.open ? this.string(name) : 0);
  }

  loadVariable(place: Placed, variable: number, target = NONE): number {
    return this.compute1(Op.LoadVariable, place, target, variable);
  }

  storeVariable(place: Placed, variable: number, source: number): void {
    if (this.open) this.effect(Op.StoreVariable, place, variable, source);
  }

  import(place: Placed, index: number, target = NONE): number {
    return this.compute1(Op.Import, place, target, index);
  }

  yield(place: Placed, source: number, delegate: boolean, target = NONE): number {
    return this.compute2(Op.Yield, place, target, source, delegate ? 1 : 0);
  }

  caught(place: Placed, target = NONE): number {
    if (!this.open) return this.nothing(target);
    const slot = this.define(target);
    const at = this.begin(Op.Caught, 4, place);
    this.code[at] = slot;
    return slot;
  }

  unknown(place: Placed, nodeType: string, sources: readonly number[], target = NONE): number {
    return this.computeMany(Op.Unknown, place, target, this.open ? this.string(nodeType) : 0, sources);
  }
}
