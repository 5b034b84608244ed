import type * as t from '@babel/types';
import type { Lowering } from './lowering.js';

/** Stands in for a construct that is not lowered, and says so. */
export function lowerUnknown(lowering: Lowering, node: t.Node, target: number): number {
  lowering.report('unlowered', `${node.type} is not analysed`, node);
  return lowering.builder.unknown(node, node.type, [], target);
}
