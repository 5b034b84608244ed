import type * as t from '@babel/types';

/** Member accesses of a plain operand; longer ones get a block, which bounds the look ahead. */
const PLAIN_DEPTH = 6;

/**
 * Whether an operand can be evaluated whether or not it is needed: a literal, a name, a member chain without calls. Everything else may
 * have an effect, or is a test that a guard should see.
 */
export function isPlain(node: t.Node): boolean {
  let current = node;
  for (let depth = 0; depth < PLAIN_DEPTH; depth++) {
    switch (current.type) {
      case 'Identifier':
      case 'ThisExpression':
        return true;
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        if (current.computed && !isLiteral(current.property) && current.property.type !== 'Identifier') return false;
        current = current.object;
        break;
      case 'TSNonNullExpression':
      case 'TSAsExpression':
        current = current.expression;
        break;
      default:
        return isLiteral(current) || isEmptyLiteral(current);
    }
  }
  return false;
}

/** Whether a value is written in full: nothing flows from it. */
export function isLiteral(node: t.Node): boolean {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'BigIntLiteral':
    case 'RegExpLiteral':
      return true;
    case 'Identifier':
      return node.name === 'undefined';
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'UnaryExpression':
      return node.operator === '-' && node.argument.type === 'NumericLiteral';
    default:
      return false;
  }
}

/** `{}` and `[]`, the usual defaults. */
function isEmptyLiteral(node: t.Node): boolean {
  if (node.type === 'ObjectExpression') return node.properties.length === 0;
  return node.type === 'ArrayExpression' && node.elements.length === 0;
}
