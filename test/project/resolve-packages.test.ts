import { describe, expect, it } from 'vitest';
import { type Files, makeResolver } from './tree.js';

function workspace(files: Files, manifest: object = {}): Files {
  return {
    'package.json': { name: 'root', workspaces: ['packages/*'] },
    'packages/app/package.json': { name: 'app', dependencies: { '@acme/lib': 'workspace:*', other: '^1.0.0' } },
    'packages/lib/package.json': { name: '@acme/lib', version: '2.1.0', ...manifest },
    ...files,
  };
}

describe('own packages', () => {
  it('leads entry points in build output back to the source', () => {
    const resolve = makeResolver(
      workspace(
        {
          'packages/lib/src/index.ts': '',
          'packages/lib/src/server/index.ts': '',
          'packages/lib/src/browser.ts': '',
          'packages/lib/src/features/a.ts': '',
          'packages/lib/src/loose.ts': '',
        },
        {
          exports: {
            '.': {
              browser: './dist/browser.js',
              types: './dist/index.d.ts',
              import: './dist/index.mjs',
              require: './dist/index.cjs',
            },
            './server': { import: { types: './dist/esm/server/index.d.mts', default: './dist/esm/server/index.mjs' } },
            './features/*': './dist/features/*.js',
            './package.json': './package.json',
          },
        },
      ),
    );
    const from = 'packages/app/x.ts';
    expect(resolve('@acme/lib', from)).toBe('own @acme/lib@2 packages/lib/src/index.ts');
    expect(resolve('@acme/lib/server', from)).toBe('own @acme/lib/server@2 packages/lib/src/server/index.ts');
    expect(resolve('@acme/lib/features/a', from)).toBe('own @acme/lib/features/a@2 packages/lib/src/features/a.ts');
    expect(resolve('@acme/lib/package.json', from)).toBe('own @acme/lib/package.json@2 packages/lib/package.json');
    expect(resolve('@acme/lib/loose', from)).toBe('own @acme/lib/loose@2 packages/lib/src/loose.ts');
    expect(resolve('@acme/lib/missing', from)).toBe('unresolved');
  });

  it('uses outDir and rootDir before convention', () => {
    const resolve = makeResolver(
      workspace(
        {
          'packages/lib/tsconfig.json': { compilerOptions: { outDir: './dist', rootDir: './code' } },
          'packages/lib/code/main.ts': '',
          'packages/lib/src/main.ts': '',
        },
        { main: './dist/main.js' },
      ),
    );
    expect(resolve('@acme/lib', 'packages/app/x.ts')).toBe('own @acme/lib@2 packages/lib/code/main.ts');
  });

  it.each([
    ['a source condition', { exports: { '.': { source: './code/a.ts', default: './dist/x.js' } } }],
    ['an entry that is source', { exports: './code/a.ts' }],
    ['an array', { exports: { '.': [{ node: './gone.js' }, './code/a.ts'] } }],
    ['main', { main: 'code/a' }],
    ['types', { types: './code/a.ts', main: './dist/a.js' }],
    [
      'a condition that does not hold, for want of better',
      { exports: { '.': { 'edge-light': './code/a.ts', import: './gone.js' } } },
    ],
  ])('takes %s', (_title, manifest) => {
    const resolve = makeResolver(workspace({ 'packages/lib/code/a.ts': '' }, manifest));
    expect(resolve('@acme/lib', 'packages/app/x.ts')).toBe('own @acme/lib@2 packages/lib/code/a.ts');
  });

  it('tells import from require', () => {
    const manifest = { exports: { '.': { import: './esm.mjs', require: './cjs.cjs' } } };
    const resolve = makeResolver(workspace({ 'packages/lib/esm.mjs': '', 'packages/lib/cjs.cjs': '' }, manifest));
    expect(resolve('@acme/lib', 'packages/app/x.ts', 'import')).toBe('own @acme/lib@2 packages/lib/esm.mjs');
    expect(resolve('@acme/lib', 'packages/app/x.ts', 'require')).toBe('own @acme/lib@2 packages/lib/cjs.cjs');
  });

  it('knows a package by its own name, and its internal imports', () => {
    const resolve = makeResolver({
      'package.json': {
        name: 'self',
        exports: { '.': './dist/index.js', './util': './dist/util.js' },
        imports: {
          '#db': './dist/db/index.js',
          '#lib/*.js': './src/lib/*.ts',
          '#openai': 'openai',
          '#fetch': { node: 'node:http', default: './x.js' },
        },
        dependencies: { openai: '^5.0.0' },
      },
      'src/index.ts': '',
      'src/util.ts': '',
      'src/db/index.ts': '',
      'src/lib/a.ts': '',
    });
    expect(resolve('self', 'test/a.ts')).toBe('own self src/index.ts');
    expect(resolve('self/util', 'test/a.ts')).toBe('own self/util src/util.ts');
    expect(resolve('#db', 'src/index.ts')).toBe('src/db/index.ts');
    expect(resolve('#lib/a.js', 'src/index.ts')).toBe('src/lib/a.ts');
    expect(resolve('#openai', 'src/index.ts')).toBe('package openai@5');
    expect(resolve('#fetch', 'src/index.ts')).toBe('builtin http');
    expect(resolve('#nothing', 'src/index.ts')).toBe('unresolved');
  });

  it.each<[string, Files]>([
    ['npm', { 'package.json': { workspaces: ['libs/*', '!libs/old'] } }],
    ['Yarn', { 'package.json': { workspaces: { packages: ['libs/**', '!**/old'] } } }],
    ['pnpm', { 'package.json': {}, 'pnpm-workspace.yaml': 'packages:\n  - "./libs/{lib,more}/"\n' }],
    ['Lerna', { 'package.json': {}, 'lerna.json': { packages: ['libs/lib'] } }],
  ])('finds members of a workspace of %s', (_title, root) => {
    const resolve = makeResolver({
      ...root,
      'libs/lib/package.json': { name: 'lib' },
      'libs/lib/index.ts': '',
      'libs/old/package.json': { name: 'old' },
      'libs/old/index.ts': '',
    });
    expect(resolve('lib', 'libs/lib/x.ts')).toBe('own lib libs/lib/index.ts');
    expect(resolve('lib', 'tools/x.ts')).toBe('own lib libs/lib/index.ts');
    expect(resolve('old', 'tools/x.ts')).toBe('package old');
  });

  it('does not take another major version of a member for the member', () => {
    const resolve = makeResolver({
      'package.json': { workspaces: ['packages/*', 'examples/*'] },
      'packages/sdk/package.json': { name: 'sdk', version: '5.0.0' },
      'packages/sdk/index.ts': '',
      'examples/old/package.json': { name: 'old', dependencies: { sdk: '^4.1.0' } },
      'examples/new/package.json': { name: 'new', dependencies: { sdk: '^5.1.0' } },
    });
    expect(resolve('sdk', 'examples/old/a.ts')).toBe('package sdk@4');
    expect(resolve('sdk', 'examples/new/a.ts')).toBe('own sdk@5 packages/sdk/index.ts');
  });

  it('follows ranges that name a folder, and finds a scoped package that is declared nowhere', () => {
    const resolve = makeResolver({
      'app/package.json': { dependencies: { one: 'file:../one', two: 'link:../libs/two' } },
      'one/package.json': { name: 'one', main: 'a.js' },
      'one/a.js': '',
      'libs/two/package.json': { name: 'something-else' },
      'libs/two/index.js': '',
      'libs/three/package.json': { name: '@acme/three' },
      'libs/three/index.js': '',
      'libs/vscode/package.json': { name: 'vscode' },
      'libs/vscode/index.js': '',
    });
    expect(resolve('one', 'app/x.js')).toBe('own one one/a.js');
    expect(resolve('two', 'app/x.js')).toBe('own two libs/two/index.js');
    expect(resolve('@acme/three', 'app/x.js')).toBe('own @acme/three libs/three/index.js');
    expect(resolve('vscode', 'app/x.js')).toBe('package vscode');
  });

  it('says where a manifest or workspace file is broken', () => {
    const resolve = makeResolver({
      'package.json': '{\n "name": "x",,\n}',
      'pnpm-workspace.yaml': 'packages:\n  - "a\n',
      'a.ts': '',
    });
    expect(resolve('lib', 'a.ts')).toBe('package lib');
    expect(resolve.diagnostics.map(({ kind, file, line }) => [kind, file, line])).toEqual([
      ['configuration', 'package.json', 2],
      ['configuration', 'pnpm-workspace.yaml', 3],
    ]);
  });
});

it('survives a manifest that is nested without end', () => {
  const resolve = makeResolver({
    'package.json': `{"a":${'['.repeat(200_000)}`,
    'pnpm-workspace.yaml': '['.repeat(20_000),
    'a.ts': '',
  });
  expect(resolve('lib', 'a.ts')).toBe('package lib');
  expect(resolve.diagnostics.map(({ kind, file }) => [kind, file])).toEqual([
    ['configuration', 'package.json'],
    ['configuration', 'pnpm-workspace.yaml'],
  ]);
});

describe('major versions', () => {
  const manifest = {
    dependencies: {
      openai: '^4.0.0',
      'ai-old': 'npm:ai@^3.1.0',
      '@ai-sdk/openai': '>=1.0 <2 || ^2.0.0',
      any: '*',
      tag: 'latest',
      git: 'github:a/b',
    },
  };

  it.each([
    ['openai', 'package openai@4'],
    ['ai-old/rsc', 'package ai/rsc@3'],
    ['@ai-sdk/openai', 'package @ai-sdk/openai@2'],
    ['any', 'package any'],
    ['tag', 'package tag'],
    ['git', 'package git'],
  ])('from the range: %s', (specifier, expected) => {
    expect(makeResolver({ 'package.json': manifest })(specifier, 'a.ts')).toBe(expected);
  });

  it('from catalogs', () => {
    const resolve = makeResolver({
      'pnpm-workspace.yaml': 'packages: [app]\ncatalog:\n  openai: ^6.1.0\ncatalogs:\n  old:\n    ai: ^4.0.0\n',
      'app/package.json': {
        name: 'app',
        dependencies: { openai: 'catalog:', ai: 'catalog:old', none: 'catalog:gone' },
      },
    });
    expect(resolve('openai', 'app/a.ts')).toBe('package openai@6');
    expect(resolve('ai', 'app/a.ts')).toBe('package ai@4');
    expect(resolve('none', 'app/a.ts')).toBe('package none');
  });

  const app = { 'app/package.json': { name: 'app', dependencies: { openai: '>=3', '@scope/x': '*' } } };

  it.each<[string, Files]>([
    ['package-lock.json, version 3', { 'package-lock.json': npmLock(3) }],
    ['npm-shrinkwrap.json', { 'npm-shrinkwrap.json': npmLock(2) }],
    [
      'package-lock.json, version 1',
      {
        'package-lock.json': {
          lockfileVersion: 1,
          dependencies: { openai: { version: '5.1.0' }, '@scope/x': { version: '7.0.0' } },
        },
      },
    ],
    [
      'pnpm-lock.yaml, version 9',
      {
        'pnpm-lock.yaml':
          "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  app:\n    dependencies:\n      '@scope/x':\n        specifier: '*'\n        version: 7.0.0(react@19.0.0)\n      openai:\n        specifier: '>=3'\n        version: 5.1.0(zod@3.25.0)\n\npackages:\n\n  openai@9.9.9:\n    resolution: {integrity: x}\n",
      },
    ],
    [
      'pnpm-lock.yaml, version 5',
      {
        'pnpm-lock.yaml':
          "lockfileVersion: 5.4\n\nimporters:\n\n  app:\n    specifiers:\n      openai: '>=3'\n    dependencies:\n      '@scope/x': 7.0.0_react@18.0.0\n      openai: 5.1.0\n",
      },
    ],
    [
      'yarn.lock, classic',
      {
        'yarn.lock':
          '# yarn lockfile v1\n\n\n"@scope/x@*":\n  version "7.0.0"\n\nopenai@>=3, openai@^5.0.0:\n  version "5.1.0"\n  dependencies:\n    version "1.0.0"\n\nopenai@^4.0.0:\n  version "4.9.0"\n',
      },
    ],
    [
      'yarn.lock, from version 2 on',
      {
        'yarn.lock':
          '__metadata:\n  version: 8\n\n"@scope/x@npm:*":\n  version: 7.0.0\n\n"openai@npm:>=3, openai@npm:^5.0.0":\n  version: 5.1.0\n\n"app@workspace:app":\n  version: 0.0.0-use.local\n',
      },
    ],
    [
      'bun.lock',
      {
        'bun.lock':
          '{ "lockfileVersion": 1, "workspaces": { "app": { "name": "app" } }, "packages": { "openai": ["openai@3.0.0", ""], "app/openai": ["openai@5.1.0", ""], "@scope/x": ["@scope/x@7.0.0", ""], } }',
      },
    ],
  ])('from %s', (_title, lockfile) => {
    const resolve = makeResolver({ 'package.json': { workspaces: ['app'] }, ...app, ...lockfile });
    expect(resolve('openai/core', 'app/src/a.ts')).toBe('package openai/core@5');
    expect(resolve('@scope/x', 'app/src/a.ts')).toBe('package @scope/x@7');
    expect(resolve.diagnostics).toEqual([]);
  });

  it('from a pnpm lockfile of a single package', () => {
    const lockfile =
      "lockfileVersion: '6.0'\n\ndependencies:\n  openai:\n    specifier: '>=3'\n    version: 5.1.0\n\ndevDependencies:\n  zod: 3.2.0\n";
    const resolve = makeResolver({
      'package.json': { dependencies: { openai: '>=3', zod: '*' } },
      'pnpm-lock.yaml': lockfile,
    });
    expect(resolve('openai', 'a.ts')).toBe('package openai@5');
    expect(resolve('zod', 'a.ts')).toBe('package zod@3');
  });

  it('of the importing package, not of another', () => {
    const resolve = makeResolver({
      'package.json': { workspaces: ['app', 'old'], dependencies: { openai: '*' } },
      'app/package.json': { name: 'app', dependencies: { openai: '*' } },
      'old/package.json': { name: 'old', dependencies: { openai: '*' } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/openai': { version: '6.0.0' }, 'old/node_modules/openai': { version: '4.0.0' } },
      },
    });
    expect(resolve('openai', 'app/a.ts')).toBe('package openai@6');
    expect(resolve('openai', 'old/a.ts')).toBe('package openai@4');
  });
});

function npmLock(lockfileVersion: number): object {
  return {
    lockfileVersion,
    packages: {
      '': { name: 'root' },
      app: { name: 'app' },
      'node_modules/app': { link: true, resolved: 'app' },
      'node_modules/openai': { version: '3.0.0' },
      'app/node_modules/openai': { version: '5.1.0' },
      'node_modules/@scope/x': { version: '7.0.0' },
    },
  };
}
