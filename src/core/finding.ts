import type { Diagnostic } from './diagnostic.js';
import type { Kind } from './kinds.js';
import type { Location } from './span.js';
import type { ToolReport } from './tool.js';

export type Level = 'error' | 'warning' | 'note';
export type Profile = 'recommended' | 'strict';
export type Confidence = 'high' | 'medium' | 'low';

/** Why a path is less than certain; each approximation of the engine leaves one. */
export type Feature =
  | 'unmodelled-call'
  | 'shared-state'
  | 'dynamic-target'
  | 'name-guess'
  | 'broadened'
  | 'out-of-fuel';

/** A step of the way that data takes, in order from source to sink. */
export interface Step {
  readonly location: Location;
  /** In plain words: "`email` read", "passed to `buildPrompt`", "returned". */
  readonly message: string;
  /** Call depth relative to the first step, ≥ 0 (SARIF nestingLevel). */
  readonly nesting: number;
  /** Qualified name of the function that the step is in. */
  readonly function: string;
}

export interface RelatedLocation {
  readonly location: Location;
  readonly message: string;
}

/**
 * A finding, before reporters: complete, masked and sorted. `message` is one or two sentences: what data, from where, to whom.
 */
export interface Finding {
  readonly ruleId: string;
  readonly level: Level;
  /** Where the data leaves (first line of the call); the key of a setting; the literal of a hard-coded credential. */
  readonly location: Location;
  readonly message: string;
  /** What to do about it, one sentence, may hold a code sample behind a line break. */
  readonly advice: string;
  readonly confidence: Confidence;
  readonly features: readonly Feature[];
  /** Empty for findings that are no flow. */
  readonly steps: readonly Step[];
  readonly related: readonly RelatedLocation[];
  /** What is leaking: kind and name of the element: `personal.email`, `User.email`. */
  readonly data?: { readonly kind: Kind; readonly element: string };
  /** Who receives it: kind of the sink, and a name such as `OpenAI` or `console`. */
  readonly recipient?: { readonly kind: Kind; readonly name: string };
  readonly fingerprints: Fingerprints;
}

export interface Fingerprints {
  /** Survives edits above and refactors between source and sink; unique in a report. */
  readonly 'flow/v1': string;
}

/** What a whole scan yields. All arrays are sorted; nothing in it depends on time, machine, order of files or number of workers. */
export interface ScanResult {
  readonly findings: readonly Finding[];
  /** Findings that were overruled, each with the reason, in the order of `findings`; absent for none. */
  readonly suppressed?: readonly SuppressedFinding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly statistics: Statistics;
  /** What the program hands to models, in order of places; absent where code was not analysed. */
  readonly tools?: readonly ToolReport[];
}

/** A finding that somebody has decided to live with. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** A comment beside the code, an entry of the configuration, or the baseline of known findings. */
  readonly by: 'comment' | 'configuration' | 'baseline';
  /** Why, in the words of who suppressed it; empty for the baseline. */
  readonly reason: string;
  /** Where that stands: `src/a.ts:12`, `spillcheck.config.yaml:30`. */
  readonly place: string;
  /** The last day on which it counts, `2027-01-31`. */
  readonly until?: string;
}

export interface Statistics {
  readonly filesScanned: number;
  readonly lines: number;
  /** Files left out, by reason: `ignored`, `dependency`, `build output`, `vendored`, `minified`, `too large`. */
  readonly filesSkipped: Readonly<Record<string, number>>;
  /** Test files among the scanned ones, which were searched for keys and settings and through which no data was followed. */
  readonly testFiles?: number;
  readonly functions: number;
  readonly calls: number;
  /** Calls whose target is an own function, a modelled interface or a built-in method. */
  readonly callsResolved: number;
}
