import { describe, expect, it } from 'vitest';
import { listing, lowered } from './lowered.js';

describe('captures', () => {
  it('passes by value what is assigned once, before the closure', () => {
    expect(listing('function f(p) { const a = g(p); let b; b = a; return () => [p, a, b]; }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      return -
      function f(p$0)
      b0:
      $2 = global g
      a$1 = call $2(p$0)
      b$3 = a$1
      $4 = closure f.<anonymous 1>(p$0, a$1, b$3)
      return $4
      arrow f.<anonymous 1>() captures p$0, a$1, b$2
      b0:
      $3 = alloc array
      $3.0 = p$0
      $3.1 = a$1
      $3.2 = b$2
      return $3"
    `);
  });

  it('boxes what is assigned again, or behind the closure', () => {
    expect(
      listing(
        'function f(p, q) { p = p || q; let n = 0; const g = () => { n++; return late(p, q); }; const late = h; return g; }',
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      return -
      function f(p$0, q$1)
      b0:
      p$2 = alloc box
      n$3 = alloc box
      late$4 = alloc box
      p$2.% = p$0
      $5 = p$2.%
      $6 = either($5, q$1)
      p$2.% = $6
      $7 = number "0"
      n$3.% = $7
      g$8 = closure f.g(n$3, late$4, p$2, q$1)
      $9 = global h
      late$4.% = $9
      return g$8
      arrow f.g() captures box n$0, box late$1, box p$2, q$3
      b0:
      $4 = n$0.%
      $5 = number($4)
      n$0.% = $5
      $6 = late$1.%
      $7 = p$2.%
      $8 = call $6($7, q$3)
      return $8"
    `);
  });

  it('boxes what a hoisted function captures before it is assigned', () => {
    expect(
      listing(
        'function f() { const a = 1; return g(); function g() { return a + f2(); } function f2() { return g; } }',
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      return -
      function f()
      b0:
      a$0 = alloc box
      g$1 = alloc box
      f2$2 = alloc box
      $3 = closure f.g(a$0, f2$2)
      g$1.% = $3
      $4 = closure f.f2(g$1)
      f2$2.% = $4
      $5 = number "1"
      a$0.% = $5
      $6 = g$1.%
      $7 = call $6()
      return $7
      function f.g() captures box a$0, box f2$1
      b0:
      $2 = a$0.%
      $3 = f2$1.%
      $4 = call $3()
      $5 = text($2, $4)
      return $5
      function f.f2() captures box g$0
      b0:
      $1 = g$0.%
      return $1"
    `);
  });

  it('makes a box for each round of a loop body', () => {
    expect(listing('function f(xs) { for (const x of xs) { let n = x; g(() => n++); } }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      return -
      function f(xs$0)
      b0:
      jump b1
      b1:
      branch - b2 b3
      b2:
      x$1 = xs$0.[]
      n$2 = alloc box
      n$2.% = x$1
      $3 = global g
      $4 = closure f.<g callback>(n$2)
      $5 = call $3($4)
      jump b1
      b3:
      return -
      arrow f.<g callback>() captures box n$0
      b0:
      $1 = n$0.%
      $2 = number($1)
      n$0.% = $2
      return $2"
    `);
  });

  it('captures through functions in between', () => {
    expect(listing('function f(p) { return () => () => p; }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      return -
      function f(p$0)
      b0:
      $1 = closure f.<anonymous 1>(p$0)
      return $1
      arrow f.<anonymous 1>() captures p$0
      b0:
      $1 = closure f.<anonymous 1>.<anonymous 1>(p$0)
      return $1
      arrow f.<anonymous 1>.<anonymous 1>() captures p$0
      b0:
      return p$0"
    `);
  });

  it('captures this and arguments in arrows, not in functions', () => {
    expect(
      listing('function f() { return [() => this.x + arguments[0], function () { return this; }]; }'),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      return -
      function f() this=this$0 arguments=arguments$1
      b0:
      $2 = alloc array
      $3 = closure f.<anonymous 1>(this$0, arguments$1)
      $2.0 = $3
      $4 = closure f.<anonymous 2>()
      $2.1 = $4
      return $2
      arrow f.<anonymous 1>() captures this$0, arguments$1
      b0:
      $2 = this$0.x
      $3 = arguments$1.0
      $4 = text($2, $3)
      return $4
      function f.<anonymous 2>() this=this$0
      b0:
      return this$0"
    `);
  });

  it('lets a function expression call itself', () => {
    expect(listing('const f = function g(n) { return n && g(n - 1); };')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      g$1 = alloc box
      f$0 = closure g(g$1)
      g$1.% = f$0
      return -
      function g(n$1) captures box g$0
      b0:
      branch n$1 b1 b2
      b1:
      $3 = g$0.%
      $4 = number "1"
      $5 = number(n$1, $4)
      $2 = call $3($5)
      jump b2
      b2:
      return $2"
    `);
  });

  it('keeps shadowing names apart', () => {
    expect(
      listing(
        'function f(x) { { const x = 1; g(x); { let x = 2; g(x); } } try { g(x); } catch (x) { g(x); } return x; }',
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      return -
      function f(x$0)
      b0:
      x$1 = number "1"
      $2 = global g
      $3 = call $2(x$1)
      x$4 = number "2"
      $5 = global g
      $6 = call $5(x$4)
      try b1 b2
      b1:
      $7 = global g
      $8 = call $7(x$0)
      jump b3
      b2:
      caught x$9
      $10 = global g
      $11 = call $10(x$9)
      jump b3
      b3:
      return x$0"
    `);
  });

  it('hoists var out of blocks, and reads it before it is assigned', () => {
    expect(listing('function f(a) { if (a) { var x = a; } g(x); x = 2; }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      return -
      function f(a$0)
      b0:
      branch a$0 b1 b2
      b1:
      x$1' = a$0
      jump b2
      b2:
      $2 = global g
      $3 = call $2(x$1')
      x$1' = number "2"
      return -"
    `);
  });
});

describe('module-level variables', () => {
  it('are variables where a function uses them or they are exported, else slots', () => {
    expect(
      listing(
        'let shared = 1; const local = 2; export const out = local; shared = out; function f() { return shared; }',
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      $1 = number "1"
      @shared = $1
      local$2 = number "2"
      @out = local$2
      $3 = @out
      @shared = $3
      return -
      function f()
      b0:
      $0 = @shared
      return $0"
    `);
  });
});

describe('names', () => {
  it('are readable and unique', () => {
    const file = lowered(`
      export const handler = async () => { items.map((x) => x); items.map((x) => [() => x, () => x]); };
      function outer() { function inner() {} const inner2 = function named() {}; }
      class Chat { static #key = () => 1; send = () => 2; constructor() {} get key() { return 1; } static send() {} }
      const api = { chat() {}, v2: { chat: () => 1, 'a.b': () => 2 } };
      promise.then(() => 1).catch(function () {});
      export default () => 1;
      { const twice = () => 1; } { const twice = () => 2; }
    `);
    expect(file.functions.map((one) => `${one.kind} ${one.qualifiedName}`)).toMatchInlineSnapshot(`
      [
        "module <module>",
        "arrow handler",
        "arrow handler.<map callback>",
        "arrow handler.<map callback 2>",
        "arrow handler.<map callback 2>.<anonymous 1>",
        "arrow handler.<map callback 2>.<anonymous 2>",
        "function outer",
        "function outer.inner",
        "function outer.named",
        "constructor Chat.constructor",
        "static-block Chat.<static>",
        "arrow Chat.#key",
        "arrow Chat.send",
        "getter Chat.get key",
        "method Chat.send 2",
        "method api.chat",
        "arrow api.v2.chat",
        "arrow api.v2."a.b"",
        "arrow <then callback>",
        "function <catch callback>",
        "arrow default",
        "arrow twice",
        "arrow twice 2",
      ]
    `);
  });
});

describe('function rows', () => {
  it('hold parameters, types, directives and flags', () => {
    const file = lowered(`
      export async function act(this: Ctx, form: FormData, { id }: Args, n: number = 1, ...rest: string[]): Promise<Out> {
        'use server';
      }
      async function* gen() {}`);
    const [, act, gen] = file.functions;
    expect(act).toMatchObject({
      name: 'act',
      parent: 0,
      async: true,
      generator: false,
      directives: ['use server'],
      returnType: { kind: 'reference', name: ['Promise'], args: [{ kind: 'reference', name: ['Out'] }] },
    });
    expect(act!.params.map(({ name, slot, rest, type }) => ({ name, slot, rest, type: type?.kind }))).toEqual([
      { name: 'form', slot: 0, rest: false, type: 'reference' },
      { name: '', slot: 1, rest: false, type: 'reference' },
      { name: 'n', slot: 2, rest: false, type: 'primitive' },
      { name: 'rest', slot: 3, rest: true, type: 'array' },
    ]);
    expect(gen).toMatchObject({ name: 'gen', async: true, generator: true });
  });

  it('name variables, mark mutable slots, and carry annotations', () => {
    const file = lowered('function f(a) { let n: number = 1; n = 2; const u: User = g(); return () => u; }');
    const [, f] = file.functions;
    const names = [...f!.slotNames].map((name, slot) => [file.strings[name] ?? '', f!.slotMutable[slot]]);
    expect(names.filter(([name]) => name !== '')).toEqual([
      ['a', 0],
      ['n', 1],
      ['u', 0],
    ]);
    expect(f!.slotTypes.map(([slot, type]) => [file.strings[f!.slotNames[slot]!], type])).toEqual([
      ['n', { kind: 'primitive', name: 'number' }],
      ['u', { kind: 'reference', name: ['User'], import: -1, args: [] }],
    ]);
  });
});
