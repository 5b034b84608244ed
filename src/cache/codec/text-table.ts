import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

/** Texts as one run of characters: a byte each where that is enough, otherwise two, so that lone surrogates survive. */
export function encodeTexts(texts: readonly string[]): Uint8Array {
  const joined = texts.join('');
  const isNarrow = !hasWide(joined);
  const writer = new ByteWriter(texts.length * 2 + joined.length + 16);
  writer.byte(isNarrow ? 1 : 0);
  writer.unsigned(texts.length);
  for (const text of texts) writer.unsigned(text.length);
  writer.append(Buffer.from(joined, isNarrow ? 'latin1' : 'utf16le'));
  return writer.finish();
}

function hasWide(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return true;
  return false;
}

/** @returns the texts, and where the bytes go on behind them */
export function decodeTexts(bytes: Uint8Array, at: number): { readonly texts: string[]; readonly end: number } {
  const reader = new ByteReader(bytes, at, []);
  const isNarrow = reader.byte() === 1;
  const lengths = reader.list((each) => each.unsigned());
  const start = reader.offset;
  const characters = lengths.reduce((sum, length) => sum + length, 0);
  const end = start + characters * (isNarrow ? 1 : 2);
  if (end > bytes.length) throw new RangeError('the texts end early');
  const encoded = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  const joined = encoded.toString(isNarrow ? 'latin1' : 'utf16le');
  let offset = 0;
  const texts = lengths.map((length) => {
    offset += length;
    return joined.slice(offset - length, offset);
  });
  return { texts, end };
}
