import { isQuote, match, skipBlanks, skipSpace } from './cursor.js';
import type { FileSyntax } from './file-context.js';

/**
 * How a name and a value belong together: `plain` (`=`, `:`), `fallback` (what is used when an environment variable is not set), `pair`
 * (`set('name', 'value')`, `{ name, value }`), `call` (`setToken('value')`, `token: wrap('value')`), `flag` (`--token value`).
 */
export type Relation = 'plain' | 'fallback' | 'pair' | 'call' | 'flag';

/** What stands between a name and its value. */
export interface Link {
  /** Where the value begins, blanks before it included. */
  readonly at: number;
  readonly relation: Relation;
  /** The value must be quoted. */
  readonly quoted: boolean;
  /** Text at which a bare value ends. */
  readonly until?: string;
}

const PAIR = /[ \t]{0,20},\s{0,80}\\?["']?(?:value|val|default|defaultValue|content)\\?["']?[ \t]{0,4}[:=][ \t]{0,4}/y;
/** `<add key="name" value="` */
const ATTRIBUTE = /[ \t]{1,4}value[ \t]{0,2}=[ \t]{0,2}/y;
/** `<string name="name">value</string>` */
const NAMED_ELEMENT = /<[A-Za-z][\w.-]{0,30}[ \t]{1,4}name=["']$/;
const ANNOTATION = /:[ \t]{0,4}[A-Za-z_][\w.<>|[\] ]{0,40}=[ \t]{0,4}(?=["'`])/y;
const SCHEMA_DEFAULT = /:[ \t]{0,4}[A-Za-z_][\w.()]{0,80}\.default\((?=["'`])/y;
/** `var name string = `, `name: &str = `. */
const TYPE_BEHIND = /(?:string|String|str)[ \t]{0,4}=[ \t]{0,4}(?=["'`])/y;
const MAKE = /:{1,3}=/y;
const ENVIRONMENT_READ = /(?:env|environ|config)(?:\.get|Or[A-Za-z]{1,12})?\(\\?["']$/i;

/** Reads what follows a name; undefined when nothing is given to it. */
export function readLink(text: string, nameStart: number, nameEnd: number, syntax: FileSyntax): Link | undefined {
  const { at: closed, quoted } = skipClosing(text, nameEnd);
  const pair = quoted ? match(PAIR, text, closed) : undefined;
  if (pair !== undefined) return { at: pair, relation: 'pair', quoted: true };
  const attribute = quoted ? match(ATTRIBUTE, text, closed) : undefined;
  if (attribute !== undefined) return { at: attribute, relation: 'plain', quoted: true };
  const at = skipBlanks(text, closed);
  switch (text[at]) {
    case ':':
      return readColon(text, nameStart, at, syntax);
    case '=':
      return readEquals(text, at, quoted);
    case '.':
    case '+':
    case '?':
    case '|':
      return readCompound(text, at);
    case ',':
      if (!quoted) return undefined;
      return { at: at + 1, relation: isEnvironmentRead(text, nameStart) ? 'fallback' : 'pair', quoted: true };
    case '(':
      return at === nameEnd ? { at: at + 1, relation: 'call', quoted: true } : undefined;
    case '>':
      if (
        syntax === 'code' ||
        !(quoted
          ? NAMED_ELEMENT.test(text.slice(Math.max(0, nameStart - 60), nameStart))
          : text[nameStart - 1] === '<' && at === nameEnd)
      )
        return undefined;
      return { at: skipSpace(text, at + 1), relation: 'plain', quoted: false, until: '<' };
    default:
      return readWord(text, nameStart, closed, at, syntax);
  }
}

/** `name: value`, `name := value`, `name: Type = value`, `name: schema().default(value)`, `${name:-value}`. */
function readColon(text: string, nameStart: number, at: number, syntax: FileSyntax): Link | undefined {
  const make = match(MAKE, text, at);
  if (make !== undefined) return { at: make, relation: 'plain', quoted: false };
  if (text[at + 1] === ':') return undefined;
  if (text[at + 1] === '-' && text[nameStart - 1] === '{')
    return { at: at + 2, relation: 'fallback', quoted: false, until: '}' };
  if (syntax === 'code') {
    const annotated = match(ANNOTATION, text, at);
    if (annotated !== undefined) return { at: annotated, relation: 'plain', quoted: true };
    const schema = match(SCHEMA_DEFAULT, text, at);
    if (schema !== undefined) return { at: schema, relation: 'fallback', quoted: true };
  }
  return { at: at + 1, relation: 'plain', quoted: false };
}

/** `name = value`, `'name' => value`; not a comparison, nor an arrow function. */
function readEquals(text: string, at: number, quotedName: boolean): Link | undefined {
  if (text[at + 1] === '=') return undefined;
  if (text[at + 1] === '>') return quotedName ? { at: at + 2, relation: 'plain', quoted: true } : undefined;
  return { at: at + 1, relation: 'plain', quoted: false };
}

/** `.=` (PHP), `+=`, `?=` (make), `||=`; `||` and `??` are followed by what is used when the name has no value. */
function readCompound(text: string, at: number): Link | undefined {
  const character = text[at];
  if (text[at + 1] === '=') return { at: at + 2, relation: 'plain', quoted: false };
  if (character === '.' || character === '+' || text[at + 1] !== character) return undefined;
  return { at: text[at + 2] === '=' ? at + 3 : at + 2, relation: 'fallback', quoted: true };
}

/** `getenv("NAME") or "value"`, `var name string = "value"`, `--name value`. */
function readWord(text: string, nameStart: number, closed: number, at: number, syntax: FileSyntax): Link | undefined {
  if (at === closed) return undefined;
  if (text.startsWith('or ', at)) return { at: at + 3, relation: 'fallback', quoted: true };
  const typed = match(TYPE_BEHIND, text, at);
  if (typed !== undefined) return { at: typed, relation: 'plain', quoted: true };
  if (syntax === 'code' || !text.startsWith('--', nameStart)) return undefined;
  return { at, relation: 'flag', quoted: false, until: ' ' };
}

/** `getenv("NAME",`, `environ.get('NAME',`: the text before the name's quote reads the environment. */
function isEnvironmentRead(text: string, nameStart: number): boolean {
  return ENVIRONMENT_READ.test(text.slice(Math.max(0, nameStart - 24), nameStart));
}

/** Skips what may close a name: a quote, a bracket, a parenthesis, `!`. */
function skipClosing(text: string, from: number): { readonly at: number; readonly quoted: boolean } {
  let at = from;
  if (text[at] === '\\' && isQuote(text[at + 1])) at++;
  if (isQuote(text[at])) {
    at++;
    return text[at] === ']' || text[at] === ')' ? { at: at + 1, quoted: false } : { at, quoted: true };
  }
  if (text[at] === '!' && text[at + 1] !== '=') at++;
  else if (text[at] === '?' && text[at + 1] === ':') at++;
  return { at, quoted: false };
}
