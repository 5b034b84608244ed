import { describe, expect, it } from 'vitest';
import type { TypeNode } from '../../src/ir/type.js';
import { readSchemas } from '../../src/schema/read-schemas.js';

function words(type: TypeNode): string {
  if (type.kind === 'primitive') return type.name;
  if (type.kind === 'reference') return type.name.join('.');
  if (type.kind === 'array') return `${words(type.element)}[]`;
  if (type.kind === 'object') return `{${type.members.map(({ name }) => name).join(',')}}`;
  return type.kind;
}

/** `name: type tags` of each member of each type. */
function read(path: string, text: string): Record<string, string[]> {
  const [file] = readSchemas([{ path, text, tree: () => JSON.parse(text) }]);
  return Object.fromEntries(
    (file?.types ?? []).map(({ name, kind, type, tags }) => [
      [kind === 'interface' ? '' : `${kind} `, name, tags ? ` (${tags.trim()})` : ''].join(''),
      type.kind === 'object'
        ? type.members.map(
            (member) => `${member.name}: ${words(member.type)}${member.tags ? ` (${member.tags.trim()})` : ''}`,
          )
        : [words(type)],
    ]),
  );
}

describe('SQL in code', () => {
  it('tables that the program makes by itself', () => {
    const text = [
      'const name = `users`;',
      'pool.query(`CREATE TABLE IF NOT EXISTS visitors (id serial PRIMARY KEY, mobile VARCHAR(40), created_at TIMESTAMP)`);',
      "db.exec('create table runs (id int)');",
    ].join('\n');
    expect(read('src/database.ts', text)).toEqual({
      visitors: ['id: number', 'mobile: string', 'created_at: unknown'],
      runs: ['id: number'],
    });
  });

  it('no table where a text only speaks of one', () => {
    expect(read('src/help.ts', "const help = 'You can create table views (of any kind) here';")).toEqual({});
  });
});

describe('Prisma', () => {
  it('models, with tags before and behind a field, relations, enumerations and mapped names', () => {
    const text = `
/// A person. @sensitivity high
model UserProfile {
  id        Int      @id // not a tag @pii
  /// @pii
  nickname  String?
  verified  Boolean  @default(false) /// @sensitivity none
  posts     Post[]
  role      Role
  @@map("user_profiles")
  @@index([nickname])
}
model Post { }
enum Role { ADMIN }
`;
    expect(read('prisma/schema.prisma', text)).toEqual({
      'UserProfile (A person. @sensitivity high)': [
        'id: number',
        'nickname: string (@pii)',
        'verified: boolean (@sensitivity none)',
        'posts: Post[]',
        'role: Role',
      ],
      'alias userProfile': ['UserProfile'],
      'alias user_profiles': ['UserProfile'],
      Post: [],
      'alias post': ['Post'],
      'enum Role': [],
      'alias role': ['Role'],
    });
  });
});

describe('SQL', () => {
  it('tables with constraints, comments, quoted names, and columns that later files add', () => {
    const files = [
      {
        path: 'migrations/1.sql',
        text: `CREATE TABLE IF NOT EXISTS "public"."users" (
  id serial PRIMARY KEY, -- the key
  "email" varchar(255) NOT NULL, -- @pii
  -- @secret
  pin numeric(4, 0),
  is_admin boolean DEFAULT false,
  CONSTRAINT users_email UNIQUE (email),
  FOREIGN KEY (id) REFERENCES teams (id)
);
COMMENT ON COLUMN users.is_admin IS '@sensitivity none';`,
        tree: () => undefined,
      },
      {
        path: 'migrations/2.sql',
        text: 'ALTER TABLE users ADD COLUMN phone text, ADD CONSTRAINT c CHECK (id > 0);\nalter table other add x text;',
        tree: () => undefined,
      },
    ];
    const [file, ...rest] = readSchemas(files);
    expect(rest).toEqual([]);
    const [users] = file!.types;
    expect(users?.name).toBe('users');
    const members = users?.type.kind === 'object' ? users.type.members : [];
    expect(members.map(({ name, type, tags }) => [name, words(type), tags?.trim() ?? ''])).toEqual([
      ['id', 'number', ''],
      ['email', 'string', '-- @pii'],
      ['pin', 'number', '-- @secret'],
      ['is_admin', 'boolean', '@sensitivity none'],
      ['phone', 'string', ''],
    ]);
  });
});

describe('GraphQL', () => {
  it('types and inputs, with directives, descriptions and comments as tags', () => {
    const text = `
type Query { user(id: ID!): User }
"""A person"""
type User @key(fields: "id") {
  id: ID!
  email: String! @pii
  """Where they live. @personal"""
  place(format: String): String
  friends: [User!]! # @sensitivity low
  role: Role
}
extend type User { age: Int }
enum Role { ADMIN USER }
`;
    expect(read('schema.graphql', text)).toEqual({
      'User (A person  @key(fields: "id"))': [
        'id: string',
        'email: string (@pii)',
        'place: string (Where they live. @personal)',
        'friends: User[] (@sensitivity low)',
        'role: Role',
        'age: number',
      ],
      'enum Role': [],
    });
  });
});

describe('OpenAPI', () => {
  it('component schemas, with extensions and descriptions as tags', () => {
    const document = {
      openapi: '3.1.0',
      components: {
        schemas: {
          User: {
            type: 'object',
            properties: {
              id: { type: 'integer' },
              memo: { type: 'string', 'x-pii': true },
              tags: { type: 'array', items: { type: 'string' } },
              boss: { $ref: '#/components/schemas/User' },
              plan: { enum: ['free', 'paid'] },
              home: { type: 'object', properties: { street: { type: 'string' } } },
            },
          },
          Admin: { allOf: [{ properties: { level: { type: ['string', 'null'] } } }], 'x-sensitivity': 'high' },
          Plan: { enum: ['free'] },
        },
      },
    };
    expect(read('openapi.json', JSON.stringify(document))).toEqual({
      User: ['id: number', 'memo: string (@pii)', 'tags: string[]', 'boss: User', 'plan: literal', 'home: {street}'],
      'Admin (@sensitivity high)': ['level: string'],
      'enum Plan': [],
    });
  });

  it('leaves other settings alone', () => {
    expect(read('package.json', '{ "name": "openapi" }')).toEqual({});
  });
});
