import type * as t from '@babel/types';
import { AllocKind, CallFlag, LiteralKind, NONE } from '../../../ir/instruction.js';
import { isComponentName } from '../jsx-name.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { readName } from './variable.js';

type Child = t.JSXElement['children'][number];

/** `<T a={x} {...p}>…</T>`: a call of T with one props object, which holds the children too. */
export function lowerJsxElement(lowering: Lowering, node: t.JSXElement, target: number): number {
  const { builder } = lowering;
  const { name, attributes } = node.openingElement;
  const callee = lowerElementName(lowering, name);
  const props = builder.alloc(node.openingElement, AllocKind.Object);
  for (const attribute of attributes) {
    if (attribute.type === 'JSXSpreadAttribute') {
      builder.absorb(attribute, props, lowerExpression(lowering, attribute.argument), []);
      continue;
    }
    const value = attribute.value
      ? lowerExpression(lowering, attribute.value)
      : builder.const(attribute, LiteralKind.Boolean, 'true');
    builder.store(attribute, props, attributeName(attribute.name), value);
  }
  const children = lowerChildren(lowering, node, node.children, NONE);
  if (children !== NONE) builder.store(node, props, 'children', children);
  return builder.call(node, callee, NONE, CallFlag.Jsx, 0, [props], target);
}

/** `<>…</>` is its children. */
export function lowerJsxFragment(lowering: Lowering, node: t.JSXFragment, target: number): number {
  const children = lowerChildren(lowering, node, node.children, target);
  return children === NONE ? lowering.builder.const(node, LiteralKind.Null, 'null', target) : children;
}

function lowerElementName(lowering: Lowering, name: t.JSXElement['openingElement']['name']): number {
  const { builder } = lowering;
  switch (name.type) {
    case 'JSXIdentifier':
      if (isComponentName(name.name)) return readName(lowering, name);
      return builder.const(name, LiteralKind.String, name.name);
    case 'JSXMemberExpression': {
      const object =
        name.object.type === 'JSXIdentifier'
          ? name.object.name === 'this'
            ? lowering.thisSlot(name)
            : readName(lowering, name.object)
          : lowerElementName(lowering, name.object);
      return builder.load(name, object, name.property.name);
    }
    case 'JSXNamespacedName':
      return builder.const(name, LiteralKind.String, attributeName(name));
  }
}

function attributeName(name: t.JSXIdentifier | t.JSXNamespacedName): string {
  return name.type === 'JSXIdentifier' ? name.name : `${name.namespace.name}:${name.name.name}`;
}

/** One child as it is, several as an array; NONE for none. */
function lowerChildren(lowering: Lowering, node: t.Node, all: readonly Child[], target: number): number {
  const { builder } = lowering;
  const children = all.filter(isMeaningful);
  if (children.length === 0) return NONE;
  if (children.length === 1) return lowerChild(lowering, children[0]!, target);
  const array = builder.alloc(node, AllocKind.Array, target);
  for (const [index, child] of children.entries()) {
    if (child.type === 'JSXSpreadChild') builder.absorb(child, array, lowerExpression(lowering, child.expression), []);
    else builder.store(child, array, String(index), lowerChild(lowering, child, NONE));
  }
  return array;
}

function lowerChild(lowering: Lowering, child: Child, target: number): number {
  if (child.type !== 'JSXText') return lowerExpression(lowering, child, target);
  return lowering.builder.const(child, LiteralKind.String, child.value.replace(/\s+/g, ' ').trim(), target);
}

/** Layout between elements, and comments, are no children. */
function isMeaningful(child: Child): boolean {
  if (child.type === 'JSXText') return child.value.trim() !== '';
  return child.type !== 'JSXExpressionContainer' || child.expression.type !== 'JSXEmptyExpression';
}
