import { type Gate, gateOf, type Occasion, strongest } from './gate.js';
import type { Job, Step } from './job.js';
import type { WorkflowRules } from './workflow-rules.js';

/** The gate before a job: its own condition, and those of the jobs that it waits for. */
export function gateOfJob(
  job: Job,
  jobs: readonly Job[],
  occasion: Occasion,
  rules: WorkflowRules,
  seen: ReadonlySet<string> = new Set(),
): Gate {
  if (seen.has(job.name)) return 'none';
  const trusted = (reference: string) => {
    const name = reference.split('.')[1]!;
    const other = jobs.find((candidate) => candidate.name.toLowerCase() === name);
    return other?.steps.some((step) => asksPermission(step, rules)) ?? false;
  };
  const own = job.condition === '' ? 'none' : gateOf(job.condition, occasion, rules, trusted);
  if (/always\(\)|failure\(\)/.test(job.condition)) return own;
  return job.needs
    .flatMap((name) => jobs.filter((other) => other.name === name))
    .map((other) => gateOfJob(other, jobs, occasion, rules, new Set([...seen, job.name])))
    .reduce(strongest, own);
}

/** The gate before a step: its own condition, and earlier steps that ask for the permission and stop the job. */
export function gateOfStep(step: Step, job: Job, occasion: Occasion, rules: WorkflowRules): Gate {
  const before = job.steps.slice(0, job.steps.indexOf(step));
  const trusted = (reference: string) => {
    const id = reference.split('.')[1]!;
    return before.some((other) => other.id.toLowerCase() === id && asksPermission(other, rules));
  };
  const own = step.condition === '' ? 'none' : gateOf(step.condition, occasion, rules, trusted);
  const stops = before.some(
    (other) => asksPermission(other, rules) && /exit 1|setFailed|process\.exit|throw |require|check/i.test(other.text),
  );
  return stops ? strongest(own, 'actor') : own;
}

function asksPermission(step: Step, rules: WorkflowRules): boolean {
  return rules.permissionChecks.some((piece) => step.text.includes(piece));
}
