import type { Finding } from '../core/finding.js';
import type { Hit } from './hit.js';

const VALUE_LENGTH = 80;

/** Turns hits into findings: one for each rule and decision, one for each rule and place, in the order of the text. */
export function toFindings(file: string, hits: readonly Hit[]): Finding[] {
  const kept: Hit[] = [];
  for (const hit of hits) {
    const same = kept.findIndex((other) => isSame(other, hit));
    if (same < 0) kept.push(hit);
    else if (kept[same]!.span.start !== hit.span.start) {
      const first = kept[same]!;
      kept[same] = {
        ...first,
        related: [...first.related, { span: hit.span, message: fill(hit.check.message, hit) }, ...hit.related],
      };
    }
  }
  return kept.map((hit) => toFinding(file, hit)).sort(compare);
}

function isSame(a: Hit, b: Hit): boolean {
  if (a.check.rule !== b.check.rule) return false;
  return a.span.start === b.span.start || (a.decision !== '' && a.decision === b.decision);
}

function toFinding(file: string, hit: Hit): Finding {
  const { check, span } = hit;
  const advice = fill(check.advice, hit);
  return {
    ruleId: check.rule,
    level: check.level,
    location: { file, start: span.start, end: span.end },
    message: fill(check.message, hit),
    advice: check.snippet ? `${advice}\n${fill(check.snippet, hit)}` : advice,
    confidence: check.confidence,
    features: [],
    steps: [],
    related: hit.related.map(({ span: { start, end }, message }) => ({ location: { file, start, end }, message })),
    data: { kind: 'setting', element: hit.element },
    fingerprints: { 'flow/v1': '' },
  };
}

/** Replaces `{value}` and kin. */
function fill(template: string, hit: Hit): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = hit.values[name];
    return value === undefined ? whole : printable(value);
  });
}

/** One line of bounded length; what stands before `@` or behind `?` in a URL may be a credential. */
function printable(value: string): string {
  const line = value
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(:\/\/)[^/@\s]+@/g, '$1…@')
    .replace(/(:\/\/[^?\s]+)\?\S*/g, '$1');
  return line.length > VALUE_LENGTH ? `${line.slice(0, VALUE_LENGTH - 1)}…` : line;
}

function compare(a: Finding, b: Finding): number {
  return a.location.start - b.location.start || (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0);
}
