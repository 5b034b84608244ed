import type * as t from '@babel/types';
import type { VariableIR } from '../../../ir/file.js';
import { AllocKind, NONE } from '../../../ir/instruction.js';
import type { Binding } from '../scope/binding.js';
import { declaredNames } from '../scope/visit-declaration.js';
import { toTypeNode } from '../types/to-type-node.js';
import type { Lowering } from './lowering.js';

/** Enters imports, module variables and exports, before any function is lowered. */
export function enterModule(lowering: Lowering, program: t.Program): void {
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') enterImport(lowering, statement);
    else if (statement.type === 'TSImportEqualsDeclaration') enterRequire(lowering, statement);
    else if (statement.type === 'ExportNamedDeclaration' && statement.declaration) {
      const declaration: t.Node = statement.declaration;
      if (declaration.type === 'TSImportEqualsDeclaration') enterRequire(lowering, declaration);
    }
  }
  for (const binding of lowering.analysis.variables) lowering.variables.push(variableRow(lowering, binding));
  if (lowering.analysis.usesModuleExports) {
    lowering.commonjsVariable = addVariable(lowering, 'module.exports', 'commonjs', program);
  }
  for (const statement of program.body) {
    if (statement.type === 'ExportNamedDeclaration') enterNamedExport(lowering, statement);
    else if (statement.type === 'ExportDefaultDeclaration') enterDefaultExport(lowering, statement);
    else if (statement.type === 'TSImportEqualsDeclaration' && statement.isExport) {
      exportLocal(lowering, statement.id.name, statement.id.name);
    } else if (statement.type === 'ExportAllDeclaration') {
      const specifier = enterSpecifier(lowering, statement.source, 'export', statement.exportKind === 'type');
      lowering.module.exports.push({ kind: 'all', specifier });
    }
  }
}

/** The first instructions of a CommonJS module: its `exports` object. */
export function makeModuleExports(lowering: Lowering): void {
  if (lowering.commonjsVariable === NONE) return;
  const place = { start: 0, end: 0 };
  const object = lowering.builder.alloc(place, AllocKind.Object);
  lowering.builder.storeVariable(place, lowering.commonjsVariable, object);
}

function enterSpecifier(
  lowering: Lowering,
  source: t.StringLiteral,
  form: 'import' | 'export' | 'require',
  typeOnly: boolean,
): number {
  return lowering.module.specifier(source.value, source, form, typeOnly);
}

function enterImport(lowering: Lowering, node: t.ImportDeclaration): void {
  const { specifiers } = node;
  const typeOnly =
    isType(node.importKind) ||
    (specifiers.length > 0 && specifiers.every((row) => row.type === 'ImportSpecifier' && isType(row.importKind)));
  const source = enterSpecifier(lowering, node.source, 'import', typeOnly);
  for (const row of specifiers) {
    const index = lowering.module.import(source, importedName(row), row.local.name);
    const binding = lowering.bindingAt(row.local.start!);
    if (binding) binding.import = index;
  }
}

function isType(kind: string | null | undefined): boolean {
  return kind === 'type' || kind === 'typeof';
}

function importedName(row: t.ImportDeclaration['specifiers'][number]): string {
  if (row.type === 'ImportDefaultSpecifier') return 'default';
  if (row.type === 'ImportNamespaceSpecifier') return '*';
  return nameOf(row.imported);
}

function nameOf(node: t.Identifier | t.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

/** `import x = require('y')` */
function enterRequire(lowering: Lowering, node: t.TSImportEqualsDeclaration): void {
  const reference: t.Node = node.moduleReference;
  if (reference.type !== 'TSExternalModuleReference') return;
  const source = enterSpecifier(lowering, reference.expression, 'require', isType(node.importKind));
  const index = lowering.module.import(source, '*', node.id.name);
  const binding = lowering.bindingAt(node.id.start!);
  if (binding) binding.import = index;
}

function variableRow(lowering: Lowering, binding: Binding): VariableIR {
  const kinds = { const: 'const', function: 'function', class: 'class' } as const;
  const kind = kinds[binding.kind as keyof typeof kinds] ?? 'let';
  const row = { name: binding.name, kind, start: binding.start, end: binding.end } as const;
  return binding.type ? { ...row, type: toTypeNode(lowering.typeContext, binding.type) } : row;
}

function addVariable(lowering: Lowering, name: string, kind: VariableIR['kind'], place: t.Node): number {
  return lowering.variables.push({ name, kind, start: place.start!, end: place.end! }) - 1;
}

function enterNamedExport(lowering: Lowering, node: t.ExportNamedDeclaration): void {
  const { module } = lowering;
  if (node.declaration) {
    for (const { name } of declaredNames(node.declaration)) exportLocal(lowering, name, name);
    return;
  }
  if (!node.source) {
    for (const row of node.specifiers) {
      if (row.type === 'ExportSpecifier') exportLocal(lowering, row.local.name, nameOf(row.exported));
    }
    return;
  }
  const specifier = enterSpecifier(lowering, node.source, 'export', node.exportKind === 'type');
  for (const row of node.specifiers) {
    if (row.type === 'ExportSpecifier') {
      // A string literal may stand here too: `export { 'a b' as c } from 'x'`.
      const imported = nameOf(row.local as t.Identifier | t.StringLiteral);
      module.exports.push({ kind: 'from', name: nameOf(row.exported), specifier, imported });
    } else {
      const imported = row.type === 'ExportNamespaceSpecifier' ? '*' : 'default';
      module.exports.push({ kind: 'from', name: row.exported.name, specifier, imported });
    }
  }
}

/** `export { local as name }`: a module variable, an import that is passed on, or a type. */
function exportLocal(lowering: Lowering, local: string, name: string): void {
  const { module } = lowering;
  const binding = lowering.analysis.table.moduleBinding(local);
  const row = binding && binding.import !== NONE ? module.imports[binding.import] : undefined;
  if (row) module.exports.push({ kind: 'from', name, specifier: row.specifier, imported: row.name });
  else if (binding && binding.variable !== NONE) {
    module.exports.push({ kind: 'variable', name, variable: binding.variable });
  } else lowering.exportedTypes.add(local);
}

function enterDefaultExport(lowering: Lowering, node: t.ExportDefaultDeclaration): void {
  const declaration = node.declaration as t.Node;
  const isDeclaration = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
  if (isDeclaration && declaration.id) exportLocal(lowering, declaration.id.name, 'default');
  else if (declaration.type !== 'TSInterfaceDeclaration' && declaration.type !== 'TSDeclareFunction') {
    lowering.defaultVariable = addVariable(lowering, 'default', 'default', node);
    lowering.module.exports.push({ kind: 'variable', name: 'default', variable: lowering.defaultVariable });
  }
}
