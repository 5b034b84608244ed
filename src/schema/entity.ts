import { LineIndex } from '../core/span.js';
import type { FileIR } from '../ir/file.js';
import type { TypeDeclaration, TypeMember, TypeNode } from '../ir/type.js';

/** Something that a schema describes: a model, a table, an object type. */
export interface Entity {
  readonly name: string;
  /** Other names of the same: that of the table, that by which a client calls it. */
  readonly aliases: readonly string[];
  readonly kind: 'entity' | 'enum';
  readonly members: readonly TypeMember[];
  /** Comments and directives of the entity itself, where they hold an `@` tag. */
  readonly tags?: string;
  readonly start: number;
  readonly end: number;
}

/** A file of types without code. */
export function entityFile(path: string, text: string, entities: readonly Entity[]): FileIR {
  const types: TypeDeclaration[] = [];
  const taken = new Set(entities.map(({ name }) => name));
  for (const entity of entities) {
    const { name, start, end, tags } = entity;
    const common = { exported: true, parameters: [], extends: [], start, end };
    const type: TypeNode = { kind: 'object', members: entity.members };
    const tagged = tags !== undefined && { tags };
    types.push({ ...common, kind: entity.kind === 'enum' ? 'enum' : 'interface', name, type, ...tagged });
    for (const alias of entity.aliases) {
      if (taken.has(alias)) continue;
      taken.add(alias);
      types.push({ ...common, kind: 'alias', name: alias, type: referenceTo(name) });
    }
  }
  return {
    path,
    lines: new LineIndex(text).lineCount,
    strings: [],
    code: new Int32Array(0),
    functions: [],
    classes: [],
    variables: [],
    imports: [],
    exports: [],
    specifiers: [],
    types,
    directives: [],
    shebang: false,
    comments: [],
    diagnostics: [],
  };
}

/** The type that a name of the same file stands for. */
export function referenceTo(name: string): TypeNode {
  return { kind: 'reference', name: [name], import: -1, args: [] };
}

export const TEXT_TYPE: TypeNode = { kind: 'primitive', name: 'string' };
export const NUMBER_TYPE: TypeNode = { kind: 'primitive', name: 'number' };
export const TRUTH_TYPE: TypeNode = { kind: 'primitive', name: 'boolean' };
export const OPEN_TYPE: TypeNode = { kind: 'unknown' };

/** A member; `tags` only where they hold an `@`. */
export function member(name: string, type: TypeNode, tags: string, start: number, end: number): TypeMember {
  return { name, type, optional: false, start, end, ...(tags.includes('@') && { tags }) };
}
