import type { Clears, Kind } from '../core/kinds.js';
import type { MaskModel, PartPort, RedactModel, RowModel, SettingModel, ToolModel } from '../core/port.js';
import type { CapabilityKind } from '../core/tool.js';
import type { OpenCondition } from './condition.js';
import type { OpenFlow } from './flow.js';
import type { Majors } from './majors.js';
import type { OpenPort, Selector } from './selector.js';

/** One thing that a model file says, its selectors parsed. */
export type Statement = { readonly majors?: Majors } & (
  | { readonly kind: 'type'; readonly alias: string; readonly value: Selector }
  | { readonly kind: 'read'; readonly value: Selector; readonly reads: Kind; readonly element?: string }
  | { readonly kind: 'write'; readonly value: Selector; readonly writes: Kind; readonly recipient?: string }
  | { readonly kind: 'call'; readonly function: Selector; readonly construct: boolean; readonly part: CallPart }
);

/** What one statement says of a call; the parts of all statements about the same function make its `CallModel`. */
export interface CallPart {
  readonly flow?: OpenFlow;
  readonly sink?: OpenSink;
  readonly source?: OpenSource;
  readonly guard?: OpenGuard;
  readonly tool?: OpenTool;
  readonly setting?: OpenSetting;
  readonly decides?: { readonly rule: string; readonly when: readonly OpenCondition[] };
  readonly redacts?: OpenRedact;
  readonly wraps?: OpenPort;
  readonly mask?: OpenMask;
  readonly asks?: boolean;
  readonly resolves?: boolean;
  readonly serves?: boolean;
  readonly listens?: boolean;
  readonly does?: CapabilityKind;
  readonly inTurn?: OpenTurn;
  /** A function that the call calls back, of which nothing else is said. */
  readonly invoke?: OpenPort;
  /** The call passes on what is said of it and nothing else; false overrules the true of other parts. Absent where the part tells nothing of that. */
  readonly closed?: boolean;
}

export interface OpenTurn {
  readonly list: OpenPort;
  readonly from?: OpenPort;
  readonly by?: OpenPort;
  readonly backward: boolean;
}

export interface OpenSink {
  readonly port: OpenPort;
  readonly kind: Kind;
  readonly recipient?: string;
  readonly when: readonly OpenCondition[];
  readonly note?: string;
  readonly field?: OpenPort;
  readonly host?: OpenPort;
}

export interface OpenSource {
  readonly port: OpenPort;
  readonly kind: Kind;
  readonly element?: string;
  readonly when: readonly OpenCondition[];
  readonly row?: RowModel;
}

export interface OpenGuard {
  readonly port: OpenPort;
  readonly clears: Clears;
  readonly when: 'true' | 'false';
  readonly if: readonly OpenCondition[];
  readonly resolved: boolean;
}

export interface OpenPartPort {
  readonly from: PartPort['from'];
  readonly port: OpenPort;
}

/** See `MaskModel`. */
export interface OpenMask extends Omit<MaskModel, 'port'> {
  readonly port: OpenPort;
}

/** See `RedactModel`. */
export interface OpenRedact extends Omit<RedactModel, 'port'> {
  readonly port: OpenPort;
}

/** See `ToolModel`. */
export interface OpenTool
  extends Pick<ToolModel, 'kind' | 'framework' | 'host' | 'dispatch' | 'list' | 'types' | 'can'> {
  readonly items?: OpenPort;
  readonly parts: Readonly<Partial<Record<ToolPart, readonly OpenPartPort[]>>>;
  readonly approval: readonly OpenPartPort[];
  readonly when: readonly OpenCondition[];
}

/** The parts of a definition. */
export const TOOL_PARTS = ['name', 'handler', 'schema', 'annotations', 'tools', 'server'] as const;
export type ToolPart = (typeof TOOL_PARTS)[number];

/** See `SettingModel`. */
export interface OpenSetting
  extends Pick<SettingModel, 'rule' | 'message' | 'advice' | 'project' | 'asked' | 'fallback'> {
  readonly each?: OpenPort;
  readonly when: readonly OpenCondition[];
  readonly point?: OpenPartPort;
}

export interface EntryData {
  readonly name: string;
  readonly files: string;
  readonly exports: readonly string[];
  readonly directive?: string;
  readonly extends?: readonly string[];
  readonly methods?: readonly string[];
  readonly named?: readonly string[];
  readonly assigned?: readonly string[];
  readonly returns?: { readonly kind: Kind; readonly recipient: string };
  readonly parameters: readonly { readonly type?: string; readonly kind?: Kind }[];
}
