import { createHash } from 'node:crypto';
import type { Finding } from '../core/finding.js';
import type { Kind } from '../core/kinds.js';

/**
 * What makes a flow the same flow in the next version of the code. No line numbers, no files, no names of own functions, and nothing of the
 * way between source and sink: so that it survives edits above, refactors between, renamed functions and moved files. For a finding that is
 * no flow, source and sink are what stands at its place.
 */
export interface FlowIdentity {
  readonly sourceKind: Kind;
  /** The element of the data, `User.email`; for a credential the keyed digest of its value. */
  readonly sourceName: string;
  /** Selector of the modelled interface: `openai#Client.chat.completions.create`; the check's or format's id where there is none. */
  readonly sinkSelector: string;
  /** What tells it from others of the same data at the same interface: the shape of the code at its place (see `callShape`). */
  readonly sinkName: string;
}

export interface FindingDraft extends Omit<Finding, 'fingerprints'> {
  readonly identity: FlowIdentity;
  /** Hosts that the data is sent to, where the code tells. */
  readonly hosts?: readonly string[];
}

/**
 * Sorts drafts into the order of a report (file, place, rule, message) and gives each its fingerprint. Drafts that are the same flow are
 * numbered in that order, so that fingerprints are unique in a report: `0123…`, `0123…:2`, `0123…:3`.
 */
export function assignFingerprints(drafts: readonly FindingDraft[]): Finding[] {
  const seen = new Map<string, number>();
  return [...drafts].sort(compareFindings).map((draft) => {
    const { identity, hosts, ...finding } = draft;
    const parts = [draft.ruleId, identity.sourceKind, identity.sourceName, identity.sinkSelector, identity.sinkName];
    const stem = digest(JSON.stringify(parts));
    const number = (seen.get(stem) ?? 0) + 1;
    seen.set(stem, number);
    return { ...finding, fingerprints: { 'flow/v1': number === 1 ? stem : `${stem}:${number}` } };
  });
}

type Sortable = Pick<Finding, 'location' | 'ruleId' | 'message'>;

/** The order of findings in every report. */
export function compareFindings(left: Sortable, right: Sortable): number {
  return (
    compareText(left.location.file, right.location.file) ||
    left.location.start - right.location.start ||
    left.location.end - right.location.end ||
    compareText(left.ruleId, right.ruleId) ||
    compareText(left.message, right.message)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** 128 bits of SHA-256, in hexadecimal. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
