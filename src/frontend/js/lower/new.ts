import type * as t from '@babel/types';
import { CallFlag, NONE } from '../../../ir/instruction.js';
import { lowerArguments } from './arguments.js';
import { lowerMember } from './chain.js';
import { importModule, literalText, reportDynamicCode } from './chain-base.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';

export function lowerNew(lowering: Lowering, node: t.NewExpression, target: number): number {
  const { callee } = node;
  if (callee.type === 'Identifier' && callee.name === 'Function' && !lowering.bindingAt(callee.start!)) {
    reportDynamicCode(lowering, 'Function', node);
  }
  const constructed = lowerExpression(lowering, callee);
  const args = lowerArguments(lowering, node.arguments);
  return lowering.builder.call(node, constructed, NONE, CallFlag.New, lowering.spreadMask, args, target);
}

export function lowerTagged(lowering: Lowering, node: t.TaggedTemplateExpression, target: number): number {
  const { tag } = node;
  let receiver = NONE;
  let callee: number;
  if (tag.type === 'MemberExpression') {
    receiver = lowerExpression(lowering, tag.object);
    callee = lowerMember(lowering, tag, receiver, NONE);
  } else callee = lowerExpression(lowering, tag);
  const args = lowerArguments(lowering, node.quasi.expressions);
  return lowering.builder.call(node, callee, receiver, CallFlag.Tagged, 0, args, target);
}

export function lowerImportCall(lowering: Lowering, node: t.ImportExpression, target: number): number {
  const specifier = literalText(node.source);
  if (specifier !== undefined) return importModule(lowering, node, specifier, 'dynamic', target);
  const callee = lowering.builder.global(node, 'import');
  return lowering.builder.call(node, callee, NONE, 0, 0, [lowerExpression(lowering, node.source)], target);
}
