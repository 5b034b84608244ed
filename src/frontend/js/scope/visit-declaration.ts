import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import type { BindingKind } from './binding.js';
import { InnerNamer } from './qualified-name.js';
import type { ScopeVisitor } from './scope-visitor.js';
import { visitClass } from './visit-class.js';
import { visitFunction } from './visit-function.js';

/** Declares the names of a pattern, and visits its defaults and computed keys. `assignedAt` as in `ScopeTable.declare`. */
export function declarePattern(
  visitor: ScopeVisitor,
  pattern: t.Node,
  kind: t.VariableDeclaration['kind'] | BindingKind,
  assignedAt: number,
): void {
  switch (pattern.type) {
    case 'Identifier': {
      const scope = kind === 'var' ? visitor.varScope : visitor.scope;
      const bindingKind = kind === 'using' || kind === 'await using' ? 'const' : kind;
      const binding = visitor.table.declare(scope, pattern.name, bindingKind, pattern, assignedAt);
      if (pattern.typeAnnotation) binding.type ??= pattern.typeAnnotation;
      return;
    }
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'ObjectProperty') {
          if (property.computed) visitor.visit(property.key);
          declarePattern(visitor, property.value, kind, assignedAt);
        } else declarePattern(visitor, property.argument, kind, assignedAt);
      }
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) declarePattern(visitor, element, kind, assignedAt);
      return;
    case 'AssignmentPattern':
      declarePattern(visitor, pattern.left, kind, assignedAt === NONE ? NONE : Math.max(assignedAt, pattern.end!));
      if (pattern.left.type === 'Identifier') visitor.visitNamed(pattern.right, pattern.left.name);
      else visitor.visit(pattern.right);
      return;
    case 'RestElement':
      declarePattern(visitor, pattern.argument, kind, assignedAt);
      return;
    default:
      assignPattern(visitor, pattern, assignedAt);
  }
}

/** Enters the writes of an assignment target. */
export function assignPattern(visitor: ScopeVisitor, target: t.Node, assignedAt: number): void {
  switch (target.type) {
    case 'Identifier':
      visitor.table.reference(visitor.scope, target.name, target.start!, assignedAt);
      return;
    case 'ObjectPattern':
      for (const property of target.properties) {
        if (property.type === 'ObjectProperty') {
          if (property.computed) visitor.visit(property.key);
          assignPattern(visitor, property.value, assignedAt);
        } else assignPattern(visitor, property.argument, assignedAt);
      }
      return;
    case 'ArrayPattern':
      for (const element of target.elements) if (element) assignPattern(visitor, element, assignedAt);
      return;
    case 'AssignmentPattern':
      assignPattern(visitor, target.left, assignedAt);
      visitor.visit(target.right);
      return;
    case 'RestElement':
      assignPattern(visitor, target.argument, assignedAt);
      return;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      assignPattern(visitor, target.expression, assignedAt);
      return;
    default:
      visitor.visit(target);
  }
}

/** Declares the local names of an import. Their places in `FileIR.imports` are given when the module is lowered. */
export function declareImport(visitor: ScopeVisitor, node: t.ImportDeclaration): void {
  for (const { local } of node.specifiers) {
    visitor.table.declare(visitor.scope, local.name, 'import', local, local.end!);
  }
}

export function visitExport(
  visitor: ScopeVisitor,
  node: t.ExportNamedDeclaration | t.ExportDefaultDeclaration | t.ExportAllDeclaration,
): void {
  if (node.type === 'ExportAllDeclaration') return;
  const atModuleLevel = visitor.scope === 0;
  const declaration = node.declaration;
  if (declaration) {
    if (node.type === 'ExportDefaultDeclaration') visitDefault(visitor, declaration);
    else visitor.visit(declaration);
    if (atModuleLevel) for (const { name } of declaredNames(declaration)) visitor.exported.add(name);
  } else if (node.type === 'ExportNamedDeclaration' && !node.source) {
    for (const specifier of node.specifiers) {
      if (specifier.type === 'ExportSpecifier') visitor.exported.add(specifier.local.name);
    }
  }
}

function visitDefault(visitor: ScopeVisitor, declaration: t.Node): void {
  if (declaration.type === 'FunctionDeclaration') visitFunction(visitor, declaration, 'default');
  else if (declaration.type === 'ClassDeclaration') visitClass(visitor, declaration, 'default');
  else visitor.visitNamed(declaration, 'default');
}

/** The identifiers that a declaration binds as values. */
export function declaredNames(declaration: t.Node): t.Identifier[] {
  switch (declaration.type) {
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => patternNames(id as t.Node));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return declaration.id ? [declaration.id] : [];
    case 'TSImportEqualsDeclaration':
      return [declaration.id];
    case 'TSModuleDeclaration':
      return declaration.id.type === 'Identifier' ? [declaration.id] : [];
    default:
      return [];
  }
}

function patternNames(pattern: t.Node): t.Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'ObjectProperty' ? property.value : property.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    default:
      return [];
  }
}

/** `declare function f(): T`: a variable of which only the type is known. The signatures of an overloaded function declare nothing. */
export function visitDeclaredFunction(visitor: ScopeVisitor, node: t.TSDeclareFunction): void {
  if (!node.declare || !node.id) return;
  const binding = visitor.table.declare(visitor.scope, node.id.name, 'const', node.id, NONE);
  binding.type ??= node;
}

export function visitEnum(visitor: ScopeVisitor, node: t.TSEnumDeclaration): void {
  if (node.declare) return;
  visitor.table.declare(visitor.scope, node.id.name, 'const', node.id, node.end!);
  for (const member of node.members) if (member.initializer) visitor.visit(member.initializer);
}

/** Whether a `namespace` exists at run time: no `declare`, no augmentation of a module or of the globals. */
export function isLiveModule(node: t.TSModuleDeclaration): boolean {
  return node.declare !== true && node.id.type === 'Identifier' && node.global !== true && node.body != null;
}

export function visitModuleBlock(visitor: ScopeVisitor, node: t.TSModuleDeclaration): void {
  if (!isLiveModule(node)) return;
  visitor.table.declare(visitor.scope, (node.id as t.Identifier).name, 'var', node.id, node.start!);
  const body: t.Node = node.body;
  const outer = visitor.scope;
  const outerNamer = visitor.namer;
  visitor.namer = new InnerNamer(outerNamer ?? visitor.function, (node.id as t.Identifier).name);
  const outerVarScope = visitor.varScope;
  visitor.scope = visitor.table.enter(visitor.function, body, body.start!);
  visitor.varScope = visitor.scope;
  if (body.type === 'TSModuleDeclaration') visitModuleBlock(visitor, body);
  else if (body.type === 'TSModuleBlock') visitor.visitAll(body.body);
  visitor.table.leave(visitor.scope);
  visitor.scope = outer;
  visitor.varScope = outerVarScope;
  visitor.namer = outerNamer;
}

/** `export = e` */
export function visitExportAssignment(visitor: ScopeVisitor, node: t.TSExportAssignment): void {
  visitor.usesModuleExports = true;
  visitor.visit(node.expression);
}

/** `import x = require('y')` binds an import, `import x = A.B` a constant. */
export function visitImportAssignment(visitor: ScopeVisitor, node: t.TSImportEqualsDeclaration): void {
  if (node.isExport && visitor.scope === 0) visitor.exported.add(node.id.name);
  const reference: t.Node = node.moduleReference;
  if (reference.type === 'TSExternalModuleReference') {
    visitor.table.declare(visitor.scope, node.id.name, 'import', node.id, node.end!);
    return;
  }
  visitor.table.declare(visitor.scope, node.id.name, 'const', node.id, node.end!);
  let root: t.Node = reference;
  while (root.type === 'TSQualifiedName') root = root.left;
  if (root.type === 'Identifier') visitor.visit(root);
}
