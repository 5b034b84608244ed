import { RequestError } from '../core/errors.js';
import { ExitCode, type Io } from './io.js';
import { readVersion } from './package.js';
import type { Request } from './request.js';
import { createServices, type Services } from './services.js';

/**
 * Runs a command line (the name of the program left out) and returns the exit code. Nothing is read from or written to the process but
 * through `io`. Everything but the answer to `--help` and `--version` is loaded when it is needed.
 */
export async function run(argv: readonly string[], io: Io, services: Services = createServices()): Promise<ExitCode> {
  try {
    const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
    if (options.includes('--help') || options.includes('-h') || argv[0] === 'help') {
      io.stdout.write((await import('./help.js')).HELP);
      return ExitCode.Clean;
    }
    if (options.includes('--version') || options.includes('-v')) {
      io.stdout.write(`${readVersion()}\n`);
      return ExitCode.Clean;
    }
    const { parseArguments } = await import('./program.js');
    return await carryOut(parseArguments(argv), io, services);
  } catch (error) {
    if (error instanceof RequestError) io.stderr.write(`spillcheck: ${await printableLine(error.describe())}\n`);
    else io.stderr.write(await describeFault(error, io));
    return ExitCode.Failure;
  }
}

async function carryOut(request: Request, io: Io, services: Services): Promise<ExitCode> {
  switch (request.command) {
    case 'scan':
      return (await import('./scan-command.js')).scanCommand(request, io, services);
    case 'secrets':
      return (await import('./secrets-command.js')).secretsCommand(request, io, services);
    case 'baseline':
      return (await import('./baseline-command.js')).baselineCommand(request, io, services);
    case 'doctor':
      return (await import('./doctor-command.js')).doctorCommand(request, io, services);
    case 'tools':
      return (await import('./tools-command.js')).toolsCommand(request, io, services);
    case 'merge':
      return (await import('./merge-command.js')).mergeCommand(request, io);
    case 'init':
      return (await import('./init-command.js')).initCommand(request, io);
    case 'rules':
      return (await import('./rules-command.js')).rulesCommand(io, services);
    case 'explain':
      return (await import('./explain-command.js')).explainCommand(request, io, services);
  }
}

async function printableLine(text: string): Promise<string> {
  return (await import('../report/printable.js')).printable(text);
}

/** What is wrong with us, with all that a report of it needs. */
async function describeFault(error: unknown, io: Io): Promise<string> {
  const { findBuiltInSecrets } = await import('../report/built-in-secrets.js');
  const { maskText } = await import('../report/mask.js');
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    'spillcheck: internal error. This is a fault of spillcheck, not of your code.',
    `Please report it with the command line and what follows (spillcheck ${readVersion()}, Node ${io.nodeVersion}):`,
    maskText(trace, findBuiltInSecrets(trace)),
    '',
  ].join('\n');
}
