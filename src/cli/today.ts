/**
 * The date in UTC, `2026-11-21`: that of `SOURCE_DATE_EPOCH` (seconds since 1970), by which builds that can be repeated tell the time, else today.
 *
 * @param now milliseconds since 1970
 */
export function findToday(epoch: string | undefined, now: number): string {
  const seconds = epoch !== undefined && /^\d{1,11}$/.test(epoch) ? Number(epoch) * 1_000 : now;
  return new Date(seconds).toISOString().slice(0, 10);
}
