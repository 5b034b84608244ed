import type * as t from '@babel/types';
import type { ClassScope, FunctionScope } from './binding.js';
import { qualify } from './qualified-name.js';
import type { ScopeVisitor } from './scope-visitor.js';
import { memberKeyName } from './static-name.js';
import { makeFunction, visitFunction } from './visit-function.js';

/**
 * Enters a class. Field initialisers belong to the constructor (which is made where none is written), static ones and static blocks to one
 * function of kind `static-block`; neither sees the constructor's parameters.
 */
export function visitClass(visitor: ScopeVisitor, node: t.Class, hint: string): void {
  const { table } = visitor;
  const name = node.id?.name ?? hint;
  if (node.type === 'ClassDeclaration' && node.id) {
    table.declare(visitor.scope, name, 'class', node.id, node.end!);
  }
  if (node.decorators) visitor.visitAll(node.decorators);
  const outerScope = visitor.scope;
  if (node.type === 'ClassExpression' && node.id) {
    visitor.scope = table.enter(visitor.function, node.id, node.start!);
    table.declare(visitor.scope, name, 'class', node.id, node.end!);
  }
  if (node.superClass) visitor.visit(node.superClass);
  const scope = makeClass(visitor, node, name);
  for (const member of node.body.body) visitMember(visitor, scope, member);
  if (visitor.scope !== outerScope) {
    table.leave(visitor.scope);
    visitor.scope = outerScope;
  }
}

function makeClass(visitor: ScopeVisitor, node: t.Class, name: string): ClassScope {
  const { table } = visitor;
  const outer = visitor.namer ?? visitor.function;
  const scope: ClassScope = {
    index: table.classes.length,
    node,
    name,
    qualifiedName: qualify(outer, { label: name || '<class>', callee: '' }),
    parent: visitor.function,
    constructorFunction: undefined,
    staticFunction: undefined,
    superBinding: node.superClass ? table.implicit(visitor.function, 'super', node) : undefined,
    childNames: undefined,
  };
  table.classes.push(scope);
  table.classAt.set(node.start!, scope);
  const written = node.body.body.find((member) => member.type === 'ClassMethod' && member.kind === 'constructor');
  scope.constructorFunction = makeMember(visitor, scope, written ?? node, 'constructor', false);
  if (node.body.body.some(isStaticCode)) scope.staticFunction = makeMember(visitor, scope, node, 'static-block', true);
  if (!written && scope.superBinding) forwardArguments(visitor, scope, scope.constructorFunction);
  return scope;
}

function makeMember(
  visitor: ScopeVisitor,
  home: ClassScope,
  node: t.Node,
  kind: 'constructor' | 'static-block',
  isStatic: boolean,
): FunctionScope {
  const label = kind === 'constructor' ? 'constructor' : '<static>';
  const createdAt = home.node.start!;
  return makeFunction(visitor, { node, kind, name: label, label, callee: '', home, isStatic, createdAt });
}

/** A synthesised constructor of a derived class: `constructor() { super(...arguments); }` */
function forwardArguments(visitor: ScopeVisitor, scope: ClassScope, made: FunctionScope): void {
  made.thisBinding = visitor.table.implicit(made, 'this', scope.node);
  made.argumentsBinding = visitor.table.implicit(made, 'arguments', scope.node);
  visitor.table.capture(scope.superBinding!, made);
}

function isStaticCode(member: t.ClassBody['body'][number]): boolean {
  if (member.type === 'StaticBlock') return true;
  return isField(member) && member.static === true && isInitialised(member);
}

export type FieldNode = t.ClassProperty | t.ClassPrivateProperty | t.ClassAccessorProperty;

export function isField(member: t.Node): member is FieldNode {
  return (
    member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty' || member.type === 'ClassAccessorProperty'
  );
}

/** Whether a field has an initialiser that runs. */
export function isInitialised(field: FieldNode): boolean {
  return field.value != null && !(field.type === 'ClassProperty' && field.declare === true);
}

function visitMember(visitor: ScopeVisitor, scope: ClassScope, member: t.ClassBody['body'][number]): void {
  if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') {
    if (member.decorators) visitor.visitAll(member.decorators);
    for (const param of member.params) {
      const { decorators } = param as t.Identifier;
      if (decorators) visitor.visitAll(decorators);
    }
    visitFunction(visitor, member, '', '', scope);
  } else if (isField(member)) {
    if (member.decorators) visitor.visitAll(member.decorators);
    if (member.type !== 'ClassPrivateProperty' && member.computed) visitor.visit(member.key);
    if (isInitialised(member)) visitInitialiser(visitor, scope, member);
  } else if (member.type === 'StaticBlock') {
    inFunction(visitor, scope, scope.staticFunction!, member, () => visitor.visitAll(member.body));
  }
}

function visitInitialiser(visitor: ScopeVisitor, scope: ClassScope, field: FieldNode): void {
  const owner = field.static ? scope.staticFunction! : scope.constructorFunction!;
  inFunction(visitor, scope, owner, field, () => {
    visitor.referToThis();
    visitor.visitNamed(field.value!, memberKeyName(field as Parameters<typeof memberKeyName>[0]));
  });
}

/** Visits code of the class body that runs in `owner`, but does not see what `owner` declares. */
function inFunction(
  visitor: ScopeVisitor,
  home: ClassScope,
  owner: FunctionScope,
  node: t.Node,
  visit: () => void,
): void {
  const { function: outerFunction, scope: outerScope, varScope: outerVarScope, namer: outerNamer } = visitor;
  visitor.function = owner;
  visitor.scope = visitor.table.enter(owner, node, node.start!);
  visitor.varScope = visitor.scope;
  visitor.namer = home;
  visit();
  visitor.table.leave(visitor.scope);
  visitor.function = outerFunction;
  visitor.scope = outerScope;
  visitor.varScope = outerVarScope;
  visitor.namer = outerNamer;
}
