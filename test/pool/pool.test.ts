import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import type { FileIR } from '../../src/ir/file.js';
import type { SourceText } from '../../src/pool/messages.js';
import { runPool } from '../../src/pool/pool.js';

const SERVE = new URL('../../dist/pool/serve.js', import.meta.url);

/**
 * A worker that lowers with `body`, a function body over (path, text). Its result holds the text's length, for the order to be seen.
 */
function workerWith(body: string): URL {
  const folder = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'worker.mjs');
  writeFileSync(
    path,
    `import { serve } from ${JSON.stringify(SERVE.href)};
    serve((path, text) => {
      ${body}
      const shared = new Int32Array([1, text.length]);
      const fn = { slotNames: shared, slotMutable: new Uint8Array(2), blocks: shared.subarray(1) };
      return { path, code: new Int32Array([text.length]), functions: [fn, fn], diagnostics: [] };
    });`,
  );
  return pathToFileURL(path);
}

function run(files: readonly SourceText[], body: string, jobs = 2, hangMilliseconds = 60_000): Promise<FileIR[]> {
  return runPool(files, { worker: workerWith(body), jobs, limits: DEFAULT_LIMITS, hangMilliseconds });
}

/** Files of different sizes, large enough for several batches. */
function sources(count: number): SourceText[] {
  return Array.from({ length: count }, (_, i) => ({ path: `file${i}.ts`, text: 'x'.repeat((i % 7) * 9000 + i) }));
}

function outline(irs: readonly FileIR[]): unknown[] {
  return irs.map((ir) => [
    ir.path,
    ir.code[0],
    ir.functions.map(({ slotNames, blocks }) => [[...slotNames], [...blocks]]),
  ]);
}

function messages(irs: readonly FileIR[]): unknown[] {
  return irs.flatMap(({ diagnostics }) => diagnostics.map(({ kind, file, message }) => [kind, file, message]));
}

describe('pool', () => {
  it('puts results at the index of their file, whatever the number of workers', async () => {
    const files = sources(60);
    const expected = files.map(({ path, text }) => {
      const fn = [[1, text.length], [text.length]];
      return [path, text.length, [fn, fn]];
    });
    for (const jobs of [1, 2, 3]) expect(outline(await run(files, '', jobs))).toEqual(expected);
  });

  it('answers for no files at all', async () => {
    expect(await run([], '')).toEqual([]);
  });

  it('has a large stack', async () => {
    const body = 'const descend = (n) => (n === 0 ? 0 : 1 + descend(n - 1)); descend(200_000);';
    expect(messages(await run(sources(2), body))).toEqual([]);
  });

  it('loses one file to a stack overflow', async () => {
    const files = sources(20);
    const irs = await run(files, "const descend = () => 1 + descend(); if (path === 'file7.ts') descend();");
    expect(messages(irs)).toEqual([['skipped-file', 'file7.ts', 'nested too deeply: not followed']]);
    expect(irs.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
  });

  it('loses one file to a worker that runs out of memory, and tries it twice', async () => {
    const files = sources(20);
    const body = "if (path === 'file7.ts') { const all = []; for (;;) all.push(new Array(1e5).fill({})); }";
    const irs = await runPool(files, {
      worker: workerWith(body),
      jobs: 2,
      limits: DEFAULT_LIMITS,
      hangMilliseconds: 60_000,
      megabytes: 64,
    });
    expect(messages(irs)).toEqual([['skipped-file', 'file7.ts', 'needs more memory than a worker has: not followed']]);
    expect(
      outline(irs)
        .flat()
        .filter((one) => typeof one === 'string'),
    ).toEqual(files.map(({ path }) => path));
  });

  it('loses one file whose result cannot be read', async () => {
    const files = sources(20);
    const body = `if (path === 'file7.ts') {
      let deep = [];
      for (let i = 0; i < 100_000; i++) deep = [deep];
      return { path, deep, code: new Int32Array(1), functions: [], diagnostics: [] };
    }`;
    const irs = await run(files, body);
    expect(messages(irs)).toEqual([['skipped-file', 'file7.ts', 'nested too deeply: not followed']]);
    expect(irs.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
  });

  it('stops a worker that hangs, and only that one', async () => {
    const files = sources(20);
    const irs = await run(files, "if (path === 'file7.ts') for (;;) ;", 2, 400);
    expect(messages(irs)).toEqual([['skipped-file', 'file7.ts', 'took too long: not followed']]);
    expect(irs.map(({ code }) => code.length > 0)).toEqual(files.map(({ path }) => path !== 'file7.ts'));
  });

  it('passes on what is a fault of ours', async () => {
    await expect(run(sources(3), "if (path === 'file1.ts') throw new TypeError('a fault');")).rejects.toThrow(
      'a fault',
    );
  });

  it('fails when workers cannot start', async () => {
    const worker = pathToFileURL(join(tmpdir(), 'spillcheck-no-such-worker.mjs'));
    await expect(
      runPool(sources(3), { worker, jobs: 2, limits: DEFAULT_LIMITS, hangMilliseconds: 60_000 }),
    ).rejects.toThrow();
  });
});
