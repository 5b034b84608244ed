import type * as t from '@babel/types';
import { lowerCondition } from './condition.js';
import { lowerExpression } from './expression.js';
import { isPresent } from './logical.js';
import type { Lowering } from './lowering.js';

/** Lowers an expression whose value nobody uses: `a && f()` is `if (a) f()`. */
export function lowerEffect(lowering: Lowering, node: t.Node): void {
  const { builder } = lowering;
  if (node.type === 'LogicalExpression') {
    const right = builder.label();
    const end = builder.label();
    if (node.operator === '&&') lowerCondition(lowering, node.left, right, end);
    else if (node.operator === '||') lowerCondition(lowering, node.left, end, right);
    else builder.branch(node, isPresent(lowering, node, lowerExpression(lowering, node.left)), end, right);
    builder.place(right);
    lowerEffect(lowering, node.right);
    builder.place(end);
  } else if (node.type === 'ConditionalExpression') {
    const consequent = builder.label();
    const alternate = builder.label();
    const end = builder.label();
    lowerCondition(lowering, node.test, consequent, alternate);
    builder.place(consequent);
    lowerEffect(lowering, node.consequent);
    builder.jump(node, end);
    builder.place(alternate);
    lowerEffect(lowering, node.alternate);
    builder.place(end);
  } else lowerExpression(lowering, node);
}
