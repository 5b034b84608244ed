import type { Io } from './io.js';

/**
 * When the scan is said to have happened, `2026-01-31T12:00:00` in UTC, for formats that demand a time: what a reproducible build or the CI
 * says. Undefined where nobody says it, so that the same scan gives the same bytes.
 */
export function findScanTime(env: Io['env']): string | undefined {
  const { SOURCE_DATE_EPOCH: epoch, CI_JOB_STARTED_AT: started } = env;
  if (epoch !== undefined && /^\d{1,11}$/.test(epoch)) return toText(new Date(Number(epoch) * 1_000));
  return started === undefined ? undefined : toText(new Date(started));
}

function toText(date: Date): string | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 19);
}
