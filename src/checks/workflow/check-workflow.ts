import { applies, type FileContext } from '../file-context.js';
import type { Hit } from '../hit.js';
import type { Node } from '../tree.js';
import { type AgentStep, agentStepOf, inputOf } from './agent-step.js';
import { type Carrier, carriersOf } from './carrier.js';
import { holds } from './expression.js';
import { type Gate, strongest } from './gate.js';
import { eventsOf, type Job, jobsOf, type Step } from './job.js';
import { gateOfJob, gateOfStep } from './job-gate.js';
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
      const type = (event.types ?? rule.types).find((each) => {
        const occasion = { event: rule.event, type: each };
        const gates = [gateOfJob(job, jobs, occasion, rules), gateOfStep(agent.step, job, occasion, rules)];
        return reaches(agent, carrier, rule, each, gates.reduce(strongest));
      });
      if (type === undefined) continue;
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

/** Whether an outsider's text gets to the agent on one activity type of an event. */
function reaches({ step, rule }: AgentStep, carrier: Carrier, event: EventRule, type: string, gate: Gate): boolean {
  if (gate === 'author') return false;
  const refuses = rule.refusesOutsiders && !isOpened(step, rule);
  if (!refuses && gate === 'none') return true;
  // The actor has rights: only events on which an actor carries another person's text remain.
  if (!event.maintainer.includes(type)) return false;
  if (!carrier.byItself || Object.keys(rule.readsEventOn).length === 0) return true;
  const input = rule.readsEventOn[`${event.event}.${type}`];
  return input !== undefined && (input === '' || (inputOf(step, input) ?? '') !== '');
}

function isOpened(step: Step, rule: AgentStep['rule']): boolean {
  return rule.opens.some(({ input, needs }) => {
    const everybody = (inputOf(step, input) ?? '').split(',').some((user) => user.trim() === '*');
    return everybody && (needs === '' || inputOf(step, needs) !== undefined);
  });
}
