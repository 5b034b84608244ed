import { child, type Entry, entriesOf, type Node, textOf } from '../tree.js';
import { type AgentStep, inputOf, isBroad } from './agent-step.js';
import type { Job } from './job.js';

/** What an agent could do with the workflow's rights, in words for the message; undefined for nothing that matters. */
export function powerOf(agent: AgentStep, job: Job, root: Node): string | undefined {
  const broad = isBroad(agent);
  if (agent.rule.textOnly && !broad) return undefined;
  // A token that is set to nothing for this step is not handed to the agent.
  const withheld = agent.step.environment.some(
    ({ key, value }) => /^(?:GITHUB|GH)_TOKEN$/.test(key) && textOf(value) === '',
  );
  const permissions = withheld ? NOTHING : (child(job.node, 'permissions') ?? child(root, 'permissions'));
  const own = agent.rule.ownTokenUnless !== '' && inputOf(agent.step, agent.rule.ownTokenUnless) === undefined;
  const foreign = foreignToken([...agent.step.inputs, ...agent.step.environment, ...job.environment]);
  const scopes = writeScopes(permissions);
  if (scopes.length > 0) return `holds ${scopes.map((scope) => `\`${scope}: write\``).join(', ')}`;
  if (own) return 'holds a write token of its own app';
  if (foreign) return `holds \`${foreign}\``;
  if (broad) return 'runs any tool unasked';
  return permissions === undefined ? "holds the repository's default token" : undefined;
}

const NOTHING: Node = { kind: 'mapping', span: { start: 0, end: 0 }, entries: [] };

/** Scopes that change something; a token for cloud logins (`id-token`) changes nothing here. */
function writeScopes(permissions: Node | undefined): string[] {
  if (textOf(permissions) === 'write-all') return ['*'];
  return entriesOf(permissions)
    .filter(
      ({ key, value }) => textOf(value) === 'write' && key !== 'id-token' && key !== 'models' && key !== 'attestations',
    )
    .map(({ key }) => key);
}

/** A secret that is a repository token other than the workflow's own: a personal token, or one of an app. */
function foreignToken(entries: readonly Entry[]): string | undefined {
  for (const { key, value } of entries) {
    if (!/token|(?:^|[_-])pat$/i.test(key) || /oauth|anthropic|openai|gemini|claude|npm|hf_/i.test(key)) continue;
    const text = textOf(value) ?? '';
    const name = /secrets\.(\w+)/.exec(text)?.[1];
    if (name && name !== 'GITHUB_TOKEN') return name;
    if (/steps\.[\w-]+\.outputs\.[\w-]*token/.test(text)) return key;
  }
  return undefined;
}
