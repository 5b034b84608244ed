import type { Suppression } from 'sarif';
import type { SuppressedFinding } from '../core/finding.js';
import { toMessage } from './sarif-location.js';
import type { SourceTexts } from './source-texts.js';

/** Why a result does not count. A comment stands in the source; configuration and baseline lie outside of it. */
export function toSarifSuppression({ by, reason, place, until }: SuppressedFinding, sources: SourceTexts): Suppression {
  const why = by === 'baseline' ? 'It is in the baseline of known findings.' : reason;
  const expiry = until === undefined ? '' : ` (until ${until})`;
  return {
    kind: by === 'comment' ? 'inSource' : 'external',
    status: 'accepted',
    justification: toMessage(`${why}${expiry}`, sources),
    ...(place !== '' && { properties: { place } }),
  };
}
