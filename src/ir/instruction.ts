/**
 * The instructions of the intermediate representation. A function is a list of basic blocks over *slots* (numbered variables);
 * language semantics (destructuring, loops, optional chaining, JSX, classes, …) end at lowering.
 *
 * Encoding: each instruction is a run of int32 in `FileIR.code`:
 *
 *     [ op | length << 8, spanStart, spanEnd, ...operands ]
 *
 * `length` counts all integers of the instruction. Slots are indices ≥ 0, or `NONE`. Strings are indices into `FileIR.strings`.
 *
 * Keys are property names as written, but:
 * - `#x`: the private member x
 * - `@@iterator`: the member `[Symbol.iterator]`; so for every `Symbol.x`
 * - `get x`, `set x`: under these an object literal's accessors are stored, as closures (a class's accessors are its methods)
 * - `0`, `1`, …: known indices; they overlap with `ELEMENT`
 *
 * Blocks stand in reverse post order; block 0 is entered first and never jumped back to. Code that nothing reaches is not written.
 *
 * Some globals are not names of the language: `import` (a dynamic import of what is no literal is a call of it), `import.meta`,
 * `new.target`, and `this` where a module's code uses it.
 */
export const NONE = -1;

/** The name under which array elements, Map values, iterated values and unknown array indices are stored. */
export const ELEMENT = '[]';
/** The key of a load that yields the names of a thing's fields, one as good as another: `for (const name in thing)`. */
export const FIELD_NAME = '%name';
/** The key of a load or store whose name is not known: a load reads every field and element, a store may write any. */
export const ANY = '*';

export enum Op {
  /** dst, LiteralKind, string: a literal. Numbers, regular expressions and bigints carry their source text. */
  Const,
  /** dst, src, [1]: assignment; also type assertions, non-null, parentheses. With a third operand: `await` of what is no call. */
  Copy,
  /** dst, AllocKind: a fresh object. */
  Alloc,
  /** dst, base, key: read a property; `key` is a string. */
  Load,
  /** dst, base, keySlot: read a property whose name is computed. */
  LoadDynamic,
  /** base, key, src: write a property. */
  Store,
  /** base, keySlot, src: write a property whose name is computed. */
  StoreDynamic,
  /** base, key, keySlot: `delete base.key`; key NONE when computed, and then its slot. */
  Delete,
  /** dst, src, ...excludedKeys (strings): copy all own fields and elements of src into the object dst, but the excluded ones (spread, rest). */
  Absorb,
  /** dst, CombineMode, ...srcs: a new primitive computed from the operands. */
  Combine,
  /** dst, CompareOperator, left, right: a truth value that a guard may read. */
  Compare,
  /** dst, functionIndex, ...capturedSlots: a function value; slot i is bound to capture i of the function. */
  Closure,
  /**
   * dst, classIndex, superSlot|NONE, constructorSlot, staticSlot|NONE, ...methodSlots: a class value, its functions made by `Closure` before,
   * methods in the order of `ClassIR.methods`. The static function, whose `this` is the class, runs at this point. Field initialisers are
   * stores in the constructor. `super.m` is a load of `prototype` from the superclass value (not in static members), then of `m`; when
   * called, its receiver is `this`.
   */
  Class,
  /** dst, callee, receiver|NONE, CallFlag bits, spreadMask, ...args: call or construct. Bit i of spreadMask: argument i (≤ 30) is spread, its slot holds the iterable. */
  Call,
  /** dst, name: read of a global, that is of a name bound nowhere in the file. */
  Global,
  /** dst, variable: read of a module-level variable that functions share; `variable` indexes `FileIR.variables`. */
  LoadVariable,
  /** variable, src */
  StoreVariable,
  /** dst, import: the value of an import binding; `import` indexes `FileIR.imports`. */
  Import,
  /** src|NONE: leave the function. */
  Return,
  /** src */
  Throw,
  /** dst|NONE, src, delegate(0|1): `yield` and `yield*`; dst is what `next(x)` sends in. */
  Yield,
  /** dst: what a catch clause receives; what the guarded block's throws and calls raise. */
  Caught,
  /** block: unconditional jump. Ends a block. */
  Jump,
  /** condition, thenBlock, elseBlock. Ends a block. An unknown condition (loops) is NONE. */
  Branch,
  /**
   * block, handlerBlock: like Jump, and the handler may be entered from anywhere in the region, which is the blocks from `block` up to, not
   * including, `handlerBlock`. Ends a block.
   */
  Try,
  /** A construct that is not lowered: dst|NONE, string (the node type), ...srcs it depends on. The engine taints dst with the srcs. */
  Unknown,
}

export enum LiteralKind {
  String,
  Number,
  Boolean,
  Null,
  Undefined,
  RegExp,
  BigInt,
}

export enum AllocKind {
  Object,
  Array,
  /** The cell of a captured variable that is reassigned: one field `BOX_FIELD`. */
  Box,
}

/** The field of a box. */
export const BOX_FIELD = '%';

export enum CombineMode {
  /** Text in which the operands stand: template literals, `+`, `join`. Facts survive. */
  Text,
  /** Truth values: `!x`, `void x`, `delete`. Facts do not survive. */
  Truth,
  /** Numbers: arithmetic, `.length`, `Number()`. Only facts of numeric-sensitive kinds survive. */
  Number,
  /** One of the operands as it is: `a ?? b`, `a || b`, `c ? a : b` where no block is worth its cost. */
  Either,
}

export enum CompareOperator {
  Equal,
  NotEqual,
  /** <, <=, >, >= */
  Order,
  /** left: key, right: object */
  In,
  InstanceOf,
  /** `typeof left === right`, right a string constant. */
  TypeOf,
  NotTypeOf,
}

export enum CallFlag {
  None = 0,
  New = 1,
  /** `super(...)`: receiver is `this`. */
  Super = 2,
  /** Tagged template: args are the operands behind the (constant) strings array, so argument i is what parameter i + 1 receives. */
  Tagged = 4,
  /**
   * JSX element: callee is the component, or a string Const for intrinsic elements; one argument, the props object, which holds the
   * children under `children`: one as it is, several as an array. A fragment is no call, it is its children.
   */
  Jsx = 8,
  /** `await` stands directly before the call. */
  Awaited = 16,
  Optional = 32,
  /** A decorator: callee(target). */
  Decorator = 64,
}

/** The offsets of the fixed operands of `Call`, counted from the instruction's first integer. */
export const CALL_ARGUMENTS = 8;
