import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { RequestError } from '../core/errors.js';
import { FORMATS, type Format } from '../report/reporters.js';
import type { Output, Request, ScanRequest } from './request.js';

/** The commands and options of `spillcheck`. The request that a command line makes is handed to `accept`. */
export function createProgram(accept: (request: Request) => void): Command {
  const program = new Command('spillcheck');
  const quietly = { writeOut: () => undefined, writeErr: () => undefined };
  program.exitOverride().configureOutput(quietly).helpOption(false).helpCommand(false);
  program
    .command('scan', { isDefault: true })
    .helpOption(false)
    .argument('[paths...]')
    .option('--exclude <glob>', '', append<string>, [])
    .addOption(choice('--profile <name>', ['recommended', 'strict']).default('recommended'))
    .option('--rule <id>', '', append<string>, [])
    .option('--jobs <n>', '', parseJobs)
    .addOption(choice('--format <name>', FORMATS))
    .option('--output <file>', '', (value: string, outputs: Output[]) => [...outputs, parseOutput(value)], [])
    .option('--quiet', '', false)
    .option('--no-color', '')
    .addOption(choice('--fail-on <level>', ['error', 'warning', 'note', 'never']).default('warning'))
    .action((paths: string[], options: ScanOptionValues) => {
      const { rule, output, ...others } = { jobs: undefined, format: undefined, ...options };
      accept({ command: 'scan', paths, rules: rule, outputs: output, ...others });
    });
  program
    .command('rules')
    .helpOption(false)
    .action(() => accept({ command: 'rules' }));
  program
    .command('explain')
    .helpOption(false)
    .argument('<rule>')
    .action((rule: string) => accept({ command: 'explain', rule }));
  return program;
}

/**
 * Reads a command line, the name of the program left out.
 *
 * @throws RequestError when it is wrong
 */
export function parseArguments(argv: readonly string[]): Request {
  let request: Request | undefined;
  try {
    createProgram((made) => {
      request = made;
    }).parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new RequestError(`${toOneLine(error.message)}; see spillcheck --help`);
  }
  return request!;
}

interface ScanOptionValues extends Omit<ScanRequest, 'command' | 'paths' | 'rules' | 'outputs' | 'jobs' | 'format'> {
  readonly jobs?: number;
  readonly format?: Format;
  readonly rule: string[];
  readonly output: Output[];
}

function choice(flags: string, values: readonly string[]): Option {
  return new Option(flags).choices([...values]);
}

function append<T>(value: T, previous: readonly T[]): T[] {
  return [...previous, value];
}

function parseJobs(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError('It is a number from 1 to 9999.');
  return Number(value);
}

function parseOutput(value: string): Output {
  const separator = value.indexOf('=');
  const format = value.slice(0, Math.max(0, separator));
  const isFormat = (FORMATS as readonly string[]).includes(format);
  const file = isFormat ? value.slice(separator + 1) : value;
  if (file === '') throw new InvalidArgumentError('The name of the file is missing.');
  return { format: isFormat ? (format as Format) : undefined, file };
}

/** `error: unknown option '--x'\n(Did you mean --y?)` as a single clause. */
function toOneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*?)\?\)/, ', did you mean $1?')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}
