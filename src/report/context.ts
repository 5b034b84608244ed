import type { ScanResult } from '../core/finding.js';
import type { RuleInfo } from '../core/rule.js';
import type { FindSecrets } from './mask.js';

/** A report of a result, as text. It depends on nothing but its arguments. */
export type Reporter = (result: ScanResult, context: ReportContext) => string;

/** What a reporter needs beside the result. */
export interface ReportContext {
  /** The version of spillcheck. */
  readonly version: string;
  /** Where people read about spillcheck; an absolute URI. */
  readonly informationUri: string;
  /** The rules that were asked for, sorted by id. */
  readonly rules: readonly RuleInfo[];
  /**
   * The text of a scanned file by its path in the result; undefined when it cannot be had any more. A byte order mark, where the file
   * has one, is part of the text; the offsets of the result do not count it.
   */
  readonly texts: (path: string) => string | undefined;
  /** Finds credentials, which are masked in everything that is printed; used beside the built-in detector. */
  readonly findSecrets?: FindSecrets;
  /** Whether formats that can mark what is suppressed shall list it. */
  readonly includeSuppressed?: boolean;
  /** Where the scanned code comes from, when its root is a checkout. */
  readonly provenance?: Provenance;
  /** When the scan is said to have started, `2026-01-31T12:00:00` in UTC, for formats that demand a time; told from outside, never a clock. */
  readonly startedAt?: string;
  readonly terminal: TerminalSettings;
}

export interface Provenance {
  /** Absolute URI without credentials. */
  readonly repositoryUri: string;
  readonly revisionId?: string;
  readonly branch?: string;
}

/** What only reports for people use. */
export interface TerminalSettings {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  /** How long the scan took; absent: no time is printed. */
  readonly seconds?: number;
  /** Whether to print the summary behind the findings. */
  readonly summary: boolean;
}
