import type * as t from '@babel/types';
import { AllocKind, LiteralKind } from '../../../ir/instruction.js';
import type { TypeNode } from '../../../ir/type.js';
import { literalKey } from '../scope/static-name.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { assignBinding, readBinding } from './variable.js';

/** An enum is an object of its constants, and a type. */
export function lowerEnum(lowering: Lowering, node: t.TSEnumDeclaration, exported = false): void {
  const { builder } = lowering;
  const binding = lowering.bindingAt(node.id.start!);
  if (binding && !node.declare) {
    const merged = lowering.opened.has(binding);
    lowering.opened.add(binding);
    const object = merged
      ? readBinding(lowering, binding, node)
      : builder.alloc(node, AllocKind.Object, lowering.plainSlot(binding));
    for (const [index, member] of node.members.entries()) {
      const value = member.initializer
        ? lowerExpression(lowering, member.initializer)
        : builder.const(member, LiteralKind.Number, String(index));
      builder.store(member, object, literalKey(member.id, false)!, value);
    }
    if (!merged) assignBinding(lowering, binding, node, object);
  }
  const tags = lowering.comments.tagsOf(node.start!, node.end!);
  lowering.types.push({
    kind: 'enum',
    name: node.id.name,
    exported,
    parameters: [],
    extends: [],
    type: { kind: 'union', types: node.members.map(memberType) },
    ...(tags !== undefined && { tags }),
    start: node.start!,
    end: node.end!,
  });
}

function memberType(member: t.TSEnumMember, index: number): TypeNode {
  const { initializer } = member;
  if (!initializer) return { kind: 'literal', value: String(index) };
  if (initializer.type === 'StringLiteral') return { kind: 'literal', value: initializer.value };
  if (initializer.type === 'NumericLiteral') return { kind: 'literal', value: String(initializer.value) };
  return { kind: 'unknown' };
}
