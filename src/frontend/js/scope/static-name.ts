import type * as t from '@babel/types';

/** The last name of a callee or assignment target: `then` of `fetch(x).then`; '' where there is none. */
export function calleeName(node: t.Node): string {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      if (node.property.type === 'PrivateName') return `#${node.property.id.name}`;
      if (!node.computed && node.property.type === 'Identifier') return node.property.name;
      return node.property.type === 'StringLiteral' ? node.property.value : '';
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return calleeName(node.expression);
    case 'Super':
      return 'super';
    default:
      return '';
  }
}

/** The name of a property or member as far as it is written literally, '' for computed ones. */
export function memberKeyName(node: { readonly key: t.Node; readonly computed?: boolean | null | undefined }): string {
  return literalKey(node.key, node.computed === true) ?? '';
}

/** The string that a property key is known to be; undefined when it is computed. `Symbol.x` becomes `@@x`, private names keep `#`. */
export function literalKey(key: t.Node, computed: boolean): string | undefined {
  switch (key.type) {
    case 'Identifier':
      return computed ? undefined : key.name;
    case 'StringLiteral':
      return key.value;
    case 'NumericLiteral':
      return String(key.value);
    case 'BigIntLiteral':
      return key.value;
    case 'PrivateName':
      return `#${key.id.name}`;
    case 'TemplateLiteral':
      return key.expressions.length === 0 ? (key.quasis[0]?.value.cooked ?? undefined) : undefined;
    case 'MemberExpression':
      return key.object.type === 'Identifier' && key.object.name === 'Symbol' && key.property.type === 'Identifier'
        ? `@@${key.property.name}`
        : undefined;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return literalKey(key.expression, computed);
    default:
      return undefined;
  }
}
