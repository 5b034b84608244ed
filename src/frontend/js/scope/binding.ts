import type * as t from '@babel/types';
import type { FunctionIR } from '../../../ir/file.js';

export type BindingKind =
  | 'var'
  | 'let'
  | 'const'
  | 'function'
  | 'class'
  | 'parameter'
  | 'catch'
  | 'import'
  | 'this'
  | 'arguments'
  | 'super';

/** A variable, or one of the implicit ones: `this`, `arguments`, the superclass. */
export interface Binding {
  readonly id: number;
  readonly name: string;
  readonly kind: BindingKind;
  readonly scope: number;
  readonly owner: FunctionScope;
  readonly start: number;
  readonly end: number;
  /** How many places assign it. */
  assignments: number;
  /** Offset behind the last place that assigns it. */
  assignedAt: number;
  /** Offset at which the first closure that captures it is made; Infinity when none does. */
  capturedAt: number;
  /** Module-level only: exported, or used by a function of the file. */
  shared: boolean;
  /** The next outer binding of the same name. */
  outer: Binding | undefined;
  /** Lives in a box. */
  boxed: boolean;
  /** Index into `FileIR.imports`, or NONE. */
  import: number;
  /** Index into `FileIR.variables`, or NONE. */
  variable: number;
  /** The slot it has in the function that is being lowered, if that is the one of `slotFrame`. */
  slot: number;
  slotFrame: number;
  type: t.Node | undefined;
}

export type FunctionKind = FunctionIR['kind'];

/** The names that functions and classes inside something have been given, to keep qualified names unique. */
export interface ChildNames {
  readonly labels: Map<string, number>;
  readonly callbacks: Map<string, number>;
  anonymous: number;
}

export interface FunctionScope {
  readonly index: number;
  readonly parent: FunctionScope | undefined;
  /** The function, or the program; for a synthesised constructor or static function the class. */
  readonly node: t.Node;
  readonly kind: FunctionKind;
  readonly name: string;
  readonly qualifiedName: string;
  /** The class whose member it is. */
  readonly home: ClassScope | undefined;
  readonly isStatic: boolean;
  /** Offset at which its closure is made: for declarations the start of the block that they are hoisted to. */
  readonly createdAt: number;
  readonly captures: Binding[];
  thisBinding: Binding | undefined;
  argumentsBinding: Binding | undefined;
  childNames: ChildNames | undefined;
}

export interface ClassScope {
  readonly index: number;
  readonly node: t.Class;
  readonly name: string;
  readonly qualifiedName: string;
  readonly parent: FunctionScope;
  constructorFunction: FunctionScope | undefined;
  staticFunction: FunctionScope | undefined;
  /** The value of the superclass, where there is one. */
  superBinding: Binding | undefined;
  childNames: ChildNames | undefined;
}

export type FunctionNode =
  | t.FunctionDeclaration
  | t.FunctionExpression
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod
  | t.ClassPrivateMethod;
