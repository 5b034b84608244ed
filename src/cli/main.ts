import { ExitCode } from './io.js';
import { run } from './run.js';
import { findToday } from './today.js';

/** Runs the process's own command line. The exit code is set, not forced, so that everything written still arrives. */
export async function main(): Promise<void> {
  let unwritten = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // the reader of a pipe has read enough (`| head`)
      if (error.code === 'EPIPE') return;
      unwritten = true;
      process.exitCode = ExitCode.Failure;
      if (stream === process.stdout) process.stderr.write(`spillcheck: cannot write the report: ${error.message}\n`);
    });
  }
  const code = await run(process.argv.slice(2), {
    stdout: toStream(process.stdout),
    stderr: toStream(process.stderr),
    cwd: process.cwd(),
    env: process.env,
    nodeVersion: process.versions.node,
    readInput,
    clock: () => performance.now(),
    today: () => findToday(process.env.SOURCE_DATE_EPOCH, Date.now()),
    ...(process.stdin.isTTY && process.stdout.isTTY && { ask }),
  });
  process.exitCode = unwritten ? ExitCode.Failure : code;
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function ask(question: string): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)));
  try {
    return await Promise.race([terminal.question(question), ended]);
  } finally {
    terminal.close();
  }
}

function toStream(stream: NodeJS.WriteStream) {
  return {
    write: (text: string) => {
      stream.write(text);
    },
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  };
}
