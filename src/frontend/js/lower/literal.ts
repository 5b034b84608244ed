import type * as t from '@babel/types';
import { AllocKind, CombineMode, ELEMENT, LiteralKind, NONE } from '../../../ir/instruction.js';
import { literalKey } from '../scope/static-name.js';
import { lowerClosure } from './closure.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';

/** Array literals up to this length keep their elements apart. Why: tuples, argument lists and message lists are short. */
const INDEXED_ELEMENTS = 16;

export function lowerObject(lowering: Lowering, node: t.ObjectExpression, target: number): number {
  const object = lowering.builder.alloc(node, AllocKind.Object, target);
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      lowering.builder.absorb(property, object, lowerExpression(lowering, property.argument), []);
    } else lowerProperty(lowering, property, object);
  }
  return object;
}

function lowerProperty(lowering: Lowering, property: t.ObjectProperty | t.ObjectMethod, object: number): void {
  const { builder } = lowering;
  const key = literalKey(property.key, property.computed);
  const keySlot = key === undefined ? lowerExpression(lowering, property.key) : NONE;
  const value =
    property.type === 'ObjectProperty'
      ? lowerExpression(lowering, property.value)
      : lowerClosure(lowering, property, NONE);
  if (key === undefined) builder.storeDynamic(property, object, keySlot, value);
  else builder.store(property, object, accessorPrefix(property) + key, value);
}

/** Accessors are stored under the keys `get x` and `set x`. */
function accessorPrefix(property: t.ObjectProperty | t.ObjectMethod): string {
  if (property.type === 'ObjectProperty' || property.kind === 'method') return '';
  return property.kind === 'get' ? 'get ' : 'set ';
}

export function lowerArray(lowering: Lowering, node: t.ArrayExpression, target: number): number {
  const { builder } = lowering;
  const { elements } = node;
  const array = builder.alloc(node, AllocKind.Array, target);
  // A spread in front keeps its indices; behind it, and behind other elements, they are not known.
  const firstSpread = elements.findIndex((element) => element?.type === 'SpreadElement');
  const indexed = elements.length > INDEXED_ELEMENTS ? 0 : firstSpread < 0 ? elements.length : firstSpread;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (!element) continue;
    if (element.type === 'SpreadElement') {
      const source = lowerExpression(lowering, element.argument);
      if (i === 0) builder.absorb(element, array, source, []);
      else builder.store(element, array, ELEMENT, builder.load(element, source, ELEMENT));
    } else builder.store(element, array, i < indexed ? String(i) : ELEMENT, lowerExpression(lowering, element));
  }
  return array;
}

export function lowerTemplate(lowering: Lowering, node: t.TemplateLiteral, target: number): number {
  const { builder } = lowering;
  const { quasis, expressions } = node;
  if (expressions.length === 0) return lowerQuasi(lowering, quasis[0]!, target);
  const parts: number[] = [];
  for (let i = 0; i < quasis.length; i++) {
    const quasi = quasis[i]!;
    if (quasi.value.raw !== '') parts.push(lowerQuasi(lowering, quasi, NONE));
    const expression = expressions[i];
    if (expression) parts.push(lowerExpression(lowering, expression));
  }
  return builder.combine(node, CombineMode.Text, parts, target);
}

function lowerQuasi(lowering: Lowering, quasi: t.TemplateElement, target: number): number {
  return lowering.builder.const(quasi, LiteralKind.String, quasi.value.cooked ?? quasi.value.raw, target);
}
