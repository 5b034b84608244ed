import type { CheckText, FileFilter } from '../check-text.js';
import type { TreePath } from '../tree-path.js';

/** What is known of exported visual workflows (n8n, Flowise): data of `rules/checks`. */
export interface ExportRules extends FileFilter {
  readonly format: 'n8n' | 'flowise';
  /** Node types, `*` any run of characters. */
  readonly models: readonly string[];
  readonly agents: readonly string[];
  /** Types of nodes that an outsider starts, whose data anyone can write. */
  readonly triggers: readonly string[];
  /** Hosts of model providers: a node that requests one calls a model. */
  readonly modelHosts: readonly string[];
  /** Programs that run an agent. */
  readonly programs: readonly string[];
  readonly nodes: readonly NodeCheck[];
}

/** A finding about one node of the graph. */
export interface NodeCheck extends CheckText {
  readonly types: readonly string[];
  /**
   * How the node must stand in the graph: `tool` of an agent, `after-model` (its data comes from a model), `after-outsider` (its data
   * comes from a trigger that outsiders start), `before-agent` (one with tools), `not-before-agent`, `before-model`, `model` (calls a model), `beside-model` (in a workflow that uses a model), `any`.
   */
  readonly stands: readonly Standing[];
  /** Parameters that are looked at; the finding is at the first that passes, or at the node's type where none is named. */
  readonly parameters: readonly TreePath[];
  /** What a parameter's text must be: see `parameter-test.ts`. */
  readonly test: string;
  /** Parameters that must have one of these values (`''` for absent). */
  readonly when: readonly { readonly parameter: TreePath; readonly in: readonly string[] }[];
}

export type Standing =
  | 'tool'
  | 'after-model'
  | 'after-outsider'
  | 'before-agent'
  | 'not-before-agent'
  | 'before-model'
  | 'model'
  | 'beside-model'
  | 'any';
