import type * as t from '@babel/types';
import type { ClassScope, FunctionKind, FunctionNode, FunctionScope } from './binding.js';
import { qualify } from './qualified-name.js';
import type { ScopeVisitor } from './scope-visitor.js';
import { literalKey } from './static-name.js';
import { declarePattern } from './visit-declaration.js';

/** The function expressions. */
export function isFunctionNode(node: t.Node): node is t.ArrowFunctionExpression | t.FunctionExpression {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

/**
 * Enters a function and everything in it.
 * @param hint name of what it is written into
 * @param callee name of the function that it is an argument of
 * @param home the class of which it is a member
 */
export function visitFunction(
  visitor: ScopeVisitor,
  node: FunctionNode,
  hint: string,
  callee = '',
  home?: ClassScope,
): FunctionScope {
  const { table } = visitor;
  if (node.type === 'FunctionDeclaration' && node.id) {
    const hoisted = table.hoistedAt[visitor.scope]! + 1;
    table.declare(visitor.scope, node.id.name, 'function', node.id, hoisted);
  } else if ((node.type === 'ObjectMethod' || node.type === 'ClassMethod') && node.computed) visitor.visit(node.key);

  const nameScope = node.type === 'FunctionExpression' && node.id ? enterName(visitor, node, node.id) : undefined;
  const kind = kindOf(node);
  const name = ownName(node) ?? hint;
  const scope =
    kind === 'constructor' && home?.constructorFunction
      ? home.constructorFunction
      : makeFunction(visitor, {
          node,
          kind,
          name,
          label: labelOf(kind, name),
          callee,
          home,
          isStatic: (node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod') && node.static === true,
          createdAt:
            node.type === 'FunctionDeclaration' ? table.hoistedAt[visitor.scope]! : (home?.node.start ?? node.start!),
        });
  table.functionAt.set(node.start!, scope);
  visitBody(visitor, node, scope);
  if (nameScope !== undefined) {
    table.leave(visitor.scope);
    visitor.scope = nameScope;
  }
  return scope;
}

/** Accessors come in pairs of one name. */
function labelOf(kind: FunctionKind, name: string): string {
  if (name === '') return '';
  if (kind === 'getter') return `get ${name}`;
  return kind === 'setter' ? `set ${name}` : name;
}

function ownName(node: FunctionNode): string | undefined {
  switch (node.type) {
    case 'ArrowFunctionExpression':
      return undefined;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return node.id?.name;
    case 'ObjectMethod':
    case 'ClassMethod':
      return literalKey(node.key, node.computed);
    case 'ClassPrivateMethod':
      return literalKey(node.key, false);
  }
}

/** The scope in which a function expression's own name stands. Returns the scope around it. */
function enterName(visitor: ScopeVisitor, node: t.Node, id: t.Identifier): number {
  const outer = visitor.scope;
  visitor.scope = visitor.table.enter(visitor.function, id, node.start!);
  visitor.table.declare(visitor.scope, id.name, 'function', id, node.end!);
  return outer;
}

function visitBody(visitor: ScopeVisitor, node: FunctionNode, scope: FunctionScope): void {
  const { function: outerFunction, scope: outerScope, varScope: outerVarScope, namer: outerNamer } = visitor;
  visitor.function = scope;
  visitor.scope = visitor.table.enter(scope, node, node.body.start!);
  visitor.varScope = visitor.scope;
  visitor.namer = undefined;
  for (const param of node.params) visitParameter(visitor, param, node);
  if (node.body.type === 'BlockStatement') visitor.visitAll(node.body.body);
  else visitor.visit(node.body);
  visitor.table.leave(visitor.scope);
  visitor.function = outerFunction;
  visitor.scope = outerScope;
  visitor.varScope = outerVarScope;
  visitor.namer = outerNamer;
}

function visitParameter(visitor: ScopeVisitor, param: t.Node, node: FunctionNode): void {
  if (param.type === 'TSParameterProperty') {
    visitParameter(visitor, param.parameter, node);
    visitor.referToThis();
  } else if (param.type === 'Identifier') {
    if (param.name !== 'this') {
      visitor.table.declare(visitor.scope, param.name, 'parameter', param, node.start!);
    }
  } else declarePattern(visitor, param, 'parameter', param.end!);
}

export interface FunctionShape {
  readonly node: t.Node;
  readonly kind: FunctionKind;
  readonly name: string;
  /** The last part of the qualified name, where it differs from the name. */
  readonly label: string;
  readonly callee: string;
  readonly home: ClassScope | undefined;
  readonly isStatic: boolean;
  readonly createdAt: number;
}

export function makeFunction(visitor: ScopeVisitor, shape: FunctionShape): FunctionScope {
  const { functions } = visitor.table;
  const parent = functions.length === 0 ? undefined : visitor.function;
  const scope: FunctionScope = {
    index: functions.length,
    parent,
    node: shape.node,
    kind: shape.kind,
    name: shape.name,
    qualifiedName:
      shape.kind === 'module' ? shape.label : qualify(shape.home ?? visitor.namer ?? visitor.function, shape),
    home: shape.home,
    isStatic: shape.isStatic,
    createdAt: shape.createdAt,
    captures: [],
    thisBinding: undefined,
    argumentsBinding: undefined,
    childNames: undefined,
  };
  functions.push(scope);
  return scope;
}

function kindOf(node: FunctionNode): FunctionKind {
  switch (node.type) {
    case 'ArrowFunctionExpression':
      return 'arrow';
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      if (node.kind === 'get') return 'getter';
      if (node.kind === 'set') return 'setter';
      return node.kind === 'constructor' ? 'constructor' : 'method';
    default:
      return 'function';
  }
}
