import type { UrlCredentials } from './authority.js';
import type { Evidence } from './evidence.js';
import type { SecretFormat } from './format.js';
import type { NameClass } from './secret-name.js';

/** Something that may be a credential, before its place and looks are judged. Offsets are into the text. */
export interface Candidate {
  readonly format: SecretFormat;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** The name the value is given to. */
  readonly name?: string;
  readonly nameClass?: NameClass;
  /** For values of unknown shape. */
  readonly evidence?: Evidence;
  /** The value is what is used when an environment variable is not set. */
  readonly fallback?: boolean;
  readonly url?: UrlCredentials;
}
