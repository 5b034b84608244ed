import type { BaselineEntry } from '../core/baseline.js';
import type { Finding } from '../core/finding.js';
import { stemOf } from './stem.js';
import { toEntry } from './to-entry.js';

export interface Baselined {
  /** Findings that the baseline does not know. */
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** Entries that no finding fits. */
  readonly stale: readonly BaselineEntry[];
}

/**
 * Fits findings to the entries of a baseline, one to one. Findings that look the same (the same data at the same call in other places) share
 * the stem of their fingerprint; there are then as many known ones as there are entries, and which of them are new is told by file and
 * function: whoever still stands where an entry says is known first.
 */
export function applyBaseline(findings: readonly Finding[], entries: readonly BaselineEntry[]): Baselined {
  const left = new Map<string, BaselineEntry[]>();
  for (const entry of entries) {
    const stem = stemOf(entry.fingerprint);
    const same = left.get(stem);
    if (same) same.push(entry);
    else left.set(stem, [entry]);
  }
  const known = new Set<Finding>();
  for (const isFitting of FITS) {
    for (const finding of findings) {
      if (known.has(finding)) continue;
      const candidates = left.get(stemOf(finding.fingerprints['flow/v1']));
      const own = toEntry(finding);
      const at = candidates?.findIndex((entry) => isFitting(entry, own)) ?? -1;
      if (at < 0) continue;
      candidates!.splice(at, 1);
      known.add(finding);
    }
  }
  return {
    fresh: findings.filter((finding) => !known.has(finding)),
    known: findings.filter((finding) => known.has(finding)),
    stale: entries.filter((entry) => left.get(stemOf(entry.fingerprint))!.includes(entry)),
  };
}

/** From the closest fit to the loosest. The stem fits already, and with it rule, data and recipient. */
const FITS: readonly ((entry: BaselineEntry, own: BaselineEntry) => boolean)[] = [
  (entry, own) => entry.file === own.file && entry.function === own.function,
  (entry, own) => entry.file === own.file,
  (entry, own) => entry.function === own.function && baseName(entry.file) === baseName(own.file),
  (entry, own) => baseName(entry.file) === baseName(own.file),
  () => true,
];

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
