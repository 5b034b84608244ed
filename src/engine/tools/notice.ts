import type { Location } from '../../core/span.js';

/** A finding that is no flow: a definition or a setting is to blame by itself. */
export interface Notice {
  readonly rule: string;
  readonly location: Location;
  readonly message: string;
  readonly advice: string;
  /** What it is about, for fingerprints: the name of the tool, the selector of the interface. */
  readonly subject: string;
  /** Qualified name of the function in which it stands. */
  readonly function: string;
  readonly related: readonly { readonly location: Location; readonly message: string }[];
}
