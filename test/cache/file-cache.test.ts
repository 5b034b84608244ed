import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CacheFolder } from '../../src/cache/cache-folder.js';
import { FileCache } from '../../src/cache/file-cache.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { lowerFiles } from '../../src/pool/lower-files.js';

let path: string;
let root: string;

beforeEach(() => {
  [path, root] = ['a', 'b'].map(() => mkdtempSync(join(tmpdir(), 'spillcheck-'))) as [string, string];
  onTestFinished(() => {
    for (const folder of [path, root]) rmSync(folder, { recursive: true, force: true });
  });
});

function open(program = '1', folder = root): FileCache {
  return new FileCache(new CacheFolder(path, { megabytes: 8 }), { root: folder, program }, () => true);
}

const FILES = [
  { path: 'a.ts', text: 'export const a = (x) => [x];' },
  { path: 'b.ts', text: 'import { a } from "./a"; a(1);' },
];

/** Lowers with a cache, and tells which files had to be. */
async function lowerWith(cache: FileCache, files = FILES): Promise<string[]> {
  const made: string[] = [];
  const irs = await lowerFiles(files, {
    jobs: 1,
    limits: DEFAULT_LIMITS,
    cache: {
      find: (file) => cache.find(file),
      keep: (file, ir) => {
        made.push(file.path);
        cache.keep(file, ir);
      },
    },
  });
  cache.save();
  expect(irs).toEqual(files.map((file) => lowerFile(file.path, file.text, DEFAULT_LIMITS)));
  return made;
}

describe('the cache of lowered files', () => {
  it('finds by path and content', async () => {
    expect(await lowerWith(open())).toEqual(['a.ts', 'b.ts']);
    expect(await lowerWith(open())).toEqual([]);
    const edited = [FILES[0]!, { path: 'b.ts', text: 'let b;' }, { path: 'c.ts', text: FILES[0]!.text }];
    expect(await lowerWith(open(), edited)).toEqual(['b.ts', 'c.ts']);
    expect(await lowerWith(open(), edited)).toEqual([]);
  });

  it('tells apart texts that are the same in UTF-8', async () => {
    const text = (surrogate: string) => [{ path: 'a.ts', text: `a('${surrogate}');` }];
    expect(await lowerWith(open(), text('\ud800'))).toEqual(['a.ts']);
    expect(await lowerWith(open(), text('\ud801'))).toEqual(['a.ts']);
  });

  it('believes neither another program nor another folder', async () => {
    await lowerWith(open());
    expect(await lowerWith(open('2'))).toEqual(['a.ts', 'b.ts']);
    const other = mkdtempSync(join(tmpdir(), 'spillcheck-'));
    onTestFinished(() => rmSync(other, { recursive: true, force: true }));
    expect(await lowerWith(open('1', other))).toEqual(['a.ts', 'b.ts']);
    expect(await lowerWith(open())).toEqual([]);
  });

  it('makes anew what was damaged', async () => {
    await lowerWith(open());
    const [name] = readdirSync(path).filter((each) => each.endsWith('.files'));
    const file = join(path, name!);
    const whole = readFileSync(file);
    for (const damaged of [
      whole.subarray(0, 100),
      Buffer.alloc(0),
      Buffer.from('foreign'),
      Buffer.alloc(whole.length),
    ]) {
      writeFileSync(file, damaged);
      expect(await lowerWith(open())).toEqual(['a.ts', 'b.ts']);
      expect(await lowerWith(open())).toEqual([]);
    }
  });

  it('keeps what other scans of the folder need, until it outweighs the rest', async () => {
    await lowerWith(open());
    await lowerWith(open(), [{ path: 'c.ts', text: 'let c;' }]);
    expect(await lowerWith(open(), [{ path: 'c.ts', text: 'let c;' }])).toEqual([]);
    const large = { path: 'd.ts', text: 'f(1, 2, 3);\n'.repeat(200) };
    await lowerWith(open(), [...FILES, large]);
    expect(await lowerWith(open(), [{ path: 'e.ts', text: 'let e;' }])).toEqual(['e.ts']);
    expect(await lowerWith(open(), [...FILES, large])).toEqual(['a.ts', 'b.ts', 'd.ts']);
  });

  it('forgets what is dropped', async () => {
    const first = open();
    await lowerFiles(FILES, { jobs: 1, limits: DEFAULT_LIMITS, cache: first });
    first.drop('a.ts');
    first.save();
    const second = open();
    expect(FILES.map((file) => second.find(file)?.path)).toEqual([undefined, 'b.ts']);
    second.drop('b.ts');
    second.save();
    expect(FILES.map((file) => open().find(file)?.path)).toEqual([undefined, undefined]);
  });

  it('survives runs at the same time, each of which writes all it has', async () => {
    const caches = Array.from({ length: 4 }, () => open());
    for (const cache of caches) await lowerFiles(FILES, { jobs: 1, limits: DEFAULT_LIMITS, cache });
    for (const cache of caches) cache.save();
    expect(await lowerWith(open())).toEqual([]);
    expect(readdirSync(path).filter((each) => each.endsWith('.tmp'))).toEqual([]);
  });

  it('does not store what depends on the machine', async () => {
    const deep = [{ path: 'deep.ts', text: `x = ${'['.repeat(20_000)}${']'.repeat(20_000)};` }];
    const cache = open();
    const [file] = await lowerFiles(deep, { jobs: 1, limits: { ...DEFAULT_LIMITS, lineCharacters: 10 }, cache });
    expect(file?.diagnostics.map(({ kind }) => kind)).toEqual(['skipped-file']);
    cache.save();
    expect(open().find(deep[0]!)).toBeUndefined();
  });
});
