import type { Level } from '../core/finding.js';
import type { Prefilter } from './prefilter.js';

/**
 * What a credential lets its finder do; it decides the level of a finding.
 * - `admin`: a whole organisation or account, its keys and people: organisation keys, service roles, refresh tokens, private keys
 * - `access`: use at the owner's cost, or reading and writing the owner's data
 * - `limited`: one narrow action, or a short life: a webhook, a session token
 * - `test`: a sandbox without real data or money
 * - `public`: meant to be seen: a publishable key; recognised so that it is not taken for something else, and not reported
 */
export type Power = 'admin' | 'access' | 'limited' | 'test' | 'public';

/**
 * How a format is recognised.
 * - `token`: the expression matches the text around a keyword
 * - `named`: the expression matches a whole value that is given to a name, or stands near text, holding one of the keywords
 * - `key-block`: a PEM or PGP block whose header matches the expression
 * - `url`: the password in a URL whose scheme matches the expression
 * - `value`: a value of no known shape, found by its name (`names`) and graded by evidence
 */
export type Recognition = 'token' | 'named' | 'key-block' | 'url' | 'value';

/** A test of the matched text that an expression cannot express. */
export type StructureCheck =
  /** Bits per character of the body at least this much. */
  | { readonly check: 'entropy'; readonly minimum: number }
  /** The last six characters are the base-62 CRC-32 of what precedes them, without the prefix. */
  | { readonly check: 'crc32-base62'; readonly prefix: number; readonly length: number }
  /** Header and payload decode to JSON objects. */
  | { readonly check: 'jwt' }
  /** The Bech32 checksum over the lower-cased text holds. */
  | { readonly check: 'bech32' }
  /** The eight trailing hexadecimal digits are the CRC-32 of what precedes the underscore. */
  | { readonly check: 'crc32-hex' }
  /** The first dotted part is Base64 of a decimal number. */
  | { readonly check: 'base64-number' }
  /** The body behind `prefix` characters is Base64 of text that contains `contains`. */
  | { readonly check: 'base64-text'; readonly prefix: number; readonly contains: string }
  /** Letters and digits, or letters of both cases that form no words. */
  | { readonly check: 'mixed' };

/** One known kind of credential, as `rules/secrets/*.yaml` describes it. */
export interface SecretFormat {
  readonly id: string;
  /** For people: "OpenAI project key". */
  readonly name: string;
  readonly provider: string;
  readonly recognition: Recognition;
  /** Text that stands in (or, for `named`, near) each match; compared without regard to case. */
  readonly keywords: readonly string[];
  /** Sticky. The credential is the first capturing group, or all of the match. */
  readonly expression: RegExp;
  /** Numbers of characters of the match that precede the keyword. */
  readonly before: readonly [minimum: number, maximum: number];
  readonly checks: readonly StructureCheck[];
  /** What is given to the name of such a key and is none: one that is not whole, or encrypted. Of `named` ones only. */
  readonly broken: RegExp | undefined;
  /** Text that must stand within this many characters before the match. */
  readonly near: { readonly texts: readonly string[]; readonly within: number } | undefined;
  readonly power: Power;
  /** Conditions under which the power is another one; the first that holds counts. */
  readonly powers: readonly PowerCondition[];
  /** Who can do what with it, the end of a sentence that starts with "It". */
  readonly grants: string;
  /** What to do, one sentence. */
  readonly advice: string;
  /** How sure the shape alone makes us: `high` for a marker or checksum, `low` for a shape that other values share. */
  readonly certainty: 'high' | 'medium' | 'low';
  readonly examples: readonly string[];
  readonly counterExamples: readonly string[];
}

/** The keyword that stands for every name of a secret. */
export const ANY_NAME = '*';

/** Whether a format of recognition `named` fits values of any name. */
export function isForAnyName(format: SecretFormat): boolean {
  return format.keywords.includes(ANY_NAME);
}

/** Looks at the value, at the claims of a token as JSON text, or at the name and the text around the value. */
export interface PowerCondition {
  readonly on: 'value' | 'claims' | 'near';
  readonly matches: RegExp;
  readonly power: Power;
}

/** What a keyword of the prefilter leads to. */
export interface KeywordUse {
  readonly text: string;
  /** Formats of recognition `token` and `key-block` to try at this keyword, most special first. */
  readonly formats: readonly SecretFormat[];
  /** The keyword is a noun that names secrets (`token`, `password`). */
  readonly noun: boolean;
  /** The keyword is `://`. */
  readonly url: boolean;
  /** The keyword is an authorization scheme (`Bearer`, `Basic`). */
  readonly scheme: boolean;
  /** The keyword is a provider whose keys are recognised by its name (`mistral`), where it alone names a value. */
  readonly owner: boolean;
  /** The keyword starts a command that takes a user and a password (`curl`). */
  readonly command: boolean;
  /** The keyword opens a call that is handed a secret to sign or encrypt with (`createHmac(`). */
  readonly signer: boolean;
}

/** The compiled formats: immutable, made once, shared by all scans. */
export interface SecretFormats {
  readonly formats: readonly SecretFormat[];
  readonly named: readonly SecretFormat[];
  readonly urls: readonly SecretFormat[];
  readonly byId: ReadonlyMap<string, SecretFormat>;
  readonly keywords: readonly KeywordUse[];
  readonly prefilter: Prefilter;
  /** Keyed digests (see `fingerprintValue`) of credentials that vendors print in their documentation and ship in emulators. */
  readonly documented: ReadonlySet<string>;
}

export const LEVEL_OF_POWER: Readonly<Record<Power, Level>> = {
  admin: 'error',
  access: 'error',
  limited: 'warning',
  test: 'note',
  public: 'note',
};
