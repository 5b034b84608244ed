import { applies, type FileContext } from '../file-context.js';
import type { Hit } from '../hit.js';
import type { Node } from '../tree.js';
import { type AgentStep, agentStepOf, inputOf } from './agent-step.js';
import { type Carrier, carriersOf } from './carrier.js';
import { holds } from './expression.js';
import { type Gate, gateOf, strongest } from './gate.js';
import { eventsOf, type Job, jobsOf, type Step } from './job.js';
import { checkOutputs } from './outputs.js';
import { powerOf } from './power.js';
import type { EventRule, WorkflowRules } from './workflow-rules.js';

/**
 * Workflows that run agents: text that anyone can write reaches an agent with rights, unless a gate on its author or actor stands before
 * it; and answers of agents that become part of a script.
 */
export function checkWorkflow(context: FileContext): Hit[] {
  const rules = context.checks.workflow;
  const root = rules && applies(rules, context) ? context.tree() : undefined;
  if (!rules || root?.kind !== 'mapping') return [];
  const jobs = jobsOf(root);
  return jobs.flatMap((job) => {
    const agents = job.steps.flatMap((step) => agentStepOf(step, rules, context) ?? []);
    const untrusted = agents.flatMap((agent) => untrustedInput(agent, job, jobs, root, rules, context) ?? []);
    return [...untrusted, ...checkOutputs(job, jobs, rules, context)];
  });
}

function untrustedInput(
  agent: AgentStep,
  job: Job,
  jobs: readonly Job[],
  root: Node,
  rules: WorkflowRules,
  context: FileContext,
): Hit | undefined {
  const power = powerOf(agent, job, root);
  if (power === undefined) return undefined;
  const carriers = carriersOf(agent, job, jobs, root, rules, context);
  const events = eventsOf(root);
  for (const carrier of carriers) {
    for (const rule of rules.events) {
      const event = events.get(rule.event);
      if (!event || !carries(rule, carrier)) continue;
      const types = event.types ?? rule.types;
      const gate = strongest(gateOfJob(job, jobs, rule.event, rules), gateOfStep(agent.step, job, rule.event, rules));
      if (!reaches(agent, carrier, rule, types, gate)) continue;
      const values = { text: carrier.what, name: agent.rule.name, key: rule.event, value: power, path: job.name };
      const element = `jobs.${job.name}.${agent.rule.name}`;
      const span = 'keySpan' in event.entry ? event.entry.keySpan : event.entry.span;
      const related = [{ span, message: `\`${rule.event}\` can be raised with text that anyone writes.` }];
      return { check: rules.untrusted, span: carrier.span, element, values, decision: '', related };
    }
  }
  return undefined;
}

function carries(rule: EventRule, carrier: Carrier): boolean {
  return carrier.name === '' || rule.carries.some((pattern) => holds(carrier.name, pattern));
}

/** Whether an outsider's text gets past the gates, on any of the activity types. */
function reaches(
  { step, rule }: AgentStep,
  carrier: Carrier,
  event: EventRule,
  types: readonly string[],
  gate: Gate,
): boolean {
  if (gate === 'author') return false;
  const refuses = rule.refusesOutsiders && !isOpened(step, rule);
  if (!refuses && gate === 'none') return true;
  // The actor has rights: only events on which an actor carries another person's text remain.
  const others = types.filter((type) => event.maintainer.includes(type));
  if (!carrier.byItself || Object.keys(rule.readsEventOn).length === 0) return others.length > 0;
  return others.some((type) => {
    const input = rule.readsEventOn[`${event.event}.${type}`];
    return input !== undefined && (input === '' || (inputOf(step, input) ?? '') !== '');
  });
}

function isOpened(step: Step, rule: AgentStep['rule']): boolean {
  return rule.opens.some(({ input, needs }) => {
    const everybody = (inputOf(step, input) ?? '').split(',').some((user) => user.trim() === '*');
    return everybody && (needs === '' || inputOf(step, needs) !== undefined);
  });
}

/** The gate before a job: its own condition, and those of the jobs that it waits for. */
function gateOfJob(
  job: Job,
  jobs: readonly Job[],
  event: string,
  rules: WorkflowRules,
  seen: ReadonlySet<string> = new Set(),
): Gate {
  if (seen.has(job.name)) return 'none';
  const trusted = (reference: string) => {
    const name = reference.split('.')[1]!;
    const other = jobs.find((candidate) => candidate.name.toLowerCase() === name);
    return other?.steps.some((step) => asksPermission(step, rules)) ?? false;
  };
  const own = job.condition === '' ? 'none' : gateOf(job.condition, event, rules, trusted);
  if (/always\(\)|failure\(\)/.test(job.condition)) return own;
  return job.needs
    .flatMap((name) => jobs.filter((other) => other.name === name))
    .map((other) => gateOfJob(other, jobs, event, rules, new Set([...seen, job.name])))
    .reduce(strongest, own);
}

/** The gate before a step: its own condition, and earlier steps that ask for the permission and stop the job. */
function gateOfStep(step: Step, job: Job, event: string, rules: WorkflowRules): Gate {
  const before = job.steps.slice(0, job.steps.indexOf(step));
  const trusted = (reference: string) => {
    const id = reference.split('.')[1]!;
    return before.some((other) => other.id.toLowerCase() === id && asksPermission(other, rules));
  };
  const own = step.condition === '' ? 'none' : gateOf(step.condition, event, rules, trusted);
  const stops = before.some(
    (other) => asksPermission(other, rules) && /exit 1|setFailed|process\.exit|throw |require|check/i.test(other.text),
  );
  return stops ? strongest(own, 'actor') : own;
}

function asksPermission(step: Step, rules: WorkflowRules): boolean {
  return rules.permissionChecks.some((piece) => step.text.includes(piece));
}
