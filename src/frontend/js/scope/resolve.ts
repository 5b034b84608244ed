import type * as t from '@babel/types';
import { NONE } from '../../../ir/instruction.js';
import type { Binding } from './binding.js';
import type { ScopeTable } from './scope-table.js';

type BindingIds = Uint16Array | Int32Array;

/** What every identifier of a file stands for. */
export interface Resolution {
  /**
   * By half the offset of the identifier: the id of its binding plus one, 0 for names that the file does not bind. Half the offset is
   * enough, since there is a character between two identifiers.
   */
  readonly bindingAt: BindingIds;
  /** The boxed bindings to be made where a scope's node is entered. */
  readonly boxes: ReadonlyMap<t.Node, readonly Binding[]>;
  /** Module-level bindings that are `FileIR.variables`, in that order. */
  readonly variables: readonly Binding[];
}

/**
 * Resolves all references, then settles how each variable is kept: as a module variable, in a box, or in a plain slot.
 * @param exported names of module-level bindings that are exported
 */
export function resolve(table: ScopeTable, textLength: number, exported: Iterable<string>): Resolution {
  const size = (textLength >> 1) + 1;
  const bindingAt = table.bindings.length < 0xffff ? new Uint16Array(size) : new Int32Array(size);
  for (const record of table.names.values()) {
    linkOuter(record, table);
    for (const binding of record) bindingAt[binding.start >> 1] = binding.id + 1;
  }
  resolveReferences(table, bindingAt);
  for (const name of exported) {
    const binding = table.moduleBinding(name);
    if (binding) binding.shared = true;
  }
  return { bindingAt, boxes: settleBoxes(table), variables: settleVariables(table) };
}

function linkOuter(record: Binding[], table: ScopeTable): void {
  if (record.length < 2) return;
  if (!isOrdered(record)) record.sort((a, b) => a.scope - b.scope);
  for (let i = 1; i < record.length; i++) {
    record[i]!.outer = enclosing(record[i - 1], record[i]!.scope, table);
  }
}

/** Only `var` declarations are entered out of the order of scopes. */
function isOrdered(record: readonly Binding[]): boolean {
  for (let i = 1; i < record.length; i++) if (record[i]!.scope < record[i - 1]!.scope) return false;
  return true;
}

function enclosing(from: Binding | undefined, scope: number, table: ScopeTable): Binding | undefined {
  let candidate = from;
  while (candidate && table.lastInner[candidate.scope]! < scope) candidate = candidate.outer;
  return candidate;
}

function resolveReferences(table: ScopeTable, bindingAt: BindingIds): void {
  const { referenceNames, references, scopeFunctions } = table;
  for (let i = 0; i < referenceNames.length; i++) {
    const record = referenceNames[i]!;
    if (record.length === 0) continue;
    const scope = references[i * 3]!;
    const binding = enclosing(lastUpTo(record, scope), scope, table);
    if (!binding) continue;
    bindingAt[references[i * 3 + 1]! >> 1] = binding.id + 1;
    const assignedAt = references[i * 3 + 2]!;
    if (assignedAt !== NONE) {
      binding.assignments++;
      if (assignedAt > binding.assignedAt) binding.assignedAt = assignedAt;
    }
    const user = scopeFunctions[scope]!;
    if (user === binding.owner) continue;
    if (binding.scope === 0) binding.shared = true;
    else table.capture(binding, user);
  }
}

/** The last binding of a name, in order of scopes, whose scope is not behind `scope`. */
function lastUpTo(record: readonly Binding[], scope: number): Binding | undefined {
  let low = 0;
  let high = record.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (record[middle]!.scope <= scope) low = middle + 1;
    else high = middle;
  }
  return record[low - 1];
}

/** A captured variable needs a box unless it is assigned once, before the first closure that captures it is made. */
function settleBoxes(table: ScopeTable): Map<t.Node, Binding[]> {
  const boxes = new Map<t.Node, Binding[]>();
  for (const binding of table.bindings) {
    if (binding.capturedAt === Number.POSITIVE_INFINITY) continue;
    if (binding.assignments <= 1 && binding.assignedAt <= binding.capturedAt) continue;
    binding.boxed = true;
    const node = table.scopeNodes[binding.scope]!;
    const list = boxes.get(node);
    if (list) list.push(binding);
    else boxes.set(node, [binding]);
  }
  return boxes;
}

function settleVariables(table: ScopeTable): Binding[] {
  const variables: Binding[] = [];
  for (const binding of table.bindings) {
    if (!binding.shared || binding.kind === 'import') continue;
    binding.variable = variables.push(binding) - 1;
  }
  return variables;
}
