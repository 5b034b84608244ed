import type * as t from '@babel/types';
import { ELEMENT } from '../../../ir/instruction.js';
import type { TypeMember, TypeNode } from '../../../ir/type.js';
import { literalKey } from '../scope/static-name.js';
import { type TypeContext, toTypeNode, UNKNOWN_TYPE } from './to-type-node.js';

/** The members of an interface or type literal; an index signature is the member `[]`. */
export function memberRows(context: TypeContext, members: readonly t.TSTypeElement[]): TypeMember[] {
  const rows: TypeMember[] = [];
  for (const member of members) {
    const name = memberName(member);
    if (name === undefined) continue;
    const tags = context.tagsOf(member.start!, member.end!);
    const type = memberType(context, member);
    const optional = (member as t.TSPropertySignature).optional === true;
    const row = { name, type, optional, start: member.start!, end: member.end! };
    rows.push(tags === undefined ? row : { ...row, tags });
  }
  return rows;
}

function memberName(member: t.TSTypeElement): string | undefined {
  switch (member.type) {
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return literalKey(member.key, member.computed === true);
    case 'TSIndexSignature':
      return ELEMENT;
    default:
      return undefined;
  }
}

function memberType(context: TypeContext, member: t.TSTypeElement): TypeNode {
  const annotation = member.typeAnnotation as t.Node | null | undefined;
  const type = annotation ? toTypeNode(context, annotation) : UNKNOWN_TYPE;
  if (member.type !== 'TSMethodSignature' || member.kind !== 'method') return type;
  const params = member.parameters.map((param) => {
    const written = (param as t.Identifier).typeAnnotation;
    return written ? toTypeNode(context, written) : UNKNOWN_TYPE;
  });
  return { kind: 'function', params, result: type };
}
