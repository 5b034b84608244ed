import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { readSearched } from '../../src/project/read-searched.js';
import { selectFiles } from '../../src/project/select-files.js';
import { listStaged, readStaged } from '../../src/project/staged.js';
import { type Files, makeTree, scan } from './tree.js';

const BUNDLE = '/******/ (() => { // webpackBootstrap\nvar a = 1;\n})();\n';

function git(root: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
}

function makeRepository(files: Files): string {
  const root = makeTree(files);
  git(root, 'init', '-q');
  return root;
}

function write(root: string, path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('what is only searched', () => {
  const files = {
    'src/a.ts': 'x',
    'src/a.css': 'a{}',
    'src/a.js.map': '{}',
    'src/__snapshots__/a.test.ts.snap': 'x',
    'data/rows.csv': 'a,b\n',
    'dist/app.js': BUNDLE,
    'dist/app.js.map': '{}',
    'dist/logo.png': 'x',
    'dist/node_modules/x.js': 'x',
    '.next/server/page.js': 'x',
    'vendor/lib.js': BUNDLE,
    'public/jquery.js': '/*!\n * jQuery JavaScript Library v3.7.1\n * Released under the MIT license\n */\nvar a;\n',
  };

  it('assets, vendored code and build output that no ignore file leaves out', () => {
    const { code, searched, skipped, tree } = scan(makeTree(files));
    expect(code).toEqual(['src/a.ts']);
    expect(searched).toEqual([
      '.next/server/page.js',
      'data/rows.csv',
      'dist/app.js',
      'dist/app.js.map',
      'public/jquery.js',
      'src/__snapshots__/a.test.ts.snap',
      'src/a.css',
      'src/a.js.map',
      'vendor/lib.js',
    ]);
    expect(skipped).toEqual({ binary: 1, 'build output': 2, dependency: 1, vendored: 2 });
    expect(tree.files).not.toContain('dist/app.js');
  });

  it('of build output in a repository, what is tracked', () => {
    const root = makeRepository(files);
    git(root, 'add', '-f', 'dist/app.js');
    const { searched } = scan(root);
    expect(searched.filter((path) => /^(?:dist|\.next|vendor)\//.test(path))).toEqual(['dist/app.js']);
  });

  it('nothing that is ignored', () => {
    const { searched } = scan(makeTree({ ...files, '.gitignore': 'dist\n.next\n*.csv\n' }), { exclude: ['*.snap'] });
    expect(searched).toEqual(['public/jquery.js', 'src/a.css', 'src/a.js.map', 'vendor/lib.js']);
  });

  it('everything, where nothing is to be analysed', () => {
    const { code, configuration, declarations, unparsed, searched, skipped } = scan(
      makeTree({ ...files, 'src/b.d.ts': 'x', 'a.json': {}, LICENSE: 'x', 'logo.png': 'x', 'node_modules/x.js': 'x' }),
      { searchOnly: true },
    );
    expect([...code, ...configuration, ...declarations, ...unparsed]).toEqual([]);
    const others = ['LICENSE', 'a.json', 'src/a.ts', 'src/b.d.ts'];
    const assets = Object.keys(files).filter((path) => !/png$|node_modules/.test(path));
    expect(searched).toEqual([...others, ...assets.filter((path) => path !== 'src/a.ts')].sort());
    expect(skipped).toEqual({ binary: 2, 'build output': 1, dependency: 2 });
  });
});

describe('readSearched', () => {
  const read = (content: string | Buffer) => {
    const diagnostics: Diagnostic[] = [];
    const skips: string[] = [];
    const sink = { report: (one: Diagnostic) => diagnostics.push(one), skip: (reason: string) => skips.push(reason) };
    const root = makeTree({ 'a.map': content });
    const limits = { ...DEFAULT_LIMITS, fileBytes: 10 };
    const text = readSearched(root, 'a.map', limits, sink);
    expect(readSearched(root, 'b.map', limits, { report: () => undefined, skip: () => undefined })).toBeUndefined();
    return [text, skips, diagnostics.map(({ kind, message }) => `${kind}: ${message}`)];
  };

  it('reads text', () => expect(read('{"a":1}')).toEqual(['{"a":1}', [], []]));
  it('skips binary data', () => expect(read(Buffer.from([1, 0, 2]))).toEqual([undefined, ['binary'], []]));
  it('says what is too large', () =>
    expect(read('a'.repeat(161))).toEqual([
      undefined,
      ['too large'],
      ['skipped-file: 161 bytes are more than the limit: not read'],
    ]));
  it('says what is not UTF-8', () =>
    expect(read(Buffer.from([65, 255]))).toEqual([
      'A\ufffd',
      [],
      ['encoding: not valid UTF-8: read with replacement characters'],
    ]));
});

describe('staged files', () => {
  const staged = (root: string) => {
    const files = listStaged(root, process.env);
    const contents = [...readStaged(root, process.env, files)];
    return files.map(({ path }, index) => [path, contents[index]!.toString('utf8')]);
  };

  it('are those of the index, not of the work tree', () => {
    const root = makeRepository({ 'a.ts': 'one\n', 'b/ü c.ts': 'two\n', 'd.ts': 'three' });
    git(root, 'add', 'a.ts', 'b');
    writeFileSync(join(root, 'a.ts'), 'changed\n');
    expect(staged(root)).toEqual([
      ['a.ts', 'one\n'],
      ['b/ü c.ts', 'two\n'],
    ]);
    git(root, 'commit', '-qm', 'first');
    expect(staged(root)).toEqual([]);
    git(root, 'add', '.');
    git(root, 'rm', '-q', 'b/ü c.ts');
    expect(staged(root)).toEqual([
      ['a.ts', 'changed\n'],
      ['d.ts', 'three'],
    ]);
  });

  it('are read in several batches, in order, empty ones too', () => {
    const texts = ['', 'b\nb'.repeat(20), 'c'.repeat(50), 'd'];
    const root = makeRepository(Object.fromEntries(texts.map((text, index) => [`${index}.txt`, text])));
    git(root, 'add', '.');
    const files = listStaged(root, process.env);
    for (const bytes of [1, 70, 1000]) {
      expect([...readStaged(root, process.env, files, bytes)].map(String)).toEqual(texts);
    }
  });

  it('are no links, deletions, or conflicts', () => {
    const root = makeRepository({ 'a.ts': '1', 'b.ts': '1' });
    symlinkSync('a.ts', join(root, 'link.ts'));
    git(root, 'add', '.');
    git(root, 'commit', '-qm', 'first');
    git(root, 'checkout', '-qb', 'other');
    write(root, 'b.ts', '2');
    git(root, 'commit', '-qam', 'second');
    git(root, 'checkout', '-q', 'main');
    write(root, 'b.ts', '3');
    git(root, 'commit', '-qam', 'third');
    expect(() => git(root, 'merge', 'other')).toThrow();
    git(root, 'rm', '-q', 'a.ts');
    write(root, 'c.ts', 'c');
    git(root, 'add', 'c.ts');
    expect(staged(root)).toEqual([['c.ts', 'c']]);
  });

  it('are read without starting what the configuration of the repository names', () => {
    const root = makeRepository({ 'a.ts': 'one\n', '.gitattributes': '*.ts filter=evil diff=evil\n' });
    git(root, 'add', '.');
    const trap = join(root, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch '${root}/sprung'\ncat\n`);
    chmodSync(trap, 0o755);
    for (const name of [
      ...[
        'core.fsmonitor',
        'core.pager',
        'core.sshCommand',
        'core.alternateRefsCommand',
        'core.editor',
        'core.askPass',
      ],
      ...['diff.external', 'diff.evil.command', 'diff.evil.textconv', 'filter.evil.clean', 'filter.evil.smudge'],
      ...['alias.diff-index', 'alias.cat-file', 'pager.cat-file', 'credential.helper', 'interactive.diffFilter'],
    ]) {
      git(root, 'config', name, name.startsWith('alias') ? `!${trap}` : trap);
    }
    git(root, 'config', 'core.hooksPath', root);
    git(root, 'config', 'extensions.partialClone', 'origin');
    git(root, 'config', 'remote.origin.url', `ext::${trap}`);
    git(root, 'config', 'remote.origin.promisor', 'true');
    git(root, 'config', 'protocol.ext.allow', 'always');
    const environment = { ...process.env, GIT_EXTERNAL_DIFF: trap };
    expect(listStaged(root, environment).map(({ path }) => path)).toEqual(['.gitattributes', 'a.ts']);
    const missing = { path: 'b.ts', object: '1'.repeat(40), size: 1 };
    expect(() => [...readStaged(root, environment, [missing])]).toThrow('git cat-file failed');
    expect(existsSync(join(root, 'sprung'))).toBe(false);
  });

  it('need a repository, and git', () => {
    const root = makeTree({ 'a.ts': 'x' });
    expect(() => listStaged(root, { ...process.env, GIT_CEILING_DIRECTORIES: dirname(root) })).toThrow(
      /^git diff-index failed: /,
    );
    expect(() => listStaged(root, { PATH: 'bin:.' })).toThrow('git is not installed, or not on the PATH');
  });
});

describe('selectFiles', () => {
  const select = (
    root: string,
    paths: readonly string[],
    exclude: readonly string[] = [],
    among: readonly string[] = [],
  ) =>
    selectFiles(
      root,
      among.map((path) => ({ path })),
      { paths, exclude },
    ).map(({ path }) => path);
  const all = ['a.ts', 'gen/x.ts', 'node_modules/a.js', 'src/b.ts', 'src/keep/c.ts', 'src/skip/d.ts'];

  it('leaves out dependencies, and what ignore files of its own and patterns say', () => {
    const root = makeTree({
      '.gitignore': '*\n',
      '.spillcheckignore': 'skip/\n',
      'src/.spillcheckignore': '*\n!keep\n!c.ts\n',
    });
    expect(select(root, [], [], all)).toEqual(['a.ts', 'gen/x.ts', 'src/keep/c.ts']);
    expect(select(root, [], ['gen', '*.{md,txt}'], all)).toEqual(['a.ts', 'src/keep/c.ts']);
    expect(select(root, ['src'], [], all)).toEqual(['src/keep/c.ts']);
    expect(select(root, ['src/skip', 'a.ts'], [], all)).toEqual(['a.ts']);
  });
});
