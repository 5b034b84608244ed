import type * as t from '@babel/types';
import { CombineMode, CompareOperator, LiteralKind } from '../../../ir/instruction.js';
import { isSize, memberKey } from './chain.js';
import { lowerExpression, lowerUndefined } from './expression.js';
import type { Lowering } from './lowering.js';

const COMPARISONS: Readonly<Record<string, CompareOperator | undefined>> = {
  '===': CompareOperator.Equal,
  '==': CompareOperator.Equal,
  '!==': CompareOperator.NotEqual,
  '!=': CompareOperator.NotEqual,
  '<': CompareOperator.Order,
  '<=': CompareOperator.Order,
  '>': CompareOperator.Order,
  '>=': CompareOperator.Order,
  in: CompareOperator.In,
  instanceof: CompareOperator.InstanceOf,
};

/** Chains such as `a + b + c` are as deep as they are long, so they are unrolled. */
export function lowerBinary(lowering: Lowering, node: t.BinaryExpression, target: number): number {
  if (node.operator === '+') return lowerSum(lowering, node, target);
  const comparison = COMPARISONS[node.operator];
  if (comparison !== undefined) return lowerComparison(lowering, node, comparison, target);
  const operands: t.Node[] = [];
  let current: t.Node = node;
  while (current.type === 'BinaryExpression' && current.operator !== '+' && !(current.operator in COMPARISONS)) {
    operands.push(current.right);
    current = current.left;
  }
  const slots = [lowerExpression(lowering, current)];
  while (operands.length > 0) slots.push(lowerExpression(lowering, operands.pop()!));
  return lowering.builder.combine(node, CombineMode.Number, slots, target);
}

/** A sum is text unless all that is added is known to be a number. */
function lowerSum(lowering: Lowering, node: t.BinaryExpression, target: number): number {
  const operands: t.Node[] = [];
  let current: t.Node = node;
  while (current.type === 'BinaryExpression' && current.operator === '+') {
    operands.push(current.right);
    current = current.left;
  }
  operands.push(current);
  const slots: number[] = [];
  for (let i = operands.length - 1; i >= 0; i--) slots.push(lowerExpression(lowering, operands[i]!));
  const mode = operands.every(isNumber) ? CombineMode.Number : CombineMode.Text;
  return lowering.builder.combine(node, mode, slots, target);
}

/** Whether an operand of `+` is certainly a number. */
function isNumber(node: t.Node): boolean {
  switch (node.type) {
    case 'NumericLiteral':
    case 'UpdateExpression':
      return true;
    case 'UnaryExpression':
      return node.operator === '-' || node.operator === '+' || node.operator === '~';
    case 'BinaryExpression':
      return node.operator !== '+' && !(node.operator in COMPARISONS);
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const key = memberKey(node);
      return key !== undefined && isSize(key);
    }
    default:
      return false;
  }
}

function lowerComparison(
  lowering: Lowering,
  node: t.BinaryExpression,
  operator: CompareOperator,
  target: number,
): number {
  const { builder } = lowering;
  const { left, right } = node;
  if (operator === CompareOperator.Equal || operator === CompareOperator.NotEqual) {
    const typed = typeofOperand(left) ?? typeofOperand(right);
    const literal = left.type === 'StringLiteral' ? left : right;
    if (typed && literal.type === 'StringLiteral') {
      const value = lowerExpression(lowering, typed);
      const name = builder.const(literal, LiteralKind.String, literal.value);
      const test = operator === CompareOperator.Equal ? CompareOperator.TypeOf : CompareOperator.NotTypeOf;
      return builder.compare(node, test, value, name, target);
    }
  }
  const first =
    left.type === 'PrivateName'
      ? builder.const(left, LiteralKind.String, `#${left.id.name}`)
      : lowerExpression(lowering, left);
  return builder.compare(node, operator, first, lowerExpression(lowering, right), target);
}

function typeofOperand(node: t.Node): t.Node | undefined {
  return node.type === 'UnaryExpression' && node.operator === 'typeof' ? node.argument : undefined;
}

export function lowerUnary(lowering: Lowering, node: t.UnaryExpression, target: number): number {
  const { builder } = lowering;
  const { argument } = node;
  switch (node.operator) {
    case '!':
    case 'typeof':
      return builder.combine(node, CombineMode.Truth, [lowerExpression(lowering, argument)], target);
    case 'void':
      lowerExpression(lowering, argument);
      return lowerUndefined(lowering, node, target);
    case 'delete':
      return lowerDelete(lowering, node, target);
    default:
      if (argument.type === 'NumericLiteral' && node.operator === '-') {
        return builder.const(node, LiteralKind.Number, `-${argument.value}`, target);
      }
      return builder.combine(node, CombineMode.Number, [lowerExpression(lowering, argument)], target);
  }
}

function lowerDelete(lowering: Lowering, node: t.UnaryExpression, target: number): number {
  const { builder } = lowering;
  let { argument } = node;
  while (argument.type === 'TSNonNullExpression' || argument.type === 'TSAsExpression') argument = argument.expression;
  if (argument.type === 'MemberExpression' || argument.type === 'OptionalMemberExpression') {
    const base =
      argument.object.type === 'Super' ? lowering.thisSlot(node) : lowerExpression(lowering, argument.object);
    const key = memberKey(argument);
    if (key === undefined) builder.deleteDynamic(node, base, lowerExpression(lowering, argument.property));
    else builder.delete(node, base, key);
  } else lowerExpression(lowering, argument);
  return builder.const(node, LiteralKind.Boolean, 'true', target);
}
