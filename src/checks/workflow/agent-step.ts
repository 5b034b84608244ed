import { commandsAt } from '../command/command-line.js';
import type { Launch } from '../command/launch.js';
import { findFlag } from '../command/match-command.js';
import { splitCommands } from '../command/words.js';
import type { FileContext } from '../file-context.js';
import { wildcard } from '../glob.js';
import { textOf } from '../tree.js';
import type { Step } from './job.js';
import type { AgentRule, WorkflowRules } from './workflow-rules.js';

/** A step that runs an agent. */
export interface AgentStep {
  readonly step: Step;
  readonly rule: AgentRule;
  /** The command lines that start it, where it is a program. */
  readonly launches: readonly Launch[];
}

export function agentStepOf(step: Step, rules: WorkflowRules, context: FileContext): AgentStep | undefined {
  const action = textOf(step.uses?.value)?.split('@')[0]?.toLowerCase();
  if (action) {
    const rule = rules.agents.find((agent) => agent.actions.some((pattern) => wildcard(action, pattern)));
    return rule && { step, rule, launches: [] };
  }
  if (!step.run) return undefined;
  const text = textOf(step.run.value) ?? '';
  if (!rules.agents.some((agent) => agent.programs.some((program) => text.includes(program)))) return undefined;
  const launches = commandsAt(step.run.value, context.text, context.checks, context.limits.commandWords);
  for (const rule of rules.agents) {
    const own = launches.filter((launch) => starts(launch, rule));
    if (own.length > 0) return { step, rule, launches: own };
  }
  return undefined;
}

function starts(launch: Launch, rule: AgentRule): boolean {
  if (!rule.programs.includes(launch.program)) return false;
  // Installing it, logging in, printing its version run no agent.
  if (
    launch.arguments.some((word) =>
      /^(?:--version|-v|-V|--help|-h|mcp|login|auth|config|update|install|doctor|plugin|setup-token)$/.test(word.text),
    )
  ) {
    return false;
  }
  const plain = launch.arguments.filter((word) => !word.text.startsWith('-')).map((word) => word.text);
  return rule.subcommand.every((name, i) => name.split('|').includes(plain[i] ?? ''));
}

export function inputOf(step: Step, name: string): string | undefined {
  return textOf(step.inputs.find((entry) => entry.key.toLowerCase() === name.toLowerCase())?.value);
}

/** Whether the agent runs any tool without being asked. */
export function isBroad({ step, rule, launches }: AgentStep): boolean {
  const given = (tests: AgentRule['broadInputs']) =>
    tests.some(({ input, matches }) => {
      const value = inputOf(step, input);
      return value !== undefined && matches.some((pattern) => wildcard(value.trim(), pattern));
    });
  if (given(rule.broadInputs)) return true;
  const flags = rule.broadFlags;
  const lines = rule.argumentInputs.map((input) => inputOf(step, input) ?? '');
  const words = lines.flatMap((line) => splitCommands(line.replace(/\n/g, ' '), () => step.node.span, 10_000).flat());
  if (flags.some((flag) => findFlag(words, flag) || launches.some((launch) => findFlag(launch.arguments, flag))))
    return true;
  return rule.broadAlways && !given(rule.narrowedBy);
}
