import type * as t from '@babel/types';
import { CombineMode, NONE } from '../../../ir/instruction.js';
import { lowerMember, memberKey } from './chain.js';
import { isModuleExports } from './chain-base.js';
import { lowerExpression, moved } from './expression.js';
import { isPresent } from './logical.js';
import type { Lowering } from './lowering.js';
import { bindPattern } from './pattern.js';
import { assignName, readName } from './variable.js';

/** A place that can be read and written: a name, or a member of an evaluated object. */
interface Reference {
  readonly read: () => number;
  readonly write: (value: number) => void;
}

export function lowerAssignment(lowering: Lowering, node: t.AssignmentExpression, target: number): number {
  if (node.operator === '=') return lowerPlainAssignment(lowering, node, target);
  const reference = referTo(lowering, node.left);
  switch (node.operator) {
    case '||=':
    case '&&=':
    case '??=':
      return lowerLogicalAssignment(lowering, node, reference, target);
    default: {
      const mode = node.operator === '+=' ? CombineMode.Text : CombineMode.Number;
      const value = lowering.builder.combine(
        node,
        node.operator === '+=' && node.right.type === 'NumericLiteral' ? CombineMode.Number : mode,
        [reference.read(), lowerExpression(lowering, node.right)],
        target,
      );
      reference.write(value);
      return value;
    }
  }
}

function lowerPlainAssignment(lowering: Lowering, node: t.AssignmentExpression, target: number): number {
  const { left, right } = node;
  if (left.type === 'Identifier') {
    const slot = lowerExpression(lowering, right, assignedDirectly(lowering, left, right));
    assignName(lowering, left, slot);
    return moved(lowering, node, slot, target);
  }
  if (left.type === 'MemberExpression' && left.object.type !== 'Super' && !isExports(lowering, left)) {
    const base = lowerExpression(lowering, left.object);
    const key = memberKey(left);
    const keySlot = key === undefined ? lowerExpression(lowering, left.property) : NONE;
    const value = lowerExpression(lowering, right, target);
    if (key === undefined) lowering.builder.storeDynamic(node, base, keySlot, value);
    else lowering.builder.store(node, base, key, value);
    return value;
  }
  const value = lowerExpression(lowering, right, target);
  bindPattern(lowering, left, value);
  return value;
}

/** The slot of the variable, when writing it as the last step of evaluating `right` is the assignment. */
function assignedDirectly(lowering: Lowering, left: t.Identifier, right: t.Node): number {
  switch (right.type) {
    case 'CallExpression':
    case 'AwaitExpression':
    case 'NewExpression':
    case 'BinaryExpression':
    case 'TemplateLiteral':
    case 'MemberExpression':
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral': {
      const binding = lowering.bindingAt(left.start!);
      return binding ? lowering.plainSlot(binding) : NONE;
    }
    default:
      return NONE;
  }
}

function isExports(lowering: Lowering, node: t.MemberExpression): boolean {
  return node.object.type === 'Identifier' && isModuleExports(lowering, node.object, node);
}

function lowerLogicalAssignment(
  lowering: Lowering,
  node: t.AssignmentExpression,
  reference: Reference,
  target: number,
): number {
  const { builder } = lowering;
  const old = reference.read();
  const slot = target === NONE ? builder.slot() : target;
  const assign = builder.label();
  const keep = builder.label();
  const end = builder.label();
  if (node.operator === '&&=') builder.branch(node, old, assign, keep);
  else builder.branch(node, node.operator === '??=' ? isPresent(lowering, node, old) : old, keep, assign);
  builder.place(assign);
  reference.write(lowerExpression(lowering, node.right, slot));
  builder.jump(node, end);
  builder.place(keep);
  builder.copy(node, old, slot);
  builder.place(end);
  return slot;
}

/** `x++` and `--x`: the value is a number either way. */
export function lowerUpdate(lowering: Lowering, node: t.UpdateExpression, target: number): number {
  const reference = referTo(lowering, node.argument);
  const value = lowering.builder.combine(node, CombineMode.Number, [reference.read()], target);
  reference.write(value);
  return value;
}

/** Evaluates the object and key of an assignment target once, to be read and written. */
function referTo(lowering: Lowering, left: t.Node): Reference {
  const { builder } = lowering;
  switch (left.type) {
    case 'Identifier':
      return {
        read: () => readName(lowering, left),
        write: (value) => assignName(lowering, left, value),
      };
    case 'MemberExpression': {
      if (isExports(lowering, left)) break;
      const base = left.object.type === 'Super' ? lowering.thisSlot(left) : lowerExpression(lowering, left.object);
      const key = memberKey(left);
      if (key !== undefined) {
        return {
          read: () => lowerMember(lowering, left, base, NONE),
          write: (value) => builder.store(left, base, key, value),
        };
      }
      const keySlot = lowerExpression(lowering, left.property);
      return {
        read: () => builder.loadDynamic(left, base, keySlot),
        write: (value) => builder.storeDynamic(left, base, keySlot, value),
      };
    }
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return referTo(lowering, left.expression);
  }
  return {
    read: () => lowerExpression(lowering, left),
    write: (value) => bindPattern(lowering, left, value),
  };
}
