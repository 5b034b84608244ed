import type * as t from '@babel/types';
import { CombineMode, CompareOperator, LiteralKind, NONE } from '../../../ir/instruction.js';
import { lowerCondition } from './condition.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { isLiteral, isPlain } from './plain.js';

/** `a && b`, `a || b`, `a ?? b` as values. */
export function lowerLogical(lowering: Lowering, node: t.LogicalExpression, target: number): number {
  return node.operator === '&&' ? lowerAnd(lowering, node, target) : lowerAlternatives(lowering, node, target);
}

/** The value of `a && b` is `b`: where it is `a`, it is falsy, and nothing flows from a falsy value. */
function lowerAnd(lowering: Lowering, node: t.LogicalExpression, target: number): number {
  const { builder } = lowering;
  if (isLiteral(node.right) || (isPlain(node.right) && isPlain(node.left))) {
    lowerExpression(lowering, node.left);
    return lowerExpression(lowering, node.right, target);
  }
  const right = builder.label();
  const end = builder.label();
  const slot = target === NONE ? builder.slot() : target;
  lowerCondition(lowering, node.left, right, end);
  builder.place(right);
  lowerExpression(lowering, node.right, slot);
  builder.place(end);
  return slot;
}

/** `a || b || c`, `a ?? b`, without recursion along the chain. */
function lowerAlternatives(lowering: Lowering, node: t.LogicalExpression, target: number): number {
  const links: t.LogicalExpression[] = [];
  let current: t.Node = node;
  while (current.type === 'LogicalExpression' && current.operator !== '&&') {
    links.push(current);
    current = current.left;
  }
  let value = lowerExpression(lowering, current);
  while (links.length > 0) {
    const link = links.pop()!;
    value = lowerAlternative(lowering, link, value, links.length === 0 ? target : NONE);
  }
  return value;
}

function lowerAlternative(lowering: Lowering, node: t.LogicalExpression, left: number, target: number): number {
  const { builder } = lowering;
  if (isPlain(node.right)) {
    const right = lowerExpression(lowering, node.right);
    return builder.combine(node, CombineMode.Either, [left, right], target);
  }
  const keep = builder.label();
  const other = builder.label();
  const end = builder.label();
  const slot = target === NONE ? builder.slot() : target;
  builder.branch(node, node.operator === '??' ? isPresent(lowering, node, left) : left, keep, other);
  builder.place(keep);
  builder.copy(node, left, slot);
  builder.jump(node, end);
  builder.place(other);
  lowerExpression(lowering, node.right, slot);
  builder.place(end);
  return slot;
}

/** `value != null` */
export function isPresent(lowering: Lowering, node: t.Node, value: number): number {
  const { builder } = lowering;
  const nothing = builder.const(node, LiteralKind.Null, 'null');
  return builder.compare(node, CompareOperator.NotEqual, value, nothing);
}
