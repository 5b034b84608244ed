import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import { isComponentName } from '../jsx-name.js';
import type { ScopeVisitor } from './scope-visitor.js';

/** `<Name …>`: a name in scope, unless it is an element of the platform. */
export function visitJsxOpening(visitor: ScopeVisitor, node: t.JSXOpeningElement): void {
  let name: t.Node = node.name;
  if (name.type !== 'JSXIdentifier' || isComponentName(name.name)) {
    while (name.type === 'JSXMemberExpression') name = name.object;
    if (name.type === 'JSXIdentifier') visitor.visit(name);
  }
  visitor.visitAll(node.attributes);
}

export function visitJsxName(visitor: ScopeVisitor, node: t.JSXIdentifier): void {
  if (node.name === 'this') visitor.referToThis();
  else visitor.table.reference(visitor.scope, node.name, node.start!, NONE);
}

/** A function given to an attribute is named after it. */
export function visitJsxAttribute(visitor: ScopeVisitor, node: t.JSXAttribute): void {
  if (!node.value) return;
  if (node.value.type !== 'JSXExpressionContainer') visitor.visit(node.value);
  else visitor.visitNamed(node.value.expression, node.name.type === 'JSXIdentifier' ? node.name.name : '');
}
