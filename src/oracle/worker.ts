import { workerData } from 'node:worker_threads';
import { compile } from './compile.js';
import type { CompilerReply, WorkerSettings } from './run-compiler.js';

const { request, port, ended } = workerData as WorkerSettings;
let reply: CompilerReply;
try {
  reply = { answer: compile(request) };
} catch (error) {
  reply = { failure: error instanceof Error ? error.message : String(error) };
}
port.postMessage(reply);
Atomics.store(new Int32Array(ended), 0, 1);
Atomics.notify(new Int32Array(ended), 0);
