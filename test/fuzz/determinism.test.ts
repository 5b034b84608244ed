import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it, vi } from 'vitest';
import { scan } from '../../src/scan.js';

/** How `readdir` orders what it lists, which the operating system decides: here by a seed, 0 for as it comes. */
const order = vi.hoisted(() => ({ seed: 0 }));

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const readdirSync = (...args: Parameters<typeof fs.readdirSync>) => shuffle(fs.readdirSync(...args) as unknown[]);
  return { ...fs, readdirSync };
});

function shuffle<Item>(items: Item[]): Item[] {
  if (order.seed === 0) return items;
  let state = order.seed;
  for (let i = items.length - 1; i > 0; i--) {
    state = (state * 48_271) % 0x7fffffff;
    const j = state % (i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}

const FILLING = 'x'.repeat(70);
/** Enough text for workers to be started. */
const FILLED_FILES = 25;
const FILLED_LINES = 900;

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  root = join(folder, 'root');
  cpSync(fileURLToPath(new URL('../../fixtures/projects/support-desk', import.meta.url)), root, { recursive: true });
  for (let i = 0; i < FILLED_FILES; i++) {
    const text = `export const a${i} = () => process.env.KEY_${i};\n// ${FILLING}`.padEnd(90).concat('\n');
    writeFileSync(join(root, `filled${i}.ts`), text + `// ${FILLING}\n`.repeat(FILLED_LINES));
  }
  return () => rmSync(folder, { recursive: true, force: true });
});

async function report(jobs: number, seed: number, cache?: string): Promise<string> {
  order.seed = seed;
  try {
    const options = { root, paths: [], exclude: [], profile: 'strict', jobs } as const;
    return JSON.stringify(await scan({ ...options, ...(cache !== undefined && { cacheDir: join(folder, cache) }) }));
  } finally {
    order.seed = 0;
  }
}

it('says the same with one worker and several, in any order of files, cold and warm', async () => {
  const expected = await report(1, 0);
  expect(expected).toContain('personal-data-to-log');
  expect(await report(2, 0)).toBe(expected);
  expect(await report(3, 7)).toBe(expected);
  expect(await report(1, 11)).toBe(expected);
  expect(await report(2, 13, 'cache')).toBe(expected);
  expect(await report(1, 17, 'cache')).toBe(expected);
  expect(await report(2, 0, 'cache')).toBe(expected);
}, 300_000);
