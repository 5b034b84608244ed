import type { TypeMember, TypeNode } from '../ir/type.js';
import { type Entity, member, NUMBER_TYPE, OPEN_TYPE, referenceTo, TEXT_TYPE, TRUTH_TYPE } from './entity.js';

const SCALARS: Readonly<Record<string, TypeNode>> = {
  String: TEXT_TYPE,
  ID: TEXT_TYPE,
  Int: NUMBER_TYPE,
  Float: NUMBER_TYPE,
  Boolean: TRUTH_TYPE,
};
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);
const BLOCK =
  /(?:"""([\s\S]*?)"""\s*|"([^"\n]*)"\s*)?\b(?:extend\s+)?(type|input|interface|enum)\s+(\w+)([^{}]*)\{([^{}]*)\}/g;
const FIELD =
  /^(?:\s*"""([\s\S]*?)"""|\s*"([^"\n]*)")?\s*(\w+)\s*(?:\([^)]*\))?\s*:\s*(\[*)\s*(\w+)[\]! \t]*([^\n]*)/gm;
const COMMENT = /#[^\n]*/g;

/** The object types, inputs and enumerations of a GraphQL document; directives and descriptions are their tags. */
export function readGraphql(text: string): Entity[] {
  const scalars = new Set(Object.keys(SCALARS));
  const declared = new Set([...text.matchAll(/\b(?:type|input|interface|enum)\s+(\w+)/g)].map(([, name]) => name!));
  const entities = new Map<string, Entity>();
  for (const match of text.matchAll(BLOCK)) {
    const [whole, block = '', line = '', word, name, heading = '', body = ''] = match;
    if (ROOTS.has(name!)) continue;
    const start = match.index;
    const end = start + whole.length;
    const bodyStart = end - 1 - body.length;
    const known = entities.get(name!);
    const tags = `${known?.tags ?? ''}${block}${line} ${heading}`;
    const members: TypeMember[] = [...(known?.members ?? [])];
    if (word !== 'enum')
      for (const field of blankComments(body).matchAll(FIELD)) {
        const [fieldText, described = '', described2 = '', fieldName, list, typeName] = field;
        const type = scalars.has(typeName!)
          ? SCALARS[typeName!]!
          : declared.has(typeName!)
            ? referenceTo(typeName!)
            : OPEN_TYPE;
        const from = bodyStart + field.index;
        const own = `${described}${described2} ${field[6]} ${lineComment(body, field.index + fieldText.length)}`;
        members.push(
          member(fieldName!, list ? { kind: 'array', element: type } : type, own, from, from + fieldText.length),
        );
      }
    entities.set(name!, {
      name: name!,
      aliases: [],
      kind: word === 'enum' ? 'enum' : 'entity',
      members,
      start,
      end,
      ...(tags.includes('@') && { tags }),
    });
  }
  return [...entities.values()];
}

/** The text with its comments as blanks, so that offsets stay. */
function blankComments(text: string): string {
  return text.replace(COMMENT, (comment) => ' '.repeat(comment.length));
}

/** The comment on the line that ends at, or behind, an offset. */
function lineComment(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return /#([^\n]*)/.exec(text.slice(start, end < 0 ? undefined : end))?.[1] ?? '';
}
