import type * as t from '@babel/types';
import type { Diagnostic } from '../../../core/diagnostic.js';
import type { FileIR, FunctionIR } from '../../../ir/file.js';
import type { CommentIndex } from '../comments.js';
import type { ScopeAnalysis } from '../scope/analyse-scopes.js';
import { lowerFunction } from './function.js';
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
  const lowering = new Lowering(path, analysis, comments);
  enterModule(lowering, file.program);
  const functions: FunctionIR[] = [];
  for (const scope of analysis.functions) functions.push(lowerFunction(lowering, scope));
  const { specifiers, imports, exports } = lowering.module.finish();
  return {
    path,
    lines: file.loc!.end.line,
    strings: lowering.builder.strings,
    code: lowering.builder.code(),
    functions,
    classes: lowering.classes,
    variables: lowering.variables,
    imports,
    exports,
    specifiers,
    types: lowering.types.map((type) => (lowering.exportedTypes.has(type.name) ? { ...type, exported: true } : type)),
    directives: file.program.directives.map((directive) => directive.value.value),
    shebang: text.startsWith('#!'),
    comments: comments.meaningful,
    diagnostics: [...faults, ...lowering.diagnostics],
  };
}
