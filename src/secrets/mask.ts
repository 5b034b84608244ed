import { createHmac } from 'node:crypto';

/** Names the purpose of the digest, so that it is no plain hash of the value that rainbow tables could hold. */
const LABEL = 'spillcheck/secret/v1';

/**
 * A digest of a credential that may be printed and stored: the same value has the same fingerprint in every place and run, and the
 * value cannot be read off it. 32 hexadecimal digits.
 */
export function fingerprintValue(value: string): string {
  return createHmac('sha256', LABEL).update(value, 'utf8').digest('hex').slice(0, 32);
}

/**
 * A credential as it may be printed: the first four and the last two characters, or less where the value is so short that this would
 * show more than a third of it.
 */
export function maskValue(value: string): string {
  const single = value.replace(/[\r\n]+/g, ' ');
  if (single.length >= 18) return `${single.slice(0, 4)}…${single.slice(-2)}`;
  if (single.length >= 12) return `${single.slice(0, 2)}…`;
  return '…';
}
