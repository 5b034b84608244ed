import type * as t from '@babel/types';
import type { Diagnostic } from '../../../core/diagnostic.js';
import type { FileBody } from '../../../ir/builder.js';
import type { FileIR, FunctionIR } from '../../../ir/file.js';
import type { TypeDeclaration } from '../../../ir/type.js';
import type { CommentIndex } from '../comments.js';
import type { ScopeAnalysis } from '../scope/analyse-scopes.js';
import { type LoweredFunction, lowerFunction } from './function.js';
import { Lowering } from './lowering.js';
import { enterModule } from './module.js';

/** Lowers a parsed file. */
export function lowerProgram(
  path: string,
  text: string,
  file: t.File,
  analysis: ScopeAnalysis,
  comments: CommentIndex,
  faults: readonly Diagnostic[],
): FileIR {
  const lowering = new Lowering(path, analysis, comments, text.length);
  enterModule(lowering, file.program);
  const lowered = analysis.functions.map((scope) => lowerFunction(lowering, scope));
  const body = lowering.builder.finish();
  const { specifiers, imports, exports } = lowering.module.finish();
  return {
    path,
    lines: file.loc!.end.line,
    strings: lowering.builder.strings,
    code: body.code,
    functions: lowered.map((one) => cutTables(one, body)),
    classes: lowering.classes,
    variables: lowering.variables,
    imports,
    exports,
    specifiers,
    types: exportedTypes(lowering),
    directives: file.program.directives.map((directive) => directive.value.value),
    shebang: text.startsWith('#!'),
    comments: comments.meaningful,
    diagnostics: [...faults, ...lowering.diagnostics],
  };
}

/** The type declarations, those exported by a list too. */
function exportedTypes({ types, exportedTypes: names }: Lowering): TypeDeclaration[] {
  if (names.size === 0) return types;
  return types.map((type) => (names.has(type.name) ? { ...type, exported: true } : type));
}

/** Gives a function its part of the file's tables, as views. */
function cutTables({ row, body }: LoweredFunction, tables: FileBody): FunctionIR {
  const endSlot = body.firstSlot + body.slots;
  row.slotNames = tables.slotNames.subarray(body.firstSlot, endSlot);
  row.slotMutable = tables.slotMutable.subarray(body.firstSlot, endSlot);
  row.blocks = tables.blocks.subarray(body.firstBlock, body.firstBlock + body.blockEntries);
  return row;
}
