import { describe, expect, it } from 'vitest';
import { listing, lowered } from './lowered.js';

describe('ES modules', () => {
  it('enter specifiers, imports and exports', () => {
    const file = lowered(`
      import D, * as N from 'n';
      import { x as y, type T } from './x';
      import type { U } from 'u';
      import { type V } from 'v';
      import './side';
      export { y as yy, D as default, local as 'a b', T };
      export * from 'all';
      export * as ns from 'ns';
      export { q as r, default as s } from 'q';
      export type { W } from 'w';
      const local = 1;
      export const { a, b: [c] } = y;
      export function f() {}
      export class C {}
      export enum E { A }
    `);
    expect(file.specifiers.map(({ text, form, typeOnly }) => `${form} ${text}${typeOnly ? ' (types)' : ''}`)).toEqual([
      'import n',
      'import ./x',
      'import u (types)',
      'import v (types)',
      'import ./side',
      'export all',
      'export ns',
      'export q',
      'export w (types)',
    ]);
    expect(file.imports.map((row) => `${row.local}: ${row.name} of ${file.specifiers[row.specifier]!.text}`)).toEqual([
      'D: default of n',
      'N: * of n',
      'y: x of ./x',
      'T: T of ./x',
      'U: U of u',
      'V: V of v',
    ]);
    expect(
      file.exports.map((row) => {
        if (row.kind === 'variable') return `${row.name} = ${file.variables[row.variable]!.name}`;
        const { text } = file.specifiers[row.specifier]!;
        return row.kind === 'all' ? `* of ${text}` : `${row.name} = ${row.imported} of ${text}`;
      }),
    ).toEqual([
      'yy = x of ./x',
      'default = default of n',
      'a b = local',
      'T = T of ./x',
      '* of all',
      'ns = * of ns',
      'r = q of q',
      's = default of q',
      'W = W of w',
      'a = a',
      'c = c',
      'f = f',
      'C = C',
      'E = E',
    ]);
    expect(file.variables.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'const local',
      'const a',
      'const c',
      'function f',
      'class C',
      'const E',
    ]);
  });

  it('read imports where they are used', () => {
    expect(
      listing("import A, * as b from 'x'; export default A; export const f = () => b.c(A);"),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = import default from "x"
      @default = $0
      $1 = closure f()
      @f = $1
      return -
      arrow f()
      b0:
      $0 = import * from "x"
      $1 = $0.c
      $2 = import default from "x"
      $3 = call $1($2) on $0
      return $3"
    `);
  });

  it('export default functions and classes without a name', () => {
    expect(listing('export default function () {}')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = closure default()
      @default = $0
      return -
      function default()
      b0:
      return -"
    `);
    expect(listing('export default class { m() {} }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = closure default.constructor()
      $1 = closure default.m()
      $2 = class default(extends -, constructor $0, static -, $1)
      @default = $2
      return -
      constructor default.constructor()
      b0:
      return -
      method default.m()
      b0:
      return -"
    `);
    expect(listing('export default async function named() { return named; }')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = closure named()
      @named = $0
      return -
      function named()
      b0:
      $0 = @named
      return $0"
    `);
  });

  it('resolve literal dynamic imports', () => {
    expect(listing("const { a } = await import('./a'); await import(a);")).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = import * from "./a"
      a$1 = $0.a
      $2 = global import
      $3 = call $2(a$1)
      return -"
    `);
  });
});

describe('CommonJS', () => {
  it('keeps the exports in a variable', () => {
    expect(
      listing(
        "const { a } = require('a'); exports.x = a; module.exports.y = () => exports; module.exports = { a };",
        'file.js',
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = alloc object
      @module.exports = $0
      $1 = import * from "a"
      a$2 = $1.a
      $3 = @module.exports
      $3.x = a$2
      $4 = @module.exports
      $5 = closure y()
      $4.y = $5
      $6 = alloc object
      $6.a = a$2
      @module.exports = $6
      return -
      arrow y()
      b0:
      $0 = @module.exports
      return $0"
    `);
  });

  it('has interop helpers return what they are given', () => {
    expect(
      listing("const a = __importDefault(require('a')); __exportStar(require('b'), exports); a.default();", 'file.js'),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = alloc object
      @module.exports = $0
      $2 = import * from "a"
      a$1 = $2
      $3 = import * from "b"
      $4 = @module.exports
      absorb $4 $3
      $5 = a$1.default
      $6 = call $5() on a$1
      return -"
    `);
  });

  it('takes a require that is a parameter, or has no literal, as a function', () => {
    expect(listing("function f(require) { return require('x'); } require(name);", 'file.js')).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      f$0 = closure f()
      $1 = global require
      $2 = global name
      $3 = call $1($2)
      return -
      function f(require$0)
      b0:
      $1 = string "x"
      $2 = call require$0($1)
      return $2"
    `);
  });

  it('knows the forms of TypeScript', () => {
    expect(listing("import fs = require('fs'); import Q = fs.promises; export = Q;")).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = alloc object
      @module.exports = $0
      $1 = import * from "fs"
      $2 = $1.promises
      Q$3 = $2
      @module.exports = Q$3
      return -"
    `);
  });
});

describe('TypeScript declarations with a value', () => {
  it('enums are objects', () => {
    expect(listing("enum E { A, B = 'b', C = g() } enum E { D }")).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      E$0 = alloc object
      $1 = number "0"
      E$0.A = $1
      $2 = string "b"
      E$0.B = $2
      $3 = global g
      $4 = call $3()
      E$0.C = $4
      $5 = number "0"
      E$0.D = $5
      return -"
    `);
  });

  it('namespaces are objects, their bodies run in place', () => {
    expect(
      listing('namespace N.M { export const v = g(); const w = 1; export function f() { return w; } } N.M.v;'),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      N$0 = alloc object
      M$1 = alloc object
      w$2 = alloc box
      f$3 = closure N.M.f(w$2)
      $5 = global g
      v$4 = call $5()
      M$1.v = v$4
      $6 = number "1"
      w$2.% = $6
      M$1.f = f$3
      N$0.M = M$1
      $7 = N$0.M
      $8 = $7.v
      return -
      function N.M.f() captures box w$0
      b0:
      $1 = w$0.%
      return $1"
    `);
  });

  it('declarations without a value are left out', () => {
    expect(
      listing(
        "declare const a: A; declare function f(): void; declare module 'x' { const y: 1; } declare global { var z: 1; } a;",
      ),
    ).toMatchInlineSnapshot(`
      "module <module>()
      b0:
      $0 = global a
      return -"
    `);
  });
});

describe('file rows', () => {
  it('hold directives, shebang and line count', () => {
    const file = lowered("#!/usr/bin/env node\n'use client';\n\nf();\n");
    expect([file.directives, file.shebang, file.lines]).toEqual([['use client'], true, 5]);
  });
});
