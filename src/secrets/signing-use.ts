import { skipSpace } from './cursor.js';
import { type ReadValue, readQuoted } from './literal.js';

/** Receivers of `sign` and `verify` that speak of tokens. */
const TOKENS = /(?:jwt|jsonwebtoken|jsonwt|\bjws)\w{0,12}$/i;
/** Calls whose argument is a secret that the program itself checks, whatever it looks like, and which argument that is. */
const SIGNERS: readonly { readonly call: string; readonly argument: number; readonly receiver?: RegExp }[] = [
  { call: 'createHmac(', argument: 1 },
  { call: 'JWK.asKey(', argument: 0 },
  { call: 'createSecretKey(', argument: 0 },
  { call: 'createCipheriv(', argument: 1 },
  { call: 'createDecipheriv(', argument: 1 },
  { call: 'cookieParser(', argument: 0 },
  { call: '.sign(', argument: 1, receiver: TOKENS },
  { call: '.verify(', argument: 1, receiver: TOKENS },
];
/** The calls, as keywords for the prefilter. */
export const SIGNER_CALLS: readonly string[] = SIGNERS.map(({ call }) => call);

/** Characters before an option in which its call stands. */
const OPTION_LIMIT = 240;
const SIGNING_CALL = /(?:session|jwt|cookie)\w{0,20}\(\s{0,20}\{[^{}]{0,200}$/i;
/** Characters of a call that are looked at, and behind a name for what is given to it. */
const CALL_LIMIT = 400;
const WRAPPER =
  /(?:Buffer\.from|JWK\.asKey|createSecretKey|new[ \t]{1,4}TextEncoder\(\)\.encode|[A-Za-z]{1,20}\.encode)\(\s{0,20}/y;
const DECLARATION =
  /\b(?:const|let|var)[ \t]{1,4}([A-Za-z_$][\w$]{1,60})[ \t]{0,4}(?::[ \t]{0,4}string[ \t]{0,4})?=\s{0,20}(?=["'`])/g;
const IDENTIFIER = /[A-Za-z_$][\w$]{1,60}(?=\s{0,20}[,)])/y;

/** The literal that a signing call uses: its argument, or what the name that stands there is given in the same text. */
export function readSigningSecret(
  text: string,
  end: number,
  constants: () => ReadonlyMap<string, ReadValue | undefined>,
): ReadValue | undefined {
  const signer = SIGNERS.find(({ call }) => text.startsWith(call, end - call.length));
  if (!signer) return undefined;
  const start = end - signer.call.length;
  if (signer.receiver && !signer.receiver.test(text.slice(Math.max(0, start - 40), start))) return undefined;
  const at = argumentAt(text, end, signer.argument);
  if (at === undefined) return undefined;
  WRAPPER.lastIndex = at;
  const inner = at + (WRAPPER.exec(text)?.[0].length ?? 0);
  const literal = readQuoted(text, inner);
  if (literal) return isWhole(text, literal.after) ? literal : undefined;
  IDENTIFIER.lastIndex = inner;
  const name = IDENTIFIER.exec(text)?.[0];
  return name === undefined ? undefined : constants().get(name);
}

/** Where an argument of a call begins; brackets and literals before it are skipped as wholes. */
function argumentAt(text: string, from: number, wanted: number): number | undefined {
  const limit = Math.min(text.length, from + CALL_LIMIT);
  let depth = 0;
  let index = 0;
  let at = skipSpace(text, from);
  while (index < wanted) {
    if (at >= limit) return undefined;
    const character = text[at]!;
    if (character === '"' || character === "'" || character === '`') {
      const literal = readQuoted(text, at);
      if (!literal) return undefined;
      at = literal.after;
      continue;
    }
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) {
      if (--depth < 0) return undefined;
    } else if (character === ',' && depth === 0) index++;
    at++;
  }
  return skipSpace(text, at);
}

/** Whether `secret: …` is an option of a call that signs sessions or tokens; `secretOrKey` is one of nothing else. */
export function isSigningOption(text: string, name: string, nameStart: number): boolean {
  if (name === 'secretOrKey') return true;
  return name === 'secret' && SIGNING_CALL.test(text.slice(Math.max(0, nameStart - OPTION_LIMIT), nameStart));
}

/** Constants of a text by name: literals, and undefined for names that are given several. */
export function readConstants(text: string): ReadonlyMap<string, ReadValue | undefined> {
  const constants = new Map<string, ReadValue | undefined>();
  for (const found of text.matchAll(DECLARATION)) {
    const literal = readQuoted(text, found.index + found[0].length);
    const name = found[1]!;
    constants.set(name, literal && !constants.has(name) && isWhole(text, literal.after) ? literal : undefined);
  }
  return constants;
}

/** Not a part of a longer expression. */
function isWhole(text: string, after: number): boolean {
  return !/^\s{0,20}(?:\+|\.[A-Za-z]|\|\||\?\?)/.test(text.slice(after, after + 24));
}
