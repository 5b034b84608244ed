import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { RequestError } from '../core/errors.js';
import { suggest } from '../core/suggest.js';
import { FORMATS, type Format } from '../report/reporters.js';
import type {
  AnalysisRequest,
  BaselineRequest,
  DoctorRequest,
  ExplainRequest,
  Output,
  Request,
  ScanRequest,
  SecretsRequest,
  ToolsRequest,
} from './request.js';

/** The commands and options of `spillcheck`. The request that a command line makes is handed to `accept`. */
export function createProgram(accept: (request: Request) => void): Command {
  const program = new Command('spillcheck');
  const quietly = { writeOut: () => undefined, writeErr: () => undefined };
  program.exitOverride().configureOutput(quietly).helpOption(false).helpCommand(false);
  addScan(program, accept);
  addSecrets(program, accept);
  addBaseline(program, accept);
  addExplain(program, accept);
  addDoctor(program, accept);
  addTools(program, accept);
  addMerge(program, accept);
  addInit(program, accept);
  program
    .command('rules')
    .helpOption(false)
    .action(() => accept({ command: 'rules' }));
  return program;
}

function addScan(program: Command, accept: (request: Request) => void): void {
  const command = program.command('scan', { isDefault: true }).helpOption(false).argument('[paths...]');
  addReportOptions(addAnalysisOptions(command))
    .option('--since <ref>', '')
    .option('--staged', '', false)
    .action((paths: string[], options: OptionValues<ScanRequest>) => {
      const { rule, output, format, failOn, since, staged, includeSuppressed } = options;
      if (since !== undefined && staged) command.error('--since and --staged exclude each other');
      const own = {
        command: 'scan',
        paths,
        outputs: output,
        format,
        failOn,
        since,
        staged,
        includeSuppressed,
      } as const;
      accept({ ...own, ...toAnalysis(options, rule) });
    });
}

function addSecrets(program: Command, accept: (request: Request) => void): void {
  const command = program.command('secrets').helpOption(false).argument('[paths...]');
  addReportOptions(addCommonOptions(command))
    .option('--staged', '', false)
    .option('--stdin-filename <path>', '')
    .action((paths: string[], options: OptionValues<SecretsRequest>) => {
      const { output, format, failOn, staged, stdinFilename, includeSuppressed } = options;
      const own = {
        command: 'secrets',
        paths,
        outputs: output,
        format,
        failOn,
        staged,
        stdinFilename,
        includeSuppressed,
      } as const;
      // Nothing is parsed and nothing is kept: neither workers nor a cache.
      const unused = { tests: false, types: false, jobs: undefined, cache: false };
      accept({ ...own, ...toAnalysis({ ...options, ...unused }, []) });
    });
}

function addBaseline(program: Command, accept: (request: Request) => void): void {
  addAnalysisOptions(program.command('baseline').helpOption(false).argument('[folder]'))
    .option('--prune', '', false)
    .action((folder: string | undefined, options: OptionValues<BaselineRequest>) =>
      accept({ command: 'baseline', folder, prune: options.prune, ...toAnalysis(options, options.rule) }),
    );
}

function addExplain(program: Command, accept: (request: Request) => void): void {
  const command = program.command('explain').helpOption(false).argument('[what]').option('--model <selector>', '');
  addAnalysisOptions(command).action((subject: string | undefined, options: OptionValues<ExplainRequest>) => {
    const { model } = options;
    if (subject === undefined && model === undefined) command.error("error: missing required argument 'what'");
    accept({ command: 'explain', subject: subject ?? '', model, ...toAnalysis(options, options.rule) });
  });
}

function addDoctor(program: Command, accept: (request: Request) => void): void {
  addAnalysisOptions(program.command('doctor').helpOption(false).argument('[paths...]')).action(
    (paths: string[], options: OptionValues<DoctorRequest>) =>
      accept({ command: 'doctor', paths, ...toAnalysis(options, options.rule) }),
  );
}

function addTools(program: Command, accept: (request: Request) => void): void {
  addAnalysisOptions(program.command('tools').helpOption(false).argument('[paths...]'))
    .addOption(choice('--format <name>', ['table', 'json']).default('table'))
    .action((paths: string[], options: OptionValues<ToolsRequest>) =>
      accept({ command: 'tools', paths, format: options.format, ...toAnalysis(options, options.rule) }),
    );
}

function addMerge(program: Command, accept: (request: Request) => void): void {
  program
    .command('merge')
    .helpOption(false)
    .argument('<files...>')
    .requiredOption('--output <file>', '')
    .action((files: string[], { output }: { output: string }) => accept({ command: 'merge', files, output }));
}

function addInit(program: Command, accept: (request: Request) => void): void {
  program
    .command('init')
    .helpOption(false)
    .option('--yes', '', false)
    .action(({ yes }: { yes: boolean }) => accept({ command: 'init', yes }));
}

/** The options of every command that reports findings. */
function addReportOptions(command: Command): Command {
  return command
    .addOption(choice('--format <name>', FORMATS))
    .option('--output <file>', '', (value: string, outputs: Output[]) => [...outputs, parseOutput(value)], [])
    .addOption(choice('--fail-on <level>', ['error', 'warning', 'note', 'never']))
    .option('--include-suppressed', '', false);
}

/** The options of every command that looks for something. */
function addCommonOptions(command: Command): Command {
  return command
    .option('--config <file>', '')
    .option('--no-config', '')
    .option('--exclude <glob>', '', append<string>, [])
    .addOption(choice('--profile <name>', ['recommended', 'strict']))
    .option('--baseline <file>', '')
    .option('--no-baseline', '')
    .option('--quiet', '', false)
    .option('--no-color', '');
}

/** The options of every command that analyses code. */
function addAnalysisOptions(command: Command): Command {
  return addCommonOptions(command)
    .option('--rule <id>', '', append<string>, [])
    .option('--tests', '', false)
    .option('--types', '', false)
    .option('--jobs <n>', '', parseJobs)
    .option('--cache-dir <folder>', '')
    .option('--no-cache', '');
}

function toAnalysis(options: AnalysisValues, rules: readonly string[]): AnalysisRequest {
  const { config, exclude, profile, tests, types, jobs, baseline, quiet, color } = options;
  const cache = options.cache ? options.cacheDir : false;
  return {
    config: named(config),
    exclude,
    profile,
    rules,
    tests,
    types,
    jobs,
    cache,
    baseline: named(baseline),
    quiet,
    color,
  };
}

/** Of an option that has a negation: its value, or false, or undefined where it is not given. */
function named(value: string | boolean | undefined): string | false | undefined {
  return value === true ? undefined : value;
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

/** What commander hands over: options that are not given are missing. */
type AnalysisValues = Pick<AnalysisRequest, 'exclude' | 'profile' | 'tests' | 'types' | 'jobs' | 'quiet' | 'color'> & {
  readonly config: string | boolean | undefined;
  readonly baseline: string | boolean | undefined;
  readonly cacheDir?: string;
  readonly cache: boolean;
};

type OptionValues<Request extends AnalysisRequest> = Omit<Request, keyof AnalysisRequest | 'command'> &
  AnalysisValues & { readonly rule: string[]; readonly output: Output[] };

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
  const [, prefix, behind] = /^([a-z]+(?:-[a-z]+)*)=(.*)$/s.exec(value) ?? [];
  const file = behind ?? value;
  if (prefix !== undefined && !isFormat(prefix)) {
    const meant = suggest(prefix, FORMATS);
    const hint = meant === undefined ? `those are ${FORMATS.join(', ')}` : `did you mean ${meant}?`;
    throw new InvalidArgumentError(`There is no format '${prefix}', ${hint} (A file of that name is ./${value})`);
  }
  if (file === '') throw new InvalidArgumentError('The name of the file is missing.');
  return { format: prefix, file };
}

function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}

/** `error: unknown option '--x'\n(Did you mean --y?)` as a single clause. */
function toOneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*?)\?\)/, ', did you mean $1?')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}
