import type { TypeMember, TypeNode } from '../ir/type.js';
import { type Entity, member, NUMBER_TYPE, OPEN_TYPE, TEXT_TYPE, TRUTH_TYPE } from './entity.js';
import type { SchemaText } from './read-schemas.js';

const NAME = String.raw`((?:["\x60[]?[\w$]+["\x60\]]?\.)*["\x60[]?[\w$]+["\x60\]]?)`;
const CREATE = new RegExp(
  String.raw`\bcreate\s+(?:or\s+replace\s+)?(?:(?:global|local|temp|temporary|unlogged)\s+)*table\s+(?:if\s+not\s+exists\s+)?${NAME}\s*\(`,
  'gi',
);
const ALTER = new RegExp(String.raw`\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}\s+([^;]*)`, 'gi');
const ADD = /\badd\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(["`[]?[A-Za-z_][\w$]*["`\]]?)\s+([A-Za-z]\w*)/gi;
const COMMENT = new RegExp(String.raw`\bcomment\s+on\s+column\s+${NAME}\s+is\s+'((?:[^']|'')*)'`, 'gi');
/** First words of what stands among columns and is none. */
const CONSTRAINTS =
  /^(?:constraint|primary|unique|foreign|check|key|index|exclude|like|fulltext|spatial|add|alter|drop|if)$/i;

interface Table {
  readonly file: SchemaText;
  readonly name: string;
  readonly members: TypeMember[];
  readonly start: number;
  readonly end: number;
}

/** The tables that migrations make, with the columns that later ones add; each belongs to the file that makes it. */
export function readSql(
  files: readonly SchemaText[],
): readonly { readonly file: SchemaText; readonly entities: readonly Entity[] }[] {
  const tables = new Map<string, Table>();
  for (const file of files) {
    const { text } = file;
    for (const match of text.matchAll(CREATE)) {
      const name = plainName(match[1]!);
      const start = match.index;
      const open = start + match[0].length;
      const end = closingBracket(text, open);
      if (!tables.has(name)) tables.set(name, { file, name, members: columns(text, open, end), start, end });
    }
    for (const match of text.matchAll(ALTER)) {
      const members = tables.get(plainName(match[1]!))?.members;
      for (const [, column, type] of match[2]!.matchAll(ADD)) {
        const name = plainName(column!);
        if (members && !CONSTRAINTS.test(name) && !members.some((known) => known.name === name))
          members.push(member(name, typeOf(type!), '', match.index, match.index + match[0].length));
      }
    }
    for (const match of text.matchAll(COMMENT)) addComment(tables, match[1]!, match[2]!);
  }
  return files.map((file) => ({
    file,
    entities: [...tables.values()]
      .filter((table) => table.file === file && table.members.length > 0)
      .map(({ name, members, start, end }) => ({ name, aliases: [], kind: 'entity' as const, members, start, end })),
  }));
}

function addComment(tables: ReadonlyMap<string, Table>, column: string, text: string): void {
  const parts = column.split('.');
  const members = tables.get(plainName(parts.slice(0, -1).join('.')))?.members;
  const index = members?.findIndex((known) => known.name === plainName(column)) ?? -1;
  if (index >= 0 && text.includes('@')) members![index] = { ...members![index]!, tags: text };
}

/** The last part of a name, without quotes. */
function plainName(text: string): string {
  return text
    .split('.')
    .at(-1)!
    .replace(/["`[\]]/g, '');
}

/** Offset of the bracket that closes the one before `from`; the end of the text where there is none. */
function closingBracket(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i;
    else if (c === "'") i = skipTo(text, "'", i + 1);
    else if (c === '-' && text[i + 1] === '-') i = skipTo(text, '\n', i);
  }
  return text.length;
}

function skipTo(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? text.length : found;
}

/** The columns between two offsets. A line comment with an `@` tag belongs to the column on its line, or to the next where it stands alone. */
function columns(text: string, from: number, to: number): TypeMember[] {
  const members: TypeMember[] = [];
  let start = from;
  let depth = 0;
  let tags = '';
  let definition = '';
  const close = (end: number): void => {
    const found = /^\s*(["`[]?[A-Za-z_][\w$]*["`\]]?)\s+([A-Za-z]\w*)/.exec(definition);
    if (found && !CONSTRAINTS.test(found[1]!))
      members.push(member(plainName(found[1]!), typeOf(found[2]!), tags, start, end));
    tags = '';
    definition = '';
    start = end + 1;
  };
  for (let i = from; i < to; i++) {
    const c = text[i]!;
    if (c === '-' && text[i + 1] === '-') {
      const end = Math.min(skipTo(text, '\n', i), to);
      const comment = text.slice(i, end);
      // Behind the comma, on the same line, it still belongs to the column before.
      const last = members.at(-1);
      if (last && definition.trim() === '' && !text.slice(last.end, i).includes('\n')) {
        if (comment.includes('@')) members[members.length - 1] = { ...last, tags: comment };
      } else tags += comment;
      i = end;
      continue;
    }
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ',' && depth === 0) close(i);
    else definition += c;
  }
  close(to);
  return members;
}

function typeOf(name: string): TypeNode {
  if (/^bool/i.test(name)) return TRUTH_TYPE;
  if (
    /^(?:int|integer|bigint|smallint|tinyint|mediumint|serial|bigserial|numeric|decimal|real|double|float)/i.test(name)
  )
    return NUMBER_TYPE;
  return /char|text|clob|citext/i.test(name) ? TEXT_TYPE : OPEN_TYPE;
}
