import type { CheckText } from '../check-text.js';
import type { FileContext } from '../file-context.js';
import { wildcard } from '../glob.js';
import type { Hit } from '../hit.js';
import { child, type Entry, spanWithin, textOf } from '../tree.js';
import { agentStepOf } from './agent-step.js';
import { references } from './expression.js';
import type { Job, Step } from './job.js';
import type { WorkflowRules } from './workflow-rules.js';

/** Answers of agents that are pasted into a shell script or a program text. */
export function checkOutputs(job: Job, jobs: readonly Job[], rules: WorkflowRules, context: FileContext): Hit[] {
  return job.steps.flatMap((step) => {
    const before = job.steps.slice(0, job.steps.indexOf(step));
    return scripts(step, rules).flatMap(({ entry, check }) => {
      const text = textOf(entry.value) ?? '';
      const found = references(text).find(({ name }) => isAnswer(name, before, jobs, rules, context));
      if (!found || entry.value.kind !== 'scalar') return [];
      const span = spanWithin(context.text, entry.value, found.offset, found.length);
      const values = { text: found.name, name: found.name, key: entry.key, value: found.name, path: job.name };
      return [{ check, span, element: `jobs.${job.name}.${found.name}`, values, decision: '', related: [] }];
    });
  });
}

function scripts(step: Step, rules: WorkflowRules): { entry: Entry; check: CheckText }[] {
  const action = (textOf(step.uses?.value) ?? '').split('@')[0]!;
  const inputs = step.inputs.filter(({ key }) => rules.scriptInputs.includes(`${action}#${key}`));
  return [
    ...(step.run ? [{ entry: step.run, check: rules.shell }] : []),
    ...inputs.map((entry) => ({ entry, check: rules.script })),
  ];
}

/** Whether an expression names what a model wrote: `steps.triage.outputs.response`, or a job's output that hands it on. */
function isAnswer(
  name: string,
  steps: readonly Step[],
  jobs: readonly Job[],
  rules: WorkflowRules,
  context: FileContext,
): boolean {
  const [, kind, id, output] = /^(steps|needs)\.([\w-]+)\.outputs\.([\w-]+)$/.exec(name) ?? [];
  if (kind === 'steps') {
    const step = steps.find((other) => other.id === id);
    const agent = step && agentStepOf(step, rules, context);
    return agent?.rule.outputs.some((pattern) => wildcard(output!, pattern)) ?? false;
  }
  const job = kind === 'needs' ? jobs.find((other) => other.name === id) : undefined;
  const value = textOf(child(child(job?.node, 'outputs'), output ?? ''));
  return references(value ?? '').some((reference) => isAnswer(reference.name, job!.steps, [], rules, context));
}
