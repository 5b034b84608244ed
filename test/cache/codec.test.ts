import { deepStrictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeFile, encodeFile } from '../../src/cache/codec/file-codec.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import type { FileIR } from '../../src/ir/file.js';

const SOURCE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

/** What comes back of a file that was stored. */
function roundTrip(file: FileIR): FileIR | undefined {
  const bytes = encodeFile(file);
  return bytes && decodeFile(file.path, bytes);
}

function lower(text: string, path = 'file.ts'): FileIR {
  return lowerFile(path, text, DEFAULT_LIMITS);
}

describe('a stored file is the same file', () => {
  it.each(['../../fixtures', '../../src', '../../test'])('everything in %s', (folder) => {
    const root = fileURLToPath(new URL(folder, import.meta.url));
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => SOURCE.test(name));
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      const file = lower(readFileSync(`${root}/${name}`, 'utf8'), name);
      deepStrictEqual(roundTrip(file), file, name);
    }
  });

  it.each<readonly [name: string, text: string, path?: string]>([
    ['nothing', ''],
    [
      'a shebang, directives and comments with tags',
      '#!/usr/bin/env node\n"use server";\n/** @pii */ let email = "";\n',
    ],
    ['characters of more than a byte', 'const a = "日本語 😀", ü = `é` + a; // expect nothing\n'],
    ['lone surrogates', 'const a = "\\ud800", b = "\\udfff\\ud800";\n'],
    [
      'the names of prototypes',
      'export const __proto__ = { constructor: toString, hasOwnProperty: 1, ["__proto__"]: 2 };',
    ],
    ['many slots', `export function f(${Array.from({ length: 300 }, (_, i) => `a${i}`).join()}) { return [a299]; }`],
    ['long literals', `export const a = ${JSON.stringify('x'.repeat(40_000))};`],
    ['syntax errors', 'f();\nlet a = 1;\n  let a = 2;'],
    ['a file that does not parse', 'f(;'],
    [
      'types of every kind',
      `import type { A } from './a'; import * as z from 'zod';
       export interface I<T> extends A.B<T> { /** @pii */ email?: string; [key: string]: unknown; m(a: number): void }
       export type U = 'x' | 1 | true | null | [a: string, b?: number] | string[] | (A & { b: bigint });
       type V = typeof z.x | I<string>['email'] | z.infer<typeof z> | ((a: any) => never) | import('./b').C;
       enum E { A, B = 'b' }
       declare let v: V; let e: E = E.A;`,
    ],
    [
      'classes of every kind',
      `import { Dec } from 'd';
       @Dec({}, 'text', Token) export class C<T> extends D<T> implements E, F {
         /** @secret */ static #key: string = 'a'; accessor x = 1; declare y: number;
         constructor(@Dec(Token) private readonly service: Service, public z = 3) { super(); }
         @Dec('path') async *run(@Dec() body: Body, ...rest: string[]) { yield* rest; }
         get v() { return this.#key; } set v(value) {} static { C.#key; } ['computed' + 1]() {}
       }`,
    ],
    [
      'imports and exports of every kind',
      "import a, { b as c } from 'x'; export * from 'y'; export * as n from 'z'; export { d as default } from 'w'; const e = require('v'); import('u'); export { a, c }; export let f: string;",
    ],
    [
      'code that is not there to be run',
      'export declare const a: string; export default interface A { x: string }',
      'a.d.ts',
    ],
    ['CommonJS', 'module.exports = { a: require("b") }; exports.c = function () { return arguments; };', 'a.cjs'],
    [
      'a component',
      '<template><p/></template><script setup lang="ts">const p = defineProps<{ a: string }>();</script>',
      'a.vue',
    ],
  ])('%s', (_name, text, path) => {
    const file = lower(text!, path);
    expect(roundTrip(file)).toStrictEqual(file);
  });
});

describe('what is not stored', () => {
  it('types nested deeper than lowering follows are cut there, and round-trip', () => {
    const nested = (depth: number) => lower(`let a: ${'Array<'.repeat(depth)}string${'>'.repeat(depth)};export { a };`);
    expect(roundTrip(nested(60))).toStrictEqual(nested(60));
    expect(roundTrip(nested(700))).toStrictEqual(nested(700));
  });

  it('what the caller forbids, who sees every text', () => {
    const file = lower("/** @pii one */ export const two = 'three'; type Four = 'five'; import './six';");
    const seen: string[] = [];
    expect(
      encodeFile(file, (texts) => {
        seen.push(...texts);
        return false;
      }),
    ).toBeUndefined();
    for (const text of ['* @pii one ', 'two', 'three', 'Four', 'five', './six']) expect(seen).toContain(text);
  });
});

describe('bytes that were not written', () => {
  const bytes = encodeFile(
    lower('export class A { m(a: string, { b }: C) { try { return [a, b]; } catch (e) { throw e; } } }'),
  )!;

  it('are refused when they end early', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeFile('file.ts', bytes.slice(0, length))).toThrow(RangeError);
    }
  });

  it('never hang or ask for more memory than they are worth', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [0, 3, 7]) {
        const changed = bytes.slice();
        changed[at]! ^= 1 << bit;
        try {
          decodeFile('file.ts', changed);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    }
  });
});
