import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import { isComponentName } from '../jsx-name.js';
import type { ClassScope, FunctionScope } from './binding.js';
import { CHILD_KEYS } from './child-keys.js';
import { ScopeTable } from './scope-table.js';
import { calleeName, memberKeyName } from './static-name.js';
import { visitClass } from './visit-class.js';
import {
  assignPattern,
  declareImport,
  declarePattern,
  visitEnum,
  visitExport,
  visitImportAssignment,
  visitModuleBlock,
} from './visit-declaration.js';
import { isFunctionNode, visitFunction } from './visit-function.js';

/**
 * Syntax nested deeper than this is left out, with a diagnostic. Why: the walks recurse, the main thread's stack holds about 10,000
 * frames, and what is analysed must not depend on which thread's stack it was.
 */
export const NESTING_LIMIT = 1000;

/** Walks a file once and enters its functions, classes, scopes, bindings and references into a `ScopeTable`. */
export class ScopeVisitor {
  readonly table = new ScopeTable();
  readonly exported = new Set<string>();
  /** Nodes that are not visited because they are nested too deeply. */
  readonly tooDeep = new Set<t.Node>();
  scope = 0;
  /** Where `var` declarations go. */
  varScope = 0;
  function!: FunctionScope;
  /** The class whose body is being visited, for names. */
  class: ClassScope | undefined = undefined;
  usesModuleExports = false;
  readonly #chain: t.Node[] = [];
  #depth = 0;

  visitAll(nodes: readonly (t.Node | null | undefined)[]): void {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (node) this.visit(node);
    }
  }

  visit(node: t.Node): void {
    if (this.#depth > NESTING_LIMIT) {
      this.tooDeep.add(node);
      return;
    }
    this.#depth++;
    this.#dispatch(node);
    this.#depth--;
  }

  /** Visits an expression that is written into something called `name`. */
  visitNamed(node: t.Node, name: string): void {
    if (isFunctionNode(node)) visitFunction(this, node, name);
    else if (node.type === 'ClassExpression') visitClass(this, node, name);
    else this.visit(node);
  }

  /** Visits statements in a scope of their own, where they declare anything. */
  visitBlock(node: t.Node, body: readonly t.Node[]): void {
    if (!body.some(declaresInBlock)) {
      this.visitAll(body);
      return;
    }
    const outer = this.scope;
    this.scope = this.table.enter(this.function, node, node.start!);
    this.visitAll(body);
    this.table.leave(this.scope);
    this.scope = outer;
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

  #dispatch(node: t.Node): void {
    switch (node.type) {
      case 'Identifier':
        if (node.name === 'arguments') this.referToArguments(node);
        else this.table.reference(this.scope, node.name, node.start!, NONE);
        return;
      case 'MemberExpression':
      case 'CallExpression':
      case 'OptionalMemberExpression':
      case 'OptionalCallExpression':
        this.#visitChain(node);
        return;
      case 'StringLiteral':
      case 'NumericLiteral':
      case 'BooleanLiteral':
      case 'NullLiteral':
        return;
      case 'ObjectExpression':
        for (const property of node.properties) {
          if (property.type === 'ObjectProperty') {
            if (property.computed) this.visit(property.key);
            this.visitNamed(property.value, memberKeyName(property));
          } else this.visit(property);
        }
        return;
      case 'ExpressionStatement':
        this.visit(node.expression);
        return;
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
      case 'ObjectMethod':
        visitFunction(this, node, '');
        return;
      case 'VariableDeclaration':
        this.#visitVariables(node);
        return;
      case 'ReturnStatement':
        if (node.argument) this.visit(node.argument);
        return;
      case 'BlockStatement':
        this.visitBlock(node, node.body);
        return;
      case 'IfStatement':
        this.#visitIf(node);
        return;
      case 'BinaryExpression':
      case 'LogicalExpression':
        this.#visitBinary(node);
        return;
      case 'AssignmentExpression':
        if (node.left.type === 'Identifier') this.visitNamed(node.right, node.left.name);
        else this.visitNamed(node.right, calleeName(node.left));
        assignPattern(this, node.left, node.end!);
        return;
      case 'AwaitExpression':
      case 'UnaryExpression':
      case 'SpreadElement':
        this.visit(node.argument);
        return;
      case 'TemplateLiteral':
        this.visitAll(node.expressions);
        return;
      case 'ThisExpression':
        this.referToThis();
        return;
      default:
        this.#dispatchRare(node);
    }
  }

  #dispatchRare(node: t.Node): void {
    switch (node.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'TypeCastExpression':
      case 'TSExportAssignment':
        if (node.type === 'TSExportAssignment') this.usesModuleExports = true;
        this.visit(node.expression);
        return;
      case 'UpdateExpression':
        assignPattern(this, node.argument, node.end!);
        return;
      case 'NewExpression':
        this.visit(node.callee);
        this.visitArguments(node.arguments, node.callee);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        visitClass(this, node, '');
        return;
      case 'Super':
        this.referToSuper();
        return;
      case 'ForStatement':
        this.#visitLoop(node, node.init, [node.test, node.update, node.body]);
        return;
      case 'ForOfStatement':
      case 'ForInStatement':
        this.#visitIteration(node);
        return;
      case 'SwitchStatement':
        this.visit(node.discriminant);
        this.#visitSwitch(node);
        return;
      case 'CatchClause':
        this.#visitCatch(node);
        return;
      case 'JSXIdentifier':
        if (node.name === 'this') this.referToThis();
        else this.table.reference(this.scope, node.name, node.start!, NONE);
        return;
      case 'JSXOpeningElement':
        this.#visitElementName(node.name);
        this.visitAll(node.attributes);
        return;
      case 'JSXAttribute':
        if (node.value?.type === 'JSXExpressionContainer') {
          this.visitNamed(node.value.expression, node.name.type === 'JSXIdentifier' ? node.name.name : '');
        } else if (node.value) this.visit(node.value);
        return;
      case 'ImportDeclaration':
        declareImport(this, node);
        return;
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
      case 'ExportAllDeclaration':
        visitExport(this, node);
        return;
      case 'TSEnumDeclaration':
        visitEnum(this, node);
        return;
      case 'TSModuleDeclaration':
        visitModuleBlock(this, node);
        return;
      case 'TSImportEqualsDeclaration':
        visitImportAssignment(this, node);
        return;
      default:
        this.#visitChildren(node);
    }
  }

  #visitChildren(node: t.Node): void {
    const keys = CHILD_KEYS[node.type];
    if (keys === undefined) return;
    for (const key of keys) {
      const child = (node as unknown as Record<string, t.Node | (t.Node | null)[] | null | undefined>)[key];
      if (!child) continue;
      if (Array.isArray(child)) this.visitAll(child);
      else this.visit(child);
    }
  }

  visitArguments(args: readonly t.Node[], callee: t.Node): void {
    for (let i = 0; i < args.length; i++) {
      const argument = args[i]!;
      if (isFunctionNode(argument)) visitFunction(this, argument, '', calleeName(callee));
      else this.visit(argument);
    }
  }

  /** Member and call chains are as deep as they are long, so they are unrolled. */
  #visitChain(node: t.Node): void {
    const chain = this.#chain;
    const bottom = chain.length;
    let current = node;
    for (;;) {
      if (current.type === 'MemberExpression' || current.type === 'OptionalMemberExpression') {
        chain.push(current);
        current = current.object;
      } else if (current.type === 'CallExpression' || current.type === 'OptionalCallExpression') {
        chain.push(current);
        current = current.callee;
      } else if (current.type === 'TSNonNullExpression') current = current.expression;
      else break;
    }
    if (current.type === 'Identifier' && current.name === 'module') this.#noteModuleExports(chain.at(-1));
    this.visit(current);
    while (chain.length > bottom) {
      const link = chain.pop()!;
      if (link.type === 'MemberExpression' || link.type === 'OptionalMemberExpression') {
        if (link.computed) this.visit(link.property);
      } else if (link.type === 'CallExpression' || link.type === 'OptionalCallExpression') {
        this.visitArguments(link.arguments, link.callee);
      }
    }
  }

  #noteModuleExports(link: t.Node | undefined): void {
    if (link?.type !== 'MemberExpression' || link.computed) return;
    if (link.property.type === 'Identifier' && link.property.name === 'exports') this.usesModuleExports = true;
  }

  #visitBinary(node: t.BinaryExpression | t.LogicalExpression): void {
    const chain = this.#chain;
    const bottom = chain.length;
    let current: t.Node = node;
    while (current.type === 'BinaryExpression' || current.type === 'LogicalExpression') {
      chain.push(current.right);
      current = current.left;
    }
    if (current.type !== 'PrivateName') this.visit(current);
    while (chain.length > bottom) this.visit(chain.pop()!);
  }

  #visitVariables(node: t.VariableDeclaration): void {
    if (node.declare) return;
    for (const declarator of node.declarations) {
      const { id, init } = declarator;
      declarePattern(this, id as t.Node, node.kind, init ? declarator.end! : NONE);
      if (!init) continue;
      if (id.type === 'Identifier') this.visitNamed(init, id.name);
      else this.visit(init);
    }
  }

  #visitIf(node: t.IfStatement): void {
    let current: t.Statement | null | undefined = node;
    while (current?.type === 'IfStatement') {
      this.visit(current.test);
      this.visit(current.consequent);
      current = current.alternate;
    }
    if (current) this.visit(current);
  }

  #visitLoop(node: t.Node, init: t.Node | null | undefined, rest: readonly (t.Node | null | undefined)[]): void {
    const outer = this.scope;
    this.scope = this.table.enter(this.function, node, node.start!);
    if (init) this.visit(init);
    this.visitAll(rest);
    this.table.leave(this.scope);
    this.scope = outer;
  }

  #visitIteration(node: t.ForOfStatement | t.ForInStatement): void {
    const outer = this.scope;
    this.visit(node.right);
    this.scope = this.table.enter(this.function, node, node.start!);
    if (node.left.type === 'VariableDeclaration') {
      for (const { id } of node.left.declarations) {
        declarePattern(this, id as t.Node, node.left.kind, node.left.end!);
      }
    } else assignPattern(this, node.left, node.left.end!);
    this.visit(node.body);
    this.table.leave(this.scope);
    this.scope = outer;
  }

  #visitSwitch(node: t.SwitchStatement): void {
    const outer = this.scope;
    this.scope = this.table.enter(this.function, node, node.start!);
    for (const clause of node.cases) {
      if (clause.test) this.visit(clause.test);
      this.visitAll(clause.consequent);
    }
    this.table.leave(this.scope);
    this.scope = outer;
  }

  #visitCatch(node: t.CatchClause): void {
    const outer = this.scope;
    this.scope = this.table.enter(this.function, node, node.body.start!);
    if (node.param) declarePattern(this, node.param, 'catch', node.param.end!);
    this.visitAll(node.body.body);
    this.table.leave(this.scope);
    this.scope = outer;
  }

  #visitElementName(name: t.Node): void {
    let current = name;
    if (current.type === 'JSXIdentifier' && !isComponentName(current.name)) return;
    while (current.type === 'JSXMemberExpression') current = current.object;
    if (current.type === 'JSXIdentifier') this.visit(current);
  }
}

function declaresInBlock(node: t.Node): boolean {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.kind !== 'var';
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'ExportNamedDeclaration':
      return true;
    default:
      return false;
  }
}
