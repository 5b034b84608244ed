import type * as t from '@babel/types';
import type { DecoratorIR } from '../../../ir/file.js';
import { NONE } from '../../../ir/instruction.js';
import type { TypeNode } from '../../../ir/type.js';
import { dottedName, referenceType } from '../types/to-type-node.js';
import { literalText } from './chain-base.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { isPlain } from './plain.js';

const NO_DECORATORS: readonly DecoratorIR[] = [];

/** Decorators as data. */
export function toDecorators(lowering: Lowering, decorators: readonly t.Decorator[]): readonly DecoratorIR[] {
  if (decorators.length === 0) return NO_DECORATORS;
  return decorators.map(({ expression }) => {
    const call = expression.type === 'CallExpression' ? expression : undefined;
    const name = dottedName(call ? call.callee : expression) ?? [];
    const token = call?.arguments[0] ? tokenType(lowering, call.arguments[0]) : undefined;
    return {
      name: name.join('.'),
      import: lowering.module.importByLocal.get(name[0] ?? '') ?? NONE,
      args: call ? call.arguments.map((argument) => literalText(argument) ?? '') : [],
      ...(token && { token }),
    };
  });
}

function tokenType(lowering: Lowering, argument: t.Node): TypeNode | undefined {
  const name = dottedName(argument);
  return name ? referenceType(lowering.typeContext, name, []) : undefined;
}

/**
 * Evaluates the decorators of members where they hold code. What they do to the member is left to models: they are data of the function or
 * field.
 */
export function lowerMemberDecorators(lowering: Lowering, node: t.Class): void {
  for (const member of node.body.body) {
    const { decorators } = member as t.ClassMethod;
    if (!decorators) continue;
    for (const { expression } of decorators) {
      if (expression.type !== 'CallExpression' || expression.arguments.every(isPlain)) continue;
      lowerExpression(lowering, expression);
    }
  }
}
