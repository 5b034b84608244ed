import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { Program, type Resolution } from '../../src/engine/program.js';
import { TokenKind, Tracker } from '../../src/engine/tracker.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { Op } from '../../src/ir/instruction.js';
import { loadKnowledge } from '../../src/knowledge/load.js';

const knowledge = loadKnowledge(new URL('../../rules', import.meta.url).pathname);

/** The calls `target(…)`, `x.target(…)` of the program with all own functions that they may reach, sorted. */
function targets(files: Readonly<Record<string, string>>, callee: string): string[] {
  const paths = Object.keys(files).sort();
  const lowered = paths.map((path) => lowerFile(path, files[path]!, DEFAULT_LIMITS));
  const resolutions = lowered.map((file) =>
    file.specifiers.map(({ text }): Resolution => {
      const at = paths.findIndex((path) => `./${path.replace(/\.[jt]sx?$/, '')}` === text.replace(/\.js$/, ''));
      return at >= 0 ? { kind: 'file', file: at } : { kind: 'package', specifier: text, major: undefined };
    }),
  );
  const program = new Program({ files: lowered, resolutions, knowledge, rules: [], limits: DEFAULT_LIMITS });
  const tracker = new Tracker(program);
  const found = new Set<string>();
  for (let fn = 0; fn < program.functionCount; fn++) {
    const { code, path } = program.fileOf(fn);
    const { blocks } = program.functionOf(fn);
    for (let pc = blocks[0]!; pc < blocks[blocks.length - 1]!; pc += code[pc]! >>> 8) {
      if ((code[pc]! & 255) !== Op.Call) continue;
      if (!files[path]!.slice(code[pc + 1]!, code[pc + 2]!).startsWith(callee)) continue;
      for (const token of tracker.slotTokens(fn, code[pc + 4]!)) {
        const data = tracker.tokenData(token);
        const kind = tracker.tokenKind(token);
        if (kind === TokenKind.Function) found.add(program.functionOf(data).qualifiedName);
        else if (kind === TokenKind.Class) found.add(`new ${program.classOf(data).name}`);
        else found.add(TokenKind[kind]!);
      }
    }
  }
  return [...found].sort();
}

describe('Tracker', () => {
  it.each([
    [
      'module.exports = { a }',
      { 'a.js': 'function run() {}\nmodule.exports = { run };', 'b.js': "const { run } = require('./a');\nrun();" },
      ['run'],
    ],
    [
      'exports.a =',
      { 'a.js': 'exports.run = function run() {};', 'b.js': "const a = require('./a');\na.run();" },
      ['run'],
    ],
    [
      'module.exports = new X()',
      {
        'a.js': 'class Service { run() {} }\nmodule.exports = new Service();',
        'b.js': "const a = require('./a');\na.run();",
      },
      ['Service.run'],
    ],
    [
      'an exported object',
      { 'a.ts': 'export const a = { run() {} };', 'b.ts': "import { a } from './a.js';\na.run();" },
      ['a.run'],
    ],
    [
      'a default export',
      { 'a.ts': 'export default { run: () => {} };', 'b.ts': "import a from './a.js';\na.run();" },
      ['default.run'],
    ],
    [
      'export * as',
      {
        'a.ts': 'export function run() {}',
        'b.ts': "export * as a from './a.js';",
        'c.ts': "import { a } from './b.js';\na.run();",
      },
      ['run'],
    ],
    [
      'import()',
      {
        'a.ts': 'export function run() {}',
        'b.ts': "async function b() { const a = await import('./a.js'); a.run(); }",
      },
      ['run'],
    ],
  ])('follows %s to another file', (_, files, expected) => {
    const callee = Object.values(files).some((text) => /\ba\.run\(/.test(text)) ? 'a.run(' : 'run(';
    expect(targets(files, callee)).toEqual(expected);
  });

  it.each([
    [
      'a method of a superclass',
      'class A { run() {} }\nclass B extends A {}\nnew B().run();',
      'new B().run',
      ['A.run'],
    ],
    [
      'an overriding method',
      'class A { run() {} }\nclass B extends A { run() {} }\nnew B().run();',
      'new B().run',
      ['B.run'],
    ],
    [
      'a static method of a superclass',
      'class A { static run() {} }\nclass B extends A {}\nB.run();',
      'B.run(',
      ['A.run'],
    ],
    ['a field', 'class A { run() {} }\nclass B { a = new A(); go() { this.a.run(); } }', 'this.a.run', ['A.run']],
    [
      'a parameter property',
      'class A { run() {} }\nclass B { constructor(private a: A) {} go() { this.a.run(); } }',
      'this.a.run',
      ['A.run'],
    ],
    [
      'a mixin',
      'const mix = (Base) => class M extends Base { run() {} };\nclass A {}\nclass B extends mix(A) {}\nnew B().run();',
      'new B().run',
      ['mix.M.run'],
    ],
    [
      'a prototype',
      'function A() {}\nA.prototype.run = function run() {};\nconst a = new A();\na.run();',
      'a.run(',
      ['run'],
    ],
    [
      'a singleton',
      'class A { static it; static get() { A.it ??= new A(); return A.it; } run() {} }\nA.get().run();',
      'A.get().run',
      ['A.run'],
    ],
  ])('finds %s', (_, text, callee, expected) => {
    expect(targets({ 'a.ts': text }, callee)).toEqual(expected);
  });

  it.each([
    ['a list of handlers', 'const all = [() => {}];\nfor (const each of all) each();', 'each(', ['<anonymous 1>']],
    [
      'a table by computed name',
      'const all = { a() {}, b() {} };\nfunction go(k) { all[k](); }',
      'all[k]',
      ['all.a', 'all.b'],
    ],
    ['Object.assign', 'const app = {};\nObject.assign(app, { run() {} });\napp.run();', 'app.run', ['run']],
    ['a spread object', 'const a = { run() {} };\nconst b = { ...a };\nb.run();', 'b.run', ['a.run']],
    [
      'a Map',
      "class A { run() {} }\nconst all = new Map();\nall.set('a', new A());\nall.get('a').run();",
      "all.get('a').run",
      ['A.run'],
    ],
    [
      'a promise made by hand',
      'class A { run() {} }\nasync function go() { const a = await new Promise((done) => done(new A())); a.run(); }',
      'a.run(',
      ['A.run'],
    ],
    ['a callback', 'function each(run) { run(); }\neach(function mine() {});', 'run()', ['mine']],
    [
      'spread arguments',
      'function f(run) { run(); }\nconst all = [function mine() {}];\nf(...all);',
      'run()',
      ['mine'],
    ],
    ['rest parameters', 'function f(...all) { const run = all[0]; run(); }\nf(function mine() {});', 'run()', ['mine']],
    [
      'state of a hook',
      "import { useState } from 'react';\nclass A { run() {} }\nfunction C() { const [a, setA] = useState(null); setA(new A()); a.run(); }",
      'a.run(',
      ['A.run'],
    ],
  ])('follows a function through %s', (_, text, callee, expected) => {
    expect(targets({ 'a.tsx': text }, callee)).toEqual(expected);
  });

  it('keeps the fields of two objects apart', () => {
    const text = 'const a = { run() {} };\nconst b = { run() {} };\na.run();\nb.run();';
    expect(targets({ 'a.ts': text }, 'a.run')).toEqual(['a.run']);
    expect(targets({ 'a.ts': text }, 'b.run')).toEqual(['b.run']);
  });

  it('ends where objects are spread into each other', () => {
    const text =
      'let a = { run() {} };\nlet b = {};\nfor (let i = 0; i < 9; i++) { a = { ...b }; b = { ...a }; }\nb.run();';
    expect(targets({ 'a.ts': text }, 'b.run')).toEqual(['a.run']);
  });

  it('says nothing of what nothing is known of', () => {
    expect(targets({ 'a.ts': 'export function f(a) { a.run(); }' }, 'a.run')).toEqual([]);
  });
});
