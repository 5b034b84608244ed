import type * as t from '@babel/types';
import { LiteralKind, NONE } from '../../../ir/instruction.js';
import { lowerAssertion } from './assertion.js';
import { lowerAssignment, lowerUpdate } from './assignment.js';
import { lowerChain } from './chain.js';
import { lowerClass } from './class.js';
import { lowerClosure } from './closure.js';
import { lowerConditional } from './conditional.js';
import { lowerJsxElement, lowerJsxFragment } from './jsx.js';
import { lowerArray, lowerObject, lowerTemplate } from './literal.js';
import { lowerLogical } from './logical.js';
import type { Lowering } from './lowering.js';
import { lowerImportCall, lowerNew, lowerTagged } from './new.js';
import { lowerBinary, lowerUnary } from './operator.js';
import { lowerUnknown } from './unknown.js';
import { readName } from './variable.js';

/**
 * Lowers an expression.
 * @param target the slot to leave the value in; NONE: any
 * @returns the slot that holds the value
 */
export function lowerExpression(lowering: Lowering, node: t.Node, target = NONE): number {
  const { builder } = lowering;
  switch (node.type) {
    case 'Identifier':
      return readName(lowering, node, target);
    case 'StringLiteral':
      return builder.const(node, LiteralKind.String, node.value, target);
    case 'MemberExpression':
    case 'CallExpression':
    case 'OptionalMemberExpression':
    case 'OptionalCallExpression':
    case 'TSNonNullExpression':
      return lowerChain(lowering, node, target);
    case 'NumericLiteral':
      return builder.const(node, LiteralKind.Number, String(node.value), target);
    case 'ObjectExpression':
      return lowerObject(lowering, node, target);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return lowerClosure(lowering, node, target);
    case 'TemplateLiteral':
      return lowerTemplate(lowering, node, target);
    case 'AwaitExpression':
      return lowerAwait(lowering, node.argument, target);
    case 'BinaryExpression':
      return lowerBinary(lowering, node, target);
    case 'LogicalExpression':
      return lowerLogical(lowering, node, target);
    case 'JSXElement':
      return lowerJsxElement(lowering, node, target);
    case 'ConditionalExpression':
      return lowerConditional(lowering, node, target);
    case 'ArrayExpression':
      return lowerArray(lowering, node, target);
    case 'BooleanLiteral':
      return builder.const(node, LiteralKind.Boolean, String(node.value), target);
    case 'NullLiteral':
      return builder.const(node, LiteralKind.Null, 'null', target);
    case 'AssignmentExpression':
      return lowerAssignment(lowering, node, target);
    case 'UnaryExpression':
      return lowerUnary(lowering, node, target);
    case 'ThisExpression':
      return moved(lowering, node, lowering.thisSlot(node), target);
    case 'NewExpression':
      return lowerNew(lowering, node, target);
    default:
      return lowerRareExpression(lowering, node, target);
  }
}

function lowerAwait(lowering: Lowering, node: t.Expression, target: number): number {
  lowering.awaited = node;
  if (node.type === 'CallExpression' || node.type === 'OptionalCallExpression' || node.type === 'ImportExpression')
    return lowerExpression(lowering, node, target);
  return lowering.builder.awaited(node, lowerExpression(lowering, node), target);
}

function lowerRareExpression(lowering: Lowering, node: t.Node, target: number): number {
  const { builder } = lowering;
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TypeCastExpression':
      return lowerAssertion(lowering, node, target);
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
    case 'JSXExpressionContainer':
    case 'JSXSpreadChild':
      return lowerExpression(lowering, node.expression, target);
    case 'UpdateExpression':
      return lowerUpdate(lowering, node, target);
    case 'ClassExpression':
      return lowerClass(lowering, node, target);
    case 'SequenceExpression': {
      const last = node.expressions.length - 1;
      for (let i = 0; i < last; i++) lowerExpression(lowering, node.expressions[i]!);
      return lowerExpression(lowering, node.expressions[last]!, target);
    }
    case 'YieldExpression': {
      const value = node.argument ? lowerExpression(lowering, node.argument) : lowerUndefined(lowering, node);
      return builder.yield(node, value, node.delegate === true, target);
    }
    case 'TaggedTemplateExpression':
      return lowerTagged(lowering, node, target);
    case 'ImportExpression':
      return lowerImportCall(lowering, node, target);
    case 'RegExpLiteral':
      return builder.const(node, LiteralKind.RegExp, `/${node.pattern}/${node.flags}`, target);
    case 'BigIntLiteral':
      return builder.const(node, LiteralKind.BigInt, `${node.value}n`, target);
    case 'DirectiveLiteral':
      return builder.const(node, LiteralKind.String, node.value, target);
    case 'MetaProperty':
      return builder.global(node, `${node.meta.name}.${node.property.name}`, target);
    case 'JSXFragment':
      return lowerJsxFragment(lowering, node, target);
    case 'JSXEmptyExpression':
      return lowerUndefined(lowering, node, target);
    case 'JSXIdentifier':
      return readName(lowering, node, target);
    default:
      return lowerUnknown(lowering, node, target);
  }
}

export function lowerUndefined(lowering: Lowering, node: t.Node, target = NONE): number {
  return lowering.builder.const(node, LiteralKind.Undefined, 'undefined', target);
}

/** Leaves in `target` what is in `slot`. */
export function moved(lowering: Lowering, node: t.Node, slot: number, target: number): number {
  return target === NONE || target === slot ? slot : lowering.builder.copy(node, slot, target);
}
