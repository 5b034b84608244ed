import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Limits } from '../core/limits.js';
import { emptyFile } from '../frontend/js/empty-file.js';
import type { FileIR } from '../ir/file.js';
import type { Batch, BatchResult, SourceText, WorkerSettings } from './messages.js';

/** Lowers one file; pure. A stack overflow leaves it as a `RangeError`, or as an empty file with a `limit` diagnostic. */
export type LowerFile = (path: string, text: string, limits: Limits) => FileIR;

/** The worker's side of the pool: lowers the batches that are sent to it. */
export function serve(lowerFile: LowerFile): void {
  const port = parentPort as MessagePort;
  const { limits, progress } = workerData as WorkerSettings;
  const current = new Int32Array(progress);
  port.on('message', (batch: Batch) => {
    const results: [number, FileIR][] = [];
    for (const [index, file] of batch) {
      Atomics.store(current, 0, index + 1);
      results.push([index, lowerSafely(lowerFile, file, limits)]);
    }
    Atomics.store(current, 0, 0);
    port.postMessage(results satisfies BatchResult, buffersOf(results));
  });
}

/** Lowers where there is no larger stack to go to: an overflow costs the file. */
export function lowerSafely(lowerFile: LowerFile, file: SourceText, limits: Limits): FileIR {
  try {
    return lowerFile(file.path, file.text, limits);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    return failedFile(file, 'nested too deeply');
  }
}

/** Undefined where a larger stack may help. */
export function lowerShallow(lowerFile: LowerFile, file: SourceText, limits: Limits): FileIR | undefined {
  try {
    const ir = lowerFile(file.path, file.text, limits);
    return ir.functions.length === 0 && ir.diagnostics.some(({ kind }) => kind === 'limit') ? undefined : ir;
  } catch (error) {
    if (isStackOverflow(error)) return undefined;
    throw error;
  }
}

/** Stands in for a file that could not be lowered. */
export function failedFile(file: SourceText, reason: string): FileIR {
  return emptyFile(file.path, file.text, [
    { kind: 'skipped-file', message: `${reason}: not followed`, file: file.path },
  ]);
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

/** The buffers of the typed arrays, each once; they are moved to the receiver, not copied. */
function buffersOf(results: BatchResult): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>();
  for (const [, ir] of results) {
    buffers.add(ir.code.buffer);
    for (const fn of ir.functions) buffers.add(fn.slotNames.buffer).add(fn.slotMutable.buffer).add(fn.blocks.buffer);
  }
  return [...buffers] as ArrayBuffer[];
}
