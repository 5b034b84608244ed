import type * as t from '@babel/types';
import type { ScopeVisitor } from './scope-visitor.js';
import { visitClass } from './visit-class.js';
import {
  declareImport,
  visitDeclaredFunction,
  visitEnum,
  visitExport,
  visitExportAssignment,
  visitImportAssignment,
  visitModuleBlock,
} from './visit-declaration.js';
import {
  visitAssignment,
  visitChain,
  visitConditional,
  visitIdentifier,
  visitNew,
  visitObject,
  visitOperands,
  visitUpdate,
} from './visit-expression.js';
import { visitFunction } from './visit-function.js';
import { visitJsxAttribute, visitJsxName, visitJsxOpening } from './visit-jsx.js';
import {
  visitBlock,
  visitCatch,
  visitFor,
  visitIf,
  visitIteration,
  visitSwitch,
  visitVariables,
} from './visit-statement.js';

type Visit = (visitor: ScopeVisitor, node: never) => void;

/** Visits the fields of a node, which hold nodes or lists of nodes, in order. */
function children(...fields: string[]): Visit {
  return (visitor: ScopeVisitor, node: Readonly<Record<string, t.Node | (t.Node | null)[] | null | undefined>>) => {
    for (const field of fields) {
      const child = node[field];
      if (!child) continue;
      if (Array.isArray(child)) visitor.visitAll(child);
      else visitor.visit(child);
    }
  };
}

const visitArgument: Visit = (visitor: ScopeVisitor, node: t.AwaitExpression) => visitor.visit(node.argument);
const visitInner: Visit = (visitor: ScopeVisitor, node: t.ExpressionStatement) => visitor.visit(node.expression);
const visitFunctionNode: Visit = (visitor: ScopeVisitor, node: t.FunctionExpression) => {
  visitFunction(visitor, node, '');
};
const visitClassNode: Visit = (visitor: ScopeVisitor, node: t.Class) => visitClass(visitor, node, '');

/**
 * How each kind of node that may hold names is visited. Types, leaves, and declarations without run-time effect are not in the table. A table
 * of small functions, since one large function would be compiled anew whenever the parser makes a node of a new shape.
 */
export const VISITS: ReadonlyMap<string, Visit> = new Map<string, Visit>([
  ['Identifier', visitIdentifier],
  ['MemberExpression', visitChain],
  ['CallExpression', visitChain],
  ['OptionalMemberExpression', visitChain],
  ['OptionalCallExpression', visitChain],
  ['ObjectExpression', visitObject],
  ['ExpressionStatement', visitInner],
  ['ArrowFunctionExpression', visitFunctionNode],
  ['FunctionExpression', visitFunctionNode],
  ['FunctionDeclaration', visitFunctionNode],
  ['ObjectMethod', visitFunctionNode],
  ['VariableDeclaration', visitVariables],
  ['ReturnStatement', children('argument')],
  ['BlockStatement', visitBlock],
  ['IfStatement', visitIf],
  ['BinaryExpression', visitOperands],
  ['LogicalExpression', visitOperands],
  ['AssignmentExpression', visitAssignment],
  ['AwaitExpression', visitArgument],
  ['UnaryExpression', visitArgument],
  ['SpreadElement', visitArgument],
  ['TemplateLiteral', children('expressions')],
  ['ThisExpression', (visitor) => visitor.referToThis()],
  ['UpdateExpression', visitUpdate],
  ['NewExpression', visitNew],
  ['ConditionalExpression', visitConditional],
  ['ArrayExpression', children('elements')],
  ['SequenceExpression', children('expressions')],
  ['YieldExpression', children('argument')],
  ['TaggedTemplateExpression', children('tag', 'quasi')],
  ['ImportExpression', children('source', 'options')],
  ['AssignmentPattern', children('left', 'right')],
  ['RestElement', visitArgument],
  ['ObjectProperty', children('value')],
  ['ParenthesizedExpression', visitInner],
  ['Decorator', visitInner],
  ['Super', (visitor) => visitor.referToSuper()],

  ['TSAsExpression', visitInner],
  ['TSSatisfiesExpression', visitInner],
  ['TSNonNullExpression', visitInner],
  ['TSTypeAssertion', visitInner],
  ['TSInstantiationExpression', visitInner],
  ['TypeCastExpression', visitInner],

  ['ClassDeclaration', visitClassNode],
  ['ClassExpression', visitClassNode],
  ['ForStatement', visitFor],
  ['ForOfStatement', visitIteration],
  ['ForInStatement', visitIteration],
  ['WhileStatement', children('test', 'body')],
  ['DoWhileStatement', children('body', 'test')],
  ['SwitchStatement', visitSwitch],
  ['TryStatement', children('block', 'handler', 'finalizer')],
  ['CatchClause', visitCatch],
  ['ThrowStatement', visitArgument],
  ['LabeledStatement', children('body')],
  ['WithStatement', children('object', 'body')],

  ['JSXElement', children('openingElement', 'children')],
  ['JSXFragment', children('children')],
  ['JSXOpeningElement', visitJsxOpening],
  ['JSXAttribute', visitJsxAttribute],
  ['JSXSpreadAttribute', visitArgument],
  ['JSXExpressionContainer', visitInner],
  ['JSXSpreadChild', visitInner],
  ['JSXIdentifier', visitJsxName],

  ['ImportDeclaration', declareImport],
  ['ExportNamedDeclaration', visitExport],
  ['ExportDefaultDeclaration', visitExport],
  ['TSExportAssignment', visitExportAssignment],
  ['TSDeclareFunction', visitDeclaredFunction],
  ['TSEnumDeclaration', visitEnum],
  ['TSModuleDeclaration', visitModuleBlock],
  ['TSImportEqualsDeclaration', visitImportAssignment],
] as [string, Visit][]);
