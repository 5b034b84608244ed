import { Worker } from 'node:worker_threads';
import type { Limits } from '../core/limits.js';
import type { FileIR } from '../ir/file.js';
import type { Batch, BatchResult, SourceText, WorkerSettings } from './messages.js';
import { failedFile } from './serve.js';

export interface PoolSettings {
  /** The module that workers run; it calls `serve`. */
  readonly worker: URL;
  readonly jobs: number;
  readonly limits: Limits;
  /** A worker that stays at one file for longer is stopped. Generous: a bound against hanging, not against slowness. */
  readonly hangMilliseconds: number;
  /** Memory of a worker's heap; plenty by default. */
  readonly megabytes?: number;
}

/** Characters and files of a batch: large enough that messages do not count, small enough that workers end together. */
const BATCH_CHARACTERS = 200_000;
const BATCH_FILES = 64;
/** Batches that a worker has at hand, so that it never waits for the main thread. */
const BATCHES_AHEAD = 2;
/** On the main thread's stack the parser overflows at 1,000 nested arrays, on this one at 50,000. */
const STACK_MEGABYTES = 64;
const YOUNG_MEGABYTES = 128;
const HEAP_MEGABYTES = 4096;

/**
 * Lowers files in worker threads. Results stand at the index of their file, so they do not depend on the number of workers. A file that
 * kills its worker (memory, native stack) is tried once more in a worker of its own, and then given up with a diagnostic.
 */
export function runPool(files: readonly SourceText[], settings: PoolSettings): Promise<FileIR[]> {
  return new Promise((resolve, reject) => new Pool(files, settings, resolve, reject).start());
}

interface Crew {
  readonly worker: Worker;
  readonly current: Int32Array;
  readonly batches: Batch[];
  /** What `current` held when the watchdog last looked, and how often it has been the same since. */
  seen: number;
  looks: number;
  hung: boolean;
}

class Pool {
  readonly #results: FileIR[];
  readonly #queue: Batch[];
  readonly #crews = new Set<Crew>();
  readonly #suspects = new Set<number>();
  #left: number;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(
    readonly files: readonly SourceText[],
    readonly settings: PoolSettings,
    readonly resolve: (results: FileIR[]) => void,
    readonly reject: (error: unknown) => void,
  ) {
    this.#results = new Array<FileIR>(files.length);
    this.#left = files.length;
    this.#queue = batchesOf(files);
  }

  start(): void {
    if (this.#left === 0) {
      this.#finish();
      return;
    }
    const looks = 4;
    this.#watchdog = setInterval(() => this.#watch(looks), this.settings.hangMilliseconds / looks);
    for (let i = Math.min(this.settings.jobs, this.#queue.length); i > 0; i--) this.#hire();
  }

  #hire(): void {
    const progress = new SharedArrayBuffer(4);
    const workerData: WorkerSettings = { limits: this.settings.limits, progress };
    const resourceLimits = {
      stackSizeMb: STACK_MEGABYTES,
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      maxOldGenerationSizeMb: this.settings.megabytes ?? HEAP_MEGABYTES,
    };
    const worker = new Worker(this.settings.worker, { workerData, resourceLimits, execArgv: [] });
    const crew: Crew = { worker, current: new Int32Array(progress), batches: [], seen: 0, looks: 0, hung: false };
    let failure: unknown;
    this.#crews.add(crew);
    worker.on('message', (results: BatchResult) => this.#collect(crew, results));
    worker.on('messageerror', () => this.#retryAlone(crew));
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', () => {
      if (this.#crews.delete(crew)) this.#replace(crew, failure);
    });
    this.#feed(crew);
  }

  #feed(crew: Crew): void {
    while (crew.batches.length < BATCHES_AHEAD && this.#queue.length > 0) {
      const batch = this.#queue.shift()!;
      crew.batches.push(batch);
      crew.worker.postMessage(batch);
    }
  }

  #collect(crew: Crew, results: BatchResult): void {
    crew.batches.shift();
    for (const [index, ir] of results) this.#place(index, ir);
    if (this.#left === 0) this.#finish();
    else this.#feed(crew);
  }

  /** The results of a batch cannot be read: each of its files is lowered by itself, and the one whose result is to blame is given up. */
  #retryAlone(crew: Crew): void {
    const batch = crew.batches.shift()!;
    if (batch.length === 1) {
      const [index, file] = batch[0]!;
      this.#place(index, failedFile(file, 'nested too deeply'));
    } else for (const one of batch) this.#queue.push([one]);
    if (this.#left === 0) this.#finish();
    else this.#feed(crew);
  }

  #place(index: number, ir: FileIR): void {
    this.#results[index] = ir;
    this.#left--;
  }

  /** A worker has ended before its work was done: the file it was at is suspected, everything else is given to a new worker. */
  #replace(crew: Crew, failure: unknown): void {
    const at = crew.current[0]! - 1;
    if (at < 0 || isProgramError(failure)) {
      this.#fail(failure ?? new Error('a worker ended without being asked to'));
      return;
    }
    const rest = crew.batches.flat().filter(([index]) => index !== at);
    if (crew.hung || this.#suspects.has(at)) {
      const reason = crew.hung ? 'took too long' : 'needs more memory than a worker has';
      this.#place(at, failedFile(this.files[at]!, reason));
    } else {
      this.#suspects.add(at);
      this.#queue.unshift([[at, this.files[at]!]]);
    }
    if (rest.length > 0) this.#queue.push(rest);
    if (this.#left === 0) this.#finish();
    else this.#hire();
  }

  #watch(limit: number): void {
    for (const crew of this.#crews) {
      const current = Atomics.load(crew.current, 0);
      crew.looks = current !== 0 && current === crew.seen ? crew.looks + 1 : 0;
      crew.seen = current;
      if (crew.looks < limit) continue;
      crew.hung = true;
      void crew.worker.terminate();
    }
  }

  #finish(): void {
    this.#dismiss();
    this.resolve(this.#results);
  }

  #fail(error: unknown): void {
    this.#dismiss();
    this.reject(error);
  }

  #dismiss(): void {
    clearInterval(this.#watchdog);
    const crews = [...this.#crews];
    this.#crews.clear();
    for (const { worker } of crews) void worker.terminate();
  }
}

/** An exception that escaped lowering is a fault of ours; running out of memory is not. */
function isProgramError(failure: unknown): boolean {
  return failure !== undefined && (failure as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY';
}

function batchesOf(files: readonly SourceText[]): Batch[] {
  const batches: [number, SourceText][][] = [];
  let batch: [number, SourceText][] = [];
  let characters = 0;
  for (const [index, file] of files.entries()) {
    if (batch.length > 0 && (characters + file.text.length > BATCH_CHARACTERS || batch.length >= BATCH_FILES)) {
      batches.push(batch);
      batch = [];
      characters = 0;
    }
    batch.push([index, file]);
    characters += file.text.length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
