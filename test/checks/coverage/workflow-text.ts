// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test hold expressions of workflows.
import { stringify } from 'yaml';
import type { AgentRule } from '../../../src/checks/workflow/workflow-rules.js';
import type { Tree } from './render.js';
import { CHECKS, count } from './run-check.js';

type Mapping = { readonly [key: string]: Tree };

/** What a workflow under test is made of. */
export interface WorkflowParts {
  readonly on?: Tree;
  readonly permissions?: Mapping;
  readonly condition?: string;
  readonly steps: readonly Tree[];
}

/** How many findings the checks of workflows raise in a workflow of one job. */
export function findingsIn({ on = 'issues', permissions = WRITES, condition, steps }: WorkflowParts): number {
  const job = { ...(condition && { if: condition }), permissions, steps };
  const text = stringify({ on, jobs: { agent: job } }, { lineWidth: 0 });
  return count('.github/workflows/agent.yml', text, { workflow: CHECKS.workflow! });
}

export const WRITES: Mapping = { issues: 'write' };
export const READS: Mapping = { contents: 'read' };

/** One step for each way in which an agent is started, with its prompt under each input that takes one. */
export function stepsOf(agent: AgentRule, prompt: string, more: Mapping = {}, flags = ''): Tree[] {
  const actions = agent.actions.map((action) => `${action.replaceAll('*', 'x')}@v1`);
  const inputs = agent.prompts.filter((input) => !agent.argumentInputs.includes(input));
  const hosted = actions.flatMap((uses) =>
    inputs.map((input) => ({
      id: 'ask',
      uses,
      with: { [input]: prompt, ...(flags && { [agent.argumentInputs[0]!]: flags }), ...more },
    })),
  );
  const [word = ''] = agent.subcommand[0]?.split('|') ?? [];
  const started = agent.programs.map((program) => ({
    id: 'ask',
    run: [program.startsWith('@') ? `npx ${program}` : program, word, flags, `"${prompt}"`].filter(Boolean).join(' '),
  }));
  return [...hosted, ...started];
}

/** Inputs with which an agent that only answers with text gets tools, and its own write token is not used. */
export function equipped(agent: AgentRule): Mapping {
  const [broad] = agent.textOnly ? agent.broadInputs : [];
  return { ...(broad && { [broad.input]: broad.matches[0]! }), ...withoutOwnToken(agent) };
}

export function withoutOwnToken({ ownTokenUnless }: AgentRule): Mapping {
  return ownTokenUnless === '' ? {} : { [ownTokenUnless]: '${{ secrets.GITHUB_TOKEN }}' };
}
