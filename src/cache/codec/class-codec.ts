import type { ClassIR, DecoratorIR, FieldIR, MethodIR } from '../../ir/file.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { readNames, readType, writeNames, writeOuterType, writeType } from './type-codec.js';

const METHODS = ['method', 'getter', 'setter'] as const satisfies readonly MethodIR['kind'][];

export function writeClass(writer: ByteWriter, row: ClassIR): void {
  writer.text(row.name);
  writer.unsigned(row.start);
  writer.unsigned(row.end);
  writer.index(row.parent);
  writer.index(row.constructorFunction);
  writer.index(row.staticFunction);
  writer.list(row.methods, writeMethod);
  writer.list(row.fields, writeField);
  writer.flags(row.superType !== undefined);
  if (row.superType) writeType(writer, row.superType);
  writer.list(row.implementsTypes, writeOuterType);
  writer.list(row.decorators, writeDecorator);
}

export function readClass(reader: ByteReader): ClassIR {
  return {
    name: reader.text(),
    start: reader.unsigned(),
    end: reader.unsigned(),
    parent: reader.index(),
    constructorFunction: reader.index(),
    staticFunction: reader.index(),
    methods: reader.list(readMethod),
    fields: reader.list(readField),
    ...(reader.byte() === 1 && { superType: readType(reader) }),
    implementsTypes: reader.list(readType),
    decorators: reader.list(readDecorator),
  };
}

function writeMethod(writer: ByteWriter, row: MethodIR): void {
  writer.text(row.name);
  writer.byte(METHODS.indexOf(row.kind));
  writer.flags(row.isStatic);
  writer.index(row.function);
}

function readMethod(reader: ByteReader): MethodIR {
  return {
    name: reader.text(),
    kind: METHODS[reader.byte()]!,
    isStatic: reader.byte() === 1,
    function: reader.index(),
  };
}

function writeField(writer: ByteWriter, row: FieldIR): void {
  writer.text(row.name);
  writer.flags(row.isStatic, row.type !== undefined, row.tags !== undefined);
  if (row.type) writeType(writer, row.type);
  writer.list(row.decorators, writeDecorator);
  if (row.tags !== undefined) writer.text(row.tags);
  writer.unsigned(row.start);
  writer.unsigned(row.end);
}

function readField(reader: ByteReader): FieldIR {
  const name = reader.text();
  const flags = reader.byte();
  return {
    name,
    isStatic: (flags & 1) !== 0,
    ...((flags & 2) !== 0 && { type: readType(reader) }),
    decorators: reader.list(readDecorator),
    ...((flags & 4) !== 0 && { tags: reader.text() }),
    start: reader.unsigned(),
    end: reader.unsigned(),
  };
}

export function writeDecorator(writer: ByteWriter, row: DecoratorIR): void {
  writer.text(row.name);
  writer.index(row.import);
  writeNames(writer, row.args);
  writer.flags(row.token !== undefined);
  if (row.token) writeType(writer, row.token);
}

export function readDecorator(reader: ByteReader): DecoratorIR {
  return {
    name: reader.text(),
    import: reader.index(),
    args: readNames(reader),
    ...(reader.byte() === 1 && { token: readType(reader) }),
  };
}
