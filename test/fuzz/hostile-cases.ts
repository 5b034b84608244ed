// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of programs
/** Repositories that mean harm, or look like it. Made when they are needed: most are large, and some have names that not every disk can hold. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface HostileCase {
  readonly name: string;
  /** Content by path. */
  readonly files: () => Readonly<Record<string, string | Uint8Array>>;
  /** What cannot be said by content: links, folders in the way. */
  readonly arrange?: (root: string) => void;
}

/** Writes a case below an empty folder. */
export function makeCase(root: string, hostile: HostileCase): void {
  for (const [path, content] of Object.entries(hostile.files())) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  hostile.arrange?.(root);
}

const LINE = 80;

/** Text nested `depth` times; a line break now and then, so that it does not count as minified. */
function nest(open: string, inner: string, close: string, depth: number): string {
  const broken = (text: string) => {
    if (text === '') return '';
    const times = Math.max(1, Math.floor(LINE / text.length));
    return `${`${text.repeat(times)}\n`.repeat(Math.floor(depth / times))}${text.repeat(depth % times)}`;
  };
  return `${broken(open)}${inner}${broken(close)}`;
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** A source that reaches a sink through `text`, so that not only the front end has to do with it. */
function leaking(text: string): string {
  return `const secret = process.env.OPENAI_API_KEY;\n${text}\nconsole.log(typeof value === 'undefined' ? secret : value);\n`;
}

function code(name: string, text: () => string, path = 'src/hostile.ts'): HostileCase {
  return { name, files: () => ({ [path]: leaking(text()) }) };
}

const PROTOTYPE_NAMES = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'prototype',
  '__defineGetter__',
  'then',
];

const DEEP: readonly HostileCase[] = [
  code('nested arrays', () => `const value = ${nest('[', 'secret', ']', 100_000)};`),
  code('nested parentheses', () => `const value = ${nest('(', 'secret', ')', 100_000)};`),
  code('nested objects', () => `const value = ${nest('{a:', 'secret', '}', 40_000)};`),
  code('nested arrow functions', () => `const value = ${nest('()=>', 'secret', '', 2_000)};`),
  code('nested functions', () => nest('function f(){', 'console.log(secret)', '}', 10_000)),
  code('nested calls', () => `const value = ${nest('f(', 'secret', ')', 50_000)};`),
  code('nested blocks', () => nest('{', 'console.log(secret)', '}', 50_000)),
  code('nested loops', () => nest('for(const x of secret)', 'console.log(x)', '', 5_000)),
  code('nested conditions', () => `const value = ${nest('a?b:', 'secret', '', 50_000)};`),
  code('nested templates', () => `const value = ${nest('`${', 'secret', '}`', 20_000)};`, 'src/hostile.js'),
  code('nested elements', () => `const value = ${nest('<a>', '{secret}', '</a>', 20_000)};`, 'src/hostile.tsx'),
  code('nested try blocks', () => nest('try{', 'console.log(secret)', '}finally{}', 5_000)),
  code('nested classes', () => nest('class A{m(){', 'console.log(secret)', '}}', 5_000)),
  code('nested patterns', () => `const ${nest('{a:', 'value', '}', 10_000)} = secret;`),
  code('nested types', () => `let value: ${nest('Array<', 'string', '>', 20_000)} = secret;`),
  code('nested object types', () => `let value: ${nest('{a:', 'string', '}', 20_000)} = secret;`),
  code('nested function types', () => `let value: ${nest('(a:', 'string', ')=>void', 10_000)} = secret;`),
  code('nested labels', () => `${lines(5_000, (i) => `l${i}:`)}console.log(secret);`),
  code('brackets that never close', () => `const value = ${nest('[({', 'secret', '', 8_000)}`),
  code('a half of everything', () => nest('function f(){ if(', 'secret', '', 4_000)),
];

const LONG: readonly HostileCase[] = [
  code('a long sum', () => `const value = secret${' + secret\n'.repeat(60_000)};`),
  code('a long chain of members', () => `const value = secret${'.a\n'.repeat(100_000)};`),
  code('a long chain of calls', () => `const value = secret${'.map((x) => x)\n'.repeat(20_000)};`),
  code('a long logical expression', () => `const value = secret${' || f(secret)\n'.repeat(30_000)};`),
  code(
    'a long chain of else',
    () => `let value; if (a) value = 1;${lines(20_000, (i) => `else if (a === ${i}) value = secret;`)}`,
  ),
  code(
    'a switch of 100,000 arms',
    () => `let value; switch (a) {${lines(100_000, (i) => `case ${i}:`)} value = secret; }`,
  ),
  code(
    'a switch of 15,000 bodies',
    () => `let value; switch (a) {${lines(15_000, (i) => `case ${i}: value = secret + value; break;`)} }`,
  ),
  code('an object of 50,000 keys', () => `const value = {${lines(50_000, (i) => `key${i}: secret,`)}};`),
  code('an array of 100,000 elements', () => `const value = [${lines(100_000, () => 'secret,')}];`),
  code(
    '30,000 variables',
    () => `const v0 = secret;${lines(30_000, (i) => `const v${i + 1} = v${i};`)} const value = v30000;`,
  ),
  code('30,000 assignments', () => `let value = secret;${lines(30_000, (i) => `value = value + ${i};`)}`),
  code(
    '4,000 calls of each other',
    () =>
      `${lines(4_000, (i) => `function f${i}(a) { return f${i + 1}(a); }`)} function f4000(a) { return a; } const value = f0(secret);`,
  ),
  code(
    '2,000 functions in a ring',
    () =>
      `${lines(2_000, (i) => `function f${i}(a, b) { return a ? f${(i + 1) % 2_000}(b, a) : f${(i * 7) % 2_000}(a, a); }`)} const value = f0(secret, secret);`,
  ),
  code(
    '300 functions that all call each other',
    () =>
      `${lines(300, (i) => `function f${i}(a) { return [${Array.from({ length: 300 }, (_, j) => `f${j}`).join()}].map((f) => f(a)); }`)} const value = f0(secret);`,
  ),
  code(
    'a function of 10,000 parameters',
    () =>
      `function f(${lines(10_000, (i) => `p${i},`)}) { return p9999; } const value = f(${'secret,\n'.repeat(10_000)});`,
  ),
  code(
    'a class of 10,000 methods',
    () =>
      `class A { ${lines(10_000, (i) => `m${i}(a) { return this.m${i + 1}(a); }`)} } const value = new A().m0(secret);`,
  ),
  code(
    '10,000 classes below each other',
    () =>
      `class A0 { m(a) { return a; } } ${lines(8_000, (i) => `class A${i + 1} extends A${i} {}`)} const value = new A8000().m(secret);`,
  ),
  code(
    'a pattern of 10,000 names',
    () => `const {${lines(10_000, (i) => `a${i} = secret,`)}} = secret; const value = a9999;`,
  ),
  code('a list of 100,000 expressions', () => `const value = (${'secret,\n'.repeat(100_000)} secret);`),
  code('50,000 comments with tags', () => `${lines(30_000, () => '/** @pii */')}\nlet value = secret;`),
  code('a name of 40,000 letters', () => `const ${'a'.repeat(40_000)} = secret; const value = ${'a'.repeat(40_000)};`),
  code('a template of 20,000 holes', () => `const value = \`${'${secret}\n'.repeat(20_000)}\`;`),
  code('a union of 20,000 types', () => `type T = ${lines(20_000, (i) => `| 'a${i}'`)}; let value: T = secret;`),
  code(
    'an interface of 20,000 members',
    () => `interface T {${lines(20_000, (i) => `a${i}: string;`)} } let value: T = secret;`,
  ),
  code('an enum of 20,000 members', () => `enum T {${lines(20_000, (i) => `A${i},`)} } const value = [T.A1, secret];`),
  code(
    '200 levels of branches that join',
    () => `let value = secret; ${lines(2_000, (i) => `if (a${i}) value = f${i}(value); else value = { value };`)}`,
  ),
  code(
    'objects that hold each other',
    () =>
      `const o0 = { secret }; ${lines(3_000, (i) => `const o${i + 1} = { a: o${i}, b: o${i}, c: o${Math.floor(i / 2)} }; o${i}.back = o${i + 1};`)} const value = o3000;`,
  ),
  code(
    'an array that grows by itself',
    () => `let value = [secret]; ${lines(2_000, () => 'value = [...value, ...value, value];')}`,
  ),
  code(
    'closures that hold each other',
    () =>
      `${lines(2_000, (i) => `const f${i} = () => [f${(i + 1) % 2_000}, f${(i * 3) % 2_000}, secret];`)} const value = f0()[0]()[1]();`,
  ),
  code(
    'callbacks of callbacks',
    () => `const apply = (f, x) => f(f, x); const value = ${nest('apply((f, x) => ', 'secret', ', secret)', 300)};`,
  ),
  code('10,000 imports', () => `${lines(10_000, (i) => `import a${i} from './missing${i}';`)} const value = secret;`),
  {
    name: 'a line of 2 MB',
    files: () => ({ 'src/hostile.js': leaking(`const value = [${'secret,'.repeat(300_000)}];`) }),
  },
  {
    name: 'a minified bundle',
    files: () => ({
      'src/hostile.js': `!function(e){${'var t=function(n){return e[n]||process.env.KEY};console.log(t(1));'.repeat(2_000)}}({});`,
    }),
  },
];

const TYPES: readonly HostileCase[] = [
  code(
    'types that double',
    () =>
      `type D<T> = { a: T; b: T };\n${lines(60, (i) => `type T${i + 1} = D<T${i}>;`)} interface T0 { email: string } declare const value: T60;`,
  ),
  code(
    'types that stand for themselves',
    () =>
      'type A = A; type B = C; type C = B; type D<T> = D<D<T>>; interface E extends E {} interface F extends G {} interface G extends F { email: string } type H = H[]; type I = { i: I; email: string } & I; type J = Pick<J, "a">; type K = typeof value; type L = L["a"]; declare const value: [A, B, D<A>, E, F, H, I, J, K, L];',
  ),
  code(
    'classes that extend themselves',
    () =>
      'class A extends A { email = ""; } class B extends C {} class C extends B { m(a) { return super.m(a); } } const value = [new A(), new B().m(secret)];',
  ),
  code(
    'variables whose types are each other',
    () => 'let a: typeof b = secret; let b: typeof c; let c: typeof a; let value: (typeof a)["x"]["y"] = b;',
  ),
  code(
    'a mapped type over itself',
    () =>
      'type M<T> = { [K in keyof M<T>]: M<M<T>[K]> }; type N<T> = T extends N<infer U> ? N<U> : N<N<T>>; let value: M<N<M<string>>> = secret;',
  ),
  code(
    '1,000 interfaces that extend all before',
    () =>
      `${lines(600, (i) => `interface I${i} ${i > 0 ? `extends ${Array.from({ length: Math.min(i, 40) }, (_, j) => `I${i - 1 - j}`).join()}` : ''} { email${i}: string; next: I${(i * 7) % 600} }`)} declare const value: I599;`,
  ),
];

const NAMES: readonly HostileCase[] = PROTOTYPE_NAMES.map((name) => ({
  name: `the name ${name} everywhere`,
  files: () => ({
    'src/hostile.ts': `
import ${name}, { ${name} as b, default as c } from '${name}';
import * as ns from './${name}';
import '${name}/${name}';
export { ${name} as default, ${name} } from './other';
export * as ${name} from './${name}';
/** @pii ${name} */
interface ${name === 'constructor' ? 'Ctor' : name} { ${name}: string; email: string }
class A extends ns.${name} { static ${name === 'prototype' || name === 'constructor' ? 'x' : name} = 1; #${name === 'constructor' ? 'y' : name} = 2; ['${name}']() { return this.${name}; } get ${name === 'constructor' ? 'z' : name}() { return process.env.${name}; } }
function f(${name}, { ${name}: d, ...rest }) { rest.${name} = ${name}; rest['${name}'].${name}(d); return arguments.${name}; }
enum E { ${name} = '${name}' }
${name}: for (const k in { ${name}: 1, '${name}': 2, ['${name}']: 3 }) { console.log(f.${name}[k], globalThis.${name}, window.${name}); break ${name}; }
const o = { ${name}: process.env.OPENAI_API_KEY, ['__proto__']: { a: 1 } };
const { ${name}: value } = o; console.log(value, o.${name}.${name}, o['${name}']['${name}']);
logger.${name}(o); prisma.${name}.findMany({ where: { ${name}: 1 } }); new A().${name}(value); ${name}.${name}.${name}();
delete o.${name}; Object.${name}.call(o, '${name}'); JSON.stringify(o).${name}; new Map([['${name}', value]]).get('${name}');
type T = E['${name}'] & Pick<A, '${name}'> & typeof ns.${name}.${name}; declare const t: T; console.log(t.${name});
`,
    'src/other.ts': `export default process.env.OPENAI_API_KEY; export const ${name} = 1; export { ${name} as '${name} x' };`,
    [`src/${name}.ts`]: `export * from './hostile'; export * from './${name}'; module.exports.${name} = exports['${name}'] = require('./other').${name};`,
    [`src/${name}/index.tsx`]: `export default () => <${name} ${name}={process.env.SECRET_KEY} {...${name}}><ns.${name} key="${name}" /></${name}>;`,
    'package.json': `{ "name": "${name}", "version": "${name}", "main": "${name}", "dependencies": { "${name}": "${name}", "openai": "^4" }, "exports": { "${name}": "./${name}", "./${name}": { "${name}": "./src/${name}.ts" } }, "imports": { "#${name}": "${name}" }, "workspaces": { "${name}": ["*"], "packages": ["${name}", "**"] }, "scripts": { "${name}": "${name}" }, "${name}": { "${name}": 1 }, "bin": { "${name}": "${name}" } }`,
    'tsconfig.json': `{ "extends": "${name}", "${name}": {}, "compilerOptions": { "${name}": 1, "baseUrl": "${name}", "paths": { "${name}": ["${name}"], "${name}/*": ["./src/*"] }, "rootDirs": ["${name}"] }, "references": [{ "path": "${name}", "${name}": 1 }] }`,
    'package-lock.json': `{ "lockfileVersion": 3, "packages": { "": { "${name}": {} }, "node_modules/${name}": { "version": "${name}" }, "${name}": { "link": true, "resolved": "${name}" } }, "dependencies": { "${name}": { "version": "1", "dependencies": { "${name}": {} } } }, "${name}": 1 }`,
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  ${name}:\n    dependencies:\n      ${name}:\n        specifier: ${name}\n        version: ${name}\npackages:\n  ${name}@1.0.0: { ${name}: 1 }\n${name}: {}\n`,
    'yarn.lock': `# yarn lockfile v1\n\n${name}@^1, "${name}@npm:${name}":\n  version "1.0"\n  ${name} "${name}"\n  dependencies:\n    ${name} "1"\n`,
    'pnpm-workspace.yaml': `packages: ['${name}', '${name}/*']\ncatalog: { ${name}: ${name} }\ncatalogs: { ${name}: { ${name}: '1' } }\n${name}: 1\n`,
    '.mcp.json': `{ "mcpServers": { "${name}": { "command": "${name}", "args": ["${name}"], "env": { "${name}": "${name}", "OPENAI_API_KEY": "${name}" }, "${name}": {} } }, "${name}": {} }`,
    '.claude/settings.json': `{ "permissions": { "allow": ["${name}", "${name}(*)"], "${name}": [] }, "${name}": { "${name}": true }, "hooks": { "${name}": [] } }`,
    '.codex/config.toml': `${name} = 1\n[${name}]\n${name} = "${name}"\n[${name}.${name}]\napproval_policy = "${name}"\n[[${name}s]]\n${name} = [1]\n`,
    '.github/workflows/a.yml': `name: ${name}\non: { ${name}: {}, issues: { types: [${name}] } }\nenv: { ${name}: ${name} }\njobs:\n  ${name}:\n    needs: [${name}]\n    outputs: { ${name}: "\${{ steps.${name}.outputs.${name} }}" }\n    steps:\n      - { id: ${name}, uses: ${name}, with: { ${name}: "\${{ github.event.${name}.${name} }}" } }\n      - run: echo \${{ needs.${name}.outputs.${name} }} \${{ env.${name} }}\n        env: { ${name}: "\${{ github.event.issue.title }}" }\n`,
    'docker-compose.yml': `services:\n  ${name}:\n    image: ${name}\n    environment: { ${name}: ${name} }\n    env_file: ${name}\nx-${name}: &${name} { ${name}: *${name} }\n`,
    'prisma/schema.prisma': `model ${name} {\n  ${name} ${name} @${name}\n  email String\n}\nenum ${name} { ${name} }\n`,
    '.env': `${name}=${name}\nexport ${name}=sk-${name}\n`,
    'flow.json': `{ "nodes": [{ "id": "${name}", "type": "${name}", "parameters": { "${name}": "${name}" }, "data": { "${name}": 1 } }], "connections": { "${name}": { "main": [[{ "node": "${name}" }]] } }, "edges": [{ "source": "${name}", "target": "${name}" }] }`,
    '.gitignore': `${name}-ignored\n`,
  }),
}));

const MODULES: readonly HostileCase[] = [
  {
    name: 'modules that import themselves and each other',
    files: () => ({
      'src/a.ts':
        "export * from './a'; export * from './b'; export * from './c'; import { x } from './a'; import d from './b'; console.log(x, d, process.env.OPENAI_API_KEY);",
      'src/b.ts':
        "export * from './a'; export * from './c'; export { default } from './c'; export { y as z } from './c';",
      'src/c.ts':
        "export * from './b'; export * from './a'; export { default } from './b'; export { z as y } from './b'; export * as all from './a';",
      'src/d.cjs':
        "module.exports = require('./d.cjs'); exports.a = require('./e.cjs'); console.log(module.exports.a.b.a.b);",
      'src/e.cjs': "exports.b = require('./d.cjs'); module.exports = { ...module.exports, ...exports };",
    }),
  },
  code(
    'states that are made of each other, where tools are looked for',
    () => `import OpenAI from 'openai';
      ${lines(8, (i) => `let state${i} = { handle: () => ${i} };`)}
      ${lines(8, (i) => `export function set${i}() { ${lines(8, (j) => `state${i} = { ...state${j}, at${i}${j}: state${j} };`)} }`)}
      export const pick = (name: string) => state0[name]();
      const tools = [{ type: 'function', function: { name: 'handle', parameters: { ...state0 } } }];
      export const ask = () => new OpenAI().chat.completions.create({ model: 'gpt-5', messages: [], tools });`,
  ),
  {
    name: '3,000 files that re-export the next',
    files: () => ({
      ...Object.fromEntries(
        Array.from({ length: 3_000 }, (_, i) => [
          `src/m${i}.ts`,
          `export * from './m${i + 1}';\nexport { key as key${i} } from './m${i + 1}';\n`,
        ]),
      ),
      'src/m3000.ts': 'export const key = process.env.OPENAI_API_KEY;',
      'src/index.ts': "import { key, key0 } from './m0'; console.log(key, key0);",
    }),
  },
  {
    name: '200 files that re-export all others',
    files: () =>
      Object.fromEntries(
        Array.from({ length: 200 }, (_, i) => [
          `src/m${i}.ts`,
          `${lines(200, (j) => `export * from './m${j}';`)}\nimport { k${(i * 7) % 200} } from './m${(i + 1) % 200}'; export const k${i} = [k${(i * 7) % 200}, process.env.OPENAI_API_KEY]; console.log(k${i});`,
        ]),
      ),
  },
  {
    name: 'specifiers of every odd kind',
    files: () => ({
      'src/a.ts': [
        '',
        '.',
        '..',
        '/',
        './',
        '../../../../etc/passwd',
        '/etc/passwd',
        'node:',
        'node:nothing',
        '@',
        '@/',
        '@a',
        '@a/',
        '#',
        '#a/*',
        '*',
        '**/*',
        'http://',
        'https://[',
        'data:text/javascript,1',
        'file:///etc/passwd',
        'C:\\\\a',
        '\\\\\\\\a',
        'a\\u0000b',
        'a\\nb',
        '%',
        '%00',
        './%2e%2e',
        './a?raw',
        './a#b',
        '!!raw-loader!./a',
        'a'.repeat(5_000),
        '../'.repeat(1_000),
        './a/'.repeat(500),
        'npm:',
        'jsr:@a/b',
        'virtual:a',
        '~',
        '~/a',
        '$lib/a',
        '${a}',
      ]
        .map((specifier, i) => `import a${i} from '${specifier}'; import('${specifier}'); require('${specifier}');`)
        .join('\n'),
    }),
  },
  {
    name: 'settings that extend each other',
    files: () => ({
      'tsconfig.json':
        '{ "extends": ["./tsconfig.json", "./b.json", "./b"], "references": [{ "path": "." }, { "path": "./b.json" }] }',
      'b.json':
        '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "*": ["*", "./*/*", "**"], "@/*": ["../../../*"], "": [""] }, "baseUrl": "../../.." } }',
      'package.json':
        '{ "name": "a", "main": ".", "module": "./", "exports": { ".": { "import": { "default": { "default": "." } } }, "./*": "./*", "./*/*": "./*" }, "imports": { "#a": "#a", "#b": "#c", "#c": "#b", "#*": "#*" }, "workspaces": ["**", "../**", "!**", "{a,{b,{c,d}}}"], "dependencies": { "a": "workspace:*", "b": "file:.", "c": "link:../..", "d": "npm:d@*", "e": "catalog:" } }',
      'src/a.ts':
        "import '#a'; import '#b'; import '#x'; import 'a'; import 'a/a/a'; import 'b'; import 'b/src/a'; import 'c'; import 'd'; import 'e'; import '@/x'; console.log(process.env.OPENAI_API_KEY);",
    }),
  },
  ...[
    'null',
    '[]',
    '"text"',
    '1',
    'true',
    '',
    '{',
    '\uFEFF{}',
    '{"name":1,"exports":[1,[2]],"imports":[],"workspaces":1,"dependencies":[],"main":{},"bin":[]}',
    nest('[', '', ']', 100_000),
    nest('{"a":', '1', '}', 50_000),
  ].map(
    (text, index): HostileCase => ({
      name: `settings that are no settings (${index})`,
      files: () => ({
        ...Object.fromEntries(
          [
            'package.json',
            'tsconfig.json',
            'jsconfig.json',
            'lerna.json',
            'package-lock.json',
            'bun.lock',
            '.mcp.json',
            '.claude/settings.json',
            'deno.json',
            'flow.json',
            'pnpm-workspace.yaml',
            'pnpm-lock.yaml',
            'yarn.lock',
            '.codex/config.toml',
            '.github/workflows/a.yml',
            'action.yml',
            'docker-compose.yml',
            'Dockerfile',
            '.env',
            'a.ipynb',
            'n8n/workflow.json',
            'prisma/schema.prisma',
            '.gitignore',
            '.spillcheckignore.txt',
          ].map((path) => [path, text]),
        ),
        'src/a.ts': "import 'x'; import './b'; import '@/c'; console.log(process.env.OPENAI_API_KEY);",
      }),
    }),
  ),
  {
    name: 'YAML that unfolds',
    files: () => ({
      '.github/workflows/a.yml': `a0: &a0 [x, x]\n${lines(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)}\njobs: *a40\n`,
      'pnpm-workspace.yaml': `a0: &a0 [x, x]\n${lines(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)}\npackages: *a40\n`,
      'docker-compose.yml': 'services: &s\n  <<: *s\n  a: *s\n',
      'b.yaml': `${nest('[', '', ']', 50_000)}`,
      'c.yaml': `${lines(5_000, (i) => `${' '.repeat(i)}a:`)}`,
    }),
  },
];

const ENCODINGS: readonly HostileCase[] = [
  {
    name: 'texts in every encoding',
    files: () => {
      const text = 'console.log(process.env.OPENAI_API_KEY); // é\n';
      const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
      return {
        'src/utf16le.ts': wide,
        'src/utf16be.ts': Buffer.from(wide).swap16(),
        'src/utf16odd.ts': wide.subarray(0, wide.length - 1),
        'src/utf16unmarked.ts': wide.subarray(2),
        'src/bom.ts': `\uFEFF${text}`,
        'src/boms.ts': `\uFEFF\uFEFF${text}`,
        'src/latin1.ts': Buffer.from(text, 'latin1'),
        'src/invalid.ts': Buffer.concat([
          Buffer.from('const a = "'),
          Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf8, 0xfe]),
          Buffer.from(`"; ${text}`),
        ]),
        'src/nul.ts': `const a = "\0"; ${text}`,
        'src/lateNul.ts': `${'// filling\n'.repeat(1_000)}const a = "\0"; ${text}`,
        'src/cr.ts': text.replaceAll('\n', '\r').repeat(3),
        'src/separators.ts': `const a = 1;\u2028const b = 2;\u2029${text}`,
        'src/controls.ts': `const a = "${Array.from({ length: 32 }, (_, i) => (i === 10 || i === 13 ? '' : String.fromCharCode(i || 1))).join('')}"; ${text}`,
        'src/bidi.ts': `const a = "\u202e\u2066\u200f"; ${text}`,
        'src/surrogates.ts': `const a = "\\ud800\\udc00\\ud800"; const \u{20000} = a; ${text}`,
        'src/empty.ts': '',
        'src/space.ts': ' \n\t\r\n ',
        'src/shebang.ts': '#!',
        'package.json': wide,
        'tsconfig.json': Buffer.from([0xff, 0xfe]),
        '.env': Buffer.from([0xfe, 0xff, 0x00]),
      };
    },
  },
  {
    name: 'files that end early',
    files: () => {
      const text =
        "import { a } from './a';\nexport class B<T> extends A { async *m({ c, ...d }: C = {}) { try { for await (const e of f`x${a}`) yield* e?.[g] ?? (h ||= /re/u); } catch { return <T>`${'x'}`; } } }\n";
      return Object.fromEntries(Array.from({ length: text.length }, (_, i) => [`src/f${i}.ts`, text.slice(0, i)]));
    },
  },
];

const FILES: readonly HostileCase[] = [
  {
    name: 'names with every odd character',
    files: () => {
      const names = [
        'a b',
        'a\tb',
        'a\nb',
        'a\rb',
        "a'b",
        'a"b',
        'a\\b',
        'a`b',
        'a$b',
        '${a}',
        'a#b',
        'a?b',
        'a%b',
        '%20',
        'a&b',
        'a*b',
        '[a]',
        '[...a]',
        '(a)',
        '{a,b}',
        '@a',
        '-a',
        '--help',
        '~',
        'a:b',
        'a;b',
        'a|b',
        'a<b>',
        '\u0001',
        '\u001b[31m',
        '\u007f',
        'é',
        'e\u0301',
        '日本',
        '😀',
        '\u202e',
        '\ufeff',
        '\u2028',
        '...',
        ' ',
        'a.',
        'CON',
        'x'.repeat(200),
      ];
      return Object.fromEntries(
        names.flatMap((name) => [
          [`src/${name}/${name}.ts`, 'console.log(process.env.OPENAI_API_KEY);\n'],
          [`src/${name}/.env`, 'A=b\n'],
        ]),
      );
    },
  },
  {
    name: 'names that are no text',
    files: () => ({}),
    arrange: (root) => {
      for (const bytes of [[0xff], [0xc3, 0x28], [0x61, 0xfe, 0x62]]) {
        writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from(bytes), Buffer.from('.ts')]), 'f();\n');
      }
    },
  },
  {
    name: 'links in circles, to nowhere and out',
    files: () => ({
      'src/a.ts': "import './loop/loop/a'; import './self'; import './out/passwd'; import './up/src/a';\n",
      'real/b.ts': 'f();',
    }),
    arrange: (root) => {
      const link = (target: string, path: string) => symlinkSync(target, join(root, path));
      link('.', 'src/loop');
      link('..', 'src/up');
      link('self', 'src/self');
      link('two', 'src/one');
      link('one', 'src/two');
      link('nowhere', 'src/dangling.ts');
      link('/etc', 'src/out');
      link('/etc/passwd', 'src/passwd.ts');
      link('/dev/zero', 'src/endless.ts');
      link('/dev/stdin', 'src/waiting.ts');
      link('a.ts', 'src/alias.ts');
      link('../real', 'src/real');
      link('/proc/self', 'src/process');
      link('nowhere', 'package.json');
      link('/dev/zero', 'tsconfig.json');
      link('.gitignore', '.gitignore');
      link('.', 'node_modules');
    },
  },
  {
    name: 'folders where files are expected',
    files: () =>
      Object.fromEntries(
        [
          'package.json',
          'tsconfig.json',
          '.gitignore',
          '.spillcheckignore',
          '.mcp.json',
          'pnpm-lock.yaml',
          'src/a.ts',
          '.env',
          '.git/index',
          '.git/config',
          '.git/HEAD',
          'spillcheck.config.yaml.d',
        ].map((path) => [`${path}/file`, 'text']),
      ),
  },
  { name: 'folders 400 levels deep', files: () => ({ [`${'a/'.repeat(400)}a.ts`]: "import '../'; f();" }) },
  {
    name: 'a broken git index',
    files: () => ({
      '.git/index': Buffer.from('DIRC\0\0\0\u0002\xff\xff\xff\xffgarbage', 'latin1'),
      '.git/HEAD': 'ref: refs/heads/../../../../etc/passwd',
      'a.ts': 'f();',
    }),
  },
  {
    name: 'a git folder elsewhere',
    files: () => ({
      '.git': 'gitdir: /dev/zero\n',
      'a.ts': 'f();',
      'sub/.git': `gitdir: ${'../'.repeat(3_000)}\n`,
      'sub/b.ts': 'f();',
    }),
  },
  {
    name: 'patterns that take long to match',
    files: () => ({
      '.gitignore': `${'*a'.repeat(40)}b\n${'**/'.repeat(40)}b\n${'a*'.repeat(2_000)}\n[${'a-z'.repeat(500)}\n${'{a,'.repeat(30)}\n!${'?*'.repeat(40)}\n`,
      [`${'a'.repeat(200)}/${'a'.repeat(200)}.ts`]: 'f();',
      'package.json': `{ "workspaces": ["${'*a'.repeat(40)}b", "${'{a,b}'.repeat(20)}", "${'**/'.repeat(40)}b"] }`,
      'tsconfig.json': `{ "compilerOptions": { "paths": { "${'*a'.repeat(40)}": ["*"], "${'a'.repeat(5_000)}*": ["*"] } } }`,
      'a.vue': `<script ${'a="'.repeat(5_000)}\n${'<script>'.repeat(3_000)}`,
      'b.svelte': `${'<script lang="ts" '.repeat(2_000)}`,
      'c.astro': `---\n${'---\r'.repeat(3_000)}`,
      'd.vue': `${'<script>f()</script>\n'.repeat(5_000)}`,
    }),
  },
];

/** Texts in which the search for secrets finds many beginnings. */
const SECRETS: readonly HostileCase[] = [
  [
    'sk-',
    'AKIA',
    'ghp_',
    'eyJ',
    'xoxb-',
    '-----BEGIN PRIVATE KEY-----\n',
    'password=',
    'api_key: "',
    'Bearer ',
    'https://a:b@',
    'postgres://u:p@',
    'AIza',
    'glpat-',
    'secret secret_',
    'sk-ant-api03-',
  ].map(
    (start): HostileCase => ({
      name: `20,000 beginnings of ${JSON.stringify(start)}`,
      files: () => ({
        'a.txt': start.repeat(20_000),
        'b.env': `A=${`${start}a1B2`.repeat(10_000)}`,
        'c.json': `{"k":"${start.replaceAll('\n', '\\n').replaceAll('"', '').repeat(10_000)}"}`,
        'd.md': `${start}${'aB3'.repeat(100_000)}\n`.repeat(2),
      }),
    }),
  ),
].flat();

export const HOSTILE_CASES: readonly HostileCase[] = [
  ...DEEP,
  ...LONG,
  ...TYPES,
  ...NAMES,
  ...MODULES,
  ...ENCODINGS,
  ...FILES,
  ...SECRETS,
];
