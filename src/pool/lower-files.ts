import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Limits } from '../core/limits.js';
import { lowerFile } from '../frontend/js/lower-file.js';
import type { FileIR } from '../ir/file.js';
import type { SourceText } from './messages.js';
import { runPool } from './pool.js';
import { lowerSafely, lowerShallow } from './serve.js';

export interface LowerOptions {
  /** Worker threads at most; with 1 everything happens on the main thread, except what overflows its stack. */
  readonly jobs: number;
  readonly limits: Limits;
  /** Files lowered by earlier scans; new ones are handed to it. */
  readonly cache?: LoweredFiles;
}

/** Remembers what was made of a text. */
export interface LoweredFiles {
  find(file: SourceText): FileIR | undefined;
  keep(file: SourceText, ir: FileIR): void;
}

/**
 * Characters of source below which workers cost more than they gain. Each compiles the parser for itself, and takes the processor on which
 * the main thread's code would have been compiled. Measured on two processors, one thread beside two workers: 12.7 M characters 7.1 and
 * 7.8 s, 25.6 M 9.5 and 9.7 s, 62.2 M 19.0 and 17.8 s.
 */
const POOL_CHARACTERS = 1_500_000;
const POOL_CHARACTERS_OF_TWO = 40_000_000;
const HANG_MILLISECONDS = 300_000;

/**
 * Lowers files, in worker threads where it pays. The result has the order of `files` and does not depend on the number of workers. A
 * file that cannot be lowered costs that file only: its IR is empty and holds the diagnostic.
 */
export async function lowerFiles(files: readonly SourceText[], options: LowerOptions): Promise<FileIR[]> {
  const { cache } = options;
  if (!cache) return lowerAll(files, options);
  const results = files.map((file) => cache.find(file));
  const missing = [...results.keys()].filter((index) => results[index] === undefined);
  const made = await lowerAll(
    missing.map((index) => files[index]!),
    options,
  );
  for (const [position, index] of missing.entries()) {
    const ir = made[position]!;
    results[index] = ir;
    if (isReproducible(ir)) cache.keep(files[index]!, ir);
  }
  return results as FileIR[];
}

/** Not what this machine's memory or stack had a say in. */
function isReproducible(ir: FileIR): boolean {
  return ir.functions.length > 0 || !ir.diagnostics.some(({ kind }) => kind === 'skipped-file' || kind === 'limit');
}

async function lowerAll(files: readonly SourceText[], options: LowerOptions): Promise<FileIR[]> {
  const { jobs, limits } = options;
  const worker = workerModule();
  const characters = files.reduce((sum, file) => sum + file.text.length, 0);
  if (worker && jobs > 1 && characters > (jobs > 2 ? POOL_CHARACTERS : POOL_CHARACTERS_OF_TWO)) {
    return runPool(files, { worker, jobs, limits, hangMilliseconds: HANG_MILLISECONDS });
  }
  const results = files.map((file) => lowerShallow(lowerFile, file, limits));
  const deep = [...results.keys()].filter((index) => results[index] === undefined);
  const retried = worker
    ? await runPool(
        deep.map((index) => files[index]!),
        { worker, jobs: 1, limits, hangMilliseconds: HANG_MILLISECONDS },
      )
    : deep.map((index) => lowerSafely(lowerFile, files[index]!, limits));
  for (const [position, index] of deep.entries()) results[index] = retried[position];
  return results as FileIR[];
}

/** The built worker, also when this module runs from its TypeScript source; undefined where nothing has been built. */
function workerModule(): URL | undefined {
  return ['./worker.js', '../../dist/pool/worker.js']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(fileURLToPath(url)));
}
