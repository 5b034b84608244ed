import type { BaselineEntry } from '../core/baseline.js';
import type { Finding } from '../core/finding.js';
import { covers } from '../core/kinds.js';

/** What a baseline keeps of a finding. */
export function toEntry(finding: Finding): BaselineEntry {
  const { data, recipient, steps } = finding;
  const inFunction = steps.at(-1)?.function;
  const isCredential = data !== undefined && steps.length === 0 && covers('secret', data.kind);
  const described = data && (isCredential ? data.kind : `${data.kind} ${data.element}`.trim());
  return {
    fingerprint: finding.fingerprints['flow/v1'],
    rule: finding.ruleId,
    file: finding.location.file,
    ...(inFunction !== undefined && inFunction !== '' && { function: inFunction }),
    ...(described !== undefined && { data: described }),
    ...(recipient && recipient.name !== '' && { recipient: recipient.name }),
  };
}
