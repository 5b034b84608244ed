import { ANY, ELEMENT } from '../ir/instruction.js';
import type { TypeMember, TypeNode } from '../ir/type.js';
import type { Program } from './program.js';
import type { EntityTable } from './type-entities.js';
import type { SchemaTypes } from './type-schema.js';
import type { TypeTable } from './type-table.js';

/** A written type, where it is written, and what its type parameters stand for there. */
export interface DeclaredType {
  readonly file: number;
  readonly node: TypeNode;
  readonly bindings: ReadonlyMap<string, DeclaredType> | undefined;
  /** Whose members they are, where the type itself has no name: the table, the model. */
  readonly owner?: string;
}

export interface ShapeMember {
  readonly name: string;
  readonly type: DeclaredType | undefined;
  readonly tags: string | undefined;
  /** Name of the type that declares the member, '' for a type without a name. */
  readonly owner: string;
}

/** What a type says of its values, references resolved one level deep: members are resolved when they are asked for. */
export interface Shape {
  readonly members: ReadonlyMap<string, ShapeMember>;
  /** Of what a list, a map or a record holds, under `elementKey`. */
  readonly element: DeclaredType | undefined;
  readonly elementKey: string;
  readonly result: DeclaredType | undefined;
  /** Where values are nothing but numbers, truth values or constants of a closed set; `void` for null and undefined, '' for anything else. */
  readonly scalar: '' | 'number' | 'truth' | 'closed' | 'void';
  /** Its instances tell themselves what is printed of them. */
  readonly serialises: boolean;
  readonly tags: string | undefined;
}

const NO_MEMBERS: ReadonlyMap<string, ShapeMember> = new Map();
export const OPEN_SHAPE: Shape = {
  members: NO_MEMBERS,
  element: undefined,
  elementKey: ELEMENT,
  result: undefined,
  scalar: '',
  serialises: false,
  tags: undefined,
};
/** Generic types that have the shape of their first argument. */
const TRANSPARENT = new Set([
  'Promise',
  'PromiseLike',
  'Awaited',
  'Readonly',
  'Required',
  'NonNullable',
  'Partial',
  'DeepPartial',
  'DeepReadonly',
  'Mutable',
  'Writable',
  'Prettify',
  'Simplify',
  'Expand',
  'Exact',
  'Observable',
  'Ref',
  'HydratedDocument',
  'LeanDocument',
  'FlattenMaps',
  'WithId',
  'OptionalId',
  'DocumentType',
  'Loaded',
  'Serialized',
  'Jsonify',
  'PropsWithChildren',
  'Maybe',
  'Nullable',
  'Optional',
  'Extract',
  'Exclude',
  'Selectable',
]);
const LISTS = new Set([
  'Array',
  'ReadonlyArray',
  'Set',
  'ReadonlySet',
  'Iterable',
  'Iterator',
  'AsyncIterable',
  'IterableIterator',
  'AsyncIterableIterator',
  'Generator',
  'AsyncGenerator',
  'ReadableStream',
]);
const MAPS = new Set(['Map', 'ReadonlyMap', 'WeakMap']);
/** Types of what a schema accepts or yields, by the last part of their names. */
const INFERRED = new Set([
  'infer',
  'input',
  'output',
  'TypeOf',
  'Infer',
  'InferOutput',
  'InferInput',
  'InferType',
  'Static',
  'Type',
  'InferSelectModel',
  'InferModel',
  'InferSchemaType',
  'InferRawDocType',
]);
const MAXIMUM_DEPTH = 12;

/** Resolves written types to what they say of members and elements: through files, generics, inheritance and the language's utility types. */
export class TypeShapes {
  readonly #memo = new WeakMap<TypeNode, Shape>();
  readonly #owned = new WeakMap<TypeNode, Shape>();

  constructor(
    private readonly program: Program,
    private readonly table: TypeTable,
    private readonly schemas: SchemaTypes,
    private readonly entities: EntityTable,
  ) {}

  shape(type: DeclaredType, depth = 0): Shape {
    if (depth > MAXIMUM_DEPTH) return OPEN_SHAPE;
    const memo = type.owner === undefined ? this.#memo : this.#owned;
    const known = type.bindings ? undefined : memo.get(type.node);
    if (known) return known;
    let shape = this.#resolve(type, depth);
    if (type.owner !== undefined) shape = withOwner(shape, type.owner);
    if (!type.bindings) memo.set(type.node, shape);
    return shape;
  }

  /** The type of `type.key`, undefined where nothing is known of it. */
  member(type: DeclaredType, key: string): DeclaredType | undefined {
    const shape = this.shape(type);
    const { element, elementKey } = shape;
    if (key === ELEMENT || key === ANY || /^\d/.test(key)) return element;
    return shape.members.get(key)?.type ?? (elementKey === ANY ? element : undefined);
  }

  /** The shape of a class: its fields, its superclass's, and the parameters of its constructor that are fields. */
  classShape(cls: number, depth = 0): Shape {
    const { program } = this;
    const ir = program.classOf(cls);
    const file = program.classFile[cls]!;
    const members = new Map<string, ShapeMember>();
    const add = (name: string, node: TypeNode | undefined, tags: string | undefined): void => {
      const type = node && { file, node, bindings: undefined };
      if (!members.has(name)) members.set(name, { name, type, tags, owner: ir.name });
    };
    for (const field of ir.fields)
      if (!field.isStatic && !field.name.startsWith('#')) add(field.name, field.type, field.tags);
    const { params } = program.functionOf(program.functionBase[file]! + ir.constructorFunction);
    for (const param of params) if (param.property) add(param.name, param.type, undefined);
    const base = ir.superType && this.shape({ file, node: ir.superType, bindings: undefined }, depth + 1);
    for (const [name, member] of base?.members ?? []) if (!members.has(name)) members.set(name, member);
    const serialises =
      ir.methods.some((method) => !method.isStatic && method.name === 'toJSON') || base?.serialises === true;
    return { ...OPEN_SHAPE, members, serialises };
  }

  #resolve(type: DeclaredType, depth: number): Shape {
    const { node } = type;
    const inner = (part: TypeNode): Shape => this.shape({ ...type, node: part }, depth + 1);
    switch (node.kind) {
      case 'reference':
        return this.#reference(type, node, depth);
      case 'object':
        return this.#object(type, node.members, '');
      case 'array':
        return { ...OPEN_SHAPE, element: { ...type, node: node.element } };
      case 'tuple':
        return { ...OPEN_SHAPE, element: { ...type, node: { kind: 'union', types: node.elements } } };
      case 'union':
        return mergeShapes(node.types.map(inner), false);
      case 'intersection':
        return mergeShapes(node.types.map(inner), true);
      case 'literal':
        return { ...OPEN_SHAPE, scalar: 'closed' };
      case 'primitive':
        return { ...OPEN_SHAPE, scalar: scalarOf(node.name) };
      case 'function':
        return { ...OPEN_SHAPE, result: { ...type, node: node.result } };
      case 'query': {
        const schema = node.name.at(-1)?.startsWith('$') ? this.schemas.find(type.file, node) : undefined;
        return schema ? this.shape(schema, depth + 1) : OPEN_SHAPE;
      }
      case 'index': {
        const member = this.member({ ...type, node: node.object }, node.key);
        return member ? this.shape(member, depth + 1) : OPEN_SHAPE;
      }
      default:
        return OPEN_SHAPE;
    }
  }

  #object(type: DeclaredType, rows: readonly TypeMember[], owner: string): Shape {
    const members = new Map<string, ShapeMember>();
    let element: DeclaredType | undefined;
    for (const { name, type: node, tags } of rows) {
      if (name === ELEMENT) element = { ...type, node };
      else members.set(name, { name, type: { ...type, node }, tags, owner });
    }
    return { ...OPEN_SHAPE, members, element, elementKey: element ? ANY : ELEMENT, serialises: members.has('toJSON') };
  }

  #reference(type: DeclaredType, node: TypeNode & { kind: 'reference' }, depth: number): Shape {
    const name = node.name[node.name.length - 1]!;
    const bound = node.name.length === 1 ? type.bindings?.get(name) : undefined;
    if (bound) return this.shape(bound, depth + 1);
    const [first, second] = node.args;
    const argument = (part: TypeNode): DeclaredType => ({ ...type, node: part });
    if (first?.kind === 'query' && INFERRED.has(name)) {
      const schema = this.schemas.find(type.file, first);
      return schema ? this.shape(schema, depth + 1) : OPEN_SHAPE;
    }
    const place = this.table.placeOf(type.file, node);
    if (place) return this.#declared(place, type, node.args, depth);
    const entity = this.entities.ofReference(type.file, node);
    if (entity) return this.shape(entity, depth + 1);
    if (!first) return OPEN_SHAPE;
    if (TRANSPARENT.has(name)) return this.shape(argument(first), depth + 1);
    if (LISTS.has(name)) return { ...OPEN_SHAPE, element: argument(first) };
    if (!second) return OPEN_SHAPE;
    if (MAPS.has(name)) return { ...OPEN_SHAPE, element: argument(second) };
    if (name === 'Record') return this.#record(argument(first), argument(second), depth);
    if (name !== 'Pick' && name !== 'Omit') return OPEN_SHAPE;
    const keys = this.#literals(argument(second), depth);
    if (!keys) return OPEN_SHAPE;
    const whole = this.shape(argument(first), depth + 1);
    const members = [...whole.members].filter(([key]) => keys.includes(key) === (name === 'Pick'));
    return { ...OPEN_SHAPE, members: new Map(members) };
  }

  #record(key: DeclaredType, element: DeclaredType, depth: number): Shape {
    const names = this.#literals(key, depth);
    if (!names) return { ...OPEN_SHAPE, element, elementKey: ANY };
    return {
      ...OPEN_SHAPE,
      members: new Map(names.map((name) => [name, { name, type: element, tags: undefined, owner: '' }])),
    };
  }

  /** The constants of a closed set, undefined for any other type. */
  #literals(type: DeclaredType, depth: number): readonly string[] | undefined {
    const { node } = type;
    if (depth > MAXIMUM_DEPTH) return undefined;
    if (node.kind === 'literal') return [node.value];
    if (node.kind === 'union') {
      const parts = node.types.map((part) => this.#literals({ ...type, node: part }, depth + 1));
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    if (node.kind !== 'reference') return undefined;
    const place = this.table.placeOf(type.file, node);
    const declaration = place && this.table.declarationAt(place);
    return declaration?.kind === 'alias'
      ? this.#literals({ file: place!.file, node: declaration.type, bindings: undefined }, depth + 1)
      : undefined;
  }

  #declared(
    place: { readonly file: number; readonly name: string },
    from: DeclaredType,
    args: readonly TypeNode[],
    depth: number,
  ): Shape {
    const cls = this.table.classAt(place.file, place.name);
    if (cls >= 0) return this.classShape(cls, depth);
    const declaration = this.table.declarationAt(place);
    if (!declaration) return OPEN_SHAPE;
    if (declaration.kind === 'enum') return { ...OPEN_SHAPE, scalar: 'closed' };
    const { parameters, tags, name } = declaration;
    const bindings = parameters.length === 0 ? undefined : new Map<string, DeclaredType>();
    parameters.forEach((parameter, i) => {
      if (args[i]) bindings?.set(parameter, { ...from, node: args[i] });
    });
    const inner = (node: TypeNode): DeclaredType => ({ file: place.file, node, bindings });
    let shape = this.shape(inner(declaration.type), depth + 1);
    if (declaration.extends.length > 0) {
      const bases = declaration.extends.map((base) => this.shape(inner(base), depth + 1));
      shape = mergeShapes([shape, ...bases], true);
    }
    return { ...withOwner(shape, name), tags: tags ?? shape.tags };
  }
}

/** Members of types without a name belong to the alias that names them. */
function withOwner(shape: Shape, owner: string): Shape {
  if (owner === '' || shape.members.size === 0) return shape;
  const members = new Map<string, ShapeMember>();
  for (const [name, member] of shape.members) members.set(name, member.owner ? member : { ...member, owner });
  return { ...shape, members };
}

/** What a value of any of the types, or of all of them, may have. The first type's word on a member counts. */
function mergeShapes(shapes: readonly Shape[], all: boolean): Shape {
  const parts = shapes.filter((shape) => shape.scalar !== 'void');
  if (parts.length === 1) return parts[0]!;
  const members = new Map<string, ShapeMember>();
  for (const part of parts)
    for (const [name, member] of part.members) if (!members.has(name)) members.set(name, member);
  const element = parts.find((part) => part.element);
  return {
    members,
    element: element?.element,
    elementKey: element?.elementKey ?? ELEMENT,
    result: parts.find((part) => part.result)?.result,
    scalar: mergeScalars(parts, all),
    serialises: parts.some((part) => part.serialises),
    tags: parts.find((part) => part.tags)?.tags,
  };
}

function mergeScalars(parts: readonly Shape[], all: boolean): Shape['scalar'] {
  if (parts.length === 0) return 'void';
  const scalars = parts.map((part) => part.scalar);
  if (all) return scalars.find((scalar) => scalar !== '') ?? '';
  if (scalars.includes('')) return '';
  return scalars.includes('number') ? 'number' : scalars.includes('truth') ? 'truth' : 'closed';
}

function scalarOf(name: string): Shape['scalar'] {
  if (name === 'number' || name === 'bigint') return 'number';
  if (name === 'boolean') return 'truth';
  return name === 'void' || name === 'null' || name === 'undefined' || name === 'never' ? 'void' : '';
}
