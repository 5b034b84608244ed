import { describe, expect, it } from 'vitest';
import { body, listing } from './lowered.js';

describe('operators', () => {
  it('combines sums as text, unless all operands are numbers', () => {
    expect(body("g(a + 'x' + b, a.length + 1, -a + b * 2);", 'a, b')).toMatchInlineSnapshot(`
      "$2 = global g
      $3 = string "x"
      $4 = text(a$0, $3, b$1)
      $5 = a$0.length
      $6 = number($5)
      $7 = number "1"
      $8 = number($6, $7)
      $9 = number(a$0)
      $10 = number "2"
      $11 = number(b$1, $10)
      $12 = number($9, $11)
      $13 = call $2($4, $8, $12)"
    `);
  });

  it('combines arithmetic as numbers, and tests as truth', () => {
    expect(body('g(a ** b, ~a, a % b, +a, !a, typeof a, void a);', 'a, b')).toMatchInlineSnapshot(`
      "$2 = global g
      $3 = number(a$0, b$1)
      $4 = number(a$0)
      $5 = number(a$0, b$1)
      $6 = number(a$0)
      $7 = truth(a$0)
      $8 = truth(a$0)
      $9 = undefined "undefined"
      $10 = call $2($3, $4, $5, $6, $7, $8, $9)"
    `);
  });

  it('keeps what a comparison compares', () => {
    expect(
      body(
        "g(a === b, a != null, a < b, 'k' in a, a instanceof b, typeof a === 'string', 'number' !== typeof a);",
        'a, b',
      ),
    ).toMatchInlineSnapshot(`
      "$2 = global g
      $3 = a$0 equal b$1
      $4 = null "null"
      $5 = a$0 notequal $4
      $6 = a$0 order b$1
      $7 = string "k"
      $8 = $7 in a$0
      $9 = a$0 instanceof b$1
      $10 = string "string"
      $11 = a$0 typeof $10
      $12 = string "number"
      $13 = a$0 nottypeof $12
      $14 = call $2($3, $5, $6, $8, $9, $11, $13)"
    `);
  });

  it('updates and assigns compound', () => {
    expect(body('let n = 0; n++; n += a; n += 1; a.k -= 2; a[n]++;', 'a')).toMatchInlineSnapshot(`
      "n$1' = number "0"
      $2 = number(n$1')
      n$1' = $2
      $3 = text(n$1', a$0)
      n$1' = $3
      $4 = number "1"
      $5 = number(n$1', $4)
      n$1' = $5
      $6 = a$0.k
      $7 = number "2"
      $8 = number($6, $7)
      a$0.k = $8
      $9 = a$0[n$1']
      $10 = number($9)
      a$0[n$1'] = $10"
    `);
  });

  it('assigns where logical assignment does', () => {
    expect(body('a ||= g(); a.k ??= 1;', 'a')).toMatchInlineSnapshot(`
      "branch a$0' b2 b1
      b1:
      $2 = global g
      $1' = call $2()
      a$0' = $1'
      jump b3
      b2:
      $1' = a$0'
      jump b3
      b3:
      $3 = a$0'.k
      $5 = null "null"
      $6 = $3 notequal $5
      branch $6 b5 b4
      b4:
      $4' = number "1"
      a$0'.k = $4'
      jump b6
      b5:
      $4' = $3
      jump b6
      b6:"
    `);
  });

  it('takes the last of a sequence, and deletes', () => {
    expect(body('const x = (g(), a); delete a.k; delete a[x];', 'a')).toMatchInlineSnapshot(`
      "$2 = global g
      $3 = call $2()
      x$1 = a$0
      delete a$0.k
      $4 = boolean "true"
      delete a$0[x$1]
      $5 = boolean "true""
    `);
  });
});

describe('values of conditions', () => {
  it('needs no blocks between plain operands', () => {
    expect(body("g(a || b, a ?? 'x', a && b.c, a ? b : c.d, g(a) ? 'x' : 'y');", 'a, b, c')).toMatchInlineSnapshot(`
      "$3 = global g
      $4 = either(a$0, b$1)
      $5 = string "x"
      $6 = either(a$0, $5)
      $7 = b$1.c
      $8 = c$2.d
      $9 = either(b$1, $8)
      $10 = global g
      $11 = call $10(a$0)
      $12 = string "x"
      $13 = string "y"
      $14 = either($12, $13)
      $15 = call $3($4, $6, $7, $9, $14)"
    `);
  });

  it('branches where an operand has an effect', () => {
    expect(body('const x = a || g(b); const y = a && g(a); const z = a ?? g(b);', 'a, b')).toMatchInlineSnapshot(`
      "branch a$0 b1 b2
      b1:
      x$2' = a$0
      jump b3
      b2:
      $3 = global g
      x$2' = call $3(b$1)
      jump b3
      b3:
      branch a$0 b4 b5
      b4:
      $5 = global g
      y$4 = call $5(a$0)
      jump b5
      b5:
      $7 = null "null"
      $8 = a$0 notequal $7
      branch $8 b6 b7
      b6:
      z$6' = a$0
      jump b8
      b7:
      $9 = global g
      z$6' = call $9(b$1)
      jump b8
      b8:"
    `);
  });

  it('branches where the test can guard an operand', () => {
    expect(body("return isSafe(a) ? a : typeof a === 'number' ? a : b;", 'a, b')).toMatchInlineSnapshot(`
      "$3 = global isSafe
      $4 = call $3(a$0)
      branch $4 b1 b2
      b1:
      $2' = a$0
      jump b5
      b2:
      $5 = string "number"
      $6 = a$0 typeof $5
      branch $6 b3 b4
      b3:
      $2' = a$0
      jump b5
      b4:
      $2' = b$1
      jump b5
      b5:
      return $2'"
    `);
  });

  it('nests branches for && || ! in conditions', () => {
    expect(body('if (!(a && !b) || c) g();', 'a, b, c')).toMatchInlineSnapshot(`
      "branch a$0 b1 b3
      b1:
      branch b$1 b3 b2
      b2:
      branch c$2 b3 b4
      b3:
      $3 = global g
      $4 = call $3()
      jump b4
      b4:"
    `);
  });

  it('turns an unused && into a branch', () => {
    expect(body('a && b.log(a); a || g(); a ? g() : h();', 'a, b')).toMatchInlineSnapshot(`
      "branch a$0 b1 b2
      b1:
      $2 = b$1.log
      $3 = call $2(a$0) on b$1
      jump b2
      b2:
      branch a$0 b4 b3
      b3:
      $4 = global g
      $5 = call $4()
      jump b4
      b4:
      branch a$0 b5 b6
      b5:
      $6 = global g
      $7 = call $6()
      jump b7
      b6:
      $8 = global h
      $9 = call $8()
      jump b7
      b7:"
    `);
  });

  it('leaves out what a constant condition excludes', () => {
    expect(body('if (false) g(); else h(); while (true) { i(); } j();')).toMatchInlineSnapshot(`
      "jump b1
      b1:
      $0 = global h
      $1 = call $0()
      jump b2
      b2:
      jump b3
      b3:
      $2 = global i
      $3 = call $2()
      jump b2"
    `);
  });
});

describe('members and calls', () => {
  it('gives a method call its receiver, a plain call none', () => {
    expect(body('a.b.c(1); a.b(); a(); (a.b)(); (0, a.b)();', 'a')).toMatchInlineSnapshot(`
      "$1 = a$0.b
      $2 = $1.c
      $3 = number "1"
      $4 = call $2($3) on $1
      $5 = a$0.b
      $6 = call $5() on a$0
      $7 = call a$0()
      $8 = a$0.b
      $9 = call $8() on a$0
      $10 = number "0"
      $11 = a$0.b
      $12 = call $11()"
    `);
  });

  it('needs no blocks for optional chaining', () => {
    expect(body('a?.b?.(c)?.[d]!.e;', 'a, c, d')).toMatchInlineSnapshot(`
      "$3 = a$0.b
      $4 = optional call $3(c$1) on a$0
      $5 = $4[d$2]
      $6 = $5.e"
    `);
  });

  it('knows literal keys, private names and well-known symbols', () => {
    expect(
      body("a[0]; a['k']; a[`k`]; a[i]; a[Symbol.asyncIterator]; a.length; a.size;", 'a, i'),
    ).toMatchInlineSnapshot(`
      "$2 = a$0.0
      $3 = a$0.k
      $4 = a$0.k
      $5 = a$0[i$1]
      $6 = a$0.@@asyncIterator
      $7 = a$0.length
      $8 = number($7)
      $9 = a$0.size
      $10 = number($9)"
    `);
  });

  it('marks spread arguments, awaited calls and constructors', () => {
    expect(body('await g(a, ...b, 1, ...c); new D(...a); new E;', 'a, b, c')).toMatchInlineSnapshot(`
      "$3 = global g
      $4 = number "1"
      $5 = awaited call $3(a$0, ...b$1, $4, ...c$2)
      $6 = global D
      $7 = new call $6(...a$0)
      $8 = global E
      $9 = new call $8()"
    `);
  });

  it('passes the operands of a tagged template', () => {
    expect(body(`a.sql\`x \${b} y \${c}\`;`, 'a, b, c')).toMatchInlineSnapshot(`
      "$3 = a$0.sql
      $4 = tagged call $3(b$1, c$2) on a$0"
    `);
  });
});

describe('literals', () => {
  it('keeps the parts of a template', () => {
    expect(body(`g(\`Hi \${a}!\`, \`plain\`, \`\${a}\${b}\`);`, 'a, b')).toMatchInlineSnapshot(`
      "$2 = global g
      $3 = string "Hi "
      $4 = string "!"
      $5 = text($3, a$0, $4)
      $6 = string "plain"
      $7 = text(a$0, b$1)
      $8 = call $2($5, $6, $7)"
    `);
  });

  it('stores properties, absorbs spreads, in order', () => {
    expect(
      body("return { a, 'b-c': 1, [a]: 2, ...b, d() {}, get e() { return 1; }, set e(v) {}, 3: a };", 'a, b'),
    ).toMatchInlineSnapshot(`
      "$2 = alloc object
      $2.a = a$0
      $3 = number "1"
      $2.b-c = $3
      $4 = number "2"
      $2[a$0] = $4
      absorb $2 b$1
      $5 = closure f.d()
      $2.d = $5
      $6 = closure f.get e()
      $2.get e = $6
      $7 = closure f.set e()
      $2.set e = $7
      $2.3 = a$0
      return $2"
    `);
  });

  it('keeps the elements of short arrays apart', () => {
    expect(
      body('g([a, , b], [...a, b], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, a].length);', 'a, b'),
    ).toMatchInlineSnapshot(`
      "$2 = global g
      $3 = alloc array
      $3.0 = a$0
      $3.2 = b$1
      $4 = alloc array
      absorb $4 a$0
      $4.[] = b$1
      $5 = alloc array
      $6 = number "1"
      $5.[] = $6
      $7 = number "2"
      $5.[] = $7
      $8 = number "3"
      $5.[] = $8
      $9 = number "4"
      $5.[] = $9
      $10 = number "5"
      $5.[] = $10
      $11 = number "6"
      $5.[] = $11
      $12 = number "7"
      $5.[] = $12
      $13 = number "8"
      $5.[] = $13
      $14 = number "9"
      $5.[] = $14
      $15 = number "10"
      $5.[] = $15
      $16 = number "11"
      $5.[] = $16
      $17 = number "12"
      $5.[] = $17
      $18 = number "13"
      $5.[] = $18
      $19 = number "14"
      $5.[] = $19
      $20 = number "15"
      $5.[] = $20
      $21 = number "16"
      $5.[] = $21
      $5.[] = a$0
      $22 = $5.length
      $23 = number($22)
      $24 = call $2($3, $4, $23)"
    `);
  });

  it('carries the source text of numbers, bigints and regular expressions', () => {
    expect(body('g(-1, 0x10, 10n, /a+/gi, null, undefined, true, NaN);')).toMatchInlineSnapshot(`
      "$0 = global g
      $1 = number "-1"
      $2 = number "16"
      $3 = bigint "10n"
      $4 = regexp "/a+/gi"
      $5 = null "null"
      $6 = undefined "undefined"
      $7 = boolean "true"
      $8 = number "NaN"
      $9 = call $0($1, $2, $3, $4, $5, $6, $7, $8)"
    `);
  });

  it('names the meta properties as globals', () => {
    expect(body('g(import.meta.url, new.target, this);')).toMatchInlineSnapshot(`
      "$1 = global g
      $2 = global import.meta
      $3 = $2.url
      $4 = global new.target
      $5 = call $1($3, $4, this$0)"
    `);
  });
});

describe('types in expressions', () => {
  it('copies an assertion, and remembers its type', () => {
    expect(listing('const u = g() as User; h(<any>u, u!, u satisfies User);')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $1 = global g
      $2 = call $1()
      u$0 = $2
      $3 = global h
      $4 = u$0
      $5 = call $3(u$0, u$0, $4)
      return -"
    `);
  });
});

describe('generators', () => {
  it('yields, delegates and receives', () => {
    expect(listing('function* g(a) { const x = yield a; yield* x; yield; }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      g$0 = closure g()
      return -
      function g(a$0)
      b0:
      yield x$1 a$0 0
      yield $2 x$1 1
      $3 = undefined "undefined"
      yield $4 $3 0
      return -"
    `);
  });
});
