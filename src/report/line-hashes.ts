/**
 * The `primaryLocationLineHash` of every line of a text, as GitHub's code-scanning upload computes it, so that alerts keep their identity
 * whether or not the upload adds the hash by itself.
 *
 * A line's hash covers the 100 characters that follow its start, blanks and tabs not counted and line ends (LF, CR, CRLF) read as LF; the
 * end of the file counts as one character, and zeros fill what is missing. It is a polynomial in 37 over 64-bit integers, printed in
 * hexadecimal, with `:n` behind it for the n-th line of the same hash.
 */
export function lineHashes(text: string): readonly string[] {
  const { characters, starts } = significantCharacters(text);
  const hashes: string[] = [];
  const seen = new Map<string, number>();
  let high = 0;
  let low = 0;
  let next = 0;
  for (let end = 0; next < starts.length; end++) {
    // hash = hash × 37 + entering − leaving × 37^100 (mod 2^64), in two halves that stay exact as doubles
    const leaving = end < BLOCK ? 0 : (characters[end - BLOCK] ?? 0);
    const lowSum = low * FACTOR + (characters[end] ?? 0) - LEAVING_LOW * leaving;
    high = (high * FACTOR + Math.floor(lowSum / WORD) - LEAVING_HIGH * leaving) >>> 0;
    low = lowSum >>> 0;
    if (end - BLOCK + 1 !== starts[next]) continue;
    next++;
    const hash = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    hashes.push(`${hash}:${count}`);
  }
  return hashes;
}

const BLOCK = 100;
const FACTOR = 37;
const WORD = 2 ** 32;
const END_OF_FILE = 0xffff;
const LEAVING = BigInt.asUintN(64, BigInt(FACTOR) ** BigInt(BLOCK));
const LEAVING_LOW = Number(LEAVING & 0xffffffffn);
const LEAVING_HIGH = Number(LEAVING >> 32n);

/** The characters that count, the end of the file included, and the index among them at which each line starts. */
function significantCharacters(text: string): { characters: Uint16Array; starts: number[] } {
  const characters = new Uint16Array(text.length + 1);
  const starts: number[] = [];
  let length = 0;
  let atLineStart = true;
  let afterReturn = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const skipped = code === 32 || code === 9 || (afterReturn && code === 10);
    afterReturn = code === 13;
    if (skipped) continue;
    if (atLineStart) starts.push(length);
    const isLineEnd = code === 10 || code === 13;
    characters[length++] = isLineEnd ? 10 : code;
    atLineStart = isLineEnd;
  }
  if (atLineStart) starts.push(length);
  characters[length++] = END_OF_FILE;
  return { characters: characters.subarray(0, length), starts };
}
