import type * as t from '@babel/types';
import { CallFlag, LiteralKind } from '../../../ir/instruction.js';
import { dottedName } from '../types/to-type-node.js';
import type { ChainLink } from './chain.js';
import type { Lowering } from './lowering.js';

const CUTS: ReadonlySet<string> = new Set(['slice', 'substring', 'substr']);

/** How many characters from the end `s.slice(s.length - n)`, `s.substring(s.length - n)` or `s.substr(-n)` takes; undefined for all else. */
export function tailLength(member: ChainLink, call: ChainLink | undefined): number | undefined {
  if ('arguments' in member || !call || !('arguments' in call) || call.arguments.length !== 1) return undefined;
  const { property, object } = member;
  if (member.computed || property.type !== 'Identifier' || !CUTS.has(property.name)) return undefined;
  const start = call.arguments[0]!;
  if (property.name === 'substr' && start.type === 'UnaryExpression' && start.operator === '-')
    return start.argument.type === 'NumericLiteral' ? start.argument.value : undefined;
  if (start.type !== 'BinaryExpression' || start.operator !== '-' || start.right.type !== 'NumericLiteral')
    return undefined;
  return isLengthOf(start.left, object) ? start.right.value : undefined;
}

/** Whether a node is `s.length`, for a plain name or path `s`. */
function isLengthOf(node: t.Node, text: t.Node): boolean {
  if (node.type !== 'MemberExpression' || node.computed) return false;
  if (node.property.type !== 'Identifier' || node.property.name !== 'length') return false;
  const name = dottedName(text)?.join('.');
  return name !== undefined && dottedName(node.object)?.join('.') === name;
}

/** Lowers such a call as `s.slice(-n)`, which is the same. */
export function lowerTail(
  lowering: Lowering,
  member: ChainLink,
  call: ChainLink,
  receiver: number,
  length: number,
  target: number,
): number {
  const { builder } = lowering;
  const callee = builder.load(member, receiver, 'slice');
  const start = builder.const(call, LiteralKind.Number, `-${length}`);
  return builder.call(call, callee, receiver, CallFlag.None, 0, [start], target);
}
