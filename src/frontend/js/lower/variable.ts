import type * as t from '@babel/types';
import type { Placed } from '../../../ir/builder.js';
import { BOX_FIELD, LiteralKind, NONE } from '../../../ir/instruction.js';
import type { Binding } from '../scope/binding.js';
import type { Lowering } from './lowering.js';

/** Reads a name. A variable that lives in a slot needs no instruction. */
export function readName(lowering: Lowering, node: t.Identifier | t.JSXIdentifier, target = NONE): number {
  const binding = lowering.bindingAt(node.start!);
  if (binding) return readBinding(lowering, binding, node, target);
  const { builder } = lowering;
  switch (node.name) {
    case 'undefined':
      return builder.const(node, LiteralKind.Undefined, 'undefined', target);
    case 'NaN':
    case 'Infinity':
      return builder.const(node, LiteralKind.Number, node.name, target);
    case 'exports':
      return builder.loadVariable(node, lowering.commonjsVariable, target);
    case 'arguments':
      return readArguments(lowering, node, target);
    default:
      return builder.global(node, node.name, target);
  }
}

export function readBinding(lowering: Lowering, binding: Binding, place: Placed, target = NONE): number {
  const { builder } = lowering;
  if (binding.import !== NONE) return builder.import(place, binding.import, target);
  if (binding.variable !== NONE) return builder.loadVariable(place, binding.variable, target);
  const slot = lowering.slotOf(binding);
  if (binding.boxed) return builder.load(place, slot, BOX_FIELD, target);
  return target === NONE || target === slot ? slot : builder.copy(place, slot, target);
}

function readArguments(lowering: Lowering, node: t.Identifier | t.JSXIdentifier, target: number): number {
  let owner = lowering.function;
  while (owner.kind === 'arrow' && owner.parent) owner = owner.parent;
  if (!owner.argumentsBinding) return lowering.builder.global(node, node.name, target);
  return readBinding(lowering, owner.argumentsBinding, node, target);
}

/** Writes a name; the name of no binding is a property of the global object. */
export function assignName(lowering: Lowering, node: t.Identifier, value: number): void {
  const binding = lowering.bindingAt(node.start!);
  if (binding) assignBinding(lowering, binding, node, value);
  else if (node.name === 'exports') lowering.builder.storeVariable(node, lowering.commonjsVariable, value);
  else lowering.builder.store(node, lowering.builder.global(node, 'globalThis'), node.name, value);
}

export function assignBinding(lowering: Lowering, binding: Binding, place: Placed, value: number): void {
  const { builder } = lowering;
  if (binding.import !== NONE) return;
  if (binding.variable !== NONE) builder.storeVariable(place, binding.variable, value);
  else if (binding.boxed) builder.store(place, lowering.slotOf(binding), BOX_FIELD, value);
  else {
    const slot = lowering.slotOf(binding);
    if (slot !== value) builder.copy(place, value, slot);
  }
}
