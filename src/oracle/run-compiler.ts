import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { CompilerAnswer, CompilerRequest } from './request.js';

/** What the worker is started with. */
export interface WorkerSettings {
  readonly request: CompilerRequest;
  /** Where it puts its reply. */
  readonly port: MessagePort;
  /** One int32 that it sets to 1 when the reply is there. */
  readonly ended: SharedArrayBuffer;
}

export type CompilerReply = { readonly answer: CompilerAnswer } | { readonly failure: string };

/** As in the pool: a bound against hanging, not against slowness. Types can be written on which the compiler works for ever. */
const HANG_MILLISECONDS = 300_000;
const STACK_MEGABYTES = 64;
const HEAP_MEGABYTES = 4096;

/**
 * Runs the compiler in a thread of its own, with a larger stack, and waits for it. Why a thread: nothing else can end a compiler that does not
 * end by itself.
 */
export function runCompiler(request: CompilerRequest, hangMilliseconds = HANG_MILLISECONDS): CompilerReply {
  const { port1, port2 } = new MessageChannel();
  const ended = new SharedArrayBuffer(4);
  const workerData: WorkerSettings = { request, port: port2, ended };
  const worker = new Worker(workerModule(), {
    workerData,
    transferList: [port2],
    execArgv: [],
    resourceLimits: { stackSizeMb: STACK_MEGABYTES, maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  // What kills the thread is told by the reply that does not come.
  worker.on('error', () => {});
  worker.unref();
  Atomics.wait(new Int32Array(ended), 0, 0, hangMilliseconds);
  const reply = receiveMessageOnPort(port1)?.message as CompilerReply | undefined;
  port1.close();
  void worker.terminate();
  return reply ?? { failure: `no answer within ${hangMilliseconds / 1000} seconds` };
}

/** The built worker, also when this module runs from its TypeScript source. */
function workerModule(): URL {
  const built = ['./worker.js', '../../dist/oracle/worker.js'].map((path) => new URL(path, import.meta.url));
  return built.find((url) => existsSync(fileURLToPath(url))) ?? built[0]!;
}
