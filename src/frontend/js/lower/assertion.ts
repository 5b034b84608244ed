import type * as t from '@babel/types';
import { toTypeNode } from '../types/to-type-node.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';

/** `e as T`, `<T>e`, `e satisfies T`, `(e: T)`: a copy; where the type says something, the copy's slot carries it. */
export function lowerAssertion(
  lowering: Lowering,
  node: t.TSAsExpression | t.TSSatisfiesExpression | t.TSTypeAssertion | t.TypeCastExpression,
  target: number,
): number {
  const type = toTypeNode(lowering.typeContext, node.typeAnnotation);
  if (type.kind === 'unknown' || type.kind === 'primitive' || (type.kind === 'reference' && type.name[0] === 'const')) {
    return lowerExpression(lowering, node.expression, target);
  }
  const slot = lowering.builder.copy(node, lowerExpression(lowering, node.expression), target);
  if (lowering.builder.reachable) lowering.slotTypes.push([slot, type]);
  return slot;
}
