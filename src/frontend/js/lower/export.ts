import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import { lowerTypeDeclaration } from '../types/type-declaration.js';
import { lowerEnum } from './enum.js';
import { lowerExpression } from './expression.js';
import type { Lowering } from './lowering.js';
import { lowerClassDeclaration, lowerStatement } from './statement.js';

/** Runs what an export declaration declares; the rows of the export table were made by `enterModule`. */
export function lowerExport(lowering: Lowering, node: t.ExportNamedDeclaration | t.ExportDefaultDeclaration): void {
  const declaration: t.Node | null | undefined = node.declaration;
  if (!declaration) return;
  switch (declaration.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'InterfaceDeclaration':
    case 'TypeAlias':
    case 'OpaqueType':
      lowerTypeDeclaration(lowering, declaration, true, node);
      return;
    case 'TSEnumDeclaration':
      lowerEnum(lowering, declaration, true);
      return;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return;
    case 'ClassDeclaration':
      if (!declaration.declare) lowerClassDeclaration(lowering, declaration);
      return;
  }
  if (node.type === 'ExportNamedDeclaration') lowerStatement(lowering, declaration);
  else if (lowering.defaultVariable !== NONE) {
    lowering.builder.storeVariable(node, lowering.defaultVariable, lowerExpression(lowering, declaration));
  }
}
