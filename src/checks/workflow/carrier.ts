import type { Span } from '../../core/span.js';
import type { FileContext } from '../file-context.js';
import { wildcard } from '../glob.js';
import { type Entry, type Node, spanWithin, textOf } from '../tree.js';
import { type AgentStep, inputOf } from './agent-step.js';
import { holds, references } from './expression.js';
import type { Job, Step } from './job.js';
import type { WorkflowRules } from './workflow-rules.js';

/** What carries an outsider's text to an agent. */
export interface Carrier {
  readonly span: Span;
  /** In words: `github.event.issue.body`. */
  readonly what: string;
  /** The expression, for asking which events fill it; '' where every event does. */
  readonly name: string;
  /** The action fetches the text by itself. */
  readonly byItself: boolean;
}

/** The first thing that carries text of outsiders to the agent of a step, for the events that fill it. */
export function carriersOf(
  agent: AgentStep,
  job: Job,
  jobs: readonly Job[],
  root: Node,
  rules: WorkflowRules,
  context: FileContext,
): Carrier[] {
  const { step, rule } = agent;
  const before = job.steps.slice(0, job.steps.indexOf(step));
  const tainted = (name: string) => taintedOutput(name, before, jobs, rules);
  const environment = [...step.environment, ...job.environment, ...rootEnvironment(root)];
  const carried: Carrier[] = [];
  const look = (entry: Entry, pointers: boolean) => {
    const source = textOf(entry.value) ?? '';
    for (const reference of references(source)) {
      const name = reference.name.startsWith('env.')
        ? (variable(reference.name.slice(4), environment, rules) ?? '')
        : reference.name;
      const text = rules.text.some((pattern) => holds(name, pattern));
      const pointer = pointers && rules.pointers.some((pattern) => wildcard(name.toLowerCase(), pattern));
      if (!text && !pointer && !tainted(name)) continue;
      const what = pointer ? `what \`${name}\` names` : `\`${name}\``;
      carried.push(at(entry, reference.offset, reference.length, what, text || pointer ? name : '', context));
    }
    for (const match of entry.key === 'run' ? source.matchAll(/\$\{?([A-Za-z_]\w*)/g) : []) {
      const name = variable(match[1]!, environment, rules);
      if (name) carried.push(at(entry, match.index, match[0].length, `\`${name}\``, name, context));
    }
  };
  for (const name of rule.prompts) {
    // What is named among a program's arguments is a tool or a folder, not something to read.
    const entry = step.inputs.find(({ key }) => key === name);
    if (entry) look(entry, !rule.argumentInputs.includes(name));
  }
  if (step.run) look(step.run, true);
  if (step.uses) for (const entry of step.environment) look(entry, false);
  if (step.uses) for (const entry of step.inputs) if (!rule.prompts.includes(entry.key)) look(entry, false);
  const file = fileOf(agent, before, rules);
  if (file)
    carried.push({ span: wholeEntry(file.entry), what: `the text in \`${file.name}\``, name: '', byItself: false });
  const place = step.uses ?? step.run;
  const head = before.find((other) => checksOutHead(other, rules));
  if (place && head)
    carried.push({
      span: wholeEntry(place),
      what: 'the files of the pull request that is checked out',
      name: 'github.head_ref',
      byItself: false,
    });
  if (step.uses && rule.readsEvent && !rule.readsEventUnless.some((input) => (inputOf(step, input) ?? '') !== '')) {
    carried.push({
      span: wholeEntry(step.uses),
      what: 'the issue, comment or pull request that started it',
      name: '',
      byItself: true,
    });
  }
  return carried;
}

/** The input that names a file into which an earlier step writes text of outsiders. */
function fileOf(
  { step, rule }: AgentStep,
  before: readonly Step[],
  rules: WorkflowRules,
): { entry: Entry; name: string } | undefined {
  const writers = before.filter((other) => other.run && mentionsText(other, rules));
  if (writers.length === 0) return undefined;
  const given = step.inputs.find((entry) => rule.promptFiles.includes(entry.key) && textOf(entry.value));
  if (given) return { entry: given, name: textOf(given.value)! };
  const written = writers.flatMap(({ text }) =>
    [...text.matchAll(/>\s*["']?([\w./-]+\.\w+)/g)].map((match) => match[1]!),
  );
  for (const entry of [
    ...step.inputs.filter(({ key }) => rule.prompts.includes(key)),
    ...(step.run ? [step.run] : []),
  ]) {
    const name = written.find((file) => (textOf(entry.value) ?? '').includes(file));
    if (name) return { entry, name };
  }
  return undefined;
}

function at(entry: Entry, offset: number, length: number, what: string, name: string, context: FileContext): Carrier {
  const end =
    entry.value.kind === 'scalar' ? spanWithin(context.text, entry.value, offset, length).end : entry.keySpan.end;
  return { span: { start: entry.keySpan.start, end: Math.max(end, entry.keySpan.end) }, what, name, byItself: false };
}

function wholeEntry(entry: Entry): Span {
  return { start: entry.keySpan.start, end: entry.value.span.end };
}

/** The expression with an outsider's text to which an environment variable is set. */
function variable(name: string, environment: readonly Entry[], rules: WorkflowRules): string | undefined {
  const entry = environment.find((other) => other.key === name);
  const found = references(textOf(entry?.value) ?? '').find((reference) =>
    rules.text.some((pattern) => holds(reference.name, pattern)),
  );
  return found?.name;
}

function rootEnvironment(root: Node): readonly Entry[] {
  const node = root.kind === 'mapping' ? root.entries.find((entry) => entry.key === 'env')?.value : undefined;
  return node?.kind === 'mapping' ? node.entries : [];
}

/** Whether `steps.x.outputs.y` or `needs.x.outputs.y` comes from a step that handles text of outsiders. */
function taintedOutput(name: string, before: readonly Step[], jobs: readonly Job[], rules: WorkflowRules): boolean {
  const [, kind, id] = /^(steps|needs)\.([\w-]+)\.outputs\./.exec(name) ?? [];
  if (kind === 'steps') return before.some((step) => step.id === id && mentionsText(step, rules));
  if (kind !== 'needs') return false;
  const job = jobs.find((other) => other.name === id);
  const output = /\.outputs\.([\w-]+)/.exec(name)?.[1];
  const outputs =
    job?.node.kind === 'mapping' ? job.node.entries.find((entry) => entry.key === 'outputs')?.value : undefined;
  const value =
    outputs?.kind === 'mapping' ? textOf(outputs.entries.find((entry) => entry.key === output)?.value) : undefined;
  return references(value ?? '').some((reference) => taintedOutput(reference.name, job!.steps, [], rules));
}

function mentionsText(step: Step, rules: WorkflowRules): boolean {
  if (rules.fetches.some((piece) => step.text.includes(piece))) return true;
  return references(step.text).some((reference) => rules.text.some((pattern) => holds(reference.name, pattern)));
}

function checksOutHead(step: Step, rules: WorkflowRules): boolean {
  const checkout = (textOf(step.uses?.value) ?? '').startsWith('actions/checkout@');
  if (checkout && (inputOf(step, 'path') ?? '') !== '') return false;
  const text = checkout ? (inputOf(step, 'ref') ?? '') : step.run ? (textOf(step.run.value) ?? '') : '';
  return rules.heads.some((piece) => text.includes(piece));
}
