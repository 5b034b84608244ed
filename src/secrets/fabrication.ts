import { wordShare } from './word-share.js';

/**
 * Why a value is no live credential by its own looks:
 * - `placeholder`: it tells the reader to put a value there, or stands for one that was taken out
 * - `synthetic`: someone typed it to look like a credential: a sequence, a repetition, or words such as "fake"
 */
export type Fabrication = 'placeholder' | 'synthetic';

const PLACEHOLDER_MARK =
  /[<>]|\$\{|\{\{|\}\}|%[({]|\[[A-Za-z _-]+\]|\.\.\.|…|\*{3}|•{2}|x{4}|X{4}|#{3}|\?{3}|^\$[A-Z_]+$|^%[A-Z_]+%$|^@[A-Za-z]|^:[a-z_]+$/;
const PLACEHOLDER_WORDS: ReadonlySet<string> = new Set(
  (
    'your yours yourkey yourapikey yoursecret yourtoken youropenai placeholder changeme change changethis replace replaceme replacethis insert enter ' +
    'example examples sample dummy redacted removed hidden masked filtered censored obfuscated todo tbd fixme here foo bar foobar baz qux ' +
    'lorem ipsum some something paste fill provide goes null undefined none empty unset unused ' +
    'mykey myapikey mysecret mytoken mypassword xxx xxxx abc xyz whatever anything invalid wrong nope notreal notused'
  ).split(' '),
);
const SYNTHETIC_WORDS: ReadonlySet<string> = new Set(
  'fake test tests testing mock mocked stub demo localhost fixture bogus pretend sandbox dvaa vulnerable'.split(' '),
);
const STOCK_SEQUENCE =
  /12345678|23456789|87654321|01234567|abcdefgh|ghijklmn|qwerty|asdfgh|zyxwvu|deadbeef|cafebabe|abc123|123abc|a1b2c3|1a2b3c|0{8}|1{8}|f{8}/i;

/** Keys of AWS's documentation, whose endings people change. `bodyOf` takes the first four characters of the second. */
const DOCUMENTED_BEGINNING = /^wJalrXUtnFEMI\/K7MDENG|^(?:AKIA)?IOSFODNN7/;

/** Judges a value alone, without its name or place; undefined when it might be real. Pure, linear. */
export function fabricationOf(value: string): Fabrication | undefined {
  if (PLACEHOLDER_MARK.test(value) || isBlank(value)) return 'placeholder';
  const words = wordsOf(value);
  if (
    words.some(
      (word) => PLACEHOLDER_WORDS.has(word) || /^(?:your|change|replace|insert|placeholder|example)/.test(word),
    )
  ) {
    return 'placeholder';
  }
  if (value.length >= 8 && new Set(value).size <= 2) return 'placeholder';
  if (/example/i.test(value) || DOCUMENTED_BEGINNING.test(value)) return 'placeholder';
  if (
    words.some(
      (word) => SYNTHETIC_WORDS.has(word) || /^(?:fake|mock|dummy|test(?:key|token|secret|ing)?\d*$)/.test(word),
    )
  ) {
    return 'synthetic';
  }
  if (STOCK_SEQUENCE.test(value) || sequentialShare(value) > 0.4 || isPeriodic(value)) return 'synthetic';
  if (new Set(value).size <= Math.min(6, value.length / 4)) return 'synthetic';
  return encodedFabricationOf(value);
}

/** A line to write on: strokes without much around them. Random text may hold four in a row by chance. */
function isBlank(value: string): boolean {
  return /_{4}|-{4}/.test(value) && value.split(/[_-]{4,}/).every((piece) => piece.length < 24);
}

/** The same of what a Base64 text stands for: `YWJjZGVmZ2hpams=` is the alphabet. */
function encodedFabricationOf(value: string): Fabrication | undefined {
  if (value.length < 16 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return undefined;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  // braces of JSON are no placeholders
  return /^[\x20-\x7e]{8,}$/.test(decoded) && !decoded.startsWith('{"') ? fabricationOf(decoded) : undefined;
}

/** Lower-case words between separators and changes of case; digits stick to the word before them. */
function wordsOf(value: string): string[] {
  const segments = value.split(/[^A-Za-z0-9]+/).filter((segment) => segment !== '');
  const words = segments.map((segment) => segment.toLowerCase());
  for (const segment of segments) {
    // words inside a segment count only where the segment as a whole is made of words: a random key holds "Here" by chance
    if (wordShare(segment) < 0.6) continue;
    const inner = segment.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
    words.push(...inner.map((word) => word.toLowerCase()));
  }
  return words;
}

/** Share of neighbours that follow each other in the alphabet or among the digits, up or down. */
function sequentialShare(value: string): number {
  const folded = value.toLowerCase();
  let steps = 0;
  for (let i = 1; i < folded.length; i++) {
    const difference = folded.charCodeAt(i) - folded.charCodeAt(i - 1);
    if (difference === 1 || difference === -1 || (folded[i - 1] === '9' && folded[i] === '0')) steps++;
  }
  return folded.length < 8 ? 0 : steps / (folded.length - 1);
}

/** The value repeats a short piece of itself at least three times. */
function isPeriodic(value: string): boolean {
  for (let period = 1; period * 3 <= value.length && period <= 16; period++) {
    let same = 0;
    for (let i = period; i < value.length; i++) if (value[i] === value[i - period]) same++;
    if (same >= (value.length - period) * 0.9) return true;
  }
  return false;
}
