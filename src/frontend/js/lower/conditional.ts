import type * as t from '@babel/types';
import { CombineMode, NONE } from '../../../ir/instruction.js';
import { lowerCondition } from './condition.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { isLiteral, isPlain } from './plain.js';

/** `c ? a : b`, and chains of them in the last operand. */
export function lowerConditional(lowering: Lowering, node: t.ConditionalExpression, target: number): number {
  const { builder } = lowering;
  if (needsNoBlocks(node)) {
    lowerExpression(lowering, node.test);
    const consequent = lowerExpression(lowering, node.consequent);
    const alternate = lowerExpression(lowering, node.alternate);
    return builder.combine(node, CombineMode.Either, [consequent, alternate], target);
  }
  const slot = target === NONE ? builder.slot() : target;
  const end = builder.label();
  let current: t.Expression = node;
  while (current.type === 'ConditionalExpression') {
    const consequent = builder.label();
    const alternate = builder.label();
    lowerCondition(lowering, current.test, consequent, alternate);
    builder.place(consequent);
    lowerExpression(lowering, current.consequent, slot);
    builder.jump(current, end);
    builder.place(alternate);
    current = current.alternate;
  }
  lowerExpression(lowering, current, slot);
  builder.place(end);
  return slot;
}

/** Nothing flows from two literals; between two plain operands a plain test decides nothing that a guard could use. */
function needsNoBlocks(node: t.ConditionalExpression): boolean {
  if (isLiteral(node.consequent) && isLiteral(node.alternate)) return true;
  return isPlain(node.test) && isPlain(node.consequent) && isPlain(node.alternate);
}
