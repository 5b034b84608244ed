import { match, skipBlanks, skipSpace } from './cursor.js';
import type { FileSyntax } from './file-context.js';
import { type Link, type Relation, readLink } from './link.js';
import { type ReadValue, readBare, readEmbedded, readQuoted } from './literal.js';

/** A value that is given to a name. Offsets are into the text. */
export interface Assignment {
  readonly name: string;
  readonly nameStart: number;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly relation: Relation;
  /** The literal is only a part of the value: it is concatenated or a method is called on it. */
  readonly partial: boolean;
}

const NAME_LIMIT = 80;
const ENVIRONMENT_FALLBACK =
  /(?:\(?(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env|os\.environ|os\.getenv|getenv|env|ENV)[\w.[\]"'()!]{0,80}[ \t]{0,4})(?:\|\||\?\?|\bor\b|,)\s{0,40}(?=["'`])/y;
const WRAPPER = /(?:new[ \t]{1,4})?[A-Za-z_][\w.]{0,40}\((?=["'`])/y;
const STRING_PREFIX = /[fFrRbBuU@$]{1,2}(?=["'])/y;
/** How an authorization header begins. */
const SCHEME = /(?:Bearer|Token|Key|Api-?Key|Api-?Token|Basic|Bot)[ \t]{1,4}(?=[^\s])/iy;
const CONTINUED = /^[ \t]{0,8}(?:\+|\.[A-Za-z]|%[ \t(])/;

/** Reads the assignment whose name holds the noun at `nounStart`–`nounEnd`; undefined when nothing literal is given to it. */
export function readAssignment(
  text: string,
  nounStart: number,
  nounEnd: number,
  syntax: FileSyntax,
): Assignment | undefined {
  const nameStart = walkBack(text, nounStart);
  const nameEnd = walkForward(text, nounEnd);
  const link = readLink(text, nameStart, nameEnd, syntax);
  if (!link) return undefined;
  const name = text.slice(nameStart, nameEnd);
  const found = readValue(text, link, syntax, name);
  if (!found) return undefined;
  const { value, relation } = found;
  return {
    name: name.replace(/^[-$.]+/, ''),
    nameStart,
    value: value.text,
    start: value.start,
    end: value.end,
    relation,
    partial: value.quoted && syntax === 'code' && CONTINUED.test(text.slice(value.after, value.after + 12)),
  };
}

interface Found {
  readonly value: ReadValue;
  readonly relation: Relation;
}

function readValue(text: string, link: Link, syntax: FileSyntax, name: string): Found | undefined {
  const spanLines = syntax === 'code' || syntax === 'json';
  let at = spanLines ? skipSpace(text, link.at) : skipBlanks(text, link.at);
  at = match(STRING_PREFIX, text, at) ?? at;
  const quoted = readQuoted(text, at);
  if (quoted) return { value: quoted, relation: link.relation };
  const wrapped = syntax === 'code' ? readWrapped(text, at) : undefined;
  if (wrapped || link.quoted) return wrapped;
  if (spanLines) {
    // `"args": ["-e", "API_KEY=value"]`: an environment line inside a literal
    const embedded = at === link.at && /^[A-Z][A-Z0-9_-]+$/.test(name) ? readEmbedded(text, at) : undefined;
    return embedded && { value: embedded, relation: 'call' };
  }
  const bare = readBare(text, match(SCHEME, text, at) ?? at, syntax, link.until);
  return bare && { value: bare, relation: link.relation };
}

/** `process.env.X ?? 'value'`, `new Secret('value')`. */
function readWrapped(text: string, at: number): Found | undefined {
  const fallback = match(ENVIRONMENT_FALLBACK, text, at);
  const literal = fallback ?? match(WRAPPER, text, at);
  const value = literal === undefined ? undefined : readQuoted(text, literal);
  return value && { value, relation: fallback === undefined ? 'call' : 'fallback' };
}

function walkBack(text: string, from: number): number {
  let at = from;
  while (at > 0 && from - at < NAME_LIMIT && isNameCode(text.charCodeAt(at - 1), true)) at--;
  return at;
}

function walkForward(text: string, from: number): number {
  let at = from;
  while (at < text.length && at - from < NAME_LIMIT && isNameCode(text.charCodeAt(at), false)) at++;
  return at;
}

/** Letters, digits, `_`, `-`, `$`; backwards also `.`. */
function isNameCode(code: number, withDot: boolean): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 36 ||
    (withDot && code === 46)
  );
}
