import { gzipSync } from 'node:zlib';
import type { Run } from 'sarif';
import type { SarifFileLimits } from '../sarif-limits.js';
import { toJson } from '../to-json.js';
import { count, groupDigits } from '../words.js';
import { keepGravest } from './fit-run.js';
import { describeRun } from './run-category.js';

/** Room for what stands around the runs of a file. */
const FRAME_BYTES = 1_024;

/**
 * Puts runs into as few files as their order allows, each within the number of runs and the compressed size that a service accepts. A
 * run that is too large for a file of its own loses its slightest results; that is added to the notices.
 */
export function packRuns(runs: readonly Run[], limits: SarifFileLimits, notices: string[]): Run[][] {
  const files: Run[][] = [[]];
  let size = FRAME_BYTES;
  for (const whole of runs) {
    const { run, bytes } = shrink(whole, limits.compressedBytes - FRAME_BYTES, notices);
    // compressed apart they take at least as much room as together
    if (files.at(-1)!.length >= limits.runs || size + bytes > limits.compressedBytes) {
      files.push([]);
      size = FRAME_BYTES;
    }
    files.at(-1)!.push(run);
    size += bytes;
  }
  return files;
}

function shrink(whole: Run, most: number, notices: string[]): { run: Run; bytes: number } {
  const total = whole.results?.length ?? 0;
  let kept = total;
  let run = whole;
  for (;;) {
    const text = toJson(run);
    const bytes = gzipSync(text).length;
    if (bytes <= most || kept === 0) {
      if (kept < total) {
        notices.push(
          `${describeRun(whole)}: ${groupDigits(total - kept)} of ${count(total, 'result', 'results')}, the slightest, are left out, since the compressed file would be too large.`,
        );
      }
      return { run, bytes };
    }
    // aims a little below the limit; each round cuts, so this ends
    kept = Math.min(kept - 1, Math.floor((kept * most * 0.95) / bytes));
    run = { ...whole, results: keepGravest(whole, kept) };
  }
}
