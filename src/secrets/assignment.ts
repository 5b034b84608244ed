import type { FileSyntax } from './file-context.js';
import { type ReadValue, readBare, readQuoted } from './literal.js';

/** A value that is given to a name. Offsets are into the text. */
export interface Assignment {
  readonly name: string;
  readonly nameStart: number;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** The value stands in quotes. */
  readonly quoted: boolean;
  /**
   * How name and value belong together: `plain` (`=`, `:`), `fallback` (what is used when an environment variable is not set),
   * `pair` (`set('name', 'value')`, `{ name, value }`), `call` (`setToken('value')`, `token: wrap('value')`), `flag` (`--token value`).
   */
  readonly relation: 'plain' | 'fallback' | 'pair' | 'call' | 'flag';
  /** The literal is only a part of the value: it is concatenated or a method is called on it. */
  readonly partial: boolean;
}

const NAME_LIMIT = 80;
const PAIR =
  /[ \t]{0,20},\s{0,80}\\?["']?(?:value|val|default|defaultValue|content)\\?["']?[ \t]{0,4}[:=][ \t]{0,4}|[ \t]{1,4}value[ \t]{0,2}=[ \t]{0,2}/y;
const ANNOTATION = /:[ \t]{0,4}[A-Za-z_][\w.<>|[\] ]{0,40}=[ \t]{0,4}(?=["'`])/y;
const ENVIRONMENT_FALLBACK =
  /(?:\(?(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env|os\.environ|os\.getenv|getenv|env|ENV)[\w.[\]"'()!]{0,80}[ \t]{0,4})(?:\|\||\?\?|\bor\b|,)\s{0,40}(?=["'`])/y;
const SCHEMA_DEFAULT = /:[ \t]{0,4}[A-Za-z_][\w.()]{0,80}\.default\((?=["'`])/y;
const WRAPPER = /(?:new[ \t]{1,4})?[A-Za-z_][\w.]{0,40}\((?=["'`])/y;
const STRING_PREFIX = /[fFrRbBuU@$]{1,2}(?=["'])/y;

/** Reads the assignment whose name holds the noun at `nounStart`–`nounEnd`; undefined when nothing literal is given to it. */
export function readAssignment(
  text: string,
  nounStart: number,
  nounEnd: number,
  syntax: FileSyntax,
): Assignment | undefined {
  const nameStart = walkBack(text, nounStart);
  const nameEnd = walkForward(text, nounEnd);
  const name = text.slice(nameStart, nameEnd);
  const link = readLink(text, nameEnd, name, syntax);
  if (!link) return undefined;
  const found = readValue(text, link, syntax);
  if (!found) return undefined;
  const { value, relation } = found;
  return {
    name: name.replace(/^[-$.]+/, ''),
    nameStart,
    value: value.text,
    start: value.start,
    end: value.end,
    quoted: value.quoted,
    relation,
    partial:
      value.quoted &&
      syntax === 'code' &&
      /^[ \t]{0,8}(?:\+|\.[A-Za-z]|%[ \t(])/.test(text.slice(value.after, value.after + 12)),
  };
}

interface Link {
  /** Where the value begins, blanks before it included. */
  readonly at: number;
  readonly relation: Assignment['relation'];
  /** The value must be quoted. */
  readonly strict: boolean;
  /** Text at which a bare value ends. */
  readonly until?: string;
}

function readLink(text: string, nameEnd: number, name: string, syntax: FileSyntax): Link | undefined {
  const closed = skipClosing(text, nameEnd);
  const pair = closed.quoted && match(PAIR, text, closed.at);
  if (pair) return { at: pair, relation: 'pair', strict: true };
  const at = skipBlanks(text, closed.at);
  const character = text[at];
  const following = text[at + 1];
  switch (character) {
    case ':': {
      if (following === ':') return undefined;
      if (following === '-' && text[nameEnd - name.length - 1] === '{')
        return { at: at + 2, relation: 'fallback', strict: false, until: '}' };
      const annotated =
        syntax === 'code' ? (match(ANNOTATION, text, at) ?? match(SCHEMA_DEFAULT, text, at)) : undefined;
      if (annotated)
        return { at: annotated, relation: text[annotated - 1] === '(' ? 'fallback' : 'plain', strict: true };
      return { at: following === '=' ? at + 2 : at + 1, relation: 'plain', strict: false };
    }
    case '=':
      if (following === '=') return undefined;
      if (following === '>') return closed.quoted ? { at: at + 2, relation: 'plain', strict: true } : undefined;
      return { at: at + 1, relation: 'plain', strict: false };
    case '|':
    case '?':
      return following === character ? { at: at + 2, relation: 'fallback', strict: true } : undefined;
    case 'o':
      return text.startsWith('or ', at) && closed.at > nameEnd
        ? { at: at + 3, relation: 'fallback', strict: true }
        : undefined;
    case ',':
      if (!closed.quoted) return undefined;
      return {
        at: at + 1,
        relation: isEnvironmentRead(text, nameEnd - name.length) ? 'fallback' : 'pair',
        strict: true,
      };
    case '(':
      return at === nameEnd ? { at: at + 1, relation: 'call', strict: true } : undefined;
    case '>':
      return syntax === 'xml' && at === nameEnd
        ? { at: at + 1, relation: 'plain', strict: false, until: '<' }
        : undefined;
    default:
      return name.startsWith('--') && at > closed.at && syntax !== 'code'
        ? { at, relation: 'flag', strict: false, until: ' ' }
        : undefined;
  }
}

function readValue(
  text: string,
  link: Link,
  syntax: FileSyntax,
): { readonly value: ReadValue; readonly relation: Assignment['relation'] } | undefined {
  const spanLines = syntax === 'code' || syntax === 'json';
  let at = spanLines ? skipSpace(text, link.at) : skipBlanks(text, link.at);
  at = match(STRING_PREFIX, text, at) ?? at;
  const quoted = readQuoted(text, at);
  if (quoted) return { value: quoted, relation: link.relation };
  if (syntax === 'code') {
    const fallback = match(ENVIRONMENT_FALLBACK, text, at);
    const wrapped = fallback ?? match(WRAPPER, text, at);
    const inner = wrapped === undefined ? undefined : readQuoted(text, wrapped);
    return inner && { value: inner, relation: fallback === undefined ? 'call' : 'fallback' };
  }
  if (link.strict || syntax === 'json') return undefined;
  const bare = readBare(text, at, syntax, link.until);
  return bare && { value: bare, relation: link.relation };
}

/** `getenv("NAME",`, `environ.get('NAME',`: the text before the name's quote reads the environment. */
function isEnvironmentRead(text: string, nameStart: number): boolean {
  return /(?:env|environ|config)(?:\.get)?\(\\?["']$/i.test(text.slice(Math.max(0, nameStart - 24), nameStart));
}

/** Skips what may close a name: a quote, a bracket, a parenthesis, `!`. */
function skipClosing(text: string, from: number): { readonly at: number; readonly quoted: boolean } {
  let at = from;
  let quoted = false;
  if (text[at] === '\\' && isQuote(text[at + 1])) at += 1;
  if (isQuote(text[at])) {
    at++;
    quoted = true;
    if (text[at] === ']' || text[at] === ')') {
      at++;
      quoted = false;
    }
  } else if (text[at] === '!' || text[at] === '?') {
    if (text[at + 1] !== '?' && text[at + 1] !== '.' && text[at + 1] !== '=') at++;
  }
  return { at, quoted };
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** The offset behind a match of a sticky expression at `at`; undefined without one. */
function match(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at - from < 200 && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at - from < 200 && (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r')) at++;
  return at;
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
