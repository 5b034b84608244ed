import { Op } from './instruction.js';

/**
 * What an operand of an instruction is:
 * - `define`: a slot that is written; `slot`: a slot that is read; `slot?`: one that may be NONE
 * - `string`, `string?`: index into `FileIR.strings`
 * - `block`: index of a block of the function
 * - `function`, `class`, `variable`, `import`: index into that table
 * - `number`: a plain number
 */
export type OperandKind =
  | 'define'
  | 'slot'
  | 'slot?'
  | 'string'
  | 'string?'
  | 'block'
  | 'function'
  | 'class'
  | 'variable'
  | 'import'
  | 'number';

export interface OperandShape {
  /** The fixed operands. */
  readonly fixed: readonly OperandKind[];
  /** The kind of all further ones. */
  readonly rest?: OperandKind;
}

/** The operands of each instruction, as the comments of `Op` describe them. */
export const OPERANDS: Readonly<Record<Op, OperandShape>> = {
  [Op.Const]: { fixed: ['define', 'number', 'string'] },
  [Op.Copy]: { fixed: ['define', 'slot'], rest: 'number' },
  [Op.Alloc]: { fixed: ['define', 'number'] },
  [Op.Load]: { fixed: ['define', 'slot', 'string'] },
  [Op.LoadDynamic]: { fixed: ['define', 'slot', 'slot'] },
  [Op.Store]: { fixed: ['slot', 'string', 'slot'] },
  [Op.StoreDynamic]: { fixed: ['slot', 'slot', 'slot'] },
  [Op.Delete]: { fixed: ['slot', 'string?', 'slot?'] },
  [Op.Absorb]: { fixed: ['slot', 'slot'], rest: 'string' },
  [Op.Combine]: { fixed: ['define', 'number'], rest: 'slot' },
  [Op.Compare]: { fixed: ['define', 'number', 'slot', 'slot'] },
  [Op.Closure]: { fixed: ['define', 'function'], rest: 'slot' },
  [Op.Class]: { fixed: ['define', 'class', 'slot?', 'slot', 'slot?'], rest: 'slot' },
  [Op.Call]: { fixed: ['define', 'slot', 'slot?', 'number', 'number'], rest: 'slot' },
  [Op.Global]: { fixed: ['define', 'string'] },
  [Op.LoadVariable]: { fixed: ['define', 'variable'] },
  [Op.StoreVariable]: { fixed: ['variable', 'slot'] },
  [Op.Import]: { fixed: ['define', 'import'] },
  [Op.Return]: { fixed: ['slot?'] },
  [Op.Throw]: { fixed: ['slot'] },
  [Op.Yield]: { fixed: ['define', 'slot', 'number'] },
  [Op.Caught]: { fixed: ['define'] },
  [Op.Jump]: { fixed: ['block'] },
  [Op.Branch]: { fixed: ['slot?', 'block', 'block'] },
  [Op.Try]: { fixed: ['block', 'block'] },
  [Op.Unknown]: { fixed: ['define', 'string'], rest: 'slot' },
};

/** Whether an instruction ends its block. */
export function endsBlock(op: Op): boolean {
  switch (op) {
    case Op.Return:
    case Op.Throw:
    case Op.Jump:
    case Op.Branch:
    case Op.Try:
      return true;
    default:
      return false;
  }
}
