import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import type { ScopeVisitor } from './scope-visitor.js';
import { calleeName, memberKeyName } from './static-name.js';
import { assignPattern } from './visit-declaration.js';
import { isFunctionNode, visitFunction } from './visit-function.js';

export function visitIdentifier(visitor: ScopeVisitor, node: t.Identifier): void {
  // Names are not interned: comparing lengths first is cheaper, and this is done for every name of a file.
  if (node.name.length === 9 && node.name === 'arguments') visitor.referToArguments(node);
  else visitor.table.reference(visitor.scope, node.name, node.start!, NONE);
}

/** Member and call chains are as deep as they are long, so they are unrolled. */
export function visitChain(visitor: ScopeVisitor, node: t.Node): void {
  const { chain } = visitor;
  const bottom = chain.length;
  const base = unroll(node, chain);
  if (base.type === 'Identifier') {
    if (base.name.length === 6 && base.name === 'module') noteModuleExports(visitor, chain.at(-1));
    visitIdentifier(visitor, base);
  } else visitor.visit(base);
  while (chain.length > bottom) {
    const link = chain.pop()!;
    if (link.type === 'MemberExpression' || link.type === 'OptionalMemberExpression') {
      if (link.computed) visitor.visit(link.property);
    } else if (link.type === 'CallExpression' || link.type === 'OptionalCallExpression') {
      if (link.arguments.length > 0) visitArguments(visitor, link.arguments, link.callee);
    }
  }
}

/** Pushes the links of a chain, the outermost first, and returns what it starts with. */
export function unroll(node: t.Node, links: t.Node[]): t.Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        links.push(current);
        current = current.object;
        break;
      case 'CallExpression':
      case 'OptionalCallExpression':
        links.push(current);
        current = current.callee;
        break;
      case 'TSNonNullExpression':
        current = current.expression;
        break;
      default:
        return current;
    }
  }
}

/** Functions among the arguments are named after the callee. */
function visitArguments(visitor: ScopeVisitor, args: t.Node[], callee: t.Node): void {
  for (let i = 0; i < args.length; i++) {
    // Where the parser went on behind a fault, `f(a, , b)` has a hole; from here on it is `null`.
    args[i] ??= { type: 'NullLiteral', start: callee.end!, end: callee.end! } as t.NullLiteral;
    const argument = args[i]!;
    if (isFunctionNode(argument)) visitFunction(visitor, argument, '', calleeName(callee));
    else visitor.visit(argument);
  }
}

function noteModuleExports(visitor: ScopeVisitor, link: t.Node | undefined): void {
  if (link?.type !== 'MemberExpression' || link.computed) return;
  if (link.property.type === 'Identifier' && link.property.name === 'exports') visitor.usesModuleExports = true;
}

export function visitNew(visitor: ScopeVisitor, node: t.NewExpression): void {
  visitor.visit(node.callee);
  visitArguments(visitor, node.arguments, node.callee);
}

export function visitObject(visitor: ScopeVisitor, node: t.ObjectExpression): void {
  for (const property of node.properties) {
    if (property.type === 'ObjectProperty') {
      if (property.computed) visitor.visit(property.key);
      const { value } = property;
      if (isNamedByKey(value)) visitor.visitNamed(value, memberKeyName(property));
      else visitor.visit(value);
    } else visitor.visit(property);
  }
}

/** Whether the key of a property names what is in it. */
function isNamedByKey(value: t.Node): boolean {
  return isFunctionNode(value) || value.type === 'ClassExpression' || value.type === 'ObjectExpression';
}

/** Chains of operators are as deep as they are long, so they are unrolled. */
export function visitOperands(visitor: ScopeVisitor, node: t.BinaryExpression | t.LogicalExpression): void {
  const { chain } = visitor;
  const bottom = chain.length;
  let current: t.Node = node;
  while (current.type === 'BinaryExpression' || current.type === 'LogicalExpression') {
    chain.push(current.right);
    current = current.left;
  }
  visitor.visit(current);
  while (chain.length > bottom) visitor.visit(chain.pop()!);
}

/** Chains in the last operand are as deep as they are long, so they are unrolled. */
export function visitConditional(visitor: ScopeVisitor, node: t.ConditionalExpression): void {
  let current: t.Expression = node;
  while (current.type === 'ConditionalExpression') {
    visitor.visit(current.test);
    visitor.visit(current.consequent);
    current = current.alternate;
  }
  visitor.visit(current);
}

export function visitAssignment(visitor: ScopeVisitor, node: t.AssignmentExpression): void {
  visitor.visitNamed(node.right, calleeName(node.left));
  assignPattern(visitor, node.left, node.end!);
}

export function visitUpdate(visitor: ScopeVisitor, node: t.UpdateExpression): void {
  assignPattern(visitor, node.argument, node.end!);
}
