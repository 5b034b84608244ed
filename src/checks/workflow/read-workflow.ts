import { FILE_KEYS, readFiles, readText, TEXT_KEYS } from '../schema/read-check.js';
import type { Reader } from '../schema/reader.js';
import { itemsOf, type Node, textOf } from '../tree.js';
import type { AgentRule, EventRule, WorkflowRules } from './workflow-rules.js';

const LISTS = [
  'text',
  'pointers',
  'fetches',
  'heads',
  'author-gates',
  'actor-gates',
  'permission-checks',
  'script-inputs',
] as const;

export function readWorkflow(reader: Reader, node: Node): WorkflowRules {
  const fields = reader.mapping(node, [...FILE_KEYS, 'events', ...LISTS, 'agents', 'untrusted', 'shell', 'script']);
  const list = (key: string) => reader.list(fields.get(key)?.value);
  const section = (key: string) => {
    const value = fields.get(key)?.value ?? reader.fail(`missing key '${key}'`, node.span);
    return readText(reader, reader.mapping(value, TEXT_KEYS), value);
  };
  return {
    ...readFiles(reader, fields),
    events: itemsOf(fields.get('events')?.value).map((item) => readEvent(reader, item)),
    text: list('text'),
    pointers: list('pointers'),
    fetches: list('fetches'),
    heads: list('heads'),
    authorGates: list('author-gates').map((gate) => gate.toLowerCase()),
    actorGates: list('actor-gates').map((gate) => gate.toLowerCase()),
    permissionChecks: list('permission-checks'),
    agents: itemsOf(fields.get('agents')?.value).map((item) => readAgent(reader, item)),
    untrusted: section('untrusted'),
    shell: section('shell'),
    script: section('script'),
    scriptInputs: list('script-inputs'),
  };
}

function readEvent(reader: Reader, node: Node): EventRule {
  const fields = reader.mapping(node, ['event', 'maintainer', 'types', 'carries']);
  return {
    event: reader.text(fields, 'event', node),
    maintainer: reader.list(fields.get('maintainer')?.value),
    types: reader.list(fields.get('types')?.value),
    carries: reader.list(fields.get('carries')?.value),
  };
}

const AGENT_KEYS = [
  'name',
  'actions',
  'programs',
  'subcommand',
  'prompts',
  'prompt-files',
  'reads-event',
  'reads-event-unless',
  'reads-event-on',
  'refuses-outsiders',
  'opens',
  'own-token-unless',
  'broad-always',
  'broad-flags',
  'broad-inputs',
  'narrowed-by',
  'text-only',
  'arguments',
  'outputs',
];

function readAgent(reader: Reader, node: Node): AgentRule {
  const fields = reader.mapping(node, AGENT_KEYS);
  const list = (key: string) => reader.list(fields.get(key)?.value);
  const inputs = (key: string) =>
    itemsOf(fields.get(key)?.value).map((item) => {
      const own = reader.mapping(item, ['input', 'matches', 'needs']);
      const matches = reader.list(own.get('matches')?.value);
      return { input: reader.text(own, 'input', item), matches, needs: reader.text(own, 'needs', item, '') };
    });
  const readsEventOn = reader
    .entries(fields.get('reads-event-on')?.value)
    .map(({ key, value }) => [key, textOf(value) ?? ''] as const);
  return {
    name: reader.text(fields, 'name', node),
    actions: list('actions'),
    programs: list('programs'),
    subcommand: list('subcommand'),
    prompts: list('prompts'),
    promptFiles: list('prompt-files'),
    readsEvent: reader.flag(fields, 'reads-event'),
    readsEventUnless: list('reads-event-unless'),
    readsEventOn: Object.fromEntries(readsEventOn),
    refusesOutsiders: reader.flag(fields, 'refuses-outsiders'),
    opens: inputs('opens'),
    ownTokenUnless: reader.text(fields, 'own-token-unless', node, ''),
    broadAlways: reader.flag(fields, 'broad-always'),
    broadFlags: list('broad-flags'),
    broadInputs: inputs('broad-inputs'),
    narrowedBy: inputs('narrowed-by'),
    textOnly: reader.flag(fields, 'text-only'),
    argumentInputs: list('arguments'),
    outputs: list('outputs'),
  };
}
