import { applies, type FileContext } from '../file-context.js';
import { wildcard } from '../glob.js';
import type { Hit } from '../hit.js';
import { textOf } from '../tree.js';
import { find } from '../tree-path.js';
import type { ExportRules, NodeCheck, Standing } from './export-rules.js';
import { dataEdges, type Graph, type GraphNode, reachable, readFlowise, readN8n } from './graph.js';
import { PARAMETER_TESTS } from './parameter-test.js';

/** Workflows drawn in n8n and Flowise: what their agents' tools may do, and where a model's answer or an outsider's text goes. */
export function checkExports(context: FileContext): Hit[] {
  return context.checks.exports.flatMap((rules) => {
    const root = applies(rules, context) ? context.tree() : undefined;
    const graph = root && (rules.format === 'n8n' ? readN8n(root) : readFlowise(root));
    if (!graph) return [];
    const standings = standingsOf(graph, rules);
    return graph.nodes.flatMap((node) => rules.nodes.flatMap((check) => hitsOf(check, node, standings)));
  });
}

function hitsOf(check: NodeCheck, node: GraphNode, stands: Stands): Hit[] {
  if (!is(node, check.types) || !check.stands.every((standing) => stands(node, standing))) return [];
  if (!check.when.every(({ parameter, in: values }) => values.includes(valuesOf(node, parameter)[0]?.text ?? '')))
    return [];
  const make = (span: Hit['span'], text: string): Hit => ({
    check,
    span,
    element: `nodes.${node.id}`,
    values: { value: text, text, name: node.id, key: node.type, path: node.id },
    decision: `${check.rule} ${node.id} ${node.span.start}`,
    related: [],
  });
  if (check.parameters.length === 0) return [make(node.span, node.type)];
  const test = PARAMETER_TESTS[check.test]!;
  const found = check.parameters.flatMap((parameter) => valuesOf(node, parameter)).find(({ text }) => test(text));
  return found ? [make(found.span, found.text)] : [];
}

function valuesOf(node: GraphNode, parameter: NodeCheck['parameters'][number]): { text: string; span: Hit['span'] }[] {
  if (!node.parameters) return [];
  return find(node.parameters, parameter).flatMap((found) => {
    const text = textOf(found.node);
    return text === undefined ? [] : [{ text, span: found.node.span }];
  });
}

function is(node: GraphNode, types: readonly string[]): boolean {
  return types.some((type) => wildcard(node.type, type));
}

type Stands = (node: GraphNode, standing: Standing) => boolean;

/** How each node stands in the graph. */
function standingsOf(graph: Graph, rules: ExportRules): Stands {
  const targets = dataEdges(graph);
  const ids = (types: readonly string[]) =>
    new Set(graph.nodes.filter((node) => is(node, types)).map((node) => node.id));
  const equipped = graph.edges.filter((edge) => edge.kind === 'ai_tool').map((edge) => edge.to);
  const agents = new Set([...equipped, ...graph.nodes.filter((node) => node.tool).map((node) => agentOf(node))]);
  const models = new Set([...ids(rules.models), ...ids(rules.agents), ...callers(graph, rules)]);
  const tools = new Set(graph.edges.filter((edge) => edge.kind === 'ai_tool').map((edge) => edge.from));
  const afterModel = reachable(targets, models);
  const afterOutsider = reachable(targets, ids(rules.triggers));
  const leadsTo = (node: GraphNode, goals: ReadonlySet<string>) => {
    const after = reachable(targets, new Set([node.id]));
    return [...goals].some((id) => after.has(id));
  };
  const tests: Readonly<Record<Standing, (node: GraphNode) => boolean>> = {
    any: () => true,
    tool: (node) => node.tool || tools.has(node.id),
    'after-model': (node) => afterModel.has(node.id),
    'after-outsider': (node) => afterOutsider.has(node.id),
    'before-agent': (node) => leadsTo(node, agents),
    'not-before-agent': (node) => !leadsTo(node, agents),
    'before-model': (node) => leadsTo(node, models),
    model: (node) => models.has(node.id),
    'beside-model': () => models.size > 0 || rules.programs.some((program) => graph.nodes.some(starts(program))),
  };
  return (node, standing) => tests[standing](node);
}

/** The agent that lists a tool within itself. */
function agentOf(tool: GraphNode): string {
  return tool.id.replace(/ tool$/, '');
}

/** Nodes that call a model over plain HTTP. */
function callers(graph: Graph, rules: ExportRules): string[] {
  return graph.nodes
    .filter((node) => rules.modelHosts.some((host) => (textOf(urlOf(node)) ?? '').includes(host)))
    .map((node) => node.id);
}

function urlOf(node: GraphNode) {
  return node.parameters?.kind === 'mapping'
    ? node.parameters.entries.find((entry) => entry.key === 'url')?.value
    : undefined;
}

/** Whether a command line or program text of a node starts this program. */
function starts(program: string): (node: GraphNode) => boolean {
  const call = new RegExp(`(?:^|[\\s/;|&])${program}\\s+-`);
  return ({ parameters }) =>
    parameters?.kind === 'mapping' && parameters.entries.some(({ value }) => call.test(textOf(value) ?? ''));
}
