import { base62, bech32Checksum, crc32 } from '../../../src/secrets/checksum.js';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const HEXADECIMAL = '0123456789abcdef';

/** Characters of `{<letter><count>}`: `{A20}` is twenty letters and digits. */
const ALPHABETS: Readonly<Record<string, string>> = {
  A: UPPER + LOWER + DIGITS,
  a: LOWER + DIGITS,
  U: UPPER + DIGITS,
  L: UPPER + LOWER,
  d: DIGITS,
  h: HEXADECIMAL,
  H: HEXADECIMAL.toUpperCase(),
  w: `${UPPER + LOWER + DIGITS}_-`,
  b: `${UPPER + LOWER + DIGITS}+/`,
  '2': `${UPPER}234567`,
  Q: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
};

/**
 * Turns a template of a rule file into a credential-like text, always the same for the same template. Templates exist so that no file
 * of this repository holds a text that scanners of code hosts take for a live credential.
 *
 * `{A20}` random characters · `{u}` UUID version 4 · `{b64(text)}` Base64 of the text, without padding · `{crc62:n}` and `{crchex}`
 * checksums of what stands before (from character n on) · `{bech32}` its checksum · `{jwt k=v …}` a token with these claims ·
 *  `{pem LABEL}` a block of that label · `{ref X}` a reference: dollar sign, braces, X
 */
export function expand(template: string): string {
  const random = generator(template);
  let result = '';
  let at = 0;
  for (const found of template.matchAll(
    /\{(?:([AaULdhHwb2Q])(\d+)|(u|crchex|bech32)|crc62:(\d+)|b64\((.*?)\)|jwt ([^}]*)|pem ([^}]*)|ref ([^}]*\}?))\}/g,
  )) {
    result += template.slice(at, found.index);
    at = found.index + found[0].length;
    const [, alphabet, count, word, from, plain, claims, label, reference] = found;
    const token = /[^\s"'=]*$/.exec(result)![0];
    if (alphabet) result += draw(random, ALPHABETS[alphabet]!, Number(count));
    else if (word === 'u') result += uuid(random);
    else if (word === 'crchex') result += littleEndian(crc32(token.replace(/_$/, '')));
    else if (word === 'bech32')
      result += bech32Checksum('age-secret-key-', token.split('-1')[1]!.toLowerCase()).toUpperCase();
    else if (from) result += base62(crc32(token.slice(Number(from))), 6);
    else if (plain !== undefined) result += Buffer.from(plain).toString('base64').replace(/=+$/, '');
    else if (claims !== undefined) result += jsonWebToken(claims, random);
    else if (reference !== undefined) result += `\${${reference}}`;
    else if (label !== undefined) result += keyBlock(label, random);
  }
  return result + template.slice(at);
}

function generator(seed: string): () => number {
  let state = crc32(seed) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The last character is a letter or digit, so that what follows starts afresh; the text holds a digit and no sequence. */
function draw(random: () => number, alphabet: string, count: number): string {
  const pick = (from: string) => from[Math.floor(random() * from.length)]!;
  const plain = alphabet.replace(/[_\-+/]/g, '');
  let text = '';
  while (text.length < count) text += pick(text.length === 0 || text.length === count - 1 ? plain : alphabet);
  return text;
}

function uuid(random: () => number): string {
  const hex = (count: number) => draw(random, HEXADECIMAL, count);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

function littleEndian(number: number): string {
  return number.toString(16).padStart(8, '0').match(/../g)!.reverse().join('');
}

function jsonWebToken(claims: string, random: () => number): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = Object.fromEntries(
    claims.split(' ').map((claim) => claim.split('=').map((part) => (/^\d+$/.test(part) ? Number(part) : part))),
  );
  return `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}.${draw(random, ALPHABETS.w!, 43)}`;
}

function keyBlock(label: string, random: () => number): string {
  const bytes = Buffer.from([0x30, 0x82, 0x04, 0xa4, ...Array.from({ length: 240 }, () => Math.floor(random() * 256))]);
  const body = bytes
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\\n');
  return `-----BEGIN ${label}-----\\n${body}\\n-----END ${label}-----\\n`;
}
