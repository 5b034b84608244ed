import type * as t from '@babel/types';
import { AllocKind, CombineMode, CompareOperator, ELEMENT, NONE } from '../../../ir/instruction.js';
import { literalKey } from '../scope/static-name.js';
import { memberKey } from './chain.js';
import { isModuleExports } from './chain-base.js';
import { lowerExpression, lowerUndefined } from './expression.js';
import type { Lowering } from './lowering.js';
import { isPlain } from './plain.js';
import { lowerUnknown } from './unknown.js';
import { assignName } from './variable.js';

/** Writes a value into an assignment target, or into the variables of a declaration's pattern. */
export function bindPattern(lowering: Lowering, pattern: t.Node, value: number): void {
  switch (pattern.type) {
    case 'Identifier':
      assignName(lowering, pattern, value);
      return;
    case 'ObjectPattern':
      bindObject(lowering, pattern, value);
      return;
    case 'ArrayPattern':
      bindArray(lowering, pattern, value);
      return;
    case 'AssignmentPattern':
      bindPattern(lowering, pattern.left, defaulted(lowering, value, pattern, directSlot(lowering, pattern.left)));
      return;
    case 'RestElement':
      bindPattern(lowering, pattern.argument, value);
      return;
    case 'MemberExpression':
      bindMember(lowering, pattern, value);
      return;
    case 'TSParameterProperty':
      bindPattern(lowering, pattern.parameter, value);
      return;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      bindPattern(lowering, pattern.expression, value);
      return;
    default:
      lowerUnknown(lowering, pattern, NONE);
  }
}

function bindMember(lowering: Lowering, node: t.MemberExpression, value: number): void {
  const { builder } = lowering;
  if (node.object.type === 'Identifier' && isModuleExports(lowering, node.object, node)) {
    builder.storeVariable(node, lowering.commonjsVariable, value);
    return;
  }
  const base = node.object.type === 'Super' ? lowering.thisSlot(node) : lowerExpression(lowering, node.object);
  const key = memberKey(node);
  if (key === undefined) builder.storeDynamic(node, base, lowerExpression(lowering, node.property), value);
  else builder.store(node, base, key, value);
}

function bindObject(lowering: Lowering, pattern: t.ObjectPattern, value: number): void {
  const { builder } = lowering;
  const taken: string[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      const rest = builder.alloc(property, AllocKind.Object, directSlot(lowering, property.argument));
      builder.absorb(property, rest, value, taken);
      bindPattern(lowering, property.argument, rest);
      continue;
    }
    const key = literalKey(property.key, property.computed);
    const slot = directSlot(lowering, property.value);
    if (key !== undefined) taken.push(key);
    const field =
      key === undefined
        ? builder.loadDynamic(property, value, lowerExpression(lowering, property.key), slot)
        : builder.load(property, value, key, slot);
    bindPattern(lowering, property.value, field);
  }
}

function bindArray(lowering: Lowering, pattern: t.ArrayPattern, value: number): void {
  const { builder } = lowering;
  const taken: string[] = [];
  for (const [index, element] of pattern.elements.entries()) {
    if (!element) {
      taken.push(String(index));
    } else if (element.type === 'RestElement') {
      bindPattern(lowering, element.argument, lowerArrayRest(lowering, element, value, taken));
    } else {
      taken.push(String(index));
      bindPattern(lowering, element, builder.load(element, value, String(index), directSlot(lowering, element)));
    }
  }
}

/** The elements but those taken; their indices are no longer those of the whole. */
function lowerArrayRest(lowering: Lowering, node: t.RestElement, value: number, taken: readonly string[]): number {
  const { builder } = lowering;
  const rest = builder.alloc(node, AllocKind.Array, directSlot(lowering, node.argument));
  if (taken.length === 0) {
    builder.absorb(node, rest, value, taken);
    return rest;
  }
  const left = builder.alloc(node, AllocKind.Array);
  builder.absorb(node, left, value, taken);
  builder.store(node, rest, ELEMENT, builder.load(node, left, ELEMENT));
  return rest;
}

/** The slot of the variable that a pattern is, when it lives in a slot. */
export function directSlot(lowering: Lowering, pattern: t.Node): number {
  if (pattern.type !== 'Identifier') return NONE;
  const binding = lowering.bindingAt(pattern.start!);
  return binding ? lowering.plainSlot(binding) : NONE;
}

/** The value, or the default where it is undefined. */
function defaulted(lowering: Lowering, value: number, pattern: t.AssignmentPattern, target: number): number {
  const { builder } = lowering;
  if (isPlain(pattern.right)) {
    const other = lowerExpression(lowering, pattern.right);
    return builder.combine(pattern, CombineMode.Either, [value, other], target);
  }
  const slot = target === NONE ? builder.slot() : target;
  const keep = builder.label();
  const replace = builder.label();
  const end = builder.label();
  const nothing = lowerUndefined(lowering, pattern);
  builder.branch(pattern, builder.compare(pattern, CompareOperator.NotEqual, value, nothing), keep, replace);
  builder.place(keep);
  builder.copy(pattern, value, slot);
  builder.jump(pattern, end);
  builder.place(replace);
  lowerExpression(lowering, pattern.right, slot);
  builder.place(end);
  return slot;
}

/** What a loop over `iterable` hands out. */
export function lowerElement(lowering: Lowering, node: t.Node, iterable: number, pattern: t.Node): number {
  return lowering.builder.load(node, iterable, ELEMENT, directSlot(lowering, pattern));
}
