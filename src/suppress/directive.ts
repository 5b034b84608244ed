import type { ConfiguredSuppression } from '../core/settings.js';

/** A suppression that stands in a comment. Lines are one-based. */
export interface Directive {
  readonly file: string;
  /** Where the comment stands. */
  readonly line: number;
  /** The lines that it covers, both included. */
  readonly first: number;
  readonly last: number;
  readonly rules: readonly string[];
  readonly reason: string;
  /** The last day on which it counts, `2027-01-31`. */
  readonly until: string | undefined;
}

/** A comment that wants to be a suppression and is none. */
export interface DirectiveFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Directives {
  readonly directives: readonly Directive[];
  readonly faults: readonly DirectiveFault[];
}

/** Every suppression of a scan. */
export interface Suppressions extends Directives {
  readonly configured: readonly ConfiguredSuppression[];
}
