import type { ErrorPlace } from './errors.js';
import type { Level } from './finding.js';
import type { Kind } from './kinds.js';

/** The level at which a rule's findings are reported, or that they are not. */
export type RuleLevel = Level | 'off';

/** What the configuration of a repository asks for, apart from the plain options of a scan. Paths and globs are relative to the scan root. */
export interface ScanSettings {
  /** Globs of the files to scan; empty for all. */
  readonly include: readonly string[];
  /** Rules by id whose level differs from the contract's. A rule that has a level here runs whatever the profile. */
  readonly levels: Readonly<Record<string, RuleLevel>>;
  /** Levels for some files only; later ones win. A finding belongs to the file of its primary location. */
  readonly overrides: readonly Override[];
  /** Further model files, lexicon files and files of secret formats. */
  readonly models: readonly OwnFile[];
  readonly lexicons: readonly OwnFile[];
  readonly secretFormats: readonly OwnFile[];
  /** Names that say what they hold, before what the lexicon says. */
  readonly dataClasses: readonly DataClass[];
  /** Functions that clean what they are given, whatever their code seems to do. */
  readonly redactors: readonly TrustedRedactor[];
  /** Which data may go where. A flow that any of them forbids is an error, one that any allows and none forbids is silent. */
  readonly policies: readonly Policy[];
  readonly suppressions: readonly ConfiguredSuppression[];
}

/** A file of knowledge that belongs to the repository. */
export interface OwnFile {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
}

export interface Override {
  readonly files: readonly string[];
  readonly levels: Readonly<Record<string, RuleLevel>>;
}

export interface DataClass {
  readonly kind: Kind;
  readonly confidence: 'high' | 'medium' | 'low';
  /** Patterns of words, in the language of lexicon files. */
  readonly names: readonly string[];
}

export interface TrustedRedactor {
  /** Name of an export, `Class.method` for a method. */
  readonly name: string;
  /** Where it comes from: a package by its name, or a file of the repository. */
  readonly from: { readonly package: string } | { readonly file: string };
  /** Families of kinds, as model files name them: `personal`, `content`. */
  readonly clears: readonly string[];
  readonly place: ErrorPlace;
}

/** A set of rules on which data may go to whom. */
export interface Policy {
  /** For messages: `gdpr`, or what the configuration calls it. */
  readonly name: string;
  readonly rules: readonly PolicyRule[];
}

/**
 * What becomes of data of a kind. `allow-only`: it may go to these recipients and to no other (none at all where the list is empty).
 * `forbid`: it may not go to these; of others, nothing is said.
 */
export interface PolicyRule {
  readonly data: Kind;
  /** The data class as the policy names it: `personal.contact` stands for several kinds. */
  readonly className: string;
  readonly effect: 'allow-only' | 'forbid';
  readonly recipients: readonly Recipient[];
}

/** Who receives data. All conditions that are given must hold; of each, one value must match. */
export interface Recipient {
  readonly name: string;
  /** Who it is, as reports name them: `OpenAI`, `Sentry`. Letter case does not count. */
  readonly providers?: readonly string[];
  /** Globs of host names: `*.openai.azure.com`. */
  readonly hosts?: readonly string[];
  /** Kinds of sinks: `log`, `model`, `storage.database`. */
  readonly sinks?: readonly Kind[];
}

/** A suppression that stands in the configuration, for files that cannot hold comments. */
export interface ConfiguredSuppression {
  /** Empty: whatever the rule (only together with a fingerprint). */
  readonly rules: readonly string[];
  /** Globs; empty: whatever the file (only together with a fingerprint). */
  readonly files: readonly string[];
  readonly fingerprint?: string;
  readonly reason: string;
  /** The last day on which it counts, `2027-01-31`. */
  readonly until?: string;
  readonly place: ErrorPlace;
}

export const NO_SETTINGS: ScanSettings = {
  include: [],
  levels: {},
  overrides: [],
  models: [],
  lexicons: [],
  secretFormats: [],
  dataClasses: [],
  redactors: [],
  policies: [],
  suppressions: [],
};
