import type { TypeMember, TypeNode } from '../ir/type.js';
import { type Entity, member, NUMBER_TYPE, OPEN_TYPE, referenceTo, TEXT_TYPE, TRUTH_TYPE } from './entity.js';

const SCALARS: Readonly<Record<string, TypeNode>> = {
  String: TEXT_TYPE,
  Int: NUMBER_TYPE,
  BigInt: NUMBER_TYPE,
  Float: NUMBER_TYPE,
  Decimal: NUMBER_TYPE,
  Boolean: TRUTH_TYPE,
  DateTime: OPEN_TYPE,
  Json: OPEN_TYPE,
  Bytes: OPEN_TYPE,
};
const BLOCK = /^\s*(model|type|view|enum)\s+(\w+)\s*\{/;
const FIELD = /^\s*(\w+)\s+(\w+)(\[\])?\??(?=\s|$)/;
const MAP = /@@map\(\s*(?:name:\s*)?"([^"]+)"/;

/** The models, views, composite types and enumerations of a Prisma schema. `///` comments before a thing, or behind it, belong to it. */
export function readPrisma(text: string): Entity[] {
  const entities: Entity[] = [];
  let open: { entity: Entity; members: TypeMember[]; aliases: string[] } | undefined;
  let comment = '';
  let offset = 0;
  for (const line of text.split('\n')) {
    const start = offset;
    const end = start + line.length;
    offset = end + 1;
    const documented = /^\s*\/\/\/(.*)$/.exec(line);
    if (documented) {
      comment += `${documented[1]!.trim()}\n`;
      continue;
    }
    const block = BLOCK.exec(line);
    if (block) {
      const kind = block[1] === 'enum' ? 'enum' : 'entity';
      const name = block[2]!;
      const members: TypeMember[] = [];
      const aliases = [clientName(name)];
      const tags = comment.includes('@') && { tags: comment };
      open = { entity: { name, aliases, kind, members, start, end, ...tags }, members, aliases };
      entities.push(open.entity);
    } else if (/^\s*\}/.test(line)) open = undefined;
    else if (open) {
      const table = MAP.exec(line);
      if (table) open.aliases.push(table[1]!);
      const field = FIELD.exec(line);
      if (field && open.entity.kind === 'entity') {
        const behind = /\/\/\/(.*)$/.exec(line)?.[1] ?? '';
        open.members.push(member(field[1]!, typeOf(field[2]!, field[3] !== undefined), comment + behind, start, end));
      }
    }
    comment = '';
  }
  return entities;
}

function typeOf(name: string, list: boolean): TypeNode {
  const type = SCALARS[name] ?? referenceTo(name);
  return list ? { kind: 'array', element: type } : type;
}

/** The name by which the client calls a model: `prisma.userProfile` for `UserProfile`. */
function clientName(model: string): string {
  return model.charAt(0).toLowerCase() + model.slice(1);
}
