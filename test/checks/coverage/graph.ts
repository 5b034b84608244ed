import type { ExportRules, NodeCheck, Standing } from '../../../src/checks/export/export-rules.js';
import type { Tree } from './render.js';

type Parameters = { readonly [key: string]: Tree };

const AGENT = { n8n: '@n8n/n8n-nodes-langchain.agent', flowise: 'toolAgent' };
const MODEL = { n8n: '@n8n/n8n-nodes-langchain.chainLlm', flowise: 'llmChain' };
const TRIGGER = { n8n: 'n8n-nodes-base.formTrigger', flowise: 'none' };

/** Edges around the node `X` that make it stand as a check asks: `a main b`. */
const EDGES: Readonly<Record<Standing, readonly string[]>> = {
  tool: ['X ai_tool Agent'],
  'after-model': ['Model main X'],
  'after-outsider': ['Trigger main X'],
  'before-agent': ['X main Agent', 'Other ai_tool Agent'],
  'not-before-agent': [],
  'before-model': ['X main Model'],
  model: [],
  'beside-model': ['Trigger main Model'],
  any: [],
};

/** A workflow in which a node of this type and with these parameters stands as the check asks, or alone; `others` replaces its company. */
export function exported(
  format: ExportRules['format'],
  type: string,
  parameters: Parameters,
  stands: readonly Standing[],
  others: Readonly<Record<string, { readonly type: string; readonly parameters?: Parameters }>> = {},
): Tree {
  const edges = stands
    .flatMap((standing) => EDGES[standing])
    .map((edge) => edge.split(' ') as [string, string, string]);
  const types: Readonly<Record<string, string>> = {
    X: type,
    Agent: AGENT[format],
    Model: MODEL[format],
    Trigger: TRIGGER[format],
    Other: 'other',
    ...Object.fromEntries(Object.entries(others).map(([name, other]) => [name, other.type])),
  };
  const given = (name: string) => (name === 'X' ? parameters : (others[name]?.parameters ?? {}));
  const names = [...new Set(['X', ...edges.flatMap(([from, , to]) => [from, to])])];
  if (format === 'flowise') {
    return {
      nodes: names.map((id) => ({ id, data: { name: types[id]!, inputs: given(id), inputAnchors: [] } })),
      edges: edges.map(([source, kind, target]) => ({
        source,
        target,
        targetHandle: kind === 'ai_tool' ? `${target}-input-tools-Tool` : `${target}-input-model`,
      })),
    };
  }
  return {
    // What tells such a file, also where the checked node is of another family.
    meta: 'n8n-nodes-base.',
    nodes: names.map((name) => ({ name, type: types[name]!, parameters: given(name) })),
    connections: Object.fromEntries(
      edges.map(([from, kind, to]) => [from, { [kind]: [[{ node: to, type: kind, index: 0 }]] }]),
    ),
  };
}

/** Whether a check asks for more than that the node is there. */
export function asksStanding(check: NodeCheck): boolean {
  return check.stands.some((standing) => EDGES[standing].length > 0);
}
