import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import type { ScopeVisitor } from './scope-visitor.js';
import { assignPattern, declarePattern } from './visit-declaration.js';

/** Visits something in a scope of its own, whose function declarations are made at `hoistedAt`. */
export function inScope(visitor: ScopeVisitor, node: t.Node, hoistedAt: number, visit: () => void): void {
  const outer = visitor.scope;
  visitor.scope = visitor.table.enter(visitor.function, node, hoistedAt);
  visit();
  visitor.table.leave(visitor.scope);
  visitor.scope = outer;
}

/** A block is a scope only where it declares something. */
export function visitBlock(visitor: ScopeVisitor, node: t.BlockStatement): void {
  const { body } = node;
  if (body.some(declaresInBlock)) inScope(visitor, node, node.start!, () => visitor.visitAll(body));
  else visitor.visitAll(body);
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

export function visitVariables(visitor: ScopeVisitor, node: t.VariableDeclaration): void {
  if (node.declare) return;
  for (const declarator of node.declarations) {
    const { init } = declarator;
    const id: t.Node = declarator.id;
    declarePattern(visitor, id, node.kind, init ? declarator.end! : NONE);
    if (!init) continue;
    if (id.type === 'Identifier') visitor.visitNamed(init, id.name);
    else visitor.visit(init);
  }
}

/** Chains of `else if` are as deep as they are long, so they are unrolled. */
export function visitIf(visitor: ScopeVisitor, node: t.IfStatement): void {
  let current: t.Statement | null | undefined = node;
  while (current?.type === 'IfStatement') {
    visitor.visit(current.test);
    visitor.visit(current.consequent);
    current = current.alternate;
  }
  if (current) visitor.visit(current);
}

export function visitFor(visitor: ScopeVisitor, node: t.ForStatement): void {
  inScope(visitor, node, node.start!, () => visitor.visitAll([node.init, node.test, node.update, node.body]));
}

export function visitIteration(visitor: ScopeVisitor, node: t.ForOfStatement | t.ForInStatement): void {
  visitor.visit(node.right);
  inScope(visitor, node, node.start!, () => {
    const { left } = node;
    if (left.type === 'VariableDeclaration') {
      for (const { id } of left.declarations) declarePattern(visitor, id as t.Node, left.kind, left.end!);
    } else assignPattern(visitor, left, left.end!);
    visitor.visit(node.body);
  });
}

export function visitSwitch(visitor: ScopeVisitor, node: t.SwitchStatement): void {
  visitor.visit(node.discriminant);
  inScope(visitor, node, node.start!, () => {
    for (const clause of node.cases) {
      if (clause.test) visitor.visit(clause.test);
      visitor.visitAll(clause.consequent);
    }
  });
}

export function visitCatch(visitor: ScopeVisitor, node: t.CatchClause): void {
  inScope(visitor, node, node.body.start!, () => {
    if (node.param) declarePattern(visitor, node.param, 'catch', node.param.end!);
    visitor.visitAll(node.body.body);
  });
}
