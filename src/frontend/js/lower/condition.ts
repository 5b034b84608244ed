import type * as t from '@babel/types';
import type { Label } from '../../../ir/builder.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';

/** Lowers an expression whose truth decides where to go on; `&&`, `||` and `!` become branches, so that each test guards what it should. */
export function lowerCondition(lowering: Lowering, node: t.Node, whenTrue: Label, whenFalse: Label): void {
  const { builder } = lowering;
  switch (node.type) {
    case 'LogicalExpression':
      if (node.operator === '??') break;
      lowerConnected(lowering, node, whenTrue, whenFalse);
      return;
    case 'UnaryExpression':
      if (node.operator !== '!') break;
      lowerCondition(lowering, node.argument, whenFalse, whenTrue);
      return;
    case 'BooleanLiteral':
      builder.jump(node, node.value ? whenTrue : whenFalse);
      return;
    case 'NumericLiteral':
      builder.jump(node, node.value === 0 ? whenFalse : whenTrue);
      return;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      lowerCondition(lowering, node.expression, whenTrue, whenFalse);
      return;
  }
  builder.branch(node, lowerExpression(lowering, node), whenTrue, whenFalse);
}

/** `a && b && c` and `a || b || c`, without recursion along the chain. */
function lowerConnected(lowering: Lowering, node: t.LogicalExpression, whenTrue: Label, whenFalse: Label): void {
  const { builder } = lowering;
  const operands: t.Node[] = [];
  let current: t.Node = node;
  while (current.type === 'LogicalExpression' && current.operator === node.operator) {
    operands.push(current.right);
    current = current.left;
  }
  operands.push(current);
  for (let i = operands.length - 1; i > 0; i--) {
    const next = builder.label();
    if (node.operator === '&&') lowerCondition(lowering, operands[i]!, next, whenFalse);
    else lowerCondition(lowering, operands[i]!, whenTrue, next);
    builder.place(next);
  }
  lowerCondition(lowering, operands[0]!, whenTrue, whenFalse);
}
