import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../../src/core/errors.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { makeTree, scan } from './tree.js';

const WEBPACK = '/******/ (() => { // webpackBootstrap\nvar a = 1;\n})();\n';

describe('lists', () => {
  it('sorts files by what they are', () => {
    const root = makeTree({
      'src/a.ts': 'a',
      'src/b.vue': 'b',
      'src/B.jsx': 'b',
      'src/types.d.ts': 't',
      'src/style.d.css.ts': 't',
      'bin/run': '#!/usr/bin/env node\n',
      'bin/other': '#!/bin/sh\n',
      'package.json': {},
      'package-lock.json': {},
      '.env.local': 'A=1',
      Dockerfile: 'FROM x',
      'style.css': 'a{}',
      'logo.png': 'png',
      'data.weird': Buffer.from([1, 0, 2]),
      'movie.ts': Buffer.from([0x47, 0, 0x11]),
      'strings.ts': '<?xml version="1.0"?><TS></TS>',
      'notes.md': '#',
    });
    const { code, declarations, configuration, unparsed, searched, skipped, diagnostics } = scan(root);
    expect(code).toEqual(['bin/run', 'src/B.jsx', 'src/a.ts', 'src/b.vue']);
    expect(declarations).toEqual(['src/style.d.css.ts', 'src/types.d.ts']);
    expect(configuration).toEqual([
      '.env.local',
      'Dockerfile',
      'bin/other',
      'notes.md',
      'package-lock.json',
      'package.json',
    ]);
    expect(unparsed).toEqual([]);
    expect(searched).toEqual(['strings.ts', 'style.css']);
    expect(skipped).toEqual({ binary: 3 });
    expect(diagnostics).toEqual([]);
  });

  it('looks into hidden folders but not into those of version control', () => {
    const root = makeTree([
      '.github/workflows/ci.yml',
      '.claude/settings.json',
      '.vscode/mcp.json',
      '.cursor/x.js',
      '.git/config',
      '.hg/x.js',
    ]);
    const { code, configuration } = scan(root);
    expect([...code, ...configuration]).toEqual([
      '.cursor/x.js',
      '.claude/settings.json',
      '.github/workflows/ci.yml',
      '.vscode/mcp.json',
    ]);
  });

  it('keeps odd names', () => {
    const names = [
      'a b.ts',
      'a%20b.ts',
      'new\nline.ts',
      'ünï/ço∂e.ts',
      'quote\'".ts',
      'back\\slash.ts',
      '-dash.ts',
      '[id]/(group)/$x.ts',
    ];
    expect(scan(makeTree(names)).code).toEqual([...names].sort());
  });

  it('sees nothing in an empty folder', () => {
    const { code, configuration, skipped, tree } = scan(makeTree({}));
    expect([code, configuration, skipped, tree.files]).toEqual([[], [], {}, []]);
  });
});

describe('left out', () => {
  it('what ignore files say, nested ones too, without a git repository', () => {
    const root = makeTree({
      '.gitignore': 'gen/\n*.tmp.js\n!keep.tmp.js\n',
      '.spillcheckignore': '/legacy\n',
      'a.js': '',
      'b.tmp.js': '',
      'keep.tmp.js': '',
      'gen/c.js': '',
      'legacy/d.js': '',
      'sub/legacy/e.js': '',
      'sub/.gitignore': 'f.js\n!b.tmp.js',
      'sub/f.js': '',
      'sub/b.tmp.js': '',
    });
    const { code, skipped } = scan(root);
    expect(code).toEqual(['a.js', 'keep.tmp.js', 'sub/b.tmp.js', 'sub/legacy/e.js']);
    expect(skipped).toEqual({ ignored: 4 });
  });

  it('what is excluded', () => {
    const root = makeTree(['a.ts', 'a.test.ts', 'x/b.spec.ts', 'x/c.ts', 'fixtures/d.ts']);
    const { code, skipped } = scan(root, { exclude: ['**/*.{test,spec}.ts', './fixtures'] });
    expect(code).toEqual(['a.ts', 'x/c.ts']);
    expect(skipped).toEqual({ ignored: 3 });
  });

  it('dependencies and output of frameworks', () => {
    const root = makeTree([
      'a.js',
      'node_modules/x/i.js',
      'p/node_modules/x/i.js',
      '.next/b.js',
      'venv/pyvenv.cfg',
      'venv/c.js',
      'env/d.js',
    ]);
    const { code, skipped, tree } = scan(root);
    expect(code).toEqual(['a.js', 'env/d.js']);
    expect(skipped).toEqual({ 'build output': 1, dependency: 3 });
    expect(tree.files).toEqual(['a.js', 'env/d.js']);
  });

  it('folders that are named like build output and hold it', () => {
    const root = makeTree({
      'a/dist/index.js': WEBPACK,
      'b/lib/index.js': 'export const a = 1;\n',
      'b/lib/index.d.ts': 'export declare const a: number;\n',
      'b/tsconfig.json': {},
      'e/dist/api/main.js': 'export const a = 1;\n',
      'e/src/api/main.ts': 'export const a: number = 1;\n',
      'c/build/index.js': '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n',
      'd/out/app.js': 'run();\n//# sourceMappingURL=app.js.map\n',
      'coverage/lcov-report/sorter.js': 'x',
    });
    const { code, skipped } = scan(root);
    expect(code).toEqual(['e/src/api/main.ts']);
    expect(skipped).toEqual({ 'build output': 6 });
  });

  it('but not folders of that name that hold source', () => {
    const files = {
      'a/build/webpack.config.js': 'module.exports = {};\n',
      'b/dist/page.tsx': 'x',
      'c/out/mail.js': 'send();\n',
      'lib/x.js': 'x',
      'lib/x.d.ts': 'x',
      'coverage/plan.ts': 'x',
    };
    const { code, skipped } = scan(makeTree(files));
    expect(code).toEqual([
      'a/build/webpack.config.js',
      'b/dist/page.tsx',
      'c/out/mail.js',
      'coverage/plan.ts',
      'lib/x.js',
    ]);
    expect(skipped).toEqual({});
  });

  it('vendored copies, but not vendors', () => {
    const root = makeTree({
      'public/jquery.js': '/*!\n * jQuery JavaScript Library v3.7.1\n * Released under the MIT license\n */\nvar a;\n',
      'vendor/lib.js': WEBPACK,
      'app/vendor/page.tsx': 'x',
      'app/own.js': '/*!\n * Our application, all rights reserved\n */\nvar a;\n',
    });
    const { code, skipped } = scan(root);
    expect(code).toEqual(['app/own.js', 'app/vendor/page.tsx']);
    expect(skipped).toEqual({ vendored: 2 });
  });

  it('minified and large code, which is still searched for secrets', () => {
    const minified = `${'function a(b){return b+1};var c=a(2);'.repeat(200)}\n`;
    const prompts = `export const prompts = [\n${`  '${'You are a helpful assistant who answers. '.repeat(40)}',\n`.repeat(8)}];\n`;
    const blob = `${'const line = 1;\n'.repeat(60)}const image = '${'QUJD'.repeat(4000)}';\n`;
    const root = makeTree({
      'a.js': minified,
      'b.min.js': 'x',
      'c.ts': `const x = "${'y '.repeat(30_000)}";\n`,
      'prompts.ts': prompts,
      'blob.ts': blob,
      'large.ts': 'a;\n'.repeat(400_000),
      'huge.js': 'a;\n'.repeat(6_700_000),
      'data.json': `"${'a'.repeat(3_000_000)}"`,
    });
    const { code, configuration, unparsed, skipped, diagnostics } = scan(root);
    expect(code).toEqual(['blob.ts', 'prompts.ts']);
    expect(configuration).toEqual(['data.json']);
    expect(unparsed).toEqual(['a.js', 'b.min.js', 'c.ts', 'large.ts']);
    expect(skipped).toEqual({ minified: 3, 'too large': 2 });
    expect(diagnostics.map(({ kind, file }) => [kind, file])).toEqual(
      ['a.js', 'b.min.js', 'c.ts', 'huge.js', 'large.ts'].map((file) => ['skipped-file', file]),
    );
  });

  it('takes its bounds from the limits', () => {
    const root = makeTree({ 'a.ts': 'a;\n'.repeat(50) });
    expect(scan(root, { limits: { ...DEFAULT_LIMITS, fileBytes: 100 } }).skipped).toEqual({ 'too large': 1 });
    expect(scan(root, { limits: { ...DEFAULT_LIMITS, lineCharacters: 1 } }).skipped).toEqual({ minified: 1 });
  });
});

describe('symbolic links', () => {
  it('are not followed, loops and links out of the root included', () => {
    const outside = makeTree(['secret.ts']);
    const root = makeTree(['a/x.ts', 'b/y.ts']);
    symlinkSync('..', join(root, 'a/loop'));
    symlinkSync(outside, join(root, 'out'));
    symlinkSync('../b', join(root, 'a/b'));
    symlinkSync('nowhere', join(root, 'dangling'));
    const { code, tree } = scan(root);
    expect(code).toEqual(['a/x.ts', 'b/y.ts']);
    expect(tree.follow('a/b/y.ts')).toBe('b/y.ts');
    expect(tree.follow('out/secret.ts')).toBe('out/secret.ts');
  });
});

describe('paths', () => {
  const files = ['a/x.ts', 'a/y.ts', 'b/z.ts', 'gen/g.ts', 'node_modules/p/i.js', 'node_modules/q/i.js', 'off/o.ts'];

  it('select what is scanned; the tree still knows the rest', () => {
    const root = makeTree(files);
    const { code, tree } = scan(root, { paths: ['a/y.ts', join(root, 'b')] });
    expect(code).toEqual(['a/y.ts', 'b/z.ts']);
    expect(tree.files).toEqual(['a/x.ts', 'a/y.ts', 'b/z.ts', 'gen/g.ts', 'off/o.ts']);
  });

  it('overrule .gitignore and names, and nothing that is addressed to spillcheck', () => {
    const root = makeTree(files);
    writeFileSync(join(root, '.gitignore'), 'gen/**\ngen\n');
    writeFileSync(join(root, '.spillcheckignore'), 'off\n');
    const { code, skipped } = scan(root, { paths: ['gen', 'node_modules/p', 'off', 'a'], exclude: ['a/x.ts'] });
    expect(code).toEqual(['a/y.ts', 'gen/g.ts', 'node_modules/p/i.js']);
    expect(skipped).toEqual({ ignored: 2 });
  });

  it('must exist, inside the root', () => {
    const root = makeTree(files);
    expect(() => scan(root, { paths: ['nope'] })).toThrow(new RequestError('no such file or folder: nope'));
    expect(() => scan(root, { paths: ['..'] })).toThrow(new RequestError('outside of the scanned folder: ..'));
    expect(() => scan(join(root, 'nope'))).toThrow(RequestError);
    expect(() => scan(join(root, 'a/x.ts'))).toThrow(RequestError);
  });
});

describe('git', () => {
  it('applies ignore files between the root and the repository', () => {
    const repository = makeTree({
      '.gitignore': 'packages/app/gen\n*.log.ts\n',
      'packages/app/a.ts': '',
      'packages/app/gen/b.ts': '',
      'packages/app/c.log.ts': '',
    });
    mkdirSync(join(repository, '.git'));
    expect(scan(join(repository, 'packages/app')).code).toEqual(['a.ts']);
  });

  it('does not apply those of folders above that are no repository', () => {
    const folder = makeTree({ '.gitignore': '*.ts\n', 'app/a.ts': '' });
    expect(scan(join(folder, 'app')).code).toEqual(['a.ts']);
  });

  it('scans a root that the repository ignores', () => {
    const repository = makeTree({ '.gitignore': 'tmp\n', 'tmp/app/a.ts': '' });
    mkdirSync(join(repository, '.git'));
    expect(scan(join(repository, 'tmp/app')).code).toEqual(['a.ts']);
  });

  it('does not ignore what git tracks', () => {
    const root = makeTree({
      '.gitignore': 'lib/\n.env\n',
      'lib/tracked.ts': '',
      'lib/untracked.ts': '',
      'lib/deep/x.ts': '',
      '.env': 'A=1',
      'sub/.env': 'B=2',
    });
    mkdirSync(join(root, '.git'));
    writeFileSync(join(root, '.git/index'), makeIndex(['.env', '.gitignore', 'lib/tracked.ts']));
    const { code, configuration, skipped } = scan(root);
    expect(code).toEqual(['lib/tracked.ts']);
    expect(configuration).toEqual(['.env', '.gitignore']);
    expect(skipped).toEqual({ ignored: 3 });
  });
});

/** A git index of version 2 with these paths. */
function makeIndex(paths: readonly string[]): Buffer {
  const header = Buffer.from('DIRC\0\0\0\x02\0\0\0\0', 'latin1');
  header.writeUInt32BE(paths.length, 8);
  const entries = paths.map((path) => {
    const entry = Buffer.alloc((62 + Buffer.byteLength(path) + 8) & ~7);
    entry.writeUInt32BE(0o100644, 24);
    entry.write(path, 62);
    return entry;
  });
  return Buffer.concat([header, ...entries]);
}
