/** A fingerprint without the number that tells equal findings apart: `0123…cdef:2` is the second one of `0123…cdef`. */
export function stemOf(fingerprint: string): string {
  const colon = fingerprint.indexOf(':');
  return colon < 0 ? fingerprint : fingerprint.slice(0, colon);
}
