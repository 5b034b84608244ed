import type { Diagnostic } from '../core/diagnostic.js';
import type { TypeDeclaration, TypeNode } from './type.js';

/**
 * One file, lowered. Everything is plain data (structured-clonable and serialisable), and depends on nothing but the file's text and name.
 */
export interface FileIR {
  /** POSIX path relative to the scan root. */
  readonly path: string;
  /** Number of lines of the text. */
  readonly lines: number;
  readonly strings: readonly string[];
  /** All instructions of all functions; see `instruction.ts`. */
  readonly code: Int32Array;
  /** Function 0 is the module's own top-level code. */
  readonly functions: readonly FunctionIR[];
  readonly classes: readonly ClassIR[];
  /** Module-level variables that functions of the file read or write, or that are exported. */
  readonly variables: readonly VariableIR[];
  readonly imports: readonly ImportIR[];
  readonly exports: readonly ExportIR[];
  /** Every specifier the file names, in order of first appearance: imports, re-exports, require, import(). */
  readonly specifiers: readonly SpecifierIR[];
  readonly types: readonly TypeDeclaration[];
  /** Directives of the module: 'use client', 'use server', 'use strict'. */
  readonly directives: readonly string[];
  /** Offset of a shebang or 0-length: whether the file starts with `#!`. */
  readonly shebang: boolean;
  readonly comments: readonly CommentIR[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Comments that mean something to the analysis: `spillcheck-ignore…`, `@pii`, `@secret`, `@sensitivity`, `// expect` of fixtures. */
export interface CommentIR {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface SpecifierIR {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `import type` and the like: no value flows. */
  readonly typeOnly: boolean;
  readonly form: 'import' | 'export' | 'require' | 'dynamic';
}

export interface ImportIR {
  /** Index into `specifiers`. */
  readonly specifier: number;
  /** The imported name; 'default'; '*' for the namespace, for `require(…)` (the module object) and for `import(…)`. */
  readonly name: string;
  readonly local: string;
}

export type ExportIR =
  /** `export { variable as name }`, `export const`, `export default`: the value of a module variable. */
  | { readonly kind: 'variable'; readonly name: string; readonly variable: number }
  /** `export { imported as name } from 'x'` */
  | { readonly kind: 'from'; readonly name: string; readonly specifier: number; readonly imported: string }
  /** `export * from 'x'` */
  | { readonly kind: 'all'; readonly specifier: number };

/**
 * `module.exports = …`, `exports.x = …` and `export = …` are writes to the variable named `module.exports` (kind 'commonjs'):
 * lowering treats it as an object cell that importers read as the namespace.
 */
export interface VariableIR {
  readonly name: string;
  readonly kind: 'const' | 'let' | 'function' | 'class' | 'default' | 'commonjs';
  readonly start: number;
  readonly end: number;
  readonly type?: TypeNode;
}

export interface FunctionIR {
  /** Own name, or the name of the variable, property or argument position it is written into; '' where there is none. */
  readonly name: string;
  /** Dotted name for people and fingerprints: `Class.method`, `outer.inner`, `handler.<anonymous 2>`, `<module>`. Unique in the file. */
  readonly qualifiedName: string;
  /** Index of the enclosing function, NONE for function 0. */
  readonly parent: number;
  /** Index of the class whose method, accessor, constructor, initialiser this is; NONE for none. */
  readonly classIndex: number;
  readonly kind: 'module' | 'function' | 'arrow' | 'method' | 'constructor' | 'getter' | 'setter' | 'static-block';
  readonly async: boolean;
  readonly generator: boolean;
  readonly isStatic: boolean;
  readonly start: number;
  readonly end: number;
  /** One entry a formal parameter: the slot that receives the argument. Parameter patterns are destructured by the body. */
  readonly params: readonly ParamIR[];
  /** Slot of `this`, NONE when it is not used. Arrows capture the enclosing one. */
  readonly thisSlot: number;
  /** Slot of `arguments`, NONE when it is not used. */
  readonly argumentsSlot: number;
  /** Slots that receive the captured values, in the order of the operands of `Closure`. */
  readonly captures: readonly CaptureIR[];
  readonly slots: number;
  /** Name of each slot that stands for a variable (index into strings), NONE for temporaries. */
  readonly slotNames: Int32Array;
  /** 1 for slots that are assigned at more than one place (flow-sensitive in the engine); temporaries and constants are 0. */
  readonly slotMutable: Uint8Array;
  /**
   * Written type annotations of variables, sparse. What a call is given as type arguments stands at the slot of its result, as the reference
   * `TYPE_ARGUMENTS`.
   */
  readonly slotTypes: readonly (readonly [slot: number, type: TypeNode])[];
  readonly returnType?: TypeNode;
  /** Names of the type parameters that the return type may mention. */
  readonly typeParameters?: readonly string[];
  /** Offset of each block's first instruction in `FileIR.code`, in reverse post order from the entry; one more entry marks the end. */
  readonly blocks: Int32Array;
  /** Directives of the body: 'use server'. */
  readonly directives: readonly string[];
  /** Decorators by name, for methods and parameters' owners: `Post`, `Injectable`. */
  readonly decorators: readonly DecoratorIR[];
}

export interface ParamIR {
  readonly name: string;
  readonly slot: number;
  readonly rest: boolean;
  readonly type?: TypeNode;
  readonly decorators: readonly DecoratorIR[];
  /** `constructor(private readonly service: Service)`: the field that it also writes (lowering emits the store too). */
  readonly property: boolean;
}

export interface CaptureIR {
  readonly name: string;
  readonly slot: number;
  /** The slot holds a box, the variable is its field `BOX_FIELD`. */
  readonly boxed: boolean;
}

export interface DecoratorIR {
  /** As written, dotted: `Post`, `Inject`, `nest.Body`. */
  readonly name: string;
  /** Index into `imports` of the name's root, NONE otherwise. */
  readonly import: number;
  /** Literal string arguments; other arguments are ''. */
  readonly args: readonly string[];
  /** An identifier as first argument, e.g. the token in `@Inject(Service)`: a type reference. */
  readonly token?: TypeNode;
}

export interface ClassIR {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The function whose body contains the class. */
  readonly parent: number;
  /** Index of the constructor in `functions`; lowering makes one where none is written (field initialisers live in it). */
  readonly constructorFunction: number;
  /** Function that runs static blocks and static field initialisers, NONE for none. */
  readonly staticFunction: number;
  readonly methods: readonly MethodIR[];
  readonly fields: readonly FieldIR[];
  readonly superType?: TypeNode;
  readonly implementsTypes: readonly TypeNode[];
  readonly decorators: readonly DecoratorIR[];
}

export interface MethodIR {
  /** `#x` for private names, ANY for computed ones. */
  readonly name: string;
  readonly kind: 'method' | 'getter' | 'setter';
  readonly isStatic: boolean;
  readonly function: number;
}

export interface FieldIR {
  readonly name: string;
  readonly isStatic: boolean;
  readonly type?: TypeNode;
  readonly decorators: readonly DecoratorIR[];
  /** JSDoc or line comment that belongs to the field, where it holds an `@` tag. */
  readonly tags?: string;
  readonly start: number;
  readonly end: number;
}
