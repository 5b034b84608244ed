import { describe, expect, it } from 'vitest';
import type { TypeNode } from '../../src/ir/type.js';
import { lowered } from './lowered.js';

const reference = (name: string, ...args: TypeNode[]): TypeNode => ({
  kind: 'reference',
  name: name.split('.'),
  import: -1,
  args,
});
const primitive = (name: string): TypeNode => ({ kind: 'primitive', name });
const unknown: TypeNode = { kind: 'unknown' };

/** The type of `type T = …`. */
function typeOf(text: string, path?: string): TypeNode {
  return lowered(`type T = ${text};`, path).types[0]!.type;
}

describe('TypeScript types', () => {
  const cases: readonly (readonly [string, TypeNode])[] = [
    ['string', primitive('string')],
    ['unknown', primitive('unknown')],
    ['A.B<string, C>', reference('A.B', primitive('string'), reference('C'))],
    ['A[]', { kind: 'array', element: reference('A') }],
    ['readonly A[]', { kind: 'array', element: reference('A') }],
    [
      '[A, b: B, C?, ...D[]]',
      {
        kind: 'tuple',
        elements: [reference('A'), reference('B'), reference('C'), { kind: 'array', element: reference('D') }],
      },
    ],
    [
      "A | 'x' | 1 | null",
      {
        kind: 'union',
        types: [reference('A'), { kind: 'literal', value: 'x' }, { kind: 'literal', value: '1' }, primitive('null')],
      },
    ],
    ['A & B', { kind: 'intersection', types: [reference('A'), reference('B')] }],
    [
      '(a: A, b) => Promise<B>',
      { kind: 'function', params: [reference('A'), unknown], result: reference('Promise', reference('B')) },
    ],
    ['typeof a.b', { kind: 'query', name: ['a', 'b'], import: -1 }],
    ["A['k']", { kind: 'index', object: reference('A'), key: 'k' }],
    ['A[number]', { kind: 'index', object: reference('A'), key: '[]' }],
    [`\`a\${string}\``, primitive('string')],
    ['keyof A', unknown],
    ['A extends B ? C : D', unknown],
  ];
  it.each(cases)('%s', (text, type) => {
    expect(typeOf(text)).toEqual(type);
  });

  it('enter the imports of import types', () => {
    const file = lowered("type T = import('./x').Y.Z<A>;");
    expect(file.types[0]!.type).toEqual({ kind: 'reference', name: ['Y', 'Z'], import: 0, args: [reference('A')] });
    expect(file.imports).toEqual([{ specifier: 0, name: 'Y', local: '' }]);
    expect(file.specifiers).toEqual([{ text: './x', start: 16, end: 21, typeOnly: true, form: 'import' }]);
  });

  it('refer to the import of their first part', () => {
    const file = lowered("import * as N from 'n'; let a: N.User;  export const b: N.Other = a;");
    expect(file.functions[0]!.slotTypes).toEqual([
      [0, { kind: 'reference', name: ['N', 'User'], import: 0, args: [] }],
    ]);
    expect(file.variables).toEqual([
      {
        name: 'b',
        kind: 'const',
        start: 53,
        end: 54,
        type: { kind: 'reference', name: ['N', 'Other'], import: 0, args: [] },
      },
    ]);
  });
});

describe('type declarations', () => {
  it('hold members, type parameters, heritage and tags', () => {
    const text = `
      /** @pii */
      export interface User<T, U = 1> extends Base<T>, N.Other {
        email?: string; // @pii email
        name: string;
        /** @secret */ 'api-key': string;
        find(id: number): User;
        [key: string]: any;
        get age(): number;
        (call: string): void;
      }
      type Rows = { [K in Keys]: Row };`;
    const [user, rows] = lowered(text).types;
    const span = (member: string) => ({ start: text.indexOf(member), end: text.indexOf(member) + member.length });
    expect(user).toEqual({
      kind: 'interface',
      name: 'User',
      exported: true,
      parameters: ['T', 'U'],
      extends: [reference('Base', reference('T')), reference('N.Other')],
      tags: '* @pii',
      start: text.indexOf('interface'),
      end: text.indexOf('}') + 1,
      type: {
        kind: 'object',
        members: [
          { name: 'email', type: primitive('string'), optional: true, tags: '@pii email', ...span('email?: string;') },
          { name: 'name', type: primitive('string'), optional: false, ...span('name: string;') },
          {
            name: 'api-key',
            type: primitive('string'),
            optional: false,
            tags: '* @secret',
            ...span("'api-key': string;"),
          },
          {
            name: 'find',
            type: { kind: 'function', params: [primitive('number')], result: reference('User') },
            optional: false,
            ...span('find(id: number): User;'),
          },
          { name: '[]', type: primitive('any'), optional: false, ...span('[key: string]: any;') },
          { name: 'age', type: primitive('number'), optional: false, ...span('get age(): number;') },
        ],
      },
    });
    expect(rows!.type).toMatchObject({ kind: 'object', members: [{ name: '[]', type: reference('Row') }] });
  });

  it('are exported by lists too, and enums are types', () => {
    const file = lowered(
      "interface A {} type B = A; export { A }; export type { B as C }; export enum E { X, Y = 'y', Z = f() }",
    );
    expect(file.types.map(({ kind, name, exported }) => `${kind} ${name} ${exported}`)).toEqual([
      'interface A true',
      'alias B true',
      'enum E true',
    ]);
    expect(file.types[2]!.type).toEqual({
      kind: 'union',
      types: [{ kind: 'literal', value: '0' }, { kind: 'literal', value: 'y' }, unknown],
    });
    expect(file.exports).toEqual([{ kind: 'variable', name: 'E', variable: 0 }]);
  });
});

describe('Flow types', () => {
  it('are read where the file is Flow', () => {
    const file = lowered(
      `// @flow
      import type { A } from './a';
      export type User = {| email: string, +tags?: ?Array<A>, cb: (string) => void |};
      opaque type Id: string = string;
      function f(u: User, n: ?number): A { return (u: any); }
      declare var x: number;`,
      'file.js',
    );
    expect(file.types.map(({ name, type }) => [name, type])).toMatchObject([
      [
        'User',
        {
          kind: 'object',
          members: [
            { name: 'email', type: primitive('string'), optional: false },
            {
              name: 'tags',
              type: { kind: 'reference', name: ['Array'], args: [{ name: ['A'], import: 0 }] },
              optional: true,
            },
            { name: 'cb', type: { kind: 'function', params: [primitive('string')], result: primitive('void') } },
          ],
        },
      ],
      ['Id', primitive('string')],
    ]);
    expect(file.functions[1]!.params.map((param) => param.type)).toEqual([reference('User'), primitive('number')]);
    expect(file.specifiers[0]!.typeOnly).toBe(true);
  });
});
