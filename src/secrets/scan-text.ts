import type { Candidate } from './candidate.js';
import { CandidateCollector } from './candidates.js';
import { exposesToClient } from './client-exposure.js';
import { DisjointSpans } from './disjoint-spans.js';
import type { FileContext } from './file-context.js';
import type { SecretFormats } from './format.js';
import type { SecretHit, TextContext } from './hit.js';
import { judge, type Verdict } from './judge.js';
import { keyPathAt } from './key-path.js';
import { fingerprintValue, maskValue } from './mask.js';
import { describeHit } from './message.js';

/**
 * Finds the credentials in one text: keyword prefilter → expression → structure → looks and place. Works on any text, also on code that
 * does not parse. The hits are in the order of their places and do not overlap. Pure: the same path and text give the same hits.
 */
export function scanText(path: string, text: string, formats: SecretFormats, context: TextContext = {}): SecretHit[] {
  const collector = new CandidateCollector(path, text, formats);
  const candidates = collector.collect();
  if (candidates.length === 0) return [];
  context.onCandidate?.();
  const hits: SecretHit[] = [];
  for (const candidate of withoutOverlaps(candidates)) {
    const verdict = judge(candidate, text, collector.file, formats, context);
    if (verdict) hits.push(toHit(path, text, candidate, verdict, collector.file));
  }
  return hits;
}

const RANK = { 'key-block': 0, token: 1, named: 2, url: 3, value: 4 } as const;
const CERTAINTY = { high: 0, medium: 1, low: 2 } as const;

/** Of candidates that overlap, the one that says most: a known shape before a name, the longer before the shorter. */
export function withoutOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  const taken = new DisjointSpans();
  const ranked = [...candidates].sort(
    (left, right) =>
      RANK[left.format.recognition] - RANK[right.format.recognition] ||
      CERTAINTY[left.format.certainty] - CERTAINTY[right.format.certainty] ||
      right.end - right.start - (left.end - left.start) ||
      left.start - right.start ||
      Number(right.fallback ?? false) - Number(left.fallback ?? false),
  );
  for (const candidate of ranked) if (taken.add(candidate.start, candidate.end)) kept.push(candidate);
  return kept.sort((left, right) => left.start - right.start);
}

function toHit(path: string, text: string, candidate: Candidate, verdict: Verdict, file: FileContext): SecretHit {
  const { format, value, start, end } = candidate;
  const exposed = exposesToClient(candidate, verdict, file, text);
  const keyPath = keyPathAt(text, start, file.syntax);
  const masked = maskValue(value);
  return {
    ruleId: exposed ? 'client-exposed-secret' : 'hardcoded-secret',
    formatId: format.id,
    file: path,
    span: { start, end },
    value,
    masked,
    fingerprint: fingerprintValue(value),
    level: verdict.level,
    profile: verdict.profile,
    confidence: verdict.confidence,
    power: verdict.power,
    name: candidate.name,
    keyPath,
    message: describeHit(candidate, verdict, { masked, keyPath, exposed }),
    advice: format.advice,
  };
}
