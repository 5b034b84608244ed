// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of programs
import fc from 'fast-check';
import type { Source } from './sources.js';

/** One change of a text. What the numbers mean depends on the kind; all are taken modulo what there is. */
export interface Mutation {
  readonly kind: number;
  readonly at: number;
  readonly length: number;
  readonly pick: number;
}

/** A case: files by path that are looked at as one program. */
export interface FuzzCase {
  readonly files: readonly Source[];
}

const MOST = 2 ** 20;

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    kind: fc.nat({ max: MOST }),
    at: fc.nat({ max: MOST }),
    length: fc.nat({ max: MOST }),
    pick: fc.nat({ max: MOST }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Files of one kind, each changed. Shrinks to fewer files and fewer changes. */
export function mutatedFiles(sources: readonly Source[], most: number): fc.Arbitrary<FuzzCase> {
  const file = fc.record({ source: fc.nat({ max: sources.length - 1 }), mutations });
  return fc
    .array(file, { minLength: 1, maxLength: most })
    .map((files) => ({ files: files.map(({ source, mutations: all }) => mutate(sources, source, all)) }));
}

/** Pieces that sources of good will do not hold. */
const PIECES = [
  ...[
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'prototype',
    'arguments',
    'this',
    'super',
    'eval',
    'await',
    'yield',
    'async',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '`',
    '${',
    '"',
    "'",
    '/*',
    '*/',
    '//',
    '<!--',
    '#',
    '@',
    '?.',
    '=>',
    '...',
    ';',
    ',',
    ':',
    '=',
    '\\',
  ],
  ...['\0', '\ufeff', '\u2028', '\ud800', '\udc00', '\r', '\u202e', '\x7f', '\u{20000}', '\\u{', '\\ud800'],
  ...[
    '__proto__: a, ',
    '["__proto__"]: a',
    'constructor() { super(); }',
    'get constructor() {}',
    '#constructor',
    '...rest',
    'new.target',
    'import.meta',
  ],
  ...[
    'import * as x from "./self";',
    'export * from "./self";',
    'require("./self")',
    'export default ',
    'module.exports = ',
    'export = ',
    'declare global { ',
    'namespace A.B { ',
  ],
  ...[
    'if (a) ',
    'else ',
    'for (const a of b) ',
    'for (;;) ',
    'while (a) ',
    'do ',
    'switch (a) { case b: ',
    'default: ',
    'try { ',
    '} catch (e) { ',
    '} finally { ',
    'label: ',
    'break label;',
    'continue;',
    'return ',
    'throw ',
  ],
  ...[
    'function f(',
    'class A extends A { ',
    'static { ',
    'async function* f() { ',
    'yield* ',
    '(a = b) => ',
    'interface A extends A { ',
    'type A<T> = A<A<T>>;',
    'enum A { ',
    'as const',
    'satisfies A',
    '!',
    '<T,>',
    ': typeof a',
  ],
  ...['<a b={c}>', '</a>', '<>', '{...a}', '<script>', '</script>', '---\n', '<a.b.c/>', '&#115;'],
  ...[
    'null',
    'undefined',
    'NaN',
    '1e999',
    '0x',
    '09',
    '1n',
    '-0',
    '/[/',
    '/(?:/u',
    '"use server";',
    '"use client"',
    '#!/usr/bin/env node\n',
  ],
  ...[
    '[]: {',
    '- *a',
    '&a ',
    '<<: *a',
    '!!js ',
    '%YAML',
    '? ',
    '|\n',
    '"__proto__": {',
    '"constructor": ',
    '{"a":',
    '[1,',
    '[[a]]',
    'a.b.c = ',
  ],
  ...[
    'process.env.OPENAI_API_KEY',
    'console.log(',
    '.then(',
    '.map((x) => ',
    'JSON.stringify(',
    'Promise.all([',
    'await ',
    'new Map([[',
  ],
];

const RUDE: readonly ((text: string, mutation: Mutation, sources: readonly Source[]) => string)[] = [
  // take out
  (text, { at, length }) => splice(text, at, length % 40, ''),
  (text, { at, length }) => splice(text, at, length % 2_000, ''),
  // put in
  (text, { at, pick }) => splice(text, at, 0, PIECES[pick % PIECES.length]!),
  (text, { at, pick }) => splice(text, at, 0, ` ${PIECES[pick % PIECES.length]} `),
  (text, { at, pick, length }) => splice(text, at, 0, PIECES[pick % PIECES.length]!.repeat(1 + (length % 300))),
  // put in the place of a word
  (text, { at, pick }) => replaceWord(text, at, PIECES[pick % PIECES.length]!),
  (text, { at, pick }) => replaceWord(text, at, wordAt(text, pick) ?? 'a'),
  // twice, many times
  (text, { at, length }) => splice(text, at, 0, slice(text, at, length % 400)),
  (text, { at, length, pick }) => splice(text, at, 0, slice(text, at, length % 60).repeat(pick % 60)),
  // elsewhere
  (text, { at, length, pick }) => splice(splice(text, at, length % 200, ''), pick, 0, slice(text, at, length % 200)),
  // of another file
  (text, { at, length, pick }, sources) =>
    splice(text, at, 0, slice(sources[pick % sources.length]!.text, length, 30 + (pick % 500))),
  // end early
  (text, { at }) => text.slice(0, at % (text.length + 1)),
  // nested
  (text, { at, pick, length }) => {
    const [open, close] = PAIRS[pick % PAIRS.length]!;
    const depth = length % 120;
    const inner = slice(text, at, length % 80);
    return splice(text, at, inner.length, `${open.repeat(depth)}${inner}${close.repeat(depth)}`);
  },
  // one character
  (text, { at, pick }) => splice(text, at, 1, String.fromCharCode(pick % 0x180)),
];

/** Whole statements, of which most texts stay well formed. */
const STATEMENTS = [
  'a.__proto__ = b;',
  'const { __proto__: a1, constructor: b1, ...c1 } = this;',
  'delete a.constructor;',
  'a = { ...a, a, __proto__: a, ["constructor"]: a };',
  'a = [...a, a];',
  'for (const k in a) a[k] = a;',
  'for (const [k, v] of Object.entries(a)) b[k] = v;',
  'a = a(a);',
  'a = a.a.a.a.a.a.a.a;',
  'a ||= b; a ??= a; a &&= a;',
  'function a(a) { return a(a, ...arguments); }',
  'var a = (a) => a(a), b = a(a);',
  'class B extends B { constructor() { super(); this.b = this; } }',
  'class C { static { this.c = C; } static c = new C(); #d = this.#d; }',
  'try { throw a; } catch ({ message, ...e }) { a = e; } finally { a = 1; }',
  'switch (a) { case a: a = b; default: case b: break; }',
  'x: for (;;) { if (a) continue x; break x; }',
  'async function* g() { for await (const x of g()) yield* g(x); }',
  'await a.then(a, a).catch(a).finally(a);',
  'await Promise.all([a, b].map(async (x) => await x));',
  'new Promise((resolve, reject) => resolve(resolve));',
  'console.log(a, process.env.OPENAI_API_KEY, this, arguments);',
  'eval(a); new Function(a); Function.prototype.call.apply(eval, a);',
  'module.exports = { ...module.exports, a }; exports.a = exports;',
  'import("./a").then((m) => m.default(m));',
  'const t = a`${a}${b`${a}`}`;',
  'a?.[a]?.(a)?.a;',
  '[a, b, [c, ...d] = a] = [b, a];',
  '({ a, b: { c: [d] = [] } = {} } = a);',
  'a = typeof a === "string" ? a : a instanceof a ? a : "a" in a;',
  'Object.assign(a, a); Object.defineProperty(a, "a", { get() { return a; } });',
  'Array.prototype.map.call(a, (x) => x);',
  'a.map((x) => x.map((y) => [x, y, a]));',
  'a.on("data", (x) => a.emit("data", x));',
  'setTimeout(() => a(setTimeout), 1);',
  'new Map([[a, a]]).forEach((v, k, m) => m.set(v, m));',
  'JSON.parse(JSON.stringify({ a, toJSON() { return this; } }));',
  'var undefined, NaN, let_, of, get, set, async;',
  'if (a) { var a = 1; } else { function a() {} }',
  'a++; --a; a **= a; a = -a + ~a + +a;',
  'label: { break label; }',
  'with_: while (a) { do { if (a) return a; } while (a); }',
  '"use server";',
  ';',
  '{}',
  'debugger;',
  'throw a;',
  'return a;',
  'void 0, a, b;',
  '`${process.env.A}`.slice(1).trim().split("").join();',
];

/** Changes after which a program mostly is a program still, of odd behaviour. */
const GENTLE: readonly ((text: string, mutation: Mutation, sources: readonly Source[]) => string)[] = [
  (text, { at, pick }) => insertStatement(text, at, STATEMENTS[pick % STATEMENTS.length]!),
  (text, { at, pick }) => insertStatement(text, at, STATEMENTS[pick % STATEMENTS.length]!),
  (text, { at, pick }) => replaceName(text, at, nameAt(text, pick) ?? 'a'),
  (text, { at, pick }) => replaceName(text, at, nameAt(text, pick) ?? 'a'),
  (text, { at, pick }) => replaceName(text, at, PROTOTYPE_NAMES[pick % PROTOTYPE_NAMES.length]!),
  (text, { at, pick }) => onStatements(text, (rows) => rows.splice(at % rows.length, 1 + (pick % 2))),
  (text, { at, pick }) => onStatements(text, (rows) => rows.splice(pick % rows.length, 0, rows[at % rows.length]!)),
  (text, { at, pick, length }) =>
    onStatements(text, (rows) =>
      rows.splice(pick % rows.length, 0, ...new Array(length % 60).fill(rows[at % rows.length]!)),
    ),
  (text, { at, pick }) =>
    onStatements(text, (rows) => rows.splice(pick % rows.length, 0, ...rows.splice(at % rows.length, 1))),
  (text, { at, pick }) =>
    onStatements(text, (rows) =>
      rows.splice(at % rows.length, 1, WRAPPED[pick % WRAPPED.length]!(rows[at % rows.length]!)),
    ),
  (text, { at, pick, length }, sources) =>
    insertStatement(text, at, pickStatement(sources[pick % sources.length]!.text, length)),
];

const PROTOTYPE_NAMES = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'prototype',
  'then',
  'arguments',
  'undefined',
];

/** A statement within others, deep at times. */
const WRAPPED: readonly ((row: string) => string)[] = [
  (row) => `if (a) {\n${row}\n} else {\n${row}\n}`,
  (row) => `try {\n${row}\n} catch (e) {\n${row}\n}`,
  (row) => `while (a) {\n${row}\n}`,
  (row) => `(() => {\n${row}\n})();`,
  (row) => `[a].forEach(async (a) => {\n${row}\n});`,
  (row) => `switch (a) { case 1: {\n${row}\n} }`,
  (row) => `{\n${'if (a) {'.repeat(30)}\n${row}\n${'}'.repeat(30)}\n}`,
  (row) => `${'(() => {'.repeat(20)}\n${row}\n${'})();'.repeat(20)}`,
];

/** Rows that end like statements may be moved, wrapped and repeated. */
function onStatements(text: string, change: (rows: string[]) => void): string {
  const rows = text.split('\n');
  const places = rows.flatMap((row, index) => (/^\s*[^/*\s].*;\s*(?:\/\/.*)?$/.test(row) ? [index] : []));
  if (places.length === 0) return text;
  const moved = places.map((index) => rows[index]!);
  change(moved);
  const result = rows.map((row, index) => (places.includes(index) ? (moved.shift() ?? '') : row));
  // what is more than there was place for follows the last one
  result.splice(places.at(-1)! + 1, 0, ...moved);
  return result.join('\n');
}

function insertStatement(text: string, at: number, statement: string): string {
  const rows = text.split('\n');
  const places = rows.flatMap((row, index) => (/[;{}]\s*(?:\/\/.*)?$/.test(row) ? [index] : []));
  rows.splice((places[at % Math.max(1, places.length)] ?? -1) + 1, 0, statement);
  return rows.join('\n');
}

function pickStatement(text: string, at: number): string {
  const rows = text.split('\n').filter((row) => /;\s*(?:\/\/.*)?$/.test(row));
  return rows[at % Math.max(1, rows.length)] ?? ';';
}

const NAME =
  /(?<![\w$.'"`/-])(?!(?:const|let|var|function|class|return|if|else|for|of|in|new|await|async|import|export|from|default|extends|typeof|try|catch|finally|throw|switch|case|while|do|break|continue|yield|static|interface|type|enum|null|true|false|this|super|void|delete|instanceof|as)\b)[A-Za-z_$][\w$]*/g;

function replaceName(text: string, at: number, replacement: string): string {
  const names = [...text.matchAll(NAME)];
  const name = names[at % Math.max(1, names.length)];
  return name ? text.slice(0, name.index) + replacement + text.slice(name.index + name[0].length) : text;
}

function nameAt(text: string, at: number): string | undefined {
  const names = text.match(NAME) ?? [];
  return names[at % Math.max(1, names.length)];
}

/** How often a change is a rude one: most programs do not survive it. */
const RUDE_SHARE = 8;

const PAIRS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['{a:', '}'],
  ['() => ', ''],
  ['f(', ')'],
  ['`${', '}`'],
  ['<a>', '</a>'],
  ['Array<', '>'],
  ['function f(){', '}'],
  ['a ? b : ', ''],
  ['if (a) ', ''],
  ['try{', '}catch{}'],
  ['{"a":', '}'],
  ['await ', ''],
  ['!', ''],
  ['class A{m(){', '}}'],
  ['- ', ''],
];

function mutate(sources: readonly Source[], source: number, all: readonly Mutation[]): Source {
  const { path, text } = sources[source]!;
  const result = all.reduce((current, each) => {
    const isRude = each.kind % RUDE_SHARE === 0;
    const kinds = isRude ? RUDE : GENTLE;
    return kinds[Math.floor(each.kind / RUDE_SHARE) % kinds.length]!(current, each, sources);
  }, text);
  return { path, text: result };
}

function splice(text: string, at: number, length: number, inserted: string): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + inserted + text.slice(start + length);
}

function slice(text: string, at: number, length: number): string {
  const start = at % (text.length + 1);
  return text.slice(start, start + length);
}

function replaceWord(text: string, at: number, replacement: string): string {
  const words = [...text.matchAll(/[\w$]+/g)];
  const word = words[at % Math.max(1, words.length)];
  return word ? text.slice(0, word.index) + replacement + text.slice(word.index + word[0].length) : text;
}

function wordAt(text: string, at: number): string | undefined {
  const words = text.match(/[\w$]+/g) ?? [];
  return words[at % Math.max(1, words.length)];
}
