import { describe, expect, it } from 'vitest';
import { body } from './lowered.js';

describe('loops', () => {
  it('for with its condition and update', () => {
    expect(body('for (let i = 0; i < a.n; i++) { if (i) continue; if (a) break; g(i); }', 'a')).toMatchInlineSnapshot(`
      "i$1' = number "0"
      jump b1
      b1:
      $2 = a$0.n
      $3 = i$1' order $2
      branch $3 b2 b8
      b2:
      branch i$1' b3 b4
      b3:
      jump b7
      b4:
      branch a$0 b5 b6
      b5:
      jump b8
      b6:
      $4 = global g
      $5 = call $4(i$1')
      jump b7
      b7:
      $6 = number(i$1')
      i$1' = $6
      jump b1
      b8:"
    `);
  });

  it('for of binds an element, also of a pattern, also awaited', () => {
    expect(body('for (const { x } of a) g(x); for await (b.c of a) {}', 'a, b')).toMatchInlineSnapshot(`
      "jump b1
      b1:
      branch - b2 b3
      b2:
      $2 = a$0.[]
      x$3 = $2.x
      $4 = global g
      $5 = call $4(x$3)
      jump b1
      b3:
      branch - b4 b5
      b4:
      $6 = a$0.[]
      b$1.c = $6
      jump b3
      b5:"
    `);
  });

  it('for in binds a clean key', () => {
    expect(body('for (const k in a) b[k] = a[k];', 'a, b')).toMatchInlineSnapshot(`
      "jump b1
      b1:
      branch - b2 b3
      b2:
      k$2 = a$0.%name
      $3 = a$0[k$2]
      b$1[k$2] = $3
      jump b1
      b3:"
    `);
  });

  it('while and do while', () => {
    expect(body('while (a.x) a = a.next; do { g(); } while (a && b);', 'a, b')).toMatchInlineSnapshot(`
      "jump b1
      b1:
      $2 = a$0'.x
      branch $2 b2 b3
      b2:
      a$0' = a$0'.next
      jump b1
      b3:
      $3 = global g
      $4 = call $3()
      branch a$0' b4 b5
      b4:
      branch b$1 b3 b5
      b5:"
    `);
  });

  it('leaves labelled loops and blocks', () => {
    expect(
      body(
        'outer: for (const x of a) { for (;;) { if (x) continue outer; break outer; } } end: { if (a) break end; g(); }',
        'a',
      ),
    ).toMatchInlineSnapshot(`
      "jump b1
      b1:
      branch - b2 b6
      b2:
      x$1 = a$0.[]
      jump b3
      b3:
      branch x$1 b4 b5
      b4:
      jump b1
      b5:
      jump b6
      b6:
      branch a$0 b7 b8
      b7:
      jump b9
      b8:
      $2 = global g
      $3 = call $2()
      jump b9
      b9:"
    `);
  });
});

describe('switch', () => {
  it('tests in order, falls through, defaults', () => {
    expect(body("switch (a) { case 1: case 2: g(); break; default: h(); case 'x': i(); }", 'a')).toMatchInlineSnapshot(`
      "$1 = number "1"
      $2 = a$0 equal $1
      branch $2 b4 b1
      b1:
      $3 = number "2"
      $4 = a$0 equal $3
      branch $4 b4 b2
      b2:
      $5 = string "x"
      $6 = a$0 equal $5
      branch $6 b6 b3
      b3:
      jump b5
      b4:
      $7 = global g
      $8 = call $7()
      jump b7
      b5:
      $9 = global h
      $10 = call $9()
      jump b6
      b6:
      $11 = global i
      $12 = call $11()
      jump b7
      b7:"
    `);
  });

  it('takes the tests of switch (true) as conditions', () => {
    expect(body('switch (true) { case a && isSafe(b): return b; }', 'a, b')).toMatchInlineSnapshot(`
      "branch a$0 b1 b2
      b1:
      $2 = global isSafe
      $3 = call $2(b$1)
      branch $3 b3 b2
      b2:
      jump b4
      b3:
      return b$1
      b4:"
    `);
  });
});

describe('try', () => {
  it('enters the handler from the region', () => {
    expect(body('try { g(); } catch (e) { h(e); } i();')).toMatchInlineSnapshot(`
      "try b1 b2
      b1:
      $0 = global g
      $1 = call $0()
      jump b3
      b2:
      caught e$2
      $3 = global h
      $4 = call $3(e$2)
      jump b3
      b3:
      $5 = global i
      $6 = call $5()"
    `);
  });

  it('destructures what is caught, or ignores it', () => {
    expect(body('try { g(); } catch ({ message }) { h(message); } try { g(); } catch {}')).toMatchInlineSnapshot(`
      "try b1 b2
      b1:
      $0 = global g
      $1 = call $0()
      jump b3
      b2:
      caught $2
      message$3 = $2.message
      $4 = global h
      $5 = call $4(message$3)
      jump b3
      b3:
      try b4 b5
      b4:
      $6 = global g
      $7 = call $6()
      jump b6
      b5:
      caught $8
      jump b6
      b6:"
    `);
  });

  it('runs finally on the normal way and on the abrupt ones', () => {
    expect(body('try { g(); } finally { h(); } i();')).toMatchInlineSnapshot(`
      "try b1 b2
      b1:
      $0 = global g
      $1 = call $0()
      jump b3
      b2:
      caught $2
      $3 = global h
      $4 = call $3()
      throw $2
      b3:
      $5 = global h
      $6 = call $5()
      $7 = global i
      $8 = call $7()"
    `);
  });

  it('returns, breaks and continues by way of finally', () => {
    expect(
      body(
        'for (const x of a) { try { if (x) break; if (a) continue; return x; } catch { g(); } finally { h(); } }',
        'a',
      ),
    ).toMatchInlineSnapshot(`
      "jump b1
      b1:
      branch - b2 b18
      b2:
      x$1 = a$0.[]
      try b3 b10
      b3:
      try b4 b9
      b4:
      branch x$1 b5 b6
      b5:
      jump b10
      b6:
      branch a$0 b7 b8
      b7:
      jump b10
      b8:
      $2 = x$1
      jump b10
      b9:
      caught $3
      $4 = global g
      $5 = call $4()
      jump b17
      b10:
      caught $6
      $7 = global h
      $8 = call $7()
      branch - b11 b12
      b11:
      jump b18
      b12:
      branch - b13 b14
      b13:
      jump b1
      b14:
      branch - b15 b16
      b15:
      return $2
      b16:
      throw $6
      b17:
      $9 = global h
      $10 = call $9()
      jump b1
      b18:"
    `);
  });

  it('goes through nested finally blocks from the inside out', () => {
    expect(body('try { try { return a; } finally { g(); } } finally { h(); }', 'a')).toMatchInlineSnapshot(`
      "try b1 b6
      b1:
      try b2 b3
      b2:
      $1 = a$0
      jump b3
      b3:
      caught $2
      $3 = global g
      $4 = call $3()
      branch - b4 b5
      b4:
      $5 = $1
      jump b6
      b5:
      throw $2
      b6:
      caught $6
      $7 = global h
      $8 = call $7()
      branch - b7 b8
      b7:
      return $5
      b8:
      throw $6"
    `);
  });
});

describe('other statements', () => {
  it('writes nothing that cannot be reached', () => {
    expect(body('if (a) { return 1; } else { throw a; } g();', 'a')).toMatchInlineSnapshot(`
      "branch a$0 b1 b2
      b1:
      $1 = number "1"
      return $1
      b2:
      throw a$0"
    `);
  });

  it('evaluates resources', () => {
    expect(body('using r = g(); await using s = h(r);')).toMatchInlineSnapshot(`
      "$1 = global g
      r$0 = call $1()
      $3 = global h
      s$2 = call $3(r$0)"
    `);
  });

  it('chains else if', () => {
    expect(body('if (a) g(); else if (b) h(); else i();', 'a, b')).toMatchInlineSnapshot(`
      "branch a$0 b1 b2
      b1:
      $2 = global g
      $3 = call $2()
      jump b5
      b2:
      branch b$1 b3 b4
      b3:
      $4 = global h
      $5 = call $4()
      jump b5
      b4:
      $6 = global i
      $7 = call $6()
      jump b5
      b5:"
    `);
  });
});

describe('patterns', () => {
  it('loads what an object pattern names, rest without it', () => {
    expect(body("const { x, y: { z }, ['k']: k, [b]: d, ...r } = a;", 'a, b')).toMatchInlineSnapshot(`
      "x$2 = a$0.x
      $3 = a$0.y
      z$4 = $3.z
      k$5 = a$0.k
      d$6 = a$0[b$1]
      r$7 = alloc object
      absorb r$7 a$0 "x" "y" "k""
    `);
  });

  it('loads array elements by index, rest without them', () => {
    expect(body('const [x, , y, ...r] = a; [b.c, b[0]] = [y, x];', 'a, b')).toMatchInlineSnapshot(`
      "x$2 = a$0.0
      y$3 = a$0.2
      r$4 = alloc array
      $5 = alloc array
      absorb $5 a$0 "0" "1" "2"
      $6 = $5.[]
      r$4.[] = $6
      $7 = alloc array
      $7.0 = y$3
      $7.1 = x$2
      $8 = $7.0
      b$1.c = $8
      $9 = $7.1
      b$1.0 = $9"
    `);
  });

  it('takes plain defaults with either, others in a block', () => {
    expect(body("const { x = 'k', y = g() } = a;", 'a')).toMatchInlineSnapshot(`
      "$1 = a$0.x
      $3 = string "k"
      x$2 = either($1, $3)
      $4 = a$0.y
      $6 = undefined "undefined"
      $7 = $4 notequal $6
      branch $7 b1 b2
      b1:
      y$5' = $4
      jump b3
      b2:
      $8 = global g
      y$5' = call $8()
      jump b3
      b3:"
    `);
  });

  it('assigns parameters with defaults, patterns and rest', () => {
    expect(body('', 'a = 1, { b, c = a } = {}, [d] = [], ...{ length }')).toMatchInlineSnapshot(`
      "$5 = number "1"
      a$4 = either(a$0, $5)
      $6 = alloc object
      $7 = either($1, $6)
      b$8 = $7.b
      $9 = $7.c
      c$10 = either($9, a$4)
      $11 = alloc array
      $12 = either($2, $11)
      d$13 = $12.0
      length$14 = $3.length"
    `);
  });
});
