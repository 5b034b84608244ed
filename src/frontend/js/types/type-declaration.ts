import type * as t from '@babel/types';
import type { TypeDeclaration, TypeNode } from '../../../ir/type.js';
import type { Lowering } from '../lower/lowering.js';
import { toTypeNode, UNKNOWN_TYPE } from './to-type-node.js';
import { memberRows } from './type-members.js';

export type TypeDeclarationNode =
  | t.TSInterfaceDeclaration
  | t.TSTypeAliasDeclaration
  | t.InterfaceDeclaration
  | t.TypeAlias
  | t.OpaqueType;

/** Enters an `interface` or `type`. `place`: the statement in front of which its comment stands. */
export function lowerTypeDeclaration(
  lowering: Lowering,
  node: TypeDeclarationNode,
  exported: boolean,
  place: t.Node,
): void {
  const tags = lowering.comments.tagsOf(place.start!, place.end!);
  const isInterface = node.type === 'TSInterfaceDeclaration' || node.type === 'InterfaceDeclaration';
  const heritage = isInterface ? ((node.extends ?? []) as readonly t.Node[]) : [];
  lowering.types.push({
    kind: isInterface ? 'interface' : 'alias',
    name: node.id.name,
    exported,
    parameters: parameterNames(node.typeParameters as t.Node | null | undefined),
    extends: heritage.map((type) => toTypeNode(lowering.typeContext, type)),
    type: declaredType(lowering, node),
    ...(tags !== undefined && { tags }),
    start: node.start!,
    end: node.end!,
  } satisfies TypeDeclaration);
}

function declaredType(lowering: Lowering, node: TypeDeclarationNode): TypeNode {
  const context = lowering.typeContext;
  switch (node.type) {
    case 'TSInterfaceDeclaration':
      return { kind: 'object', members: memberRows(context, node.body.body) };
    case 'TSTypeAliasDeclaration':
      return toTypeNode(context, node.typeAnnotation);
    case 'InterfaceDeclaration':
      return toTypeNode(context, node.body);
    case 'TypeAlias':
      return toTypeNode(context, node.right);
    case 'OpaqueType':
      return node.impltype ? toTypeNode(context, node.impltype) : UNKNOWN_TYPE;
  }
}

export function parameterNames(list: t.Node | null | undefined): string[] {
  if (list?.type !== 'TSTypeParameterDeclaration' && list?.type !== 'TypeParameterDeclaration') return [];
  return list.params.map((param) => {
    const name: unknown = param.name;
    return typeof name === 'string' ? name : ((name as t.Identifier | null)?.name ?? '');
  });
}
