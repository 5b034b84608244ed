import { createHash } from 'node:crypto';
import type { Finding } from '../core/finding.js';
import type { SecretHit } from './hit.js';

/** What makes the finding the same one in the next version of the file; structurally what the report's drafts ask for. */
export interface SecretIdentity {
  readonly sourceKind: string;
  readonly sourceName: string;
  readonly sinkSelector: string;
  readonly sinkName: string;
}

/**
 * The finding for a hit, at the credential. Its fingerprint is of the value and nothing else: a new credential in an old place is a new
 * finding, and one that has moved, or is given to another name, is the same. `identity` lets the report number those that stand in several
 * places.
 */
export function toFinding(hit: SecretHit): Finding & { readonly identity: SecretIdentity } {
  const identity: SecretIdentity = {
    sourceKind: 'secret',
    sourceName: hit.fingerprint,
    sinkSelector: '',
    sinkName: '',
  };
  return {
    ruleId: hit.ruleId,
    level: hit.level,
    location: { file: hit.file, ...hit.span },
    message: hit.message,
    advice: hit.advice,
    confidence: hit.confidence,
    features: hit.confidence === 'low' ? ['name-guess'] : [],
    steps: [],
    related: [],
    data: { kind: `secret.${hit.formatId}`, element: hit.name ?? hit.masked },
    fingerprints: { 'flow/v1': digest([hit.ruleId, hit.file, hit.fingerprint]) },
    identity,
  };
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
