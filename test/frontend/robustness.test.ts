import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { checkFile } from '../../src/ir/checker.js';
import { lowered } from './lowered.js';

function diagnosticsOf(text: string, path = 'file.ts', limits = DEFAULT_LIMITS) {
  const file = lowerFile(path, text, limits);
  expect(checkFile(file)).toEqual([]);
  return { file, diagnostics: file.diagnostics };
}

describe('syntax errors', () => {
  it('are diagnostics; what parses is kept', () => {
    const { file, diagnostics } = diagnosticsOf('f();\nlet a = 1;\n  let a = 2;');
    expect(diagnostics).toEqual([
      {
        kind: 'syntax-error',
        message: "Identifier 'a' has already been declared.",
        file: 'file.ts',
        line: 3,
        column: 7,
      },
    ]);
    expect(file.functions.length).toBe(1);
  });

  it('leave an empty file where the parser cannot go on', () => {
    const { file, diagnostics } = diagnosticsOf('f();\nconst = ;\n');
    expect(diagnostics).toMatchObject([{ kind: 'syntax-error', file: 'file.ts', line: 2, column: 7 }]);
    expect(file).toMatchObject({ path: 'file.ts', lines: 3, functions: [], exports: [] });
  });
});

describe('what goes on behind a fault', () => {
  it.each([
    'f(a, , b); new A(, c); g`x`(, );',
    'function f(a, a, { a }, a = 1, ...a) { return a; } (b, b) => b; ({ m(c, c) {} });',
    'class A { constructor(private a, public a) {} }',
    '@dec(, ) class B { @dec(a, , b) c() {} }',
    'require(, ); import(, ); module.exports = __importStar(, );',
  ])('%s', (text) => {
    expect(diagnosticsOf(text).diagnostics.length).toBeGreaterThan(0);
  });

  it('the last of two parameters with the same name is the variable', () => {
    const [, f] = diagnosticsOf('function f(a, a) { return a; }', 'file.cjs').file.functions;
    expect(f!.params.map(({ name }) => name)).toEqual(['a', 'a']);
    expect(f!.params.map(({ slot }) => f!.slotNames[slot] !== -1)).toEqual([false, true]);
  });
});

it('tells so many faults of a file and no more', () => {
  const { diagnostics } = diagnosticsOf(`${'a: '.repeat(60)};`);
  expect(diagnostics.length).toBe(51);
  expect(diagnostics.at(-1)).toMatchObject({ kind: 'syntax-error', message: 'Further faults' });
  expect(diagnostics.at(-1)!.count).toBeGreaterThan(1_000);
  expect(diagnosticsOf(`${'a: '.repeat(300)};`).diagnostics.length).toBe(1);
});

it('knows the module object where some function has a parameter of its name', () => {
  const { file } = diagnosticsOf('exports.a = (exports) => exports;\nexports.b = 1;', 'file.cjs');
  expect(file.variables.map(({ name }) => name)).toEqual(['module.exports']);
});

describe('what is hard to parse', () => {
  it.each([
    ['file.js', 'with (a) b; var let_ = 010; delete x; var yield_ = let_;'],
    ['file.js', '<!-- html comment\nf();'],
    ['file.js', 'type A = string; const a: A = g<B>(x as any);'],
    ['file.js', '@dec export class A { @dec() m() {} }'],
    ['file.ts', 'export @dec class A { accessor x = 1; }'],
    ['file.ts', 'const a = <T,>(x: T) => <any>x; return; await f();'],
    ['file.ts', 'const el = <div>{x}</div>;'],
    ['file.tsx', 'const f = <T,>(x: T) => <A<T> b={x!} />;'],
    [
      'file.mts',
      "import data from './d.json' with { type: 'json' }; import old from './e.json' assert { type: 'json' };",
    ],
    ['file.cjs', 'return new.target, this, arguments;'],
    [
      'file.d.ts',
      'export const a: string; declare const b: number; export function f(): void; declare class C { m(): void }',
    ],
    ['file.d.ts', 'export default interface A { x: string } export as namespace Lib;'],
    ['file.js', 'export v from "mod"; using r = f(); for (await using s of t) {}'],
    ['file.js', '({ __proto__: a, async *[k]() {}, get: 1, set: 2, async: 3, "x-y": 4 });'],
    ['file.js', 'class A { static async *#p() {} static { super.x; } get; set; static; async; "quoted" = 1; 0 = 2; }'],
    ['file.js', 'a ??= b?.[c]?.(d) ?? (e ||= f) ** 2; x = y, z = void 0; label: { break label; }'],
  ])('%s: %s', (path, text) => {
    expect(diagnosticsOf(text, path).diagnostics.filter(({ kind }) => kind !== 'unlowered')).toEqual([]);
  });
});

describe('constructs that are not followed', () => {
  it('`with` is said to be unlowered', () => {
    expect(diagnosticsOf('\n  with (a) f(b);', 'file.js').diagnostics).toEqual([
      { kind: 'unlowered', message: 'The names inside `with` are not resolved', file: 'file.js', line: 2, column: 3 },
    ]);
  });

  it('text that is run is dynamic code', () => {
    const { diagnostics } = diagnosticsOf(
      'eval(a); new Function(b); Function(c); (function (eval) { eval(d); });',
      'file.js',
    );
    expect(diagnostics.map(({ kind, column }) => `${kind} ${column}`)).toEqual([
      'dynamic-code 1',
      'dynamic-code 10',
      'dynamic-code 27',
    ]);
  });
});

describe('size and depth', () => {
  it('follows long chains of every kind', () => {
    const long = 1500;
    for (const text of [
      `x = 1${' + y'.repeat(long)};`,
      `x = 1${' * y'.repeat(long)};`,
      `x = a${' || f()'.repeat(long)};`,
      `if (a${' && f()'.repeat(long)}) g();`,
      `a${'.b(c)'.repeat(long)};`,
    ]) {
      expect(lowered(text).functions.length).toBe(1);
    }
    expect(lowered(`if (a) b();${'\nelse if (c) d();'.repeat(800)}`).functions.length).toBe(1);
    expect(lowered(`x = ${'a ? f() : '.repeat(800)}c;`).functions.length).toBe(1);
  });

  it('gives up what overflows the stack, with a diagnostic', () => {
    const { file, diagnostics } = diagnosticsOf(`x = ${'['.repeat(20_000)}${']'.repeat(20_000)};`);
    expect(file.functions).toEqual([]);
    expect(diagnostics).toEqual([
      { kind: 'limit', message: 'The file nests more deeply than can be analysed', file: 'file.ts' },
    ]);
  });

  it('skips large files and minified ones', () => {
    expect(diagnosticsOf('f();', 'file.ts', { ...DEFAULT_LIMITS, fileBytes: 3 }).diagnostics).toEqual([
      { kind: 'skipped-file', message: 'The file is larger than 3 bytes', file: 'file.ts' },
    ]);
    expect(diagnosticsOf('f();\ngg();\nh();', 'file.ts', { ...DEFAULT_LIMITS, lineCharacters: 4 }).diagnostics).toEqual(
      [{ kind: 'skipped-file', message: 'A line is longer than 4 characters', file: 'file.ts' }],
    );
  });
});

it('gives the same result for the same text', () => {
  const text = 'export const f = async (a) => { for (const x of a) await g([x, () => a]); };';
  expect(lowered(text)).toEqual(lowered(text));
});
