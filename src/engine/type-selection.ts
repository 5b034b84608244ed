import { ELEMENT } from '../ir/instruction.js';
import type { TypeMember, TypeNode } from '../ir/type.js';
import type { TypeEvidence } from './type-evidence.js';
import { sensitiveMembers } from './type-members.js';
import type { RowType } from './type-row.js';
import type { DeclaredType } from './type-shape.js';

/** A model, table or class whose rows a query yields. */
export interface Entity {
  readonly name: string;
  readonly type: DeclaredType;
}

/** Which fields of an entity come back. */
export interface Selection {
  /** Undefined where all do. */
  readonly kept?: ReadonlyMap<string, Selection> | undefined;
  readonly dropped?: ReadonlySet<string>;
  /** Related entities that come along. */
  readonly included?: ReadonlyMap<string, Selection>;
}

const UNKNOWN: TypeNode = { kind: 'unknown' };
const MAXIMUM_DEPTH = 3;

/** What comes back of an entity. `separate`: relations are not part of a row unless they are included. */
export function narrow(
  evidence: TypeEvidence,
  entity: Entity | undefined,
  selection: Selection,
  separate: boolean,
  file: number,
): RowType {
  const name = entity?.name ?? '';
  const key = `${entity ? `${entity.type.file} ${name}` : file}|${describe(selection)}|${separate}`;
  const type = evidence.rowType(key, () =>
    entity ? rows(restrict(evidence, entity.type, selection, separate, 0)) : rows(listed(file, selection)),
  );
  const keepsSome = selection.kept !== undefined;
  const dropsAll =
    (selection.dropped?.size ?? 0) > 0 && sensitiveMembers(evidence.shapes, evidence.names, type).length === 0;
  return { entity: { name, type }, selected: keepsSome || dropsAll };
}

/** One row, a list of such, or such a list beside a count. */
function rows(row: DeclaredType): DeclaredType {
  const list = (element: TypeNode): TypeNode => ({ kind: 'array', element });
  const either = (types: readonly TypeNode[]): TypeNode => ({ kind: 'union', types });
  return { ...row, node: either([row.node, list(either([row.node, list(row.node)]))]) };
}

/** Fields of which nothing but their names is known. */
function listed(file: number, selection: Selection): DeclaredType {
  const members = [...(selection.kept?.keys() ?? [])].map((name): TypeMember => plainMember(name, UNKNOWN));
  return { file, node: { kind: 'object', members }, bindings: undefined };
}

function restrict(
  evidence: TypeEvidence,
  type: DeclaredType,
  selection: Selection,
  separate: boolean,
  depth: number,
): DeclaredType {
  const { shapes } = evidence;
  const { members } = shapes.shape(type);
  const inner = new Map([...(selection.included ?? []), ...(selection.kept ?? [])]);
  const plain: string[] = [];
  const replaced: TypeMember[] = [];
  for (const [name, member] of members) {
    if (selection.dropped?.has(name)) continue;
    const isRelation = separate && member.type !== undefined && isEntity(evidence, member.type);
    const wanted = inner.get(name);
    if (isRelation ? wanted === undefined : selection.kept && !selection.kept.has(name)) continue;
    if (!isRelation || !wanted || depth >= MAXIMUM_DEPTH) plain.push(name);
    else replaced.push(plainMember(name, relation(evidence, type, name, wanted, depth)));
  }
  if (plain.length === members.size) return type;
  const keys: TypeNode = { kind: 'union', types: plain.map((value) => ({ kind: 'literal', value })) };
  const picked: TypeNode = { kind: 'reference', name: ['Pick'], import: -1, args: [type.node, keys] };
  if (replaced.length === 0) return { ...type, node: picked };
  return { ...type, node: { kind: 'intersection', types: [{ kind: 'object', members: replaced }, picked] } };
}

/** The type of a relation's member, narrowed by what is selected of it. */
function relation(
  evidence: TypeEvidence,
  type: DeclaredType,
  name: string,
  selection: Selection,
  depth: number,
): TypeNode {
  let at: TypeNode = { kind: 'index', object: type.node, key: name };
  let lists = 0;
  let shape = evidence.shapes.shape({ ...type, node: at });
  while (shape.element && shape.members.size === 0 && lists < MAXIMUM_DEPTH) {
    at = { kind: 'index', object: at, key: ELEMENT };
    lists++;
    shape = evidence.shapes.shape({ ...type, node: at });
  }
  let { node } = restrict(evidence, { ...type, node: at }, selection, true, depth + 1);
  for (; lists > 0; lists--) node = { kind: 'array', element: node };
  return node;
}

/** Whether a member's type is something that has members of its own under a name, or a list of such. */
function isEntity(evidence: TypeEvidence, type: DeclaredType): boolean {
  let current: DeclaredType | undefined = type;
  for (let i = 0; i < MAXIMUM_DEPTH && current; i++) {
    const shape = evidence.shapes.shape(current);
    if (shape.members.size > 0) return [...shape.members.values()].some(({ owner }) => owner !== '');
    current = shape.element;
  }
  return false;
}

function plainMember(name: string, type: TypeNode): TypeMember {
  return { name, type, optional: false, start: 0, end: 0 };
}

function describe({ kept, dropped, included }: Selection): string {
  const list = (fields: ReadonlyMap<string, Selection> | undefined): string =>
    fields
      ? [...fields]
          .map(([name, inner]) => `${name}${describe(inner)}`)
          .sort()
          .join(',')
      : '*';
  return `{${list(kept)};${[...(dropped ?? [])].sort().join(',')};${included ? list(included) : ''}}`;
}
