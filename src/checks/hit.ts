import type { Span } from '../core/span.js';
import type { CheckText } from './check-text.js';

/** A check that fired, before it becomes a finding. */
export interface Hit {
  readonly check: CheckText;
  readonly span: Span;
  /** Key path of the setting, for the fingerprint: `permissions.allow[].Bash(*)`. */
  readonly element: string;
  /** What the message's placeholders stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** Hits of one rule with the same decision become one finding; '' for none. */
  readonly decision: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}
