import type { Confidence, Level, Profile } from '../core/finding.js';
import type { Span } from '../core/span.js';
import type { Power } from './format.js';

/** A credential found in a text. Only `value` holds it; everything else may be printed and stored. */
export interface SecretHit {
  readonly ruleId: 'hardcoded-secret' | 'client-exposed-secret';
  readonly formatId: string;
  /** POSIX path relative to the scan root. */
  readonly file: string;
  /** Of the credential, without quotes. */
  readonly span: Span;
  /** The credential itself: kept in memory only, never printed, logged or cached. */
  readonly value: string;
  readonly masked: string;
  /** Keyed digest of the value: the same value has the same one everywhere. */
  readonly fingerprint: string;
  readonly level: Level;
  /** The smallest profile in which it is reported. */
  readonly profile: Profile;
  readonly confidence: Confidence;
  readonly power: Power;
  /** The name the value is given to, as written. */
  readonly name: string | undefined;
  /** In JSON, YAML and TOML: the keys that lead to the value, `mcpServers.search.env.API_KEY`. */
  readonly keyPath: string | undefined;
  readonly message: string;
  readonly advice: string;
}

/** What the caller knows of a text besides its path. */
export interface TextContext {
  /** Seconds since 1970 against which expiries are judged. Left out, a scan depends on nothing but the text. */
  readonly asOf?: number;
  /** Called when something in the text has the shape or the name of a credential, whether it turns out to be one or not. */
  readonly onCandidate?: () => void;
}
