import { describe, expect, it } from 'vitest';
import { makeResolver } from './tree.js';

describe('tsconfig paths', () => {
  it('maps by the longest prefix, exact names first, and takes the first target that exists', () => {
    const resolve = makeResolver({
      'tsconfig.json': `{
        // comments and trailing commas are allowed
        "compilerOptions": { "paths": {
          "@/*": ["./src/*"],
          "@/deep/*": ["./missing/*", "./deep/*"],
          "config": ["./src/config.ts"],
          "*.svc": ["./services/*"],
        } },
      }`,
      'src/a.ts': '',
      'src/config.ts': '',
      'src/deep/x.ts': '',
      'deep/x.ts': '',
      'services/mail.ts': '',
    });
    expect(resolve('@/a', 'src/b.ts')).toBe('src/a.ts');
    expect(resolve('@/a.js', 'src/b.ts')).toBe('src/a.ts');
    expect(resolve('@/deep/x', 'src/b.ts')).toBe('deep/x.ts');
    expect(resolve('config', 'src/b.ts')).toBe('src/config.ts');
    expect(resolve('mail.svc', 'src/b.ts')).toBe('services/mail.ts');
    expect(resolve('@/nothing', 'src/b.ts')).toBe('unresolved');
    expect(resolve.diagnostics).toEqual([]);
  });

  it('resolves against baseUrl, and uses it by itself', () => {
    const resolve = makeResolver({
      'package.json': { dependencies: { utils: '^1' } },
      'jsconfig.json': { compilerOptions: { baseUrl: 'src', paths: { 'x/*': ['y/*'] } } },
      'src/y/a.js': '',
      'src/components/index.js': '',
      'src/utils/index.js': '',
      'src/fs.js': '',
    });
    expect(resolve('x/a', 'src/b.js')).toBe('src/y/a.js');
    expect(resolve('components', 'src/b.js')).toBe('src/components/index.js');
    expect(resolve('utils', 'src/b.js')).toBe('package utils@1');
    expect(resolve('fs', 'src/b.js')).toBe('builtin fs');
  });

  it('inherits: several bases, the last wins, paths relative to where they are written', () => {
    const resolve = makeResolver({
      'base/one.json': { compilerOptions: { paths: { '@/*': ['./one/*'] }, baseUrl: '.' } },
      'base/two.json': { compilerOptions: { paths: { '@/*': ['./two/*'] } } },
      'app/tsconfig.json': { extends: ['../base/one.json', '../base/two'] },
      'base/one/a.ts': '',
      'base/two/a.ts': '',
    });
    expect(resolve('@/a', 'app/x.ts')).toBe('base/two/a.ts');
  });

  it('inherits from a package of the workspace, and fills in the folder of the one that inherits', () => {
    const resolve = makeResolver({
      'package.json': { workspaces: ['packages/*', 'apps/*'] },
      'packages/config/package.json': { name: '@repo/config' },
      'packages/config/next.json': { compilerOptions: { paths: { '@/*': [`${'$'}{configDir}/src/*`] } } },
      'apps/web/package.json': { name: 'web' },
      'apps/web/tsconfig.json': { extends: '@repo/config/next' },
      'apps/web/src/a.ts': '',
    });
    expect(resolve('@/a', 'apps/web/src/b.ts')).toBe('apps/web/src/a.ts');
    expect(resolve.diagnostics).toEqual([]);
  });

  it('asks referenced projects, and configurations further up', () => {
    const resolve = makeResolver({
      'tsconfig.base.json': { compilerOptions: { paths: { '@lib/*': ['libs/*'] } } },
      'web/tsconfig.json': { files: [], references: [{ path: './tsconfig.web.json' }, { path: './node' }] },
      'web/tsconfig.web.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } },
      'web/node/tsconfig.json': { compilerOptions: { paths: { '#node/*': ['./*'] } } },
      'web/src/a.ts': '',
      'web/node/b.ts': '',
      'libs/c.ts': '',
    });
    expect(resolve('@/a', 'web/src/x.ts')).toBe('web/src/a.ts');
    expect(resolve('#node/b', 'web/src/x.ts')).toBe('web/node/b.ts');
    expect(resolve('@lib/c', 'web/src/x.ts')).toBe('libs/c.ts');
  });

  it('takes the nearest configuration first', () => {
    const resolve = makeResolver({
      'tsconfig.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } },
      'app/tsconfig.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } },
      'src/a.ts': '',
      'app/src/a.ts': '',
    });
    expect(resolve('@/a', 'app/src/x.ts')).toBe('app/src/a.ts');
    expect(resolve('@/a', 'src/x.ts')).toBe('src/a.ts');
  });

  it('looks into all rootDirs', () => {
    const resolve = makeResolver({
      'tsconfig.json': { compilerOptions: { rootDirs: ['./src', './types'] } },
      'src/views/a.ts': '',
      'types/views/b.ts': '',
    });
    expect(resolve('./b', 'src/views/a.ts')).toBe('types/views/b.ts');
  });

  it('says where a configuration is broken, once, and uses what could be read', () => {
    const resolve = makeResolver({
      'tsconfig.json': '{\n  "compilerOptions": {\n    "paths": { "@/*": ["./src/*"] }\n    "strict": true\n  }\n}\n',
      'src/a.ts': '',
    });
    expect(resolve('@/a', 'src/b.ts')).toBe('src/a.ts');
    expect(resolve('@/c', 'src/b.ts')).toBe('unresolved');
    expect(resolve.diagnostics).toEqual([
      {
        kind: 'configuration',
        message: 'is not valid JSON: comma expected',
        file: 'tsconfig.json',
        line: 4,
        column: 5,
      },
    ]);
  });

  it('reports a base that is missing, but not one that a framework generates or a package holds', () => {
    const resolve = makeResolver({
      'a/tsconfig.json': '{\n "extends": "../missing.json" }',
      'b/tsconfig.json': { extends: './.nuxt/tsconfig.json' },
      'c/tsconfig.json': { extends: '@tsconfig/node20/tsconfig.json' },
    });
    for (const folder of ['a', 'b', 'c']) expect(resolve('@/x', `${folder}/x.ts`)).toBe('unresolved');
    expect(resolve.diagnostics).toEqual([
      {
        kind: 'configuration',
        message: 'extends ../missing.json, which does not exist',
        file: 'a/tsconfig.json',
        line: 2,
        column: 13,
      },
    ]);
  });

  it('ends on configurations that inherit from each other', () => {
    const resolve = makeResolver({
      'tsconfig.json': { extends: './b.json' },
      'b.json': { extends: './tsconfig.json' },
      'a.ts': '',
    });
    expect(resolve('./a', 'x.ts')).toBe('a.ts');
    expect(resolve('@/a', 'x.ts')).toBe('a.ts');
  });
});

describe('conventions', () => {
  it('hold without a tsconfig where the target exists', () => {
    const resolve = makeResolver({
      'package.json': { dependencies: { '@shared/real': '^2.0.0' } },
      'src/a.ts': '',
      'src/lib/b.ts': '',
      'app/c.ts': '',
      'src/hooks/d.ts': '',
      'shared/schema.ts': '',
      'shared/real.ts': '',
    });
    expect(resolve('@/a', 'src/x.ts')).toBe('src/a.ts');
    expect(resolve('~/c', 'src/x.ts')).toBe('app/c.ts');
    expect(resolve('~~/src/a', 'src/x.ts')).toBe('src/a.ts');
    expect(resolve('$lib/b', 'src/x.ts')).toBe('src/lib/b.ts');
    expect(resolve('@hooks/d', 'src/x.ts')).toBe('src/hooks/d.ts');
    expect(resolve('src/a', 'src/x.ts')).toBe('src/a.ts');
    expect(resolve('@shared/schema', 'src/x.ts')).toBe('shared/schema.ts');
    expect(resolve('@shared/real', 'src/x.ts')).toBe('package @shared/real@2');
    expect(resolve('@shared/other', 'src/x.ts')).toBe('package @shared/other');
  });

  it('know the import maps of Deno', () => {
    const resolve = makeResolver({
      'functions/deno.json': { imports: { openai: 'npm:openai@^4', 'shared/': './_shared/', local: './local.ts' } },
      'other/deno.jsonc': '{ // where the map is\n "importMap": "./maps/import_map.json" }',
      'other/maps/import_map.json': { imports: { x: '../x.ts' } },
      'functions/_shared/cors.ts': '',
      'functions/local.ts': '',
      'other/x.ts': '',
    });
    expect(resolve('openai', 'functions/a/index.ts')).toBe('package openai@4');
    expect(resolve('shared/cors.ts', 'functions/a/index.ts')).toBe('functions/_shared/cors.ts');
    expect(resolve('local', 'functions/a/index.ts')).toBe('functions/local.ts');
    expect(resolve('x', 'other/a.ts')).toBe('other/x.ts');
  });
});
