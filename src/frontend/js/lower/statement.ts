import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import { toTypeNode } from '../types/to-type-node.js';
import { lowerTypeDeclaration } from '../types/type-declaration.js';
import { lowerClass } from './class.js';
import { emitClosure } from './closure.js';
import { lowerCondition } from './condition.js';
import { lowerBreak, lowerReturn } from './control.js';
import { lowerEffect } from './effect.js';
import { lowerEnum } from './enum.js';
import { lowerExport } from './export.js';
import { lowerExpression } from './expression.js';
import { lowerDoWhile, lowerFor, lowerForIn, lowerForOf, lowerLabelled, lowerWhile } from './loop.js';
import type { Lowering } from './lowering.js';
import { lowerImportAssignment, lowerNamespace } from './namespace.js';
import { bindPattern } from './pattern.js';
import { lowerSwitch } from './switch.js';
import { lowerTry } from './try.js';
import { lowerUnknown } from './unknown.js';
import { assignBinding } from './variable.js';

export function lowerStatements(lowering: Lowering, statements: readonly t.Node[]): void {
  for (let i = 0; i < statements.length; i++) lowerStatement(lowering, statements[i]!);
}

export function lowerStatement(lowering: Lowering, node: t.Node): void {
  switch (node.type) {
    case 'ExpressionStatement':
      lowerEffect(lowering, node.expression);
      return;
    case 'VariableDeclaration':
      if (!node.declare) for (const declarator of node.declarations) lowerDeclarator(lowering, declarator, node.kind);
      return;
    case 'ReturnStatement':
      lowerReturn(lowering, node, node.argument ? lowerExpression(lowering, node.argument) : NONE);
      return;
    case 'IfStatement':
      lowerIf(lowering, node);
      return;
    case 'BlockStatement':
      lowerBlock(lowering, node, node.body);
      return;
    case 'FunctionDeclaration':
      return; // made by `hoistFunctions`
    case 'ThrowStatement':
      lowering.builder.throw(node, lowerExpression(lowering, node.argument));
      return;
    case 'TryStatement':
      lowerTry(lowering, node);
      return;
    case 'ForOfStatement':
      lowerForOf(lowering, node, []);
      return;
    case 'ForStatement':
      lowerFor(lowering, node, []);
      return;
    case 'ForInStatement':
      lowerForIn(lowering, node, []);
      return;
    case 'WhileStatement':
      lowerWhile(lowering, node, []);
      return;
    case 'DoWhileStatement':
      lowerDoWhile(lowering, node, []);
      return;
    case 'SwitchStatement':
      lowerSwitch(lowering, node, []);
      return;
    case 'BreakStatement':
    case 'ContinueStatement':
      lowerBreak(lowering, node);
      return;
    default:
      lowerRareStatement(lowering, node);
  }
}

function lowerRareStatement(lowering: Lowering, node: t.Node): void {
  switch (node.type) {
    case 'ClassDeclaration':
      if (!node.declare) lowerClassDeclaration(lowering, node);
      return;
    case 'LabeledStatement':
      lowerLabelled(lowering, node);
      return;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      lowerExport(lowering, node);
      return;
    case 'TSExportAssignment':
      lowering.builder.storeVariable(node, lowering.commonjsVariable, lowerExpression(lowering, node.expression));
      return;
    case 'TSEnumDeclaration':
      lowerEnum(lowering, node);
      return;
    case 'TSModuleDeclaration':
      lowerNamespace(lowering, node);
      return;
    case 'TSImportEqualsDeclaration':
      lowerImportAssignment(lowering, node);
      return;
    case 'WithStatement':
      lowering.report('unlowered', 'The names inside `with` are not resolved', node);
      lowering.builder.unknown(node, node.type, [lowerExpression(lowering, node.object)]);
      lowerStatement(lowering, node.body);
      return;
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'InterfaceDeclaration':
    case 'TypeAlias':
    case 'OpaqueType':
      lowerTypeDeclaration(lowering, node, false, node);
      return;
    default:
      if (!HAS_NO_EFFECT.has(node.type)) lowerUnknown(lowering, node, NONE);
  }
}

/** Declarations of things that exist elsewhere, or nowhere at run time. Imports and re-exports are rows of tables, not code. */
const HAS_NO_EFFECT: ReadonlySet<string> = new Set([
  'DebuggerStatement',
  'DeclareClass',
  'DeclareExportAllDeclaration',
  'DeclareExportDeclaration',
  'DeclareFunction',
  'DeclareInterface',
  'DeclareModule',
  'DeclareModuleExports',
  'DeclareOpaqueType',
  'DeclareTypeAlias',
  'DeclareVariable',
  'EmptyStatement',
  'ExportAllDeclaration',
  'ImportDeclaration',
  'TSDeclareFunction',
  'TSNamespaceExportDeclaration',
]);

/** Runs statements in their block: boxes and function declarations first. */
export function lowerBlock(lowering: Lowering, node: t.Node, body: readonly t.Node[]): void {
  lowering.enterScope(node);
  hoistFunctions(lowering, body);
  lowerStatements(lowering, body);
}

/** Makes the closures of the function declarations among the statements of a block. */
export function hoistFunctions(lowering: Lowering, statements: readonly t.Node[]): void {
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i]!;
    if (statement.type === 'FunctionDeclaration') hoistFunction(lowering, statement);
    else if (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') {
      if (statement.declaration?.type === 'FunctionDeclaration') hoistFunction(lowering, statement.declaration);
    } else if (statement.type === 'LabeledStatement' && statement.body.type === 'FunctionDeclaration') {
      hoistFunction(lowering, statement.body);
    }
  }
}

function hoistFunction(lowering: Lowering, node: t.FunctionDeclaration): void {
  const scope = lowering.analysis.table.functionAt.get(node.start!);
  if (!scope) return;
  const binding = node.id ? lowering.bindingAt(node.id.start!) : undefined;
  if (binding) {
    assignBinding(lowering, binding, node, emitClosure(lowering, scope, node, lowering.plainSlot(binding)));
  } else {
    lowering.builder.storeVariable(node, lowering.defaultVariable, emitClosure(lowering, scope, node));
  }
}

function lowerDeclarator(lowering: Lowering, node: t.VariableDeclarator, kind: t.VariableDeclaration['kind']): void {
  const { init } = node;
  const id: t.Node = node.id;
  if (id.type !== 'Identifier') {
    if (init) bindPattern(lowering, id, lowerExpression(lowering, init));
    return;
  }
  const binding = lowering.bindingAt(id.start!);
  if (!binding) return;
  const slot = lowering.plainSlot(binding);
  if (id.typeAnnotation && slot !== NONE) {
    lowering.slotTypes.push([slot, toTypeNode(lowering.typeContext, id.typeAnnotation)]);
  }
  if (!init) return;
  // `var x = x || {}` reads the slot that it writes.
  const value = lowerExpression(lowering, init, kind === 'var' ? NONE : slot);
  assignBinding(lowering, binding, node, value);
}

function lowerIf(lowering: Lowering, node: t.IfStatement): void {
  const { builder } = lowering;
  const end = builder.label();
  let current: t.Statement | null | undefined = node;
  while (current?.type === 'IfStatement') {
    const consequent = builder.label();
    const alternate = current.alternate ? builder.label() : end;
    lowerCondition(lowering, current.test, consequent, alternate);
    builder.place(consequent);
    lowerBranch(lowering, current.consequent);
    if (!current.alternate) break;
    builder.jump(current, end);
    builder.place(alternate);
    current = current.alternate;
  }
  if (current && current.type !== 'IfStatement') lowerBranch(lowering, current);
  builder.place(end);
}

/** Sloppy code may declare a function where only a statement should stand. */
function lowerBranch(lowering: Lowering, node: t.Statement): void {
  if (node.type === 'FunctionDeclaration') hoistFunction(lowering, node);
  else lowerStatement(lowering, node);
}

export function lowerClassDeclaration(lowering: Lowering, node: t.ClassDeclaration): void {
  const binding = node.id ? lowering.bindingAt(node.id.start!) : undefined;
  if (binding) {
    const slot = lowerClass(lowering, node, lowering.plainSlot(binding));
    assignBinding(lowering, binding, node, slot);
  } else lowering.builder.storeVariable(node, lowering.defaultVariable, lowerClass(lowering, node, NONE));
}
