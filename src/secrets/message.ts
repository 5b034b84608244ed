import type { Candidate } from './candidate.js';
import type { Verdict } from './judge.js';

/** What a person reads: which credential, where it is kept, what it opens. Never holds the value. */
export function describeHit(
  candidate: Candidate,
  verdict: Verdict,
  place: { readonly masked: string; readonly keyPath: string | undefined; readonly exposed: boolean },
): string {
  const { format } = candidate;
  const where = place.keyPath ?? candidate.name;
  const what = `${format.name} (${place.masked})`;
  const given = where !== undefined && !where.includes(candidate.value) ? `, given to \`${where}\`` : '';
  const kept = place.exposed
    ? `${what} is handed to every visitor's browser${given}.`
    : `${what} is written in the file${given}.`;
  const opens = ` It ${format.grants}`;
  const doubts = verdict.remarks.length === 0 ? '.' : `; ${verdict.remarks.join(', ')}.`;
  return capitalise(kept) + opens + doubts;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
