const CRC_TABLE: Uint32Array = new Uint32Array(256).map((_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (IEEE 802.3) of an ASCII text, as an unsigned 32-bit number. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) crc = CRC_TABLE[(crc ^ text.charCodeAt(i)) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A number in base 62 (digits, upper case, lower case), padded with zeros to `width`. */
export function base62(number: number, width: number): string {
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) text = BASE62[rest % 62]! + text;
  return text.padStart(width, '0');
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Whether the checksum of a Bech32 text holds (without regard to case, human-readable part included). */
export function isBech32(text: string): boolean {
  const folded = text.toLowerCase();
  const separator = folded.lastIndexOf('1');
  const data = [...folded.slice(separator + 1)].map((character) => BECH32.indexOf(character));
  if (separator < 1 || data.length < 6 || data.includes(-1)) return false;
  return bech32Polynomial([...expandPrefix(folded.slice(0, separator)), ...data]) === 1;
}

/** The six checksum characters of a Bech32 text whose payload characters are given. */
export function bech32Checksum(prefix: string, payload: string): string {
  const data = [...payload].map((character) => BECH32.indexOf(character));
  const remainder = bech32Polynomial([...expandPrefix(prefix), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  return [5, 4, 3, 2, 1, 0].map((place) => BECH32[(remainder >>> (5 * place)) & 31]!).join('');
}

function expandPrefix(prefix: string): number[] {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function bech32Polynomial(values: readonly number[]): number {
  const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  let checksum = 1;
  for (const value of values) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < 5; bit++) if ((top >>> bit) & 1) checksum ^= GENERATOR[bit]!;
  }
  return checksum >>> 0;
}
