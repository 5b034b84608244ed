import type * as t from '@babel/types';
import { AllocKind, LiteralKind } from '../../../ir/instruction.js';
import type { Binding } from '../scope/binding.js';
import { declaredNames, isLiveModule } from '../scope/visit-declaration.js';
import type { Lowering } from './lowering.js';
import { hoistFunctions, lowerStatement } from './statement.js';
import { assignBinding, readBinding, readName } from './variable.js';

/** `namespace N { … }`: an object; the body runs in place, and what it exports is stored on the object. */
export function lowerNamespace(lowering: Lowering, node: t.TSModuleDeclaration): void {
  const binding = isLiveModule(node) ? lowering.bindingAt(node.id.start!) : undefined;
  if (!binding) {
    lowerTypesOnly(lowering, node.body);
    return;
  }
  const object = openNamespace(lowering, node, binding);
  const body: t.Node = node.body;
  lowering.enterScope(body);
  if (body.type === 'TSModuleDeclaration') {
    lowerNamespace(lowering, body);
    storeExported(lowering, body, object);
    return;
  }
  if (body.type !== 'TSModuleBlock') return;
  hoistFunctions(lowering, body.body);
  for (const statement of body.body) {
    lowerStatement(lowering, statement);
    if (statement.type === 'ExportNamedDeclaration') {
      if (statement.declaration) storeExported(lowering, statement.declaration, object);
    } else if (statement.type === 'TSImportEqualsDeclaration' && statement.isExport) {
      storeExported(lowering, statement, object);
    }
  }
}

/** The types that `declare module 'x' { … }` and the like declare. */
function lowerTypesOnly(lowering: Lowering, body: t.Node | null | undefined): void {
  if (body?.type !== 'TSModuleBlock') return;
  for (const statement of body.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'TSInterfaceDeclaration' || declaration?.type === 'TSTypeAliasDeclaration') {
      lowerStatement(lowering, declaration);
    }
  }
}

function openNamespace(lowering: Lowering, node: t.TSModuleDeclaration, binding: Binding): number {
  if (binding.kind === 'function' || binding.kind === 'class' || lowering.opened.has(binding)) {
    return readBinding(lowering, binding, node);
  }
  lowering.opened.add(binding);
  const object = lowering.builder.alloc(node, AllocKind.Object, lowering.plainSlot(binding));
  assignBinding(lowering, binding, node, object);
  return object;
}

function storeExported(lowering: Lowering, declaration: t.Node, object: number): void {
  for (const identifier of declaredNames(declaration)) {
    const value = readName(lowering, identifier);
    lowering.builder.store(declaration, object, identifier.name, value);
  }
}

/** `import x = A.B.C` is a constant; `import x = require('y')` was entered as an import. */
export function lowerImportAssignment(lowering: Lowering, node: t.TSImportEqualsDeclaration): void {
  const binding = lowering.bindingAt(node.id.start!);
  const reference: t.Node = node.moduleReference;
  if (!binding || reference.type === 'TSExternalModuleReference') return;
  assignBinding(lowering, binding, node, readEntityName(lowering, reference));
}

function readEntityName(lowering: Lowering, node: t.Node): number {
  if (node.type === 'TSQualifiedName') {
    return lowering.builder.load(node, readEntityName(lowering, node.left), node.right.name);
  }
  if (node.type === 'Identifier') return readName(lowering, node);
  return lowering.builder.const(node, LiteralKind.Undefined, 'undefined');
}
