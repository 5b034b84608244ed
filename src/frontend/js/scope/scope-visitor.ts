import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import type { FunctionScope } from './binding.js';
import { InnerNamer, type Namer } from './qualified-name.js';
import { ScopeTable } from './scope-table.js';
import { visitClass } from './visit-class.js';
import { visitIdentifier } from './visit-expression.js';
import { isFunctionNode, visitFunction } from './visit-function.js';
import { VISITS } from './visits.js';

/** Walks a file once and enters its functions, classes, scopes, bindings and references into a `ScopeTable`. */
export class ScopeVisitor {
  readonly table = new ScopeTable();
  readonly exported = new Set<string>();
  scope = 0;
  /** Where `var` declarations go. */
  varScope = 0;
  function!: FunctionScope;
  /** What functions are named inside, where it is not the function around them: a class, an object literal, a namespace. */
  namer: Namer | undefined = undefined;
  usesModuleExports = false;
  /** Links of the chains that are being visited. */
  readonly chain: t.Node[] = [];

  visitAll(nodes: readonly (t.Node | null | undefined)[]): void {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (node) this.visit(node);
    }
  }

  /** Visits a node and what is in it. Leaves and types are passed over. */
  visit(node: t.Node): void {
    // Half of what is visited is names and strings.
    if (node.type === 'Identifier') visitIdentifier(this, node);
    else if (node.type !== 'StringLiteral') {
      const visit = VISITS.get(node.type);
      if (visit !== undefined) visit(this, node as never);
    }
  }

  /** Visits an expression that is written into something called `name`. */
  visitNamed(node: t.Node, name: string): void {
    if (isFunctionNode(node)) visitFunction(this, node, name);
    else if (node.type === 'ClassExpression') visitClass(this, node, name);
    else if (node.type === 'ObjectExpression' && name !== '') {
      const outer = this.namer;
      this.namer = new InnerNamer(outer ?? this.function, name);
      this.visit(node);
      this.namer = outer;
    } else this.visit(node);
  }

  referToThis(): void {
    let owner = this.function;
    while (owner.kind === 'arrow') owner = owner.parent!;
    owner.thisBinding ??= this.table.implicit(owner, 'this', owner.node);
    this.table.capture(owner.thisBinding, this.function);
  }

  referToArguments(node: t.Node): void {
    let owner: FunctionScope | undefined = this.function;
    while (owner?.kind === 'arrow') owner = owner.parent;
    if (!owner || owner.kind === 'module') {
      this.table.reference(this.scope, 'arguments', node.start!, NONE);
      return;
    }
    owner.argumentsBinding ??= this.table.implicit(owner, 'arguments', owner.node);
    this.table.capture(owner.argumentsBinding, this.function);
  }

  /** `super` is the superclass value, captured, and `this`. */
  referToSuper(): void {
    this.referToThis();
    let home: FunctionScope | undefined = this.function;
    while (home?.kind === 'arrow') home = home.parent;
    const superclass = home?.home?.superBinding;
    if (superclass) this.table.capture(superclass, this.function);
  }
}
