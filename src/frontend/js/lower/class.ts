import type * as t from '@babel/types';
import type { FieldIR, MethodIR } from '../../../ir/file.js';
import { ANY, CallFlag, NONE } from '../../../ir/instruction.js';
import type { TypeNode } from '../../../ir/type.js';
import type { ClassScope } from '../scope/binding.js';
import { literalKey } from '../scope/static-name.js';
import { isField } from '../scope/visit-class.js';
import { expressionType, toTypeNode } from '../types/to-type-node.js';
import { emitClosure } from './closure.js';
import { lowerMemberDecorators, toDecorators } from './decorator.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { lowerUnknown } from './unknown.js';
import { assignBinding } from './variable.js';

/** Makes a class value: its functions, the superclass, then the class, then what decorators do to it. */
export function lowerClass(lowering: Lowering, node: t.Class, target: number): number {
  const { builder } = lowering;
  const scope = lowering.analysis.table.classAt.get(node.start!);
  if (!scope?.constructorFunction) return lowerUnknown(lowering, node, target);
  if (node.type === 'ClassExpression' && node.id) lowering.enterScope(node.id);
  const superclass = scope.superBinding
    ? lowerExpression(lowering, node.superClass!, lowering.slotOf(scope.superBinding))
    : NONE;
  for (const member of node.body.body) {
    const { computed, key } = member as t.ClassMethod;
    if (computed && literalKey(key, true) === undefined) lowerExpression(lowering, key);
  }
  const construct = emitClosure(lowering, scope.constructorFunction, node);
  const statics = scope.staticFunction ? emitClosure(lowering, scope.staticFunction, node) : NONE;
  const methods: MethodIR[] = [];
  const methodSlots: number[] = [];
  for (const member of node.body.body) {
    if (member.type !== 'ClassMethod' && member.type !== 'ClassPrivateMethod') continue;
    if (member.kind === 'constructor') continue;
    const method = lowering.analysis.table.functionAt.get(member.start!);
    if (!method) continue;
    methods.push(methodRow(member, method.index));
    methodSlots.push(emitClosure(lowering, method, member));
  }
  lowering.classes[scope.index] = classRow(lowering, node, scope, methods);
  const parts = { superclass, constructor: construct, static: statics };
  const value = builder.class(node, scope.index, parts, methodSlots, target);
  if (node.type === 'ClassExpression' && node.id) {
    const own = lowering.bindingAt(node.id.start!);
    if (own?.boxed) assignBinding(lowering, own, node.id, value);
  }
  lowerMemberDecorators(lowering, node);
  for (const decorator of node.decorators ?? []) {
    builder.call(decorator, lowerExpression(lowering, decorator.expression), NONE, CallFlag.Decorator, 0, [value]);
  }
  return value;
}

function methodRow(member: t.ClassMethod | t.ClassPrivateMethod, index: number): MethodIR {
  const kind = member.kind === 'get' ? 'getter' : member.kind === 'set' ? 'setter' : 'method';
  const computed = member.type === 'ClassMethod' && member.computed;
  return { name: literalKey(member.key, computed) ?? ANY, kind, isStatic: member.static === true, function: index };
}

function classRow(lowering: Lowering, node: t.Class, scope: ClassScope, methods: readonly MethodIR[]) {
  const superType = node.superClass
    ? expressionType(lowering.typeContext, node.superClass, superArguments(node))
    : undefined;
  const implemented = (node.implements ?? []) as readonly t.Node[];
  return {
    name: scope.name,
    start: node.start!,
    end: node.end!,
    parent: scope.parent.index,
    constructorFunction: scope.constructorFunction!.index,
    staticFunction: scope.staticFunction?.index ?? NONE,
    methods,
    fields: fieldRows(lowering, node),
    ...(superType && { superType }),
    implementsTypes: implemented.map((type): TypeNode => toTypeNode(lowering.typeContext, type)),
    decorators: toDecorators(lowering, node.decorators ?? []),
  };
}

function superArguments(node: t.Class): t.Node | undefined {
  return (node.superTypeParameters ?? undefined) as t.Node | undefined;
}

function fieldRows(lowering: Lowering, node: t.Class): FieldIR[] {
  const rows: FieldIR[] = [];
  for (const member of node.body.body) {
    if (!isField(member)) continue;
    const computed = member.type !== 'ClassPrivateProperty' && member.computed === true;
    const tags = lowering.comments.tagsOf(member.start!, member.end!);
    const annotation = member.typeAnnotation as t.Node | null | undefined;
    rows.push({
      name: literalKey(member.key, computed) ?? ANY,
      isStatic: member.static === true,
      ...(annotation && { type: toTypeNode(lowering.typeContext, annotation) }),
      decorators: toDecorators(lowering, member.decorators ?? []),
      ...(tags !== undefined && { tags }),
      start: member.start!,
      end: member.end!,
    });
  }
  return rows;
}
