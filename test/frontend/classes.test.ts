import { describe, expect, it } from 'vitest';
import { listing, lowered } from './lowered.js';

describe('classes', () => {
  it('make their functions, then the class', () => {
    expect(
      listing(
        'class A { #x = 1; static s = 2; get v() { return this.#x; } static m() {} async *g() {} static { init(this); } }',
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $1 = closure A.constructor()
      $2 = closure A.<static>()
      $3 = closure A.get v()
      $4 = closure A.m()
      $5 = closure A.g()
      A$0 = class A(extends -, constructor $1, static $2, $3, $4, $5)
      return -
      constructor A.constructor() this=this$0
      b0:
      $1 = number "1"
      this$0.#x = $1
      return -
      static-block A.<static>() this=this$0
      b0:
      $1 = number "2"
      this$0.s = $1
      $2 = global init
      $3 = call $2(this$0)
      return -
      getter A.get v() this=this$0
      b0:
      $1 = this$0.#x
      return $1
      method A.m()
      b0:
      return -
      method A.g()
      b0:
      return -"
    `);
  });

  it('forward the arguments where no constructor is written', () => {
    expect(listing('class A extends B { list = []; }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      super$1 = global B
      $2 = closure A.constructor(super$1)
      A$0 = class A(extends super$1, constructor $2, static -)
      return -
      constructor A.constructor() this=this$0 arguments=arguments$1 captures super$2
      b0:
      $3 = super call super$2(...arguments$1) on this$0
      $4 = alloc array
      this$0.list = $4
      return -"
    `);
  });

  it('initialise fields behind super, and store parameter properties', () => {
    expect(
      listing('class A extends B { x = f; constructor(private readonly svc: Svc, f = 1) { super(svc); this.y = f; } }'),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      super$1 = global B
      $2 = closure A.constructor(super$1)
      A$0 = class A(extends super$1, constructor $2, static -)
      return -
      constructor A.constructor(svc$2, f$3) this=this$0 captures super$1
      b0:
      this$0.svc = svc$2
      $5 = number "1"
      f$4 = either(f$3, $5)
      $6 = super call super$1(svc$2) on this$0
      $7 = global f
      this$0.x = $7
      this$0.y = f$4
      return -"
    `);
  });

  it('do not show the constructor’s parameters to field initialisers', () => {
    expect(listing('const name = g(); class A { label = name; constructor(name) {} }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = global g
      $1 = call $0()
      @name = $1
      $3 = closure A.constructor()
      A$2 = class A(extends -, constructor $3, static -)
      return -
      constructor A.constructor(name$1) this=this$0
      b0:
      $2 = @name
      this$0.label = $2
      return -"
    `);
  });

  it('read super from the prototype, in static members from the class', () => {
    expect(
      listing('class A extends B { m() { return () => super.m(1); } static s() { return super.s; } }'),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      super$1 = global B
      $2 = closure A.constructor(super$1)
      $3 = closure A.m(super$1)
      $4 = closure A.s(super$1)
      A$0 = class A(extends super$1, constructor $2, static -, $3, $4)
      return -
      constructor A.constructor() this=this$0 arguments=arguments$1 captures super$2
      b0:
      $3 = super call super$2(...arguments$1) on this$0
      return -
      method A.m() this=this$0 captures super$1
      b0:
      $2 = closure A.m.<anonymous 1>(this$0, super$1)
      return $2
      arrow A.m.<anonymous 1>() captures this$0, super$1
      b0:
      $2 = super$1.prototype
      $3 = $2.m
      $4 = number "1"
      $5 = call $3($4) on this$0
      return $5
      method A.s() this=this$0 captures super$1
      b0:
      $2 = super$1.s
      return $2"
    `);
  });

  it('refer to themselves by name', () => {
    expect(
      listing('export class A { m() { return new A(); } } const B = class C { m() { return C; } };'),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = closure A.constructor()
      $1 = closure A.m()
      $2 = class A(extends -, constructor $0, static -, $1)
      @A = $2
      C$4 = alloc box
      $5 = closure C.constructor()
      $6 = closure C.m(C$4)
      B$3 = class C(extends -, constructor $5, static -, $6)
      C$4.% = B$3
      return -
      constructor A.constructor()
      b0:
      return -
      method A.m()
      b0:
      $0 = @A
      $1 = new call $0()
      return $1
      constructor C.constructor()
      b0:
      return -
      method C.m() captures box C$0
      b0:
      $1 = C$0.%
      return $1"
    `);
  });

  it('leave out what exists for the compiler only', () => {
    expect(
      listing(
        'abstract class A { declare d: X; abstract x: Y; abstract m(): void; o(a: string): void; o(a) {} [k: string]: any; }',
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $1 = closure A.constructor()
      $2 = closure A.o()
      A$0 = class A(extends -, constructor $1, static -, $2)
      return -
      constructor A.constructor()
      b0:
      return -
      method A.o(a$0)
      b0:
      return -"
    `);
  });

  it('are given to their decorators; those of members are data', () => {
    expect(
      listing(
        "@Injectable({ scope: 1 }) class A { @Prop({ type: () => Number }) n: number; @Get('x') m(@Body() b: Dto) {} }",
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $1 = closure A.constructor()
      $2 = closure A.m()
      A$0 = class A(extends -, constructor $1, static -, $2)
      $3 = global Prop
      $4 = alloc object
      $5 = closure type()
      $4.type = $5
      $6 = call $3($4)
      $7 = global Injectable
      $8 = alloc object
      $9 = number "1"
      $8.scope = $9
      $10 = call $7($8)
      $11 = decorator call $10(A$0)
      return -
      constructor A.constructor()
      b0:
      return -
      arrow type()
      b0:
      $0 = global Number
      return $0
      method A.m(b$0)
      b0:
      return -"
    `);
  });

  it('evaluate computed keys outside', () => {
    expect(listing("class A { [k()]() {} ['known'] = 1; [Symbol.iterator]() {} }")).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $1 = global k
      $2 = call $1()
      $3 = closure A.constructor()
      $4 = closure A.<anonymous 1>()
      $5 = closure A.@@iterator()
      A$0 = class A(extends -, constructor $3, static -, $4, $5)
      return -
      constructor A.constructor() this=this$0
      b0:
      $1 = number "1"
      this$0.known = $1
      return -
      method A.<anonymous 1>()
      b0:
      return -
      method A.@@iterator()
      b0:
      return -"
    `);
  });
});

describe('class rows', () => {
  it('hold members, types, decorators and tags', () => {
    const text = `
      import { Post as P, Inject } from 'nest';
      import { Base } from './base';
      @Controller('users')
      export class Users extends Base<User> implements OnInit, N.Other {
        /** @pii home address */
        address?: string;
        static count: number = 0;
        #secret;
        constructor(@Inject(TOKEN) private readonly repo: Repo<User>, @Inject('name') plain) { super(); }
        @P('create') create(@Body() dto: CreateUser) {}
        set name(v) {}
      }`;
    const file = lowered(text);
    const [users] = file.classes;
    const nest = file.imports.findIndex((row) => row.local === 'P');
    expect(users).toEqual({
      name: 'Users',
      start: text.indexOf('@Controller'),
      end: text.length,
      parent: 0,
      constructorFunction: 1,
      staticFunction: 2,
      methods: [
        { name: 'create', kind: 'method', isStatic: false, function: 3 },
        { name: 'name', kind: 'setter', isStatic: false, function: 4 },
      ],
      fields: [
        {
          name: 'address',
          isStatic: false,
          type: { kind: 'primitive', name: 'string' },
          decorators: [],
          tags: '* @pii home address',
          start: text.indexOf('address?'),
          end: text.indexOf('address?') + 'address?: string;'.length,
        },
        {
          name: 'count',
          isStatic: true,
          type: { kind: 'primitive', name: 'number' },
          decorators: [],
          start: text.indexOf('static count'),
          end: text.indexOf('static count') + 'static count: number = 0;'.length,
        },
        {
          name: '#secret',
          isStatic: false,
          decorators: [],
          start: text.indexOf('#secret'),
          end: text.indexOf('#secret') + '#secret;'.length,
        },
      ],
      superType: {
        kind: 'reference',
        name: ['Base'],
        import: file.imports.findIndex((row) => row.local === 'Base'),
        args: [{ kind: 'reference', name: ['User'], import: -1, args: [] }],
      },
      implementsTypes: [
        { kind: 'reference', name: ['OnInit'], import: -1, args: [] },
        { kind: 'reference', name: ['N', 'Other'], import: -1, args: [] },
      ],
      decorators: [{ name: 'Controller', import: -1, args: ['users'] }],
    });
    expect(file.functions[3]!.decorators).toEqual([{ name: 'P', import: nest, args: ['create'] }]);
    expect(file.functions[3]!.params[0]!.decorators).toEqual([{ name: 'Body', import: -1, args: [] }]);
    const inject = file.imports.findIndex((row) => row.local === 'Inject');
    expect(file.functions[1]!.params.map(({ name, property, decorators }) => ({ name, property, decorators }))).toEqual(
      [
        {
          name: 'repo',
          property: true,
          decorators: [
            {
              name: 'Inject',
              import: inject,
              args: [''],
              token: { kind: 'reference', name: ['TOKEN'], import: -1, args: [] },
            },
          ],
        },
        { name: 'plain', property: false, decorators: [{ name: 'Inject', import: inject, args: ['name'] }] },
      ],
    );
  });
});
