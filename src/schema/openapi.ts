import type { TypeMember, TypeNode } from '../ir/type.js';
import { type Entity, member, NUMBER_TYPE, OPEN_TYPE, referenceTo, TEXT_TYPE, TRUTH_TYPE } from './entity.js';

type Tree = Readonly<Record<string, unknown>>;

const MAXIMUM_DEPTH = 6;

/** The schemas of an OpenAPI (or Swagger) document. `x-pii`, `x-sensitivity` and tags in descriptions count as tags. */
export function readOpenApi(document: unknown): Entity[] {
  const root = asTree(document);
  const schemas = asTree(asTree(root?.components)?.schemas) ?? asTree(root?.definitions) ?? {};
  return Object.entries(schemas).flatMap(([name, value]): Entity[] => {
    const schema = asTree(value);
    if (!schema) return [];
    const tags = tagsOf(schema);
    const common = { name, aliases: [], start: 0, end: 0, ...(tags.includes('@') && { tags }) };
    if (Array.isArray(schema.enum)) return [{ ...common, kind: 'enum', members: [] }];
    const members = membersOf(schema, 0);
    return members.length === 0 ? [] : [{ ...common, kind: 'entity', members }];
  });
}

function membersOf(schema: Tree, depth: number): TypeMember[] {
  const inherited: readonly unknown[] = Array.isArray(schema.allOf) ? schema.allOf : [];
  const parts = [schema, ...inherited.flatMap((part): Tree[] => [asTree(part) ?? {}])];
  return parts.flatMap((part) =>
    Object.entries(asTree(part.properties) ?? {}).flatMap(([name, value]) => {
      const property = asTree(value);
      return property ? [member(name, typeOf(property, depth + 1), tagsOf(property), 0, 0)] : [];
    }),
  );
}

function typeOf(schema: Tree, depth: number): TypeNode {
  if (depth > MAXIMUM_DEPTH) return OPEN_TYPE;
  if (typeof schema.$ref === 'string') return referenceTo(schema.$ref.split('/').at(-1)!);
  if (Array.isArray(schema.enum)) return { kind: 'literal', value: '' };
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== 'null') : schema.type;
  switch (type) {
    case 'string':
      return TEXT_TYPE;
    case 'integer':
    case 'number':
      return NUMBER_TYPE;
    case 'boolean':
      return TRUTH_TYPE;
    case 'array':
      return { kind: 'array', element: typeOf(asTree(schema.items) ?? {}, depth + 1) };
    default: {
      const members = membersOf(schema, depth);
      return members.length > 0 ? { kind: 'object', members } : OPEN_TYPE;
    }
  }
}

/** What a schema says of itself, in the form of tags. */
function tagsOf(schema: Tree): string {
  const flags = ['x-pii', 'x-personal', 'x-secret', 'x-phi']
    .filter((key) => schema[key] === true)
    .map((key) => `@${key.slice(2)}`);
  const level = schema['x-sensitivity'] ?? schema['x-data-classification'];
  if (typeof level === 'string') flags.push(`@sensitivity ${level}`);
  if (typeof schema.description === 'string') flags.push(schema.description);
  return flags.join(' ');
}

function asTree(value: unknown): Tree | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : undefined;
}
