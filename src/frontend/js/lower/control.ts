import type * as t from '@babel/types';
import type { Label, Placed } from '../../../ir/builder.js';
import { NONE } from '../../../ir/instruction.js';
import type { Lowering } from './lowering.js';

/** Something that `break`, `continue` or `return` can leave. */
export type Control =
  | {
      readonly kind: 'loop' | 'switch' | 'labelled';
      /** The labels written in front of it. */
      readonly labels: readonly string[];
      readonly breakLabel: Label;
      readonly continueLabel: Label;
    }
  | { readonly kind: 'finally'; readonly abrupt: Label; readonly exits: Exit[]; returnSlot: number };

/** A way on which a `finally` block is left. */
export interface Exit {
  readonly kind: 'break' | 'continue' | 'return';
  /** Index into `Lowering.controls` of what is left; NONE for `return`. */
  readonly target: number;
}

export function lowerBreak(lowering: Lowering, node: t.BreakStatement | t.ContinueStatement): void {
  const isContinue = node.type === 'ContinueStatement';
  const target = findTarget(lowering.controls, node.label?.name, isContinue);
  if (target === NONE) lowering.report('unlowered', `${node.type} leads nowhere`, node);
  else leave(lowering, node, { kind: isContinue ? 'continue' : 'break', target });
}

export function lowerReturn(lowering: Lowering, node: Placed, value: number): void {
  const crossed = innermostFinally(lowering, 0);
  if (crossed && value !== NONE) {
    if (crossed.returnSlot === NONE) crossed.returnSlot = lowering.builder.slot();
    lowering.builder.copy(node, value, crossed.returnSlot);
  }
  if (crossed) leave(lowering, node, { kind: 'return', target: NONE });
  else lowering.builder.return(node, value);
}

/** Jumps to where an exit leads, by way of the innermost `finally` block that it crosses. */
function leave(lowering: Lowering, node: Placed, exit: Exit): void {
  const crossed = innermostFinally(lowering, exit.target + 1);
  if (crossed) {
    if (!crossed.exits.some((other) => other.kind === exit.kind && other.target === exit.target)) {
      crossed.exits.push(exit);
    }
    lowering.builder.jump(node, crossed.abrupt);
    return;
  }
  const control = lowering.controls[exit.target];
  if (!control || control.kind === 'finally') return;
  lowering.builder.jump(node, exit.kind === 'continue' ? control.continueLabel : control.breakLabel);
}

/** Goes on, behind a `finally` block that has been taken off `controls`, with one of its exits. */
export function resume(lowering: Lowering, node: Placed, exit: Exit, returnSlot: number): void {
  if (exit.kind === 'return') lowerReturn(lowering, node, returnSlot);
  else leave(lowering, node, exit);
}

function innermostFinally(lowering: Lowering, from: number) {
  for (let i = lowering.controls.length - 1; i >= from; i--) {
    const control = lowering.controls[i]!;
    if (control.kind === 'finally') return control;
  }
  return undefined;
}

function findTarget(controls: readonly Control[], label: string | undefined, isContinue: boolean): number {
  for (let i = controls.length - 1; i >= 0; i--) {
    const control = controls[i]!;
    if (control.kind === 'finally') continue;
    if (label !== undefined ? control.labels.includes(label) : matches(control.kind, isContinue)) return i;
  }
  return NONE;
}

function matches(kind: 'loop' | 'switch' | 'labelled', isContinue: boolean): boolean {
  return kind === 'loop' || (kind === 'switch' && !isContinue);
}
