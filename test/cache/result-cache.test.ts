import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import type { ScanOptions } from '../../src/core/options.js';
import { NO_SETTINGS } from '../../src/core/settings.js';
import { discover } from '../../src/project/discover.js';
import { createResolver } from '../../src/project/resolve.js';
import { ScanCache } from '../../src/scan-cache.js';
import { loadShippedFormats } from '../../src/secret-formats.js';

let root: string;
let cacheDir: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  [root, cacheDir] = ['root', 'cache'].map((name) => join(folder, name)) as [string, string];
  mkdirSync(join(root, 'src'), { recursive: true });
  write('src/a.ts', "import 'b';");
  write('package.json', '{ "dependencies": { "b": "1" } }');
});

function write(path: string, text: string | Uint8Array): void {
  writeFileSync(join(root, path), text);
}

const RESULT = {
  findings: [],
  diagnostics: [{ kind: 'limit', message: 'as found' }],
  statistics: { filesScanned: 2, lines: 1, filesSkipped: {}, functions: 1, calls: 0, callsResolved: 0 },
} as const;

/** Whether the cache answers; if not, it is told the result. */
async function isKnown(options: Partial<ScanOptions> = {}, result: object = RESULT): Promise<boolean> {
  const asked: ScanOptions = { root, paths: [], exclude: [], profile: 'recommended', jobs: 1, cacheDir, ...options };
  const { exclude } = asked;
  const discovery = discover(root, { paths: asked.paths, exclude, limits: DEFAULT_LIMITS }, () => {});
  const lookUp = new ScanCache(cacheDir, root, DEFAULT_LIMITS).lookUp(asked, discovery, []);
  if (lookUp?.result) {
    expect(lookUp.result).toEqual(result);
    return true;
  }
  createResolver(discovery.tree, () => {}).resolve('b', 'src/a.ts', 'import');
  lookUp?.keep(result as typeof RESULT, await loadShippedFormats());
  return false;
}

it('a result is known while nothing changes, however many workers there are', async () => {
  expect(await isKnown()).toBe(false);
  expect(await isKnown()).toBe(true);
  expect(await isKnown({ jobs: 7, onProgress: () => {} })).toBe(true);
});

it.each<readonly [name: string, change: () => void]>([
  ['the content of a file', () => write('src/a.ts', "import 'c';")],
  ['a file more', () => write('src/b.ts', '')],
  ['a file less', () => rmSync(join(root, 'src/a.ts'))],
  ['a file that is not scanned', () => write('src/image.png', new Uint8Array(9))],
  ['a manifest', () => write('package.json', '{ "dependencies": { "b": "2" } }')],
  ['an ignore file', () => write('.gitignore', 'src\n')],
])('it is not known after a change of %s', async (_name, change) => {
  await isKnown();
  change();
  expect(await isKnown()).toBe(false);
  expect(await isKnown()).toBe(true);
});

it('it is known for the same request only', async () => {
  await isKnown();
  const others: readonly Partial<ScanOptions>[] = [
    { profile: 'strict' },
    { rules: ['secret-to-log'] },
    { exclude: ['nothing'] },
    { paths: ['src'] },
    { today: '2026-11-21' },
    { baseline: [] },
    { settings: { ...NO_SETTINGS, levels: { 'secret-to-log': 'off' } } },
  ];
  for (const options of others) expect([options, await isKnown(options)]).toEqual([options, false]);
  for (const options of others) expect([options, await isKnown(options)]).toEqual([options, true]);
});

it('it is not known when a file of knowledge that the settings name has changed', async () => {
  const path = join(root, '..', 'models.yaml');
  const settings = { ...NO_SETTINGS, models: [{ path, name: 'models.yaml' }] };
  writeFileSync(path, 'one');
  await isKnown({ settings });
  expect(await isKnown({ settings })).toBe(true);
  writeFileSync(path, 'two');
  expect(await isKnown({ settings })).toBe(false);
});

it('is not asked where the request cannot be told apart from others', async () => {
  const changes = { touches: () => true, removes: () => false };
  await isKnown({ changes });
  expect(await isKnown({ changes })).toBe(false);
});

it('a result in which a credential shows is not kept', async () => {
  const key = `sk-proj-${Array.from({ length: 48 }, (_, i) => 'aZ3kQ9xW7bLmR2dT'[(i * 7) % 16]).join('')}`;
  const result = { ...RESULT, diagnostics: [{ kind: 'limit', message: `at ${key}` }] };
  await isKnown({}, result);
  expect(await isKnown({}, result)).toBe(false);
});
