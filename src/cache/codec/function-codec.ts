import type { CaptureIR, FunctionIR, ParamIR } from '../../ir/file.js';
import type { TypeNode } from '../../ir/type.js';
import type { ByteReader } from './byte-reader.js';
import { type ByteWriter, NotStorable } from './byte-writer.js';
import { readDecorator, writeDecorator } from './class-codec.js';
import { readNames, readType, writeNames, writeType } from './type-codec.js';

const KINDS = [
  'module',
  'function',
  'arrow',
  'method',
  'constructor',
  'getter',
  'setter',
  'static-block',
] as const satisfies readonly FunctionIR['kind'][];

/** The tables of all functions of a file, which get their parts as views, as lowering does it. */
export interface SlotTables {
  readonly slotNames: Int32Array;
  readonly slotMutable: Uint8Array;
  readonly blocks: Int32Array;
}

export function writeFunction(writer: ByteWriter, row: FunctionIR): void {
  if (row.slotNames.length !== row.slots || row.slotMutable.length !== row.slots) throw new NotStorable();
  writer.text(row.name);
  writer.text(row.qualifiedName);
  writer.index(row.parent);
  writer.index(row.classIndex);
  writer.byte(KINDS.indexOf(row.kind));
  writer.flags(row.async, row.generator, row.isStatic, row.returnType !== undefined);
  writer.unsigned(row.start);
  writer.unsigned(row.end);
  writer.list(row.params, writeParam);
  writer.index(row.thisSlot);
  writer.index(row.argumentsSlot);
  writer.list(row.captures, writeCapture);
  writer.unsigned(row.slots);
  for (let slot = 0; slot < row.slots; slot++) {
    writer.unsigned(((row.slotNames[slot]! + 1) << 1) | row.slotMutable[slot]!);
  }
  writer.list(row.slotTypes, writeSlotType);
  writer.unsigned(row.blocks.length);
  let previous = 0;
  for (const block of row.blocks) {
    writer.unsigned(block - previous);
    previous = block;
  }
  writeNames(writer, row.directives);
  writer.list(row.decorators, writeDecorator);
  if (row.returnType) {
    writeType(writer, row.returnType);
    writeNames(writer, row.typeParameters ?? []);
  }
}

/** Cuts the tables of one function after the other out of those of the file. */
export class FunctionReader {
  #slots = 0;
  #blocks = 0;

  constructor(
    readonly reader: ByteReader,
    readonly tables: SlotTables,
  ) {}

  read(): FunctionIR {
    const { reader } = this;
    const name = reader.text();
    const qualifiedName = reader.text();
    const parent = reader.index();
    const classIndex = reader.index();
    const kind = KINDS[reader.byte()]!;
    const flags = reader.byte();
    const start = reader.unsigned();
    const end = reader.unsigned();
    const params = reader.list(readParam);
    const thisSlot = reader.index();
    const argumentsSlot = reader.index();
    const captures = reader.list(readCapture);
    const slots = reader.unsigned();
    const { slotNames, slotMutable } = this.#readSlots(slots);
    const row = {
      name,
      qualifiedName,
      parent,
      classIndex,
      kind,
      async: (flags & 1) !== 0,
      generator: (flags & 2) !== 0,
      isStatic: (flags & 4) !== 0,
      start,
      end,
      params,
      thisSlot,
      argumentsSlot,
      captures,
      slots,
      slotNames,
      slotMutable,
      slotTypes: reader.list(readSlotType),
      blocks: this.#readBlocks(),
      directives: readNames(reader),
      decorators: reader.list(readDecorator),
    };
    if ((flags & 8) === 0) return row;
    const returnType = readType(reader);
    const typeParameters = readNames(reader);
    return Object.assign(row, { returnType, ...(typeParameters.length > 0 && { typeParameters }) });
  }

  #readSlots(count: number): Pick<FunctionIR, 'slotNames' | 'slotMutable'> {
    const from = this.#slots;
    const { slotNames, slotMutable } = this.tables;
    if (from + count > slotNames.length) throw new RangeError('too many slots');
    for (let row = from; row < from + count; row++) {
      const packed = this.reader.unsigned();
      slotNames[row] = (packed >>> 1) - 1;
      slotMutable[row] = packed & 1;
    }
    this.#slots += count;
    return { slotNames: slotNames.subarray(from, from + count), slotMutable: slotMutable.subarray(from, from + count) };
  }

  #readBlocks(): Int32Array {
    const from = this.#blocks;
    const count = this.reader.unsigned();
    const { blocks } = this.tables;
    if (from + count > blocks.length) throw new RangeError('too many blocks');
    let block = 0;
    for (let row = from; row < from + count; row++) {
      block += this.reader.unsigned();
      blocks[row] = block;
    }
    this.#blocks += count;
    return blocks.subarray(from, from + count);
  }
}

function writeParam(writer: ByteWriter, row: ParamIR): void {
  writer.text(row.name);
  writer.index(row.slot);
  writer.flags(row.rest, row.property, row.type !== undefined);
  if (row.type) writeType(writer, row.type);
  writer.list(row.decorators, writeDecorator);
}

function readParam(reader: ByteReader): ParamIR {
  const name = reader.text();
  const slot = reader.index();
  const flags = reader.byte();
  const rest = (flags & 1) !== 0;
  const property = (flags & 2) !== 0;
  if ((flags & 4) === 0) return { name, slot, rest, decorators: reader.list(readDecorator), property };
  return { name, slot, rest, type: readType(reader), decorators: reader.list(readDecorator), property };
}

function writeCapture(writer: ByteWriter, row: CaptureIR): void {
  writer.text(row.name);
  writer.unsigned((row.slot << 1) | Number(row.boxed));
}

function readCapture(reader: ByteReader): CaptureIR {
  const name = reader.text();
  const packed = reader.unsigned();
  return { name, slot: packed >>> 1, boxed: (packed & 1) === 1 };
}

function writeSlotType(writer: ByteWriter, [slot, type]: readonly [number, TypeNode]): void {
  writer.unsigned(slot);
  writeType(writer, type);
}

function readSlotType(reader: ByteReader): readonly [number, TypeNode] {
  return [reader.unsigned(), readType(reader)];
}
