import type { Diagnostic, DiagnosticKind } from '../../core/diagnostic.js';
import type { CommentIR, ExportIR, ImportIR, SpecifierIR, VariableIR } from '../../ir/file.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { readType, writeType } from './type-codec.js';

const FORMS = ['import', 'export', 'require', 'dynamic'] as const satisfies readonly SpecifierIR['form'][];
const EXPORTS = ['variable', 'from', 'all'] as const satisfies readonly ExportIR['kind'][];
const VARIABLES = [
  'const',
  'let',
  'function',
  'class',
  'default',
  'commonjs',
] as const satisfies readonly VariableIR['kind'][];

export function writeSpecifier(writer: ByteWriter, row: SpecifierIR): void {
  writer.text(row.text);
  writer.unsigned(row.start);
  writer.unsigned(row.end);
  writer.flags(row.typeOnly);
  writer.byte(FORMS.indexOf(row.form));
}

export function readSpecifier(reader: ByteReader): SpecifierIR {
  return {
    text: reader.text(),
    start: reader.unsigned(),
    end: reader.unsigned(),
    typeOnly: reader.byte() === 1,
    form: FORMS[reader.byte()]!,
  };
}

export function writeImport(writer: ByteWriter, row: ImportIR): void {
  writer.unsigned(row.specifier);
  writer.text(row.name);
  writer.text(row.local);
}

export function readImport(reader: ByteReader): ImportIR {
  return { specifier: reader.unsigned(), name: reader.text(), local: reader.text() };
}

export function writeExport(writer: ByteWriter, row: ExportIR): void {
  writer.byte(EXPORTS.indexOf(row.kind));
  writer.unsigned(row.kind === 'variable' ? row.variable : row.specifier);
  if (row.kind !== 'all') writer.text(row.name);
  if (row.kind === 'from') writer.text(row.imported);
}

export function readExport(reader: ByteReader): ExportIR {
  const kind = EXPORTS[reader.byte()]!;
  const index = reader.unsigned();
  switch (kind) {
    case 'variable':
      return { kind, name: reader.text(), variable: index };
    case 'from':
      return { kind, name: reader.text(), specifier: index, imported: reader.text() };
    case 'all':
      return { kind, specifier: index };
  }
}

export function writeVariable(writer: ByteWriter, row: VariableIR): void {
  writer.text(row.name);
  writer.byte(VARIABLES.indexOf(row.kind));
  writer.unsigned(row.start);
  writer.unsigned(row.end);
  writer.flags(row.type !== undefined);
  if (row.type) writeType(writer, row.type);
}

export function readVariable(reader: ByteReader): VariableIR {
  const row = {
    name: reader.text(),
    kind: VARIABLES[reader.byte()]!,
    start: reader.unsigned(),
    end: reader.unsigned(),
  };
  return reader.byte() === 1 ? { ...row, type: readType(reader) } : row;
}

export function writeComment(writer: ByteWriter, row: CommentIR): void {
  writer.text(row.text);
  writer.unsigned(row.start);
  writer.unsigned(row.end);
}

export function readComment(reader: ByteReader): CommentIR {
  return { text: reader.text(), start: reader.unsigned(), end: reader.unsigned() };
}

/** The file that it is about is the one that it is stored with. */
export function writeDiagnostic(writer: ByteWriter, row: Diagnostic): void {
  writer.text(row.kind);
  writer.text(row.message);
  const { file, line, column, count } = row;
  writer.flags(file !== undefined, line !== undefined, column !== undefined, count !== undefined);
  for (const number of [line, column, count]) if (number !== undefined) writer.unsigned(number);
}

export function readDiagnostic(reader: ByteReader, path: string): Diagnostic {
  const kind = reader.text() as DiagnosticKind;
  const message = reader.text();
  const flags = reader.byte();
  return {
    kind,
    message,
    ...((flags & 1) !== 0 && { file: path }),
    ...((flags & 2) !== 0 && { line: reader.unsigned() }),
    ...((flags & 4) !== 0 && { column: reader.unsigned() }),
    ...((flags & 8) !== 0 && { count: reader.unsigned() }),
  };
}
