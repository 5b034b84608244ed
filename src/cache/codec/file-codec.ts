/**
 * A lowered file as bytes. Reading it must cost much less than lowering it again, so everything is positional: a table of texts, then
 * numbers of as few bytes as they need, in the order in which they are read. What is in which place is said once, by the pairs of a
 * `write…` and a `read…` function of this folder, which stand side by side; a change to them changes the program, and so what it stored.
 */
import type { FileIR } from '../../ir/file.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter, NotStorable } from './byte-writer.js';
import { readClass, writeClass } from './class-codec.js';
import { readCode, writeCode } from './code-codec.js';
import { FunctionReader, writeFunction } from './function-codec.js';
import {
  readComment,
  readDiagnostic,
  readExport,
  readImport,
  readSpecifier,
  readVariable,
  writeComment,
  writeDiagnostic,
  writeExport,
  writeImport,
  writeSpecifier,
  writeVariable,
} from './module-codec.js';
import { decodeTexts, encodeTexts } from './text-table.js';
import { readDeclaration, readNames, writeDeclaration, writeNames } from './type-codec.js';

/**
 * The file without its path, which whoever stores it knows; undefined for what cannot be stored, or must not.
 *
 * @param mayStore is shown every text that would be in the bytes
 */
export function encodeFile(
  file: FileIR,
  mayStore: (texts: readonly string[]) => boolean = () => true,
): Uint8Array | undefined {
  const writer = new ByteWriter(file.code.length * 2 + 1024);
  writer.seed(file.strings);
  try {
    write(writer, file);
  } catch (error) {
    if (error instanceof NotStorable) return undefined;
    throw error;
  }
  if (!mayStore(writer.texts)) return undefined;
  const texts = encodeTexts(writer.texts);
  const whole = new ByteWriter(texts.length + writer.length + 16);
  whole.append(texts);
  whole.append(writer.finish());
  return whole.finish();
}

function write(writer: ByteWriter, file: FileIR): void {
  writer.unsigned(file.strings.length);
  writer.unsigned(file.lines);
  writer.flags(file.shebang);
  writeCode(writer, file.code);
  writer.unsigned(file.functions.reduce((sum, row) => sum + row.slots, 0));
  writer.unsigned(file.functions.reduce((sum, row) => sum + row.blocks.length, 0));
  writer.list(file.functions, writeFunction);
  writer.list(file.classes, writeClass);
  writer.list(file.variables, writeVariable);
  writer.list(file.imports, writeImport);
  writer.list(file.exports, writeExport);
  writer.list(file.specifiers, writeSpecifier);
  writer.list(file.types, writeDeclaration);
  writeNames(writer, file.directives);
  writer.list(file.comments, writeComment);
  writer.list(file.diagnostics, writeDiagnostic);
}

/**
 * The file that `encodeFile` was given.
 *
 * @throws RangeError for bytes that it did not write
 */
export function decodeFile(path: string, bytes: Uint8Array): FileIR {
  const { texts, end } = decodeTexts(bytes, 0);
  const reader = new ByteReader(bytes, end, texts);
  const strings = texts.slice(0, reader.unsigned());
  const lines = reader.unsigned();
  const shebang = reader.byte() === 1;
  const code = readCode(reader);
  const slots = bounded(reader.unsigned(), bytes);
  const blocks = bounded(reader.unsigned(), bytes);
  const functions = new FunctionReader(reader, {
    slotNames: new Int32Array(slots),
    slotMutable: new Uint8Array(slots),
    blocks: new Int32Array(blocks),
  });
  return {
    path,
    lines,
    strings,
    code,
    functions: reader.list(() => functions.read()),
    classes: reader.list(readClass),
    variables: reader.list(readVariable),
    imports: reader.list(readImport),
    exports: reader.list(readExport),
    specifiers: reader.list(readSpecifier),
    types: reader.list(readDeclaration),
    directives: readNames(reader),
    shebang,
    comments: reader.list(readComment),
    diagnostics: reader.list((each) => readDiagnostic(each, path)),
  };
}

/** Each slot and block takes at least a byte. */
function bounded(count: number, bytes: Uint8Array): number {
  if (count > bytes.length) throw new RangeError('a table is too long');
  return count;
}
