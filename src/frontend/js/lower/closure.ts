import type { Placed } from '../../../ir/builder.js';
import { NONE } from '../../../ir/instruction.js';
import type { FunctionNode, FunctionScope } from '../scope/binding.js';
import type { Lowering } from './lowering.js';
import { lowerUnknown } from './unknown.js';
import { assignBinding } from './variable.js';

/** Makes the closure of a function that is written here. Its body is lowered later, with all others. */
export function lowerClosure(lowering: Lowering, node: FunctionNode, target: number): number {
  const scope = lowering.analysis.table.functionAt.get(node.start!);
  if (!scope) return lowerUnknown(lowering, node, target);
  if (node.type !== 'FunctionExpression' || !node.id) return emitClosure(lowering, scope, node, target);
  lowering.enterScope(node.id);
  const closure = emitClosure(lowering, scope, node, target);
  const own = lowering.bindingAt(node.id.start!);
  if (own?.boxed) assignBinding(lowering, own, node.id, closure);
  return closure;
}

export function emitClosure(lowering: Lowering, scope: FunctionScope, place: Placed, target = NONE): number {
  const captured: number[] = [];
  for (const binding of scope.captures) captured.push(lowering.slotOf(binding));
  return lowering.builder.closure(place, scope.index, captured, target);
}
