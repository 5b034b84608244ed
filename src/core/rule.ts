import type { Level, Profile } from './finding.js';

/** What is known of a rule of the contract, apart from how it is detected: what reporters, `spillcheck rules` and `explain` print. */
export interface RuleInfo {
  /** Stable public identifier in kebab case: `secret-to-log`. */
  readonly id: string;
  /** Default level of its findings. */
  readonly level: Level;
  /** The smallest profile that holds the rule: a `recommended` rule is in `strict` too. */
  readonly profile: Profile;
  /** Number of the Common Weakness Enumeration: 532. */
  readonly cwe: number;
  /** Identifier in the OWASP Top 10 for LLM applications 2025: `LLM02`. */
  readonly owasp: string;
  /** CVSS-like score from 0.0 to 10.0 as text, as code-scanning services read it: `7.5`. */
  readonly securitySeverity: string;
  /** Name in Pascal case: `SecretToLog`. */
  readonly name: string;
  /** One short sentence. */
  readonly shortDescription: string;
  /** What the rule reports and why it matters, a few sentences. */
  readonly fullDescription: string;
  /** The docs page, in Markdown. */
  readonly help: string;
}

/** Whether a rule belongs to a profile. */
export function isInProfile(rule: RuleInfo, profile: Profile): boolean {
  return profile === 'strict' || rule.profile === 'recommended';
}
