import type { Span } from '../../core/span.js';
import { child, entriesOf, entryOf, itemsOf, type Node, textOf } from '../tree.js';

/** A workflow drawn in an editor. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly id: string;
  readonly type: string;
  /** Where its type is written. */
  readonly span: Span;
  readonly parameters: Node | undefined;
  /** It is listed within an agent as one of its tools. */
  readonly tool: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `main` for data, otherwise what the node is to its target: `ai_tool`, `ai_languageModel`. */
  readonly kind: string;
}

/** n8n: `nodes[]` and `connections`, at the root or one level below. */
export function readN8n(root: Node): Graph | undefined {
  const holder = [root, ...entriesOf(root).map((entry) => entry.value), ...itemsOf(root)].find(
    (node) => child(node, 'nodes')?.kind === 'sequence' && child(node, 'connections') !== undefined,
  );
  if (!holder) return undefined;
  const nodes = itemsOf(child(holder, 'nodes')).flatMap((node): GraphNode[] => {
    const type = entryOf(node, 'type');
    const name = textOf(child(node, 'name'));
    if (!type || name === undefined || textOf(child(node, 'disabled')) === 'true') return [];
    const parameters = child(node, 'parameters');
    return [{ id: name, type: textOf(type.value) ?? '', span: type.value.span, parameters, tool: false }];
  });
  const edges = entriesOf(child(holder, 'connections')).flatMap(({ key: from, value }) =>
    entriesOf(value).flatMap(({ key: kind, value: outputs }) =>
      itemsOf(outputs)
        .flatMap((output) => itemsOf(output))
        .flatMap((target) => {
          const to = textOf(child(target, 'node'));
          return to === undefined ? [] : [{ from, to, kind }];
        }),
    ),
  );
  return { nodes, edges };
}

/** Flowise: `nodes[].data` and `edges[]`; the tools of an agent stand in its `agentTools`. */
export function readFlowise(root: Node): Graph | undefined {
  if (child(root, 'nodes')?.kind !== 'sequence' || child(root, 'edges')?.kind !== 'sequence') return undefined;
  const nodes = itemsOf(child(root, 'nodes')).flatMap((node): GraphNode[] => {
    const data = child(node, 'data');
    const name = entryOf(data, 'name');
    const id = textOf(child(node, 'id')) ?? '';
    if (!name) return [];
    const inputs = child(data, 'inputs');
    const own = { id, type: textOf(name.value) ?? '', span: name.value.span, parameters: inputs, tool: false };
    return [own, ...itemsOf(child(inputs, 'agentTools')).flatMap((tool) => agentTool(tool, id))];
  });
  const edges = itemsOf(child(root, 'edges')).map((edge) => ({
    from: textOf(child(edge, 'source')) ?? '',
    to: textOf(child(edge, 'target')) ?? '',
    kind: /tools?/i.test(textOf(child(edge, 'targetHandle')) ?? '') ? 'ai_tool' : 'main',
  }));
  return { nodes, edges };
}

function agentTool(tool: Node, agent: string): GraphNode[] {
  const type = entryOf(tool, 'agentSelectedTool');
  if (!type || textOf(child(tool, 'agentSelectedToolRequiresHumanInput')) === 'true') return [];
  const parameters = child(tool, 'agentSelectedToolConfig');
  return [{ id: `${agent} tool`, type: textOf(type.value) ?? '', span: type.value.span, parameters, tool: true }];
}

/** The nodes to which each node hands its data. */
export function dataEdges(graph: Graph): Map<string, string[]> {
  const targets = new Map<string, string[]>();
  for (const { from, to, kind } of graph.edges) {
    if (kind !== 'main') continue;
    const known = targets.get(from);
    if (known) known.push(to);
    else targets.set(from, [to]);
  }
  return targets;
}

/** All nodes to which data flows from these, themselves left out unless they lie on a cycle. */
export function reachable(targets: ReadonlyMap<string, readonly string[]>, from: ReadonlySet<string>): Set<string> {
  const seen = new Set<string>();
  const waiting = [...from];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const target of targets.get(node) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      waiting.push(target);
    }
  }
  return seen;
}
