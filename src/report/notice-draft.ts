import type { Level } from '../core/finding.js';
import type { Location } from '../core/span.js';
import type { FindingDraft } from './fingerprint.js';

/** A finding about a definition or a setting in code, as the engine tells it. */
interface DescribedNotice {
  readonly rule: string;
  readonly location: Location;
  readonly message: string;
  readonly advice: string;
  readonly subject: string;
  readonly function: string;
  readonly related: FindingDraft['related'];
}

/** A notice as a finding: it says all by itself, and no data flows. */
export function noticeDraft(notice: DescribedNotice, level: Level): FindingDraft {
  return {
    ruleId: notice.rule,
    level,
    location: notice.location,
    message: notice.message,
    advice: notice.advice,
    confidence: 'high',
    features: [],
    steps: [],
    related: notice.related,
    identity: { sourceKind: '', sourceName: notice.subject, sinkSelector: notice.rule, sinkName: '' },
  };
}
