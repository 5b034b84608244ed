import type * as t from '@babel/types';
import type { ClassScope, FunctionScope } from './binding.js';
import { type Resolution, resolve } from './resolve.js';
import type { ScopeTable } from './scope-table.js';
import { ScopeVisitor } from './scope-visitor.js';
import { makeFunction } from './visit-function.js';

/** Everything that lowering needs to know of names. */
export interface ScopeAnalysis extends Resolution {
  readonly table: ScopeTable;
  /** In preorder; 0 is the module. */
  readonly functions: readonly FunctionScope[];
  readonly classes: readonly ClassScope[];
  /** Whether `exports`, `module.exports` or `export =` stand in the file. */
  readonly usesModuleExports: boolean;
}

export function analyseScopes(program: t.Program, textLength: number): ScopeAnalysis {
  const visitor = new ScopeVisitor();
  const { table } = visitor;
  visitor.function = makeFunction(visitor, {
    node: program,
    kind: 'module',
    name: '<module>',
    label: '<module>',
    callee: '',
    home: undefined,
    isStatic: false,
    createdAt: 0,
  });
  visitor.scope = table.enter(visitor.function, program, 0);
  visitor.varScope = visitor.scope;
  visitor.visitAll(program.body);
  table.leave(visitor.scope);
  const { bindingAt, boxes, variables } = resolve(table, textLength, visitor.exported);
  return {
    bindingAt,
    boxes,
    variables,
    table,
    functions: table.functions,
    classes: table.classes,
    usesModuleExports: visitor.usesModuleExports || usesExports(table, bindingAt),
  };
}

/** Whether the free name `exports` stands in the file. */
function usesExports({ names, referenceNames, references }: ScopeTable, bindingAt: ArrayLike<number>): boolean {
  const record = names.get('exports');
  if (record === undefined || record.length === 0) return record !== undefined;
  // Somewhere it is a variable's name: is it free elsewhere?
  return referenceNames.some((each, i) => each === record && bindingAt[references[i * 3 + 1]! >> 1] === 0);
}
