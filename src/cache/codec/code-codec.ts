import type { ByteReader } from './byte-reader.js';
import { type ByteWriter, NotStorable } from './byte-writer.js';

/** Marks an instruction that stands nowhere in the text (a fall-through), so that the next place is still near the last one. */
const UNPLACED = 0x80;
const HEAD = 3;

/** Instructions: operation, length, place as distance from the one before, operands (indices, or NONE). */
export function writeCode(writer: ByteWriter, code: Int32Array): void {
  writer.unsigned(code.length);
  let previous = 0;
  for (let at = 0; at < code.length; ) {
    const op = code[at]! & 0xff;
    const length = code[at]! >> 8;
    if (op >= UNPLACED || length < HEAD || at + length > code.length) throw new NotStorable();
    const start = code[at + 1]!;
    const end = code[at + 2]!;
    const isPlaced = start !== 0 || end !== 0;
    writer.byte(isPlaced ? op : op | UNPLACED);
    writer.unsigned(length);
    if (isPlaced) {
      writer.signed(start - previous);
      writer.signed(end - start);
      previous = start;
    }
    for (let i = at + HEAD; i < at + length; i++) writer.index(code[i]!);
    at += length;
  }
}

export function readCode(reader: ByteReader): Int32Array {
  const { bytes } = reader;
  const total = reader.unsigned();
  if (total > bytes.length * 5) throw new RangeError('the code is too long');
  const code = new Int32Array(total);
  let previous = 0;
  for (let at = 0; at < total; ) {
    const head = reader.byte();
    const length = reader.unsigned();
    if (length < HEAD || at + length > total) throw new RangeError('an instruction is too long');
    code[at] = (head & ~UNPLACED) | (length << 8);
    if (head < UNPLACED) {
      previous += reader.signed();
      code[at + 1] = previous;
      code[at + 2] = previous + reader.signed();
    }
    for (let i = at + HEAD; i < at + length; i++) code[i] = reader.index();
    at += length;
  }
  return code;
}
