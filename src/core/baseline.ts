/** A finding of a baseline: what identifies it, and what lets people review the file. No values, no line numbers. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  /** Qualified name of the function in which the data leaves; absent for findings that are no flow. */
  readonly function?: string;
  /** Kind of the data and name of the element; for credentials the kind alone. */
  readonly data?: string;
  readonly recipient?: string;
}
