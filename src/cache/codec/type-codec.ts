import type { TypeDeclaration, TypeMember, TypeNode } from '../../ir/type.js';
import type { ByteReader } from './byte-reader.js';
import { type ByteWriter, NotStorable } from './byte-writer.js';

/** In the order of the numbers that stand for them. */
const KINDS = [
  'unknown',
  'primitive',
  'reference',
  'object',
  'array',
  'tuple',
  'union',
  'intersection',
  'literal',
  'function',
  'query',
  'index',
] as const satisfies readonly TypeNode['kind'][];
const DECLARATIONS = ['interface', 'alias', 'enum'] as const satisfies readonly TypeDeclaration['kind'][];
/** Types within types; a file that nests them more deeply is not stored, because reading it might overflow the stack. */
const DEPTH = 64;

export function writeType(writer: ByteWriter, type: TypeNode, depth = 0): void {
  if (depth > DEPTH) throw new NotStorable();
  writer.byte(KINDS.indexOf(type.kind));
  const writeInner = (inner: TypeNode): void => writeType(writer, inner, depth + 1);
  const writeAll = (types: readonly TypeNode[]): void => writer.list(types, (_, inner) => writeInner(inner));
  switch (type.kind) {
    case 'unknown':
      break;
    case 'primitive':
      writer.text(type.name);
      break;
    case 'reference':
      writeNames(writer, type.name);
      writer.index(type.import);
      writeAll(type.args);
      break;
    case 'object':
      writer.list(type.members, (_, member) => writeMember(writer, member, depth));
      break;
    case 'array':
      writeInner(type.element);
      break;
    case 'tuple':
      writeAll(type.elements);
      break;
    case 'union':
    case 'intersection':
      writeAll(type.types);
      break;
    case 'literal':
      writer.text(type.value);
      break;
    case 'function':
      writeAll(type.params);
      writeInner(type.result);
      break;
    case 'query':
      writeNames(writer, type.name);
      writer.index(type.import);
      break;
    case 'index':
      writeInner(type.object);
      writer.text(type.key);
      break;
  }
}

export function readType(reader: ByteReader): TypeNode {
  const kind = KINDS[reader.byte()];
  switch (kind) {
    case 'unknown':
      return { kind };
    case 'primitive':
      return { kind, name: reader.text() };
    case 'reference':
      return { kind, name: readNames(reader), import: reader.index(), args: reader.list(readType) };
    case 'object':
      return { kind, members: reader.list(readMember) };
    case 'array':
      return { kind, element: readType(reader) };
    case 'tuple':
      return { kind, elements: reader.list(readType) };
    case 'union':
    case 'intersection':
      return { kind, types: reader.list(readType) };
    case 'literal':
      return { kind, value: reader.text() };
    case 'function':
      return { kind, params: reader.list(readType), result: readType(reader) };
    case 'query':
      return { kind, name: readNames(reader), import: reader.index() };
    case 'index':
      return { kind, object: readType(reader), key: reader.text() };
    case undefined:
      throw new RangeError('a type of no kind');
  }
}

function writeMember(writer: ByteWriter, member: TypeMember, depth: number): void {
  writer.text(member.name);
  writeType(writer, member.type, depth + 1);
  writer.flags(member.optional, member.tags !== undefined);
  writer.unsigned(member.start);
  writer.unsigned(member.end);
  if (member.tags !== undefined) writer.text(member.tags);
}

function readMember(reader: ByteReader): TypeMember {
  const name = reader.text();
  const type = readType(reader);
  const flags = reader.byte();
  const row = { name, type, optional: (flags & 1) !== 0, start: reader.unsigned(), end: reader.unsigned() };
  return (flags & 2) === 0 ? row : { ...row, tags: reader.text() };
}

export function writeDeclaration(writer: ByteWriter, row: TypeDeclaration): void {
  writer.byte(DECLARATIONS.indexOf(row.kind));
  writer.text(row.name);
  writer.flags(row.exported, row.tags !== undefined);
  writeNames(writer, row.parameters);
  writer.list(row.extends, writeOuterType);
  writeType(writer, row.type);
  if (row.tags !== undefined) writer.text(row.tags);
  writer.unsigned(row.start);
  writer.unsigned(row.end);
}

export function readDeclaration(reader: ByteReader): TypeDeclaration {
  const kind = DECLARATIONS[reader.byte()]!;
  const name = reader.text();
  const flags = reader.byte();
  return {
    kind,
    name,
    exported: (flags & 1) !== 0,
    parameters: readNames(reader),
    extends: reader.list(readType),
    type: readType(reader),
    ...((flags & 2) !== 0 && { tags: reader.text() }),
    start: reader.unsigned(),
    end: reader.unsigned(),
  };
}

export function writeOuterType(writer: ByteWriter, type: TypeNode): void {
  writeType(writer, type);
}

export function writeNames(writer: ByteWriter, names: readonly string[]): void {
  writer.list(names, (_, name) => writer.text(name));
}

export function readNames(reader: ByteReader): string[] {
  return reader.list((each) => each.text());
}
