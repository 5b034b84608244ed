import type * as t from '@babel/types';
import { ELEMENT, NONE } from '../../../ir/instruction.js';
import type { TypeNode } from '../../../ir/type.js';
import { fromFlowType } from './flow-type.js';
import { memberRows } from './type-members.js';

/** What types need of the module: the import that a name leads to. */
export interface TypeContext {
  readonly importByLocal: ReadonlyMap<string, number>;
  /** The import that `import('specifier').name` in a type stands for. */
  importType(specifier: string, name: string, place: t.Node): number;
  /** The tags written at a type's member. */
  tagsOf(start: number, end: number): string | undefined;
  /** Types around the one that is being translated. */
  depth: number;
  /** Told of a type that nests more deeply than is translated. */
  tooDeep(place: t.Node): void;
}

/**
 * Types within types that are kept. Why: access paths end at 5, and hand-written types nest about as deep; whoever walks over types may
 * recurse.
 */
const DEPTH = 48;

export const UNKNOWN_TYPE: TypeNode = { kind: 'unknown' };

const PRIMITIVES: Readonly<Record<string, string | undefined>> = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBooleanKeyword: 'boolean',
  TSAnyKeyword: 'any',
  TSUnknownKeyword: 'unknown',
  TSVoidKeyword: 'void',
  TSNullKeyword: 'null',
  TSUndefinedKeyword: 'undefined',
  TSNeverKeyword: 'never',
  TSBigIntKeyword: 'bigint',
  TSSymbolKeyword: 'symbol',
  TSObjectKeyword: 'object',
};

/** Translates a written type; what the analysis cannot use becomes `unknown`. */
export function toTypeNode(context: TypeContext, node: t.Node): TypeNode {
  if (context.depth >= DEPTH) {
    context.tooDeep(node);
    return UNKNOWN_TYPE;
  }
  context.depth++;
  const type = translate(context, node);
  context.depth--;
  return type;
}

function translate(context: TypeContext, node: t.Node): TypeNode {
  const primitive = PRIMITIVES[node.type];
  if (primitive !== undefined) return { kind: 'primitive', name: primitive };
  switch (node.type) {
    case 'TSTypeAnnotation':
    case 'TSParenthesizedType':
    case 'TSOptionalType':
    case 'TSRestType':
    case 'TypeAnnotation':
      return toTypeNode(context, node.typeAnnotation);
    case 'TSTypeReference':
      return referenceType(context, dottedName(node.typeName) ?? [], argumentTypes(context, node));
    case 'TSExpressionWithTypeArguments':
      return referenceType(context, dottedName(node.expression) ?? [], argumentTypes(context, node));
    case 'TSImportType':
      return importedType(context, node);
    case 'TSMappedType': {
      const type = node.typeAnnotation ? toTypeNode(context, node.typeAnnotation) : UNKNOWN_TYPE;
      const row = { name: ELEMENT, type, optional: false, start: node.start!, end: node.end! };
      return { kind: 'object', members: [row] };
    }
    case 'TSArrayType':
      return { kind: 'array', element: toTypeNode(context, node.elementType) };
    case 'TSTupleType':
      return { kind: 'tuple', elements: node.elementTypes.map((type) => toTypeNode(context, type)) };
    case 'TSNamedTupleMember':
      return toTypeNode(context, node.elementType);
    case 'TSUnionType':
      return { kind: 'union', types: node.types.map((type) => toTypeNode(context, type)) };
    case 'TSIntersectionType':
      return { kind: 'intersection', types: node.types.map((type) => toTypeNode(context, type)) };
    case 'TSTypeLiteral':
      return { kind: 'object', members: memberRows(context, node.members) };
    case 'TSLiteralType':
      return literalType(node.literal);
    case 'TSTypeOperator':
      return node.operator === 'readonly' ? toTypeNode(context, node.typeAnnotation) : UNKNOWN_TYPE;
    case 'TSTypeQuery': {
      const name = dottedName(node.exprName) ?? [];
      return { kind: 'query', name, import: importOf(context, name) };
    }
    case 'TSIndexedAccessType': {
      const index = node.indexType;
      const key = index.type === 'TSLiteralType' ? literalType(index.literal) : UNKNOWN_TYPE;
      if (key.kind === 'literal')
        return { kind: 'index', object: toTypeNode(context, node.objectType), key: key.value };
      if (index.type !== 'TSNumberKeyword') return UNKNOWN_TYPE;
      return { kind: 'index', object: toTypeNode(context, node.objectType), key: ELEMENT };
    }
    case 'TSFunctionType':
    case 'TSConstructorType':
      return functionType(context, node);
    case 'TSDeclareFunction':
      return declaredFunctionType(context, node);
    case 'TSTypePredicate':
      return { kind: 'primitive', name: 'boolean' };
    default:
      return node.type.startsWith('TS') ? UNKNOWN_TYPE : fromFlowType(context, node);
  }
}

/** `import('x').Y<Z>` */
function importedType(context: TypeContext, node: t.TSImportType): TypeNode {
  const name = node.qualifier ? dottedName(node.qualifier) : undefined;
  if (!name || node.argument.type !== 'StringLiteral') return UNKNOWN_TYPE;
  const index = context.importType(node.argument.value, name[0]!, node.argument);
  return { kind: 'reference', name, import: index, args: argumentTypes(context, node) };
}

/** The types that a reference or a call is given: `<User>`. */
export function argumentTypes(context: TypeContext, node: t.Node): readonly TypeNode[] {
  const { typeParameters, typeArguments } = node as {
    typeParameters?: t.Node | null;
    typeArguments?: t.Node | null;
  };
  return typeArgumentsOf(context, typeParameters ?? typeArguments);
}

export function typeArgumentsOf(context: TypeContext, list: t.Node | null | undefined): readonly TypeNode[] {
  if (list?.type !== 'TSTypeParameterInstantiation' && list?.type !== 'TypeParameterInstantiation') return NO_TYPES;
  return (list.params as readonly t.Node[]).map((type) => toTypeNode(context, type));
}

const NO_TYPES: readonly TypeNode[] = [];

export function referenceType(context: TypeContext, name: readonly string[], args: readonly TypeNode[]): TypeNode {
  if (name.length === 0) return UNKNOWN_TYPE;
  return { kind: 'reference', name, import: importOf(context, name), args };
}

function importOf(context: TypeContext, name: readonly string[]): number {
  return context.importByLocal.get(name[0] ?? '') ?? NONE;
}

/** The type of which an expression in `extends` is the constructor. */
export function expressionType(context: TypeContext, node: t.Node, list: t.Node | undefined): TypeNode | undefined {
  const name = dottedName(node);
  return name ? referenceType(context, name, typeArgumentsOf(context, list)) : undefined;
}

/** The parts of `a.b.c`, in types and in expressions; undefined for anything else. */
export function dottedName(node: t.Node): string[] | undefined {
  switch (node.type) {
    case 'Identifier':
      return [node.name];
    case 'ThisExpression':
    case 'TSThisType':
      return ['this'];
    case 'TSQualifiedName': {
      const left = dottedName(node.left);
      return left && [...left, node.right.name];
    }
    case 'QualifiedTypeIdentifier': {
      const left = dottedName(node.qualification);
      return left && [...left, node.id.name];
    }
    case 'MemberExpression': {
      const left = dottedName(node.object);
      return left && !node.computed && node.property.type === 'Identifier' ? [...left, node.property.name] : undefined;
    }
    default:
      return undefined;
  }
}

function literalType(literal: t.Node): TypeNode {
  switch (literal.type) {
    case 'StringLiteral':
      return { kind: 'literal', value: literal.value };
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { kind: 'literal', value: String(literal.value) };
    case 'TemplateLiteral':
      return { kind: 'primitive', name: 'string' };
    default:
      return UNKNOWN_TYPE;
  }
}

function declaredFunctionType(context: TypeContext, node: t.TSDeclareFunction): TypeNode {
  const params = node.params.map((param) => {
    const annotation = (param as t.Identifier).typeAnnotation;
    return annotation ? toTypeNode(context, annotation) : UNKNOWN_TYPE;
  });
  return { kind: 'function', params, result: node.returnType ? toTypeNode(context, node.returnType) : UNKNOWN_TYPE };
}

function functionType(context: TypeContext, node: t.TSFunctionType | t.TSConstructorType): TypeNode {
  const params = node.parameters.map((param) => {
    const annotation = (param as t.Identifier).typeAnnotation;
    return annotation ? toTypeNode(context, annotation) : UNKNOWN_TYPE;
  });
  const result = node.typeAnnotation ? toTypeNode(context, node.typeAnnotation) : UNKNOWN_TYPE;
  return { kind: 'function', params, result };
}
