import type { Span } from '../core/span.js';
import { CandidateCollector } from './candidates.js';
import type { SecretFormats } from './format.js';

/**
 * All places of a text that must never be printed: everything that has the shape of a credential or is given to a name of one, test keys
 * and look-alikes included. Broader than `scanText`, without grades. Sorted, not overlapping.
 */
export function findSecrets(text: string, formats: SecretFormats): Span[] {
  const spans: { start: number; end: number }[] = [];
  for (const path of ['text', 'text.env', 'text.ts']) {
    const collector = new CandidateCollector(path, text, formats);
    for (const { start, end } of collector.collect()) spans.push({ start, end });
  }
  spans.sort((left, right) => left.start - right.start || left.end - right.end);
  const merged: { start: number; end: number }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
