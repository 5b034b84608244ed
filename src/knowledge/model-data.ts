import type { Clears, Kind } from '../core/kinds.js';
import type { OpenCondition } from './condition.js';
import type { OpenFlow } from './flow.js';
import type { Majors } from './majors.js';
import type { OpenPort, Selector } from './selector.js';

/** A model file whose selectors are parsed. Plain data: it can be written as JSON and read back. */
export interface ModelFile {
  /** Name of the file, for messages. */
  readonly file: string;
  /** The packages whose exports are the roots of its selectors; none for globals and for aliases alone. */
  readonly packages: readonly string[];
  /** The roots of its selectors are globals. */
  readonly globals: boolean;
  /** Aliases whose members are also known by name alone. */
  readonly methods: readonly string[];
  /** Aliases of receivers known by their name, each with name patterns (`*` at either end stands for any beginning or end). */
  readonly names: readonly (readonly [alias: string, patterns: readonly string[]])[];
  readonly statements: readonly Statement[];
  readonly entries: readonly EntryData[];
}

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
  /** A function that the call calls back, of which nothing else is said. */
  readonly invoke?: OpenPort;
  /** The call passes on what is said of it and nothing else; false overrules the true of other parts. */
  readonly closed: boolean;
}

export interface OpenSink {
  readonly port: OpenPort;
  readonly kind: Kind;
  readonly recipient?: string;
  readonly when: readonly OpenCondition[];
  readonly note?: string;
}

export interface OpenSource {
  readonly port: OpenPort;
  readonly kind: Kind;
  readonly element?: string;
  readonly when: readonly OpenCondition[];
}

export interface OpenGuard {
  readonly port: OpenPort;
  readonly clears: Clears;
  readonly when: 'true' | 'false';
}

export interface EntryData {
  readonly name: string;
  readonly files: string;
  readonly exports: readonly string[];
  readonly directive?: string;
  readonly parameters: readonly { readonly type?: string; readonly kind?: Kind }[];
}
