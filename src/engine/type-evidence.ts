/**
 * Declared types as evidence: what is handed over whole, and is declared to be of a type with sensitive members, is sensitive. The written
 * type of where a fact begins is followed along the fact's path, and each sensitive member found below yields a fact of its own, labelled as
 * if that member had been read.
 */
import type { FunctionIR } from '../ir/file.js';
import { ELEMENT } from '../ir/instruction.js';
import { TYPE_ARGUMENTS, type TypeNode } from '../ir/type.js';
import type { ExportTable } from './exports.js';
import type { Frame, Root } from './frame.js';
import { loadPath } from './memory.js';
import { isNumericKind } from './model-call.js';
import type { Names } from './names.js';
import { isIndex, type PathId, type PathTable } from './path-table.js';
import type { Program } from './program.js';
import type { Sink } from './summary.js';
import { EntityTable } from './type-entities.js';
import { type SensitiveMember, sensitiveMembers } from './type-members.js';
import { SchemaTypes } from './type-schema.js';
import type { Entity } from './type-selection.js';
import { type DeclaredType, OPEN_SHAPE, TypeShapes } from './type-shape.js';
import type { TypeTable } from './type-table.js';
import { labelOfTags } from './type-tags.js';
import { atPath, type Fact, FeatureBit, NOTHING, ofFacts, type Value, withLabel } from './value.js';

/** What a type says of the thing at a path below it. */
interface Evidence {
  /** The label that a tag gives to the very thing, '' for none, and the name of what bears the tag. */
  readonly label: string;
  readonly labelName: string;
  readonly members: readonly SensitiveMember[];
}

const NO_EVIDENCE: Evidence = { label: '', labelName: '', members: [] };
const NO_FACTS: readonly Fact[] = [];

/** What all written types of a program say, memoised. */
export class TypeEvidence {
  readonly shapes: TypeShapes;
  readonly schemas: SchemaTypes;
  readonly #entities: EntityTable;
  readonly #rows = new Map<string, DeclaredType>();
  readonly #memo = new WeakMap<TypeNode, Map<PathId, Evidence>>();
  readonly #slotTypes = new WeakMap<FunctionIR, ReadonlyMap<number, TypeNode>>();
  readonly #answers = new WeakMap<TypeNode, TypeNode>();
  readonly #classTypes = new Map<number, DeclaredType>();

  constructor(
    private readonly program: Program,
    exports: ExportTable,
    private readonly table: TypeTable,
    readonly names: Names,
    private readonly paths: PathTable,
  ) {
    this.schemas = new SchemaTypes(program, exports);
    this.#entities = new EntityTable(program);
    this.shapes = new TypeShapes(program, table, this.schemas, this.#entities);
  }

  /** The entity of a name: of a schema file, or a table or model that code builds. */
  entityNamed(name: string, near: number): Entity | undefined {
    const type = this.#entities.find(name, near);
    if (!type) return this.schemas.named(name);
    const members = [...this.shapes.shape(type).members.values()];
    return { name: members[0]?.owner || name, type };
  }

  /** The table, model, class or interface that a name in a file stands for. */
  entityOf(file: number, query: TypeNode & { kind: 'query' }): Entity | undefined {
    return this.schemas.entity(file, query) ?? this.entityOfType(file, { ...query, kind: 'reference', args: [] });
  }

  /** The own class or interface that a reference names, where it has members. */
  entityOfType(file: number, node: TypeNode & { kind: 'reference' }): Entity | undefined {
    const place = this.table.placeOf(file, node);
    if (!place) return undefined;
    const own: TypeNode = { kind: 'reference', name: [place.name], import: -1, args: [] };
    const type = this.rowType(`type ${place.file} ${place.name}`, () => ({
      file: place.file,
      node: own,
      bindings: undefined,
    }));
    return this.shapes.shape(type).members.size > 0 ? { name: place.name, type } : undefined;
  }

  /** The class that an own class extends, as its type is written. */
  superType(file: number, node: TypeNode & { kind: 'reference' }): DeclaredType | undefined {
    const place = this.table.placeOf(file, node);
    const cls = place ? this.table.classAt(place.file, place.name) : -1;
    const base = cls < 0 ? undefined : this.program.classOf(cls).superType;
    return base && { file: place!.file, node: base, bindings: undefined };
  }

  /** A type that is made once for each key, so that what is known of it is known again. */
  rowType(key: string, make: () => DeclaredType): DeclaredType {
    let type = this.#rows.get(key);
    if (!type) {
      type = make();
      this.#rows.set(key, type);
    }
    return type;
  }

  /** The written type of a slot. */
  slotType(ir: FunctionIR, slot: number): TypeNode | undefined {
    if (ir.slotTypes.length === 0) return undefined;
    let types = this.#slotTypes.get(ir);
    if (!types) {
      types = new Map(ir.slotTypes);
      this.#slotTypes.set(ir, types);
    }
    return types.get(slot);
  }

  /** What an unknown function gives that is told what to give: `get<User>(…)`, itself or, as clients of HTTP do, as the `data` of the answer. */
  answerType(node: TypeNode): TypeNode {
    let type = this.#answers.get(node);
    if (!type) {
      const data = { name: 'data', type: node, optional: true, start: 0, end: 0 };
      type = { kind: 'intersection', types: [node, { kind: 'object', members: [data] }] };
      this.#answers.set(node, type);
    }
    return type;
  }

  classType(cls: number): DeclaredType {
    let type = this.#classTypes.get(cls);
    if (!type) {
      const node: TypeNode = { kind: 'reference', name: [this.program.classOf(cls).name], import: -1, args: [] };
      type = { file: this.program.classFile[cls]!, node, bindings: undefined };
      this.#classTypes.set(cls, type);
    }
    return type;
  }

  /** What `type` says of what stands at `path` below it. */
  below(type: DeclaredType, path: PathId): Evidence {
    if (type.bindings) return this.#find(type, path);
    let memo = this.#memo.get(type.node);
    if (!memo) {
      memo = new Map();
      this.#memo.set(type.node, memo);
    }
    let found = memo.get(path);
    if (!found) {
      found = this.#find(type, path);
      memo.set(path, found);
    }
    return found;
  }

  /** The type of what stands at `path` below `type`. */
  typeAt(type: DeclaredType, path: PathId): DeclaredType | undefined {
    let current: DeclaredType | undefined = type;
    for (const key of this.paths.keys(path)) {
      if (!current) return undefined;
      current = this.shapes.member(current, key);
    }
    return current;
  }

  #find(type: DeclaredType, path: PathId): Evidence {
    const at = this.typeAt(type, path);
    const key = this.paths.last(path);
    let label: string | undefined;
    let labelName = '';
    if (path !== 0 && !isIndex(key)) {
      const owner = this.typeAt(type, this.paths.parent(path));
      const member = owner && this.shapes.shape(owner).members.get(key);
      label = member && labelOfTags(member.tags, this.names.label(key));
      if (label) labelName = member!.owner ? `${member!.owner}.${key}` : key;
    }
    if (!at) return label ? { label, labelName, members: [] } : NO_EVIDENCE;
    const members = sensitiveMembers(this.shapes, this.names, at);
    return label || members.length > 0 ? { label: label ?? '', labelName, members } : NO_EVIDENCE;
  }
}

/** The type of the nearest place above (or at) a fact's whose type is written, and the path from there. */
function writtenType(frame: Frame, fact: Fact): { readonly type: DeclaredType; readonly path: PathId } | undefined {
  const root = frame.roots[fact.root]!;
  const { evidence, paths } = frame.context;
  if (root.origin.type === 'source' && root.origin.source.row) return { type: root.origin.source.row, path: fact.path };
  if (root.declared) {
    const rest: string[] = [];
    for (let at = fact.path; ; at = paths.parent(at)) {
      const type = root.declared.get(at);
      if (type) return { type, path: paths.extendAll(0, rest.reverse()) };
      if (at === 0) break;
      rest.push(paths.last(at));
    }
  }
  const type = rootType(frame, root, evidence);
  return type && { type, path: fact.path };
}

/** Whether what a fact stands for is written to be a list. */
export function isTypedList(frame: Frame, fact: Fact): boolean {
  const written = writtenType(frame, fact);
  const { evidence } = frame.context;
  const type = written && evidence.typeAt(written.type, written.path);
  if (!type) return false;
  const { element, elementKey } = evidence.shapes.shape(type);
  return element !== undefined && elementKey === ELEMENT;
}

function rootType(frame: Frame, root: Root, evidence: TypeEvidence): DeclaredType | undefined {
  const { program, cells } = frame.context;
  const { origin } = root;
  if (origin.type === 'parameter') {
    const node = frame.ir.params[origin.index]?.type;
    return node && { file: frame.fileIndex, node, bindings: undefined };
  }
  if (origin.type === 'this') {
    const cls = program.ownerClass(frame.fn);
    return cls < 0 ? undefined : evidence.classType(cls);
  }
  if (origin.type !== 'cell') return undefined;
  const variable = cells.variableOf(origin.cell);
  if (variable < 0) return undefined;
  const file = program.variableFile[variable]!;
  const node = program.files[file]!.variables[variable - program.variableBase[file]!]!.type;
  return node && { file, node, bindings: undefined };
}

/**
 * The sensitive members of what a fact hands to a sink, as facts: one for each kind. A row of a database that goes to a model whole is told
 * as such, and not by its columns.
 */
export function expandByType(frame: Frame, fact: Fact, sink: Sink): readonly Fact[] {
  if (fact.label) return NO_FACTS;
  const written = writtenType(frame, fact);
  if (!written) return NO_FACTS;
  const { label, labelName, members } = frame.context.evidence.below(written.type, written.path);
  if (label) return [withLabel(fact, label, labelName)];
  if (members.length === 0) return NO_FACTS;
  const { origin } = frame.roots[fact.root]!;
  if (origin.type === 'source' && /^record\b/.test(origin.source.kind) && /^model\b/.test(sink.kind)) return NO_FACTS;
  // A text that the thing is part of was written out from it: an object as such says nothing in a text, and is not put there.
  if (!fact.exact && fact.features & FeatureBit.UnmodelledCall) return NO_FACTS;
  const result: Fact[] = [];
  for (const member of members) {
    if (result.some((other) => other.label === member.label)) continue;
    const found = memberOf(frame, fact, member.keys);
    if (found) result.push({ ...found, label: member.label, labelName: member.name });
  }
  return result;
}

/** The fact of what a member of the thing holds; undefined where it was taken away or written over. */
function memberOf(frame: Frame, fact: Fact, keys: readonly string[]): Fact | undefined {
  const { paths } = frame.context;
  if (fact.exact) {
    const { facts } = loadPath(frame, ofFacts([fact]), keys, -1);
    return facts.find(
      (found) =>
        found.root === fact.root &&
        (!found.exact || paths.keys(found.path).length === paths.keys(fact.path).length + keys.length),
    );
  }
  if (keys.length > 0 && frame.context.tests.lacks(fact.without, keys[0]!)) return undefined;
  return atPath(fact, paths.extendAll(fact.path, keys));
}

/** Remembers the type that is written at a place where something of which nothing else is known arrives. */
export function declareType(
  frame: Frame,
  value: Value,
  file: number,
  node: TypeNode | undefined,
  bindings?: DeclaredType['bindings'],
): void {
  if (node && node.kind !== 'unknown' && node.kind !== 'primitive') declare(frame, value, { file, node, bindings }, 0);
}

/** What the type parameters of a function stand for at a call that names types for them. */
export function bindTypes(
  frame: Frame,
  parameters: readonly string[],
  pc: number,
): ReadonlyMap<string, DeclaredType> | undefined {
  const given = typeArguments(frame, frame.file.code[pc + 3]!);
  if (!given) return undefined;
  const bindings = new Map<string, DeclaredType>();
  parameters.forEach((name, i) => {
    const node = given[i];
    if (node) bindings.set(name, { file: frame.fileIndex, node, bindings: undefined });
  });
  return bindings;
}

/** The types that the call is given whose result is in a slot. */
function typeArguments(frame: Frame, slot: number): readonly TypeNode[] | undefined {
  const type = frame.context.evidence.slotType(frame.ir, slot);
  return type?.kind === 'reference' && type.name[0] === TYPE_ARGUMENTS ? type.args : undefined;
}

/** Levels of objects made by own code, whose fields a type tells of. */
const OBJECT_LEVELS = 3;

function declare(frame: Frame, value: Value, type: DeclaredType, level: number): void {
  if (value.objects.length > 0 && level < OBJECT_LEVELS) {
    for (const member of frame.context.evidence.shapes.shape(type).members.values()) {
      if (!member.type) continue;
      for (const object of value.objects) {
        const field = frame.state.read(object)?.map.get(member.name);
        if (field && frame.objects[object]!.kind === 'plain') declare(frame, field, member.type, level + 1);
      }
    }
  }
  for (const fact of value.facts) {
    const root = frame.roots[fact.root]!;
    const { type: origin } = root.origin;
    if (!fact.exact || (origin !== 'opaque' && origin !== 'source' && origin !== 'invoke-result')) continue;
    root.declared ??= new Map();
    if (!root.declared.has(fact.path)) root.declared.set(fact.path, type);
  }
}

/** Remembers the written type of the variable, or of the assertion, that a value goes into. */
export function declareSlot(frame: Frame, slot: number, value: Value): void {
  if (value === NOTHING) return;
  const given = typeArguments(frame, slot);
  if (!given) declareType(frame, value, frame.fileIndex, frame.context.evidence.slotType(frame.ir, slot));
  else if (given[0]) declareType(frame, value, frame.fileIndex, frame.context.evidence.answerType(given[0]));
}

/** Remembers what the type of a called member says of its result: `users.find(id)` where `users` is declared to be a store of users. */
export function declareResult(frame: Frame, callee: Value, result: Value): void {
  if (result.facts.length === 0) return;
  for (const fact of callee.facts) {
    if (!fact.exact) continue;
    const written = writtenType(frame, fact);
    const { evidence } = frame.context;
    const type = written && evidence.typeAt(written.type, written.path);
    const returned = type && evidence.shapes.shape(type).result;
    if (returned) declare(frame, result, returned, 0);
  }
}

/** The written type of the very thing that a fact stands for. */
export function writtenTypeOf(frame: Frame, fact: Fact): DeclaredType | undefined {
  const written = writtenType(frame, fact);
  return written && frame.context.evidence.typeAt(written.type, written.path);
}

/** The entity whose store a type is: `Repository<User>`, `Model<User>`, an own class that extends one. */
export function entityOfStore(evidence: TypeEvidence, type: DeclaredType, depth = 0): Entity | undefined {
  const { node, file } = type;
  if (depth > 4) return undefined;
  if (node.kind === 'union' || node.kind === 'intersection') {
    for (const part of node.types) {
      const found = entityOfStore(evidence, { ...type, node: part }, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  if (node.kind !== 'reference') return undefined;
  const base = evidence.superType(file, node);
  if (base) return entityOfStore(evidence, base, depth + 1);
  const [first] = node.args;
  if (!first) return undefined;
  const stored: DeclaredType = { file, node: first, bindings: undefined };
  const { members } = evidence.shapes.shape(stored);
  const name = [...members.values()].find(({ owner }) => owner !== '')?.owner;
  return name === undefined ? undefined : { name, type: stored };
}

/** `User.email`: a field of something whose type is written, by the name of that type; undefined where the type has no name. */
export function memberName(frame: Frame, fact: Fact): string | undefined {
  const { paths, evidence } = frame.context;
  const written = writtenType(frame, fact);
  if (!written || written.path === 0) return undefined;
  const key = paths.last(written.path);
  const holder = evidence.typeAt(written.type, paths.parent(written.path));
  const owner = holder && evidence.shapes.shape(holder).members.get(key)?.owner;
  return owner ? `${owner}.${key}` : undefined;
}

/** A fact whose name gave it a label, with the label that its declared type and tags give it: a flag named `email` is no address. */
export function withTypedLabel(frame: Frame, fact: Fact): Fact {
  const { paths, evidence } = frame.context;
  const key = paths.last(fact.path);
  if (fact.path === 0 || fact.labelName !== key) return fact;
  const written = writtenType(frame, fact);
  if (!written || written.path === 0) return fact;
  const holder = evidence.typeAt(written.type, paths.parent(written.path));
  const member = holder && evidence.shapes.shape(holder).members.get(key);
  if (!member) return fact;
  const label = labelOfTags(member.tags, fact.label) ?? labelOfScalar(evidence, member.type, fact.label);
  return label === fact.label ? fact : withLabel(fact, label, label ? fact.labelName : '');
}

function labelOfScalar(evidence: TypeEvidence, type: DeclaredType | undefined, label: string): string {
  const { scalar } = type ? evidence.shapes.shape(type) : OPEN_SHAPE;
  if (scalar === 'truth' || scalar === 'closed') return '';
  return scalar === 'number' && !isNumericKind(label) && label.startsWith('personal') ? '' : label;
}

/** The names of the sensitive fields of a row, for people: `User: email, phone`. */
export function describeRow(evidence: TypeEvidence, entity: Entity): string {
  const members = sensitiveMembers(evidence.shapes, evidence.names, entity.type);
  const names = [...new Set(members.map(({ keys }) => keys.filter((key) => !isIndex(key)).join('.')))];
  if (names.length === 0) return entity.name;
  return `${entity.name === '' ? 'row' : entity.name}: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''}`;
}
