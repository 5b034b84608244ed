import type * as t from '@babel/types';
import type { TypeMember, TypeNode } from '../../../ir/type.js';
import {
  dottedName,
  referenceType,
  type TypeContext,
  toTypeNode,
  typeArgumentsOf,
  UNKNOWN_TYPE,
} from './to-type-node.js';

const PRIMITIVES: Readonly<Record<string, string | undefined>> = {
  StringTypeAnnotation: 'string',
  NumberTypeAnnotation: 'number',
  BooleanTypeAnnotation: 'boolean',
  AnyTypeAnnotation: 'any',
  MixedTypeAnnotation: 'unknown',
  VoidTypeAnnotation: 'void',
  NullLiteralTypeAnnotation: 'null',
  EmptyTypeAnnotation: 'never',
  SymbolTypeAnnotation: 'symbol',
};

/** Translates a written Flow type. */
export function fromFlowType(context: TypeContext, node: t.Node): TypeNode {
  const primitive = PRIMITIVES[node.type];
  if (primitive !== undefined) return { kind: 'primitive', name: primitive };
  switch (node.type) {
    case 'GenericTypeAnnotation':
    case 'InterfaceExtends':
    case 'ClassImplements':
      return referenceType(context, dottedName(node.id) ?? [], typeArgumentsOf(context, node.typeParameters));
    case 'NullableTypeAnnotation':
      return toTypeNode(context, node.typeAnnotation);
    case 'ArrayTypeAnnotation':
      return { kind: 'array', element: toTypeNode(context, node.elementType) };
    case 'TupleTypeAnnotation':
      return { kind: 'tuple', elements: node.types.map((type) => toTypeNode(context, type)) };
    case 'UnionTypeAnnotation':
      return { kind: 'union', types: node.types.map((type) => toTypeNode(context, type)) };
    case 'IntersectionTypeAnnotation':
      return { kind: 'intersection', types: node.types.map((type) => toTypeNode(context, type)) };
    case 'StringLiteralTypeAnnotation':
      return { kind: 'literal', value: node.value };
    case 'NumberLiteralTypeAnnotation':
    case 'BooleanLiteralTypeAnnotation':
      return { kind: 'literal', value: String(node.value) };
    case 'ObjectTypeAnnotation':
      return { kind: 'object', members: flowMembers(context, node) };
    case 'FunctionTypeAnnotation':
      return {
        kind: 'function',
        params: node.params.map((param) => toTypeNode(context, param.typeAnnotation)),
        result: toTypeNode(context, node.returnType),
      };
    default:
      return UNKNOWN_TYPE;
  }
}

function flowMembers(context: TypeContext, node: t.ObjectTypeAnnotation): TypeMember[] {
  const rows: TypeMember[] = [];
  for (const member of node.properties) {
    if (member.type !== 'ObjectTypeProperty') continue;
    const tags = context.tagsOf(member.start!, member.end!);
    const name = member.key.type === 'Identifier' ? member.key.name : member.key.value;
    const type = toTypeNode(context, member.value);
    const row = { name, type, optional: member.optional === true, start: member.start!, end: member.end! };
    rows.push(tags === undefined ? row : { ...row, tags });
  }
  return rows;
}
