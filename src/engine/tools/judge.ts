/** The rules about definitions: schemas that accept anything, irreversible effects without approval, agents that hold too much at once. */
import type { Capability, CapabilityKind } from '../../core/tool.js';
import { locate } from './locate.js';
import type { Notice } from './notice.js';
import type { Surveyed } from './survey.js';

const IRREVERSIBLE = new Set<CapabilityKind>([
  'deletes data',
  'moves money',
  'sends mail',
  'sends messages',
  'publishes',
  'deploys',
]);

export function judge(tools: readonly Surveyed[], holders: readonly Surveyed[]): Notice[] {
  const notices: Notice[] = [];
  for (const tool of tools) {
    notices.push(...looseSchema(tool));
    if (!holders.some((holder) => holder.report.approval === 'asked' && holder.members.includes(tool)))
      notices.push(...missingApproval(tool));
  }
  for (const holder of holders) notices.push(...trifecta(holder));
  return notices;
}

function looseSchema(tool: Surveyed): Notice[] {
  const first = tool.schema.loose[0];
  if (!first) return [];
  const { values } = tool.definition;
  return [
    {
      rule: 'tool-loose-schema',
      location: locate(values, first.item.place),
      message: `${title(tool)} accepts anything: \`${first.what}\`.`,
      advice: 'Describe the argument exactly: its fields, their types, and a closed set or a limit where there is one.',
      subject: tool.report.name,
      function: functionName(tool),
      related: [{ location: tool.report.location, message: 'The tool is defined here.' }],
    },
  ];
}

/**
 * A client of a server asks by itself, unless the tool says that it changes nothing: then that is wrong. A tool of an agent asks when its definition,
 * its agent or its handler does.
 */
function missingApproval(tool: Surveyed): Notice[] {
  const { report } = tool;
  const claim = report.annotations.find((text) => text === 'readOnlyHint: true' || text === 'destructiveHint: false');
  const effect = report.capabilities.find((each) => IRREVERSIBLE.has(each.kind) || (claim && contradicts(claim, each)));
  if (!effect || report.approval === 'asked') return [];
  if (report.approval === 'host' && !claim) return [];
  const message = claim
    ? `${title(tool)} says \`${claim}\` of itself, but ${effect.kind}: clients then run it without asking.`
    : `${title(tool)} ${effect.kind} without asking a person.`;
  return [
    {
      rule: 'tool-missing-approval',
      location: report.location,
      message,
      advice: claim
        ? 'Say what the tool does: `destructiveHint: true`, and leave `readOnlyHint` out.'
        : 'Ask a person before it runs: `needsApproval: true`, an interrupt, or a confirmation in the handler.',
      subject: report.name,
      function: functionName(tool),
      related: [{ location: effect.location, message: `This ${effect.kind}.` }],
    },
  ];
}

/** Whether a tool does what it says that it does not. What it does for itself (a cache, a log) is not meant. */
function contradicts(claim: string, { kind, control }: Capability): boolean {
  if (control === 'code') return false;
  return (
    kind === 'deletes files' || (claim === 'readOnlyHint: true' && (kind === 'writes files' || kind === 'writes data'))
  );
}

const PRIVATE = new Set<CapabilityKind>(['reads data', 'runs SQL', 'reads files', 'reads the environment']);
const OUTWARD = new Set<CapabilityKind>(['sends mail', 'sends messages', 'publishes']);

/** Private data, untrusted content and a way out in one hand: an instruction hidden in the content carries the data out. */
function trifecta(holder: Surveyed): Notice[] {
  const find = (tools: readonly Surveyed[], accept: (capability: Capability) => boolean): Capability | undefined =>
    tools.flatMap(({ report }) => report.capabilities.filter(accept))[0];
  const secret = find(
    holder.members,
    ({ kind, control }) => PRIVATE.has(kind) && (kind !== 'reads files' || control !== 'code'),
  );
  const content = holder.members.find(({ outside }) => outside.content)?.outside.content;
  // What a person is asked for does not leave unseen.
  const unasked = holder.members.filter(({ report }) => report.approval !== 'asked');
  const way =
    unasked.find(({ outside }) => outside.way)?.outside.way ?? find(unasked, ({ kind }) => OUTWARD.has(kind))?.location;
  if (!secret || !content || !way || holder.report.approval === 'asked') return [];
  return [
    {
      rule: 'untrusted-content-to-prompt',
      location: holder.report.location,
      message: `${title(holder)} reads private data, reads untrusted content and can send outward: an instruction hidden in the content can carry the data out.`,
      advice: 'Split the tools between agents, or ask a person before anything is sent.',
      subject: holder.report.name,
      function: functionName(holder),
      related: [
        { location: secret.location, message: `Private data: ${secret.kind}.` },
        { location: content, message: 'Untrusted content: pages, mail or results that others have written.' },
        { location: way, message: 'The way out: what the model is told can be sent here.' },
      ],
    },
  ];
}

function title({ report }: Surveyed): string {
  const kind = report.kind.charAt(0).toUpperCase() + report.kind.slice(1);
  return report.name === '' ? `A ${report.kind} without a literal name` : `${kind} \`${report.name}\``;
}

function functionName({ definition }: Surveyed): string {
  return definition.values.program.functionOf(definition.place.function).qualifiedName;
}
