import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';

/** What a job hands to the action. */
export interface Job {
  /** The checkout. */
  readonly workspace: string;
  /** A folder for the files that a runner keeps. */
  readonly temp: string;
  /** The folder that `action.yml` stands in. */
  readonly action: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Whether the event is a pull request from a fork. */
  readonly fork?: boolean;
  /** A folder in front of the path. */
  readonly programs: string;
}

export interface JobResult {
  /** Steps that ran, in order: of commands their exit code, of actions what they were given. */
  readonly steps: readonly Step[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly log: string;
  readonly failed: boolean;
}

export interface Step {
  readonly name: string;
  readonly code?: number;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface StepSource {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a composite action as GitHub's runner does, as far as ours needs it: expressions are evaluated, conditions decide, commands run in
 * bash with their environment, outputs are read from the file that the runner offers; steps that use other actions are only noted.
 */
export function runAction(job: Job): JobResult {
  const { inputs: declared, outputs: published, runs } = parse(readFileSync(join(job.action, 'action.yml'), 'utf8'));
  const inputs: Record<string, string> = {};
  for (const [name, input] of Object.entries<{ default: string }>(declared)) {
    inputs[name] = job.inputs?.[name] ?? input.default;
  }
  for (const name of Object.keys(job.inputs ?? {})) if (!(name in inputs)) throw new Error(`no input ${name}`);
  const context = {
    inputs,
    runner: { temp: job.temp, os: 'Linux' },
    github: {
      sha: '0123456789012345678901234567890123456789',
      run_attempt: '1',
      event: job.fork === undefined ? {} : { pull_request: { head: { repo: { fork: job.fork } } } },
    },
    steps: {} as Record<string, { outputs: Record<string, string> }>,
  };
  const outputFile = join(job.temp, 'output');
  const summaryFile = join(job.temp, 'summary');
  mkdirSync(job.temp, { recursive: true });
  writeFileSync(summaryFile, '');
  const steps: Step[] = [];
  let [log, failed] = ['', false];
  for (const step of runs.steps as StepSource[]) {
    const condition = step.if ?? 'success()';
    const always = condition.includes('cancelled()');
    if ((failed && !always) || !holds(condition, context)) continue;
    if (step.uses !== undefined) {
      steps.push({ name: step.name, uses: step.uses.split('@')[0]!, with: fillAll(step.with ?? {}, context) });
      continue;
    }
    writeFileSync(outputFile, '');
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run!],
      {
        cwd: job.workspace,
        encoding: 'utf8',
        env: {
          PATH: `${job.programs}${delimiter}${process.env.PATH}`,
          HOME: job.temp,
          CI: 'true',
          GITHUB_ACTIONS: 'true',
          GITHUB_ACTION_PATH: job.action,
          GITHUB_WORKSPACE: job.workspace,
          GITHUB_OUTPUT: outputFile,
          GITHUB_STEP_SUMMARY: summaryFile,
          RUNNER_TEMP: job.temp,
          RUNNER_OS: 'Linux',
          ...fillAll(step.env ?? {}, context),
        },
      },
    );
    log += stdout + stderr;
    steps.push({ name: step.name, code: status ?? -1 });
    failed ||= status !== 0;
    const lines = readFileSync(outputFile, 'utf8').split('\n').filter(Boolean);
    const pairs = lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
    if (step.id !== undefined) context.steps[step.id] = { outputs: Object.fromEntries(pairs) };
  }
  const outputs = Object.entries<{ value: string }>(published).map(([name, { value }]) => [name, fill(value, context)]);
  return { steps, outputs: Object.fromEntries(outputs), summary: readFileSync(summaryFile, 'utf8'), log, failed };
}

function fillAll(values: Readonly<Record<string, string>>, context: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(String(value), context)]));
}

function fill(text: string, context: object): string {
  return text.replace(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => String(evaluate(expression, context) ?? ''));
}

/** Conditions of the form `a && b && c`. */
function holds(condition: string, context: object): boolean {
  return condition.split('&&').every((part) => {
    const text = part.trim();
    if (text === 'success()' || text === '!cancelled()') return true;
    const [, left, operator, right] = /^(\S+) (==|!=) (\S+)$/.exec(text) ?? [];
    if (left === undefined) throw new Error(`cannot evaluate ${text}`);
    // what is missing is null, and null equals the empty text, as in GitHub's expressions
    const equal = String(evaluate(left, context) ?? '') === String(evaluate(right!, context) ?? '');
    return operator === '==' ? equal : !equal;
  });
}

/** A literal, or a path such as `steps.scan.outputs.exit-code`. */
function evaluate(expression: string, context: object): unknown {
  const literal = /^'(.*)'$/.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  if (expression === 'true') return true;
  if (!/^[a-z]+(?:\.[\w-]+)+$/.test(expression)) throw new Error(`cannot evaluate ${expression}`);
  return expression
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], context);
}
