import type { Location } from './span.js';

/** What a program hands to a model: a tool, an agent that holds tools, or a server that offers them. */
export interface ToolReport {
  readonly kind: 'tool' | 'agent' | 'server';
  /** As the model sees it; empty where the code computes it. */
  readonly name: string;
  /** The interface by which it is defined: `MCP`, `AI SDK`. */
  readonly framework: string;
  readonly location: Location;
  /** The arguments that the model fills in, by the names of the schema or of the handler. Empty for agents and servers. */
  readonly arguments: readonly string[];
  /** What its code can do, in the order of `CAPABILITIES`; those of an agent or a server are those of its tools. */
  readonly capabilities: readonly Capability[];
  readonly approval: Approval;
  /** What it tells its clients of itself: `readOnlyHint: true`. */
  readonly annotations: readonly string[];
  /** Names of the tools that an agent or a server holds. */
  readonly tools: readonly string[];
}

export interface Capability {
  readonly kind: CapabilityKind;
  readonly control: Control;
  /** The first place at which it is used. */
  readonly location: Location;
}

/**
 * Who decides what the operation does:
 * - `model`: the model chooses the command, path, address, statement, and nothing confines it
 * - `confined`: what the model chose is checked before: a jail, an allow-list, a closed schema, bound parameters
 * - `code`: nothing of what the model chose decides it, as far as the code can be followed
 */
export type Control = 'model' | 'confined' | 'code';

/**
 * - `asked`: a person is asked before the tool runs
 * - `host`: the client of the server decides; the annotations tell it what to think of the tool
 * - `none`: it runs when the model says so
 */
export type Approval = 'asked' | 'host' | 'none';

/** In the order of reports: the gravest first. */
export const CAPABILITIES = [
  'runs processes',
  'evaluates code',
  'deletes files',
  'writes files',
  'reads files',
  'runs SQL',
  'deletes data',
  'writes data',
  'reads data',
  'moves money',
  'sends mail',
  'sends messages',
  'publishes',
  'deploys',
  'stops processes',
  'uses the network',
  'drives a browser',
  'uses a sandbox',
  'reads the environment',
  'calls a model',
] as const;

export type CapabilityKind = (typeof CAPABILITIES)[number];
