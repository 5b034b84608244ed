import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';

/** The number of arguments whose being spread fits into the mask of a call. */
const MASK_BITS = 31;

/** Lowers arguments to slots, and leaves in `lowering.spreadMask` which of them are spread. */
export function lowerArguments(lowering: Lowering, args: readonly t.Node[], before = NONE): number[] {
  const slots: number[] = before === NONE ? [] : [before];
  let mask = 0;
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]!;
    if (argument.type === 'SpreadElement') {
      if (slots.length < MASK_BITS) mask |= 1 << slots.length;
      slots.push(lowerExpression(lowering, argument.argument));
    } else slots.push(lowerExpression(lowering, argument));
  }
  lowering.spreadMask = mask;
  return slots;
}
