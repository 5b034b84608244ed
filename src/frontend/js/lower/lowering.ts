import type * as t from '@babel/types';
import type { Diagnostic, DiagnosticKind } from '../../../core/diagnostic.js';
import { Builder, type Placed } from '../../../ir/builder.js';
import type { ClassIR, VariableIR } from '../../../ir/file.js';
import { AllocKind, NONE } from '../../../ir/instruction.js';
import type { TypeDeclaration, TypeNode } from '../../../ir/type.js';
import type { CommentIndex } from '../comments.js';
import type { ScopeAnalysis } from '../scope/analyse-scopes.js';
import type { Binding, ClassScope, FunctionScope } from '../scope/binding.js';
import type { TypeContext } from '../types/to-type-node.js';
import type { Control } from './control.js';
import { ModuleTables } from './module-tables.js';

/** How much code a text makes: about 0.3 integers a character in ordinary programs. The builder grows where it is more. */
const INTEGERS_PER_CHARACTER = 0.4;

/** What is being written while a file is lowered: one function after the other, in the order of `ScopeAnalysis.functions`. */
export class Lowering {
  readonly builder: Builder;
  readonly module = new ModuleTables();
  readonly typeContext: TypeContext;
  readonly classes: ClassIR[] = [];
  readonly types: TypeDeclaration[] = [];
  /** Names that `export { … }` exports and that are no values: types. */
  readonly exportedTypes = new Set<string>();
  readonly diagnostics: Diagnostic[] = [];
  readonly variables: VariableIR[] = [];
  /** Index of the variable `module.exports`, or NONE. */
  commonjsVariable = NONE;
  /** Index of the variable that `export default` of an expression writes, or NONE. */
  defaultVariable = NONE;
  /** Namespaces and enums whose object has been made. */
  readonly opened = new Set<Binding>();

  function: FunctionScope;
  /** Counts the functions that were started, so that a binding's slot is known to be one of the current function. */
  #frame = 0;
  slotTypes: [number, TypeNode][] = [];
  /** Enclosing loops, labels and `finally` blocks of the current function, the innermost last. */
  controls: Control[] = [];
  /** The class whose field initialisers a `super(…)` call of the current function sets off. */
  fieldsAfterSuper: ClassScope | undefined = undefined;
  /** The call that stands directly under an `await`. */
  awaited: t.Node | undefined = undefined;
  /** Which of the arguments lowered last are spread. */
  spreadMask = 0;
  /** Links of the member and call chains that are being lowered. */
  readonly chain: t.Node[] = [];
  /** How many `finally` blocks are being written a second time. */
  finallyCopies = 0;

  constructor(
    readonly path: string,
    readonly analysis: ScopeAnalysis,
    readonly comments: CommentIndex,
    textLength: number,
  ) {
    this.builder = new Builder(Math.ceil(textLength * INTEGERS_PER_CHARACTER) + 64);
    this.function = analysis.functions[0]!;
    this.typeContext = {
      importByLocal: this.module.importByLocal,
      importType: (specifier, name, place) => this.module.importType(specifier, name, place),
      tagsOf: (start, end) => comments.tagsOf(start, end),
      depth: 0,
      tooDeep: (place) => this.report('limit', 'A type nests more deeply than is followed', place),
    };
  }

  /** Starts a function. */
  enterFunction(scope: FunctionScope): void {
    this.#frame++;
    this.function = scope;
    this.slotTypes = [];
    this.controls = [];
    this.fieldsAfterSuper = undefined;
    this.awaited = undefined;
  }

  /** What an identifier stands for; undefined for globals. */
  bindingAt(offset: number): Binding | undefined {
    const id = this.analysis.bindingAt[offset >> 1]!;
    return id === 0 ? undefined : this.analysis.table.bindings[id - 1];
  }

  /** The slot in which the current function keeps a binding (or its box). */
  slotOf(binding: Binding): number {
    if (binding.slotFrame !== this.#frame) {
      binding.slotFrame = this.#frame;
      binding.slot = this.builder.slot(binding.name);
    }
    return binding.slot;
  }

  /** The slot that holds a binding's very value, NONE when it lives elsewhere. */
  plainSlot(binding: Binding): number {
    return binding.boxed || binding.variable !== NONE || binding.import !== NONE ? NONE : this.slotOf(binding);
  }

  /** The slot of `this`, also in arrows. */
  thisSlot(place: Placed): number {
    let owner = this.function;
    while (owner.kind === 'arrow') owner = owner.parent!;
    return owner.thisBinding ? this.slotOf(owner.thisBinding) : this.builder.global(place, 'this');
  }

  /** Makes the boxes of a scope that is entered. */
  enterScope(node: t.Node): void {
    const { boxes } = this.analysis;
    if (boxes.size === 0) return;
    for (const binding of boxes.get(node) ?? []) {
      this.builder.alloc(binding, AllocKind.Box, this.slotOf(binding));
    }
  }

  report(kind: DiagnosticKind, message: string, node: t.Node): void {
    const { line, column } = node.loc!.start;
    this.diagnostics.push({ kind, message, file: this.path, line, column: column + 1 });
  }
}
