import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createResolver } from '../../src/project/resolve.js';
import { makeResolver, makeTree, scan } from './tree.js';

describe('relative specifiers', () => {
  const resolve = makeLazily({
    'src/a.ts': '',
    'src/b.tsx': '',
    'src/c.js': '',
    'src/d.mts': '',
    'src/e.cts': '',
    'src/both.ts': '',
    'src/both.js': '',
    'src/typed.js': '',
    'src/typed.d.ts': '',
    'src/only.d.ts': '',
    'src/data.json': '{}',
    'src/Button.vue': '',
    'src/native.ios.tsx': '',
    'src/dotted.service.ts': '',
    'src/folder/index.ts': '',
    'src/folder.ts': '',
    'src/main-field/package.json': { main: './lib/entry' },
    'src/main-field/lib/entry.js': '',
    'src/logo.svg': '',
    'root.ts': '',
    'odd name/[id]/x y.ts': '',
  });

  it.each([
    ['./a', 'src/a.ts'],
    ['./a.js', 'src/a.ts'],
    ['./a.ts', 'src/a.ts'],
    ['./b.jsx', 'src/b.tsx'],
    ['./b.js', 'src/b.tsx'],
    ['./c', 'src/c.js'],
    ['./d.mjs', 'src/d.mts'],
    ['./e.cjs', 'src/e.cts'],
    ['./both.js', 'src/both.ts'],
    ['./both', 'src/both.ts'],
    ['./typed', 'src/typed.js'],
    ['./only', 'src/only.d.ts'],
    ['./data.json', 'src/data.json'],
    ['./data', 'src/data.json'],
    ['./Button.vue', 'src/Button.vue'],
    ['./native', 'src/native.ios.tsx'],
    ['./dotted.service', 'src/dotted.service.ts'],
    ['./folder', 'src/folder.ts'],
    ['./folder/', 'src/folder/index.ts'],
    ['./folder/index.js', 'src/folder/index.ts'],
    ['./main-field', 'src/main-field/lib/entry.js'],
    ['../root', 'root.ts'],
    ['./a?worker', 'src/a.ts'],
    ['./a.ts?t=1', 'src/a.ts'],
    ['../odd name/[id]/x y', 'odd name/[id]/x y.ts'],
    ['./a?raw', 'asset'],
    ['./logo.svg', 'asset'],
    ['./logo.svg?react', 'asset'],
    ['./missing.css', 'asset'],
    ['./prompt.md', 'asset'],
    ['raw-loader!./a', 'asset'],
    ['./+types/route', 'asset'],
    ['./missing', 'unresolved'],
    ['./missing.js', 'unresolved'],
    ['../../outside', 'unresolved'],
  ])('%s → %s', (specifier, expected) => {
    expect(resolve()(specifier, 'src/main.ts')).toBe(expected);
  });

  it('finds the folder of the importing file for . and ..', () => {
    expect(resolve()('.', 'src/folder/x.ts')).toBe('src/folder/index.ts');
    expect(resolve()('..', 'src/folder/deep/x.ts')).toBe('src/folder/index.ts');
  });

  it('follows symbolic links inside the root', () => {
    const root = makeTree({ 'shared/x.ts': '', 'app/a.ts': '' });
    symlinkSync('../shared', join(root, 'app/shared'));
    const resolver = createResolver(scan(root).tree, () => {});
    expect(resolver.resolve('./shared/x', 'app/a.ts')).toEqual({ kind: 'file', path: 'shared/x.ts' });
  });

  it('finds the source of what the build makes', () => {
    const own = makeResolver({
      'package.json': { name: 'tool' },
      'tsconfig.json': { compilerOptions: { outDir: 'compiled', rootDir: 'code' } },
      'code/cli.ts': '',
      'src/other.ts': '',
      'lib/kept.js': '',
    });
    expect(own('../compiled/cli.js', 'bin/run.js')).toBe('code/cli.ts');
    expect(own('../dist/other.js', 'bin/run.js')).toBe('src/other.ts');
    expect(own('../lib/other.js', 'bin/run.js')).toBe('unresolved');
  });
});

describe('other forms', () => {
  it.each([
    ['fs', 'builtin fs'],
    ['node:fs/promises', 'builtin fs/promises'],
    ['node:sqlite', 'builtin sqlite'],
    ['bun:test', 'builtin bun:test'],
    ['cloudflare:workers', 'builtin cloudflare:workers'],
    ['npm:openai@4.2.0/helpers/zod', 'package openai/helpers/zod@4'],
    ['jsr:@std/http@1', 'package @std/http@1'],
    ['https://esm.sh/openai@4', 'package openai@4'],
    ['https://esm.sh/v135/@supabase/supabase-js@2.39.0?target=deno', 'package @supabase/supabase-js@2'],
    ['https://deno.land/x/openai@v4.24.0/mod.ts', 'package openai@4'],
    ['https://deno.land/std@0.168.0/http/server.ts', 'package @std/http/server'],
    ['https://example.test/x.js', 'asset'],
    ['data:text/javascript,1', 'asset'],
    ['virtual:pwa-register', 'asset'],
    ['$app/navigation', 'asset'],
    ['$env/static/private', 'package $env/static/private'],
    ['#imports', 'asset'],
    ['openai', 'package openai'],
    ['openai/helpers/zod', 'package openai/helpers/zod'],
    ['@ai-sdk/openai/internal', 'package @ai-sdk/openai/internal'],
    ['buffer/', 'package buffer'],
    ['@/nowhere', 'unresolved'],
    ['~/nowhere', 'unresolved'],
    ['', 'unresolved'],
  ])('%s → %s', (specifier, expected) => {
    expect(makeResolver({ 'a.ts': '' })(specifier, 'a.ts')).toBe(expected);
  });
});

/** The tree must be made inside of a test, which removes it. */
function makeLazily(files: Parameters<typeof makeResolver>[0]) {
  return () => makeResolver(files);
}
