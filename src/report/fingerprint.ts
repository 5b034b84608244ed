import { createHash } from 'node:crypto';
import type { Finding } from '../core/finding.js';
import type { Kind } from '../core/kinds.js';

/**
 * What makes a flow the same flow in the next version of the code: no line numbers and nothing of the way between source and sink, so
 * that it survives edits above and refactors between. For a finding that is no flow, source and sink are what stands at its place.
 */
export interface FlowIdentity {
  readonly sourceKind: Kind;
  /** Qualified name of the function in which the source is read, and the element: `loadUser` and `User.email`. */
  readonly sourceName: string;
  /** Selector of the modelled interface: `openai#Client.chat.completions.create`; the check's or format's id where there is none. */
  readonly sinkSelector: string;
  /** Qualified name of the function in which the data leaves. */
  readonly sinkName: string;
}

export interface FindingDraft extends Omit<Finding, 'fingerprints'> {
  readonly identity: FlowIdentity;
}

/**
 * Sorts drafts into the order of a report (file, place, rule, message) and gives each its fingerprint. Drafts that are the same flow in
 * the same file are told apart by their order, so that fingerprints are unique in a report.
 */
export function assignFingerprints(drafts: readonly FindingDraft[]): Finding[] {
  const seen = new Map<string, number>();
  return [...drafts].sort(compareFindings).map((draft) => {
    const { identity, ...finding } = draft;
    const parts = [
      draft.ruleId,
      identity.sourceKind,
      identity.sourceName,
      identity.sinkSelector,
      identity.sinkName,
      draft.location.file,
    ];
    const key = JSON.stringify(parts);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return { ...finding, fingerprints: { 'flow/v1': digest(JSON.stringify([...parts, ordinal])) } };
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
