import type * as t from '@babel/types';
import { CallFlag, CombineMode, NONE } from '../../../ir/instruction.js';
import { TYPE_ARGUMENTS } from '../../../ir/type.js';
import { literalKey } from '../scope/static-name.js';
import { unroll } from '../scope/visit-expression.js';
import { argumentTypes } from '../types/to-type-node.js';
import { lowerArguments } from './arguments.js';
import { lowerSpecialBase } from './chain-base.js';
import { lowerExpression, moved } from './expression.js';
import { lowerFields } from './field.js';
import type { Lowering } from './lowering.js';
import { lowerTail, tailLength } from './tail.js';

export type ChainLink = t.MemberExpression | t.OptionalMemberExpression | t.CallExpression | t.OptionalCallExpression;

/** The part of a chain that is lowered: its value, and the object that it was read from. */
export interface ChainState {
  value: number;
  receiver: number;
  /** The value is `super` itself, about to be called. */
  isSuper: boolean;
}

/** Lowers a chain of member accesses and calls from its base on, without recursion along the chain. */
export function lowerChain(lowering: Lowering, node: t.Node, target: number): number {
  const { chain } = lowering;
  const bottom = chain.length;
  const base = unroll(node, chain);
  const state: ChainState = { value: NONE, receiver: NONE, isSuper: false };
  if (!lowerSpecialBase(lowering, base, bottom, state, target)) state.value = lowerExpression(lowering, base);
  let last = NONE;
  while (chain.length > bottom) {
    const link = chain.pop() as ChainLink;
    last = chain.length === bottom ? target : NONE;
    if (link.type === 'MemberExpression' || link.type === 'OptionalMemberExpression') {
      state.receiver = state.value;
      const next = chain.length > bottom ? (chain[chain.length - 1] as ChainLink) : undefined;
      const tail = tailLength(link, next);
      if (tail !== undefined) {
        chain.pop();
        last = chain.length === bottom ? target : NONE;
        state.value = lowerTail(lowering, link, next!, state.value, tail, last);
        state.receiver = NONE;
        continue;
      }
      state.value = lowerMember(lowering, link, state.value, last, next !== undefined && 'arguments' in next);
    } else lowerCall(lowering, link, state, last);
  }
  return moved(lowering, node, state.value, target);
}

/** Reads a member of `base`. One that is called is no count: `file.size()`. */
export function lowerMember(
  lowering: Lowering,
  node: t.MemberExpression | t.OptionalMemberExpression,
  base: number,
  target: number,
  isCalled = false,
): number {
  const { builder } = lowering;
  const key = memberKey(node);
  if (key === undefined) return builder.loadDynamic(node, base, lowerExpression(lowering, node.property), target);
  if (!isSize(key) || isCalled) return builder.load(node, base, key, target);
  return builder.combine(node, CombineMode.Number, [builder.load(node, base, key)], target);
}

/** Whether a member counts something: arrays and strings have a length, maps and sets a size. */
export function isSize(key: string): boolean {
  return (key.length === 6 && key === 'length') || (key.length === 4 && key === 'size');
}

/** The name of the member, where it is known. */
export function memberKey(node: t.MemberExpression | t.OptionalMemberExpression): string | undefined {
  const { property } = node;
  if (!node.computed && property.type === 'Identifier') return property.name;
  return literalKey(property, node.computed);
}

function lowerCall(
  lowering: Lowering,
  node: t.CallExpression | t.OptionalCallExpression,
  state: ChainState,
  target: number,
): void {
  let flags: number = CallFlag.None;
  if (node === lowering.awaited) flags |= CallFlag.Awaited;
  if (node.type === 'OptionalCallExpression' && node.optional) flags |= CallFlag.Optional;
  if (state.isSuper) {
    flags |= CallFlag.Super;
    state.receiver = lowering.thisSlot(node);
  }
  const args = lowerArguments(lowering, node.arguments);
  state.value = lowering.builder.call(node, state.value, state.receiver, flags, lowering.spreadMask, args, target);
  state.receiver = NONE;
  const types = argumentTypes(lowering.typeContext, node);
  if (types.length > 0 && lowering.builder.reachable)
    lowering.slotTypes.push([state.value, { kind: 'reference', name: [TYPE_ARGUMENTS], import: NONE, args: types }]);
  if (state.isSuper && lowering.fieldsAfterSuper) lowerFields(lowering, lowering.fieldsAfterSuper, false);
  state.isSuper = false;
}
