import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import type { Binding, BindingKind, ClassScope, FunctionScope } from './binding.js';

/**
 * The scopes, bindings and references of one file. Scopes are numbered in preorder, so that the scopes inside scope `s` are those from
 * `s` to `lastInner(s)`; references are resolved when everything is declared, name by name.
 */
export class ScopeTable {
  readonly functions: FunctionScope[] = [];
  readonly classes: ClassScope[] = [];
  /** By the offset at which the function starts; no two start at the same. */
  readonly functionAt = new Map<number, FunctionScope>();
  readonly classAt = new Map<number, ClassScope>();
  readonly bindings: Binding[] = [];
  readonly scopeFunctions: FunctionScope[] = [];
  readonly scopeNodes: t.Node[] = [];
  /** Where the function declarations of a scope are made into closures. */
  readonly hoistedAt: number[] = [];
  readonly lastInner: number[] = [];
  readonly names = new Map<string, Binding[]>();

  /** The bindings of the name of each reference. */
  readonly referenceNames: Binding[][] = [];
  /** Three integers a reference: scope, offset, and for writes the offset behind the assignment, NONE for reads. */
  readonly references: number[] = [];

  enter(owner: FunctionScope, node: t.Node, hoistedAt: number): number {
    this.scopeFunctions.push(owner);
    this.scopeNodes.push(node);
    this.hoistedAt.push(hoistedAt);
    return this.lastInner.push(NONE) - 1;
  }

  leave(scope: number): void {
    this.lastInner[scope] = this.lastInner.length - 1;
  }

  /**
   * Declares a name in a scope, or finds it declared there.
   * @param assignedAt offset from which on it is assigned, NONE when the declaration assigns nothing
   */
  declare(scope: number, name: string, kind: BindingKind, place: t.Node, assignedAt: number): Binding {
    const record = this.#record(name);
    let binding = inScope(record, scope);
    if (binding) {
      this.reference(scope, name, place.start!, NONE);
    } else {
      binding = this.#create(this.scopeFunctions[scope]!, scope, name, kind, place);
      record.push(binding);
    }
    if (assignedAt !== NONE) {
      binding.assignments++;
      if (assignedAt > binding.assignedAt) binding.assignedAt = assignedAt;
    }
    return binding;
  }

  /** A binding that no name leads to. */
  implicit(owner: FunctionScope, kind: 'this' | 'arguments' | 'super', place: t.Node): Binding {
    return this.#create(owner, NONE, kind, kind, place);
  }

  reference(scope: number, name: string, start: number, assignedAt: number): void {
    this.referenceNames.push(this.#record(name));
    this.references.push(scope, start, assignedAt);
  }

  /** The module-level binding of a name. */
  moduleBinding(name: string): Binding | undefined {
    const record = this.names.get(name);
    return record && inScope(record, 0);
  }

  /** Makes `binding` a capture of `inner` and of every function between it and the binding's owner. */
  capture(binding: Binding, inner: FunctionScope): void {
    let current = inner;
    while (current !== binding.owner) {
      if (current.captures.includes(binding)) return;
      current.captures.push(binding);
      const parent = current.parent!;
      if (parent === binding.owner && current.createdAt < binding.capturedAt) binding.capturedAt = current.createdAt;
      current = parent;
    }
  }

  #create(owner: FunctionScope, scope: number, name: string, kind: BindingKind, place: t.Node): Binding {
    const binding: Binding = {
      id: this.bindings.length,
      name,
      kind,
      scope,
      owner,
      start: place.start!,
      // An identifier's node ends behind its type annotation.
      end: place.start! + name.length,
      assignments: 0,
      assignedAt: 0,
      capturedAt: Number.POSITIVE_INFINITY,
      shared: false,
      outer: undefined,
      boxed: false,
      import: NONE,
      variable: NONE,
      slot: NONE,
      slotFrame: NONE,
      type: undefined,
    };
    this.bindings.push(binding);
    return binding;
  }

  #record(name: string): Binding[] {
    let record = this.names.get(name);
    if (record === undefined) {
      record = [];
      this.names.set(name, record);
    }
    return record;
  }
}

function inScope(record: readonly Binding[], scope: number): Binding | undefined {
  for (let i = record.length - 1; i >= 0; i--) {
    const binding = record[i]!;
    if (binding.scope === scope) return binding;
  }
  return undefined;
}
