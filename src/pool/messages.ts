import type { Limits } from '../core/limits.js';
import type { FileIR } from '../ir/file.js';

/** A file to lower: POSIX path relative to the scan root, and its text. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** What a worker is started with. */
export interface WorkerSettings {
  readonly limits: Limits;
  /** One int32 that the worker writes: 1 + index of the file it is at, 0 between files. Read when the worker has died. */
  readonly progress: SharedArrayBuffer;
}

/** Main thread → worker: files to lower, each with its index among all files. */
export type Batch = readonly (readonly [index: number, file: SourceText])[];

/** Worker → main thread: the results of one batch, in its order. */
export type BatchResult = readonly (readonly [index: number, ir: FileIR])[];
