import { base62, crc32, isBech32 } from './checksum.js';
import { entropy } from './entropy.js';
import type { SecretFormat, StructureCheck } from './format.js';
import { decodeJwt } from './jwt.js';
import { wordShare } from './word-share.js';

/** Checks that tell a dead value from a live one: a failure makes a note of it instead of dropping it. */
export const CHECKSUMS: ReadonlySet<StructureCheck['check']> = new Set(['crc32-base62', 'crc32-hex', 'bech32']);

/** Whether a value passes all checks of its format but checksums: one that does not is something else. */
export function hasStructure(format: SecretFormat, value: string): boolean {
  return format.checks.every((check) => CHECKSUMS.has(check.check) || passesCheck(value, check));
}

/** Whether a matched credential passes one structure check of its format. Pure. */
export function passesCheck(value: string, check: StructureCheck): boolean {
  switch (check.check) {
    case 'entropy':
      return entropy(value) >= check.minimum;
    case 'crc32-base62':
      return value.length !== check.length || value.endsWith(base62(crc32(value.slice(check.prefix, -6)), 6));
    case 'crc32-hex':
      return hasHexadecimalChecksum(value);
    case 'jwt':
      return decodeJwt(value) !== undefined;
    case 'bech32':
      return isBech32(value);
    case 'base64-number':
      return /^\d{15,22}$/.test(Buffer.from(value.split('.')[0]!, 'base64').toString('latin1'));
    case 'base64-text':
      return Buffer.from(value.slice(check.prefix), 'base64').toString('latin1').includes(check.contains);
    case 'mixed':
      return (
        /[A-Za-z]/.test(value) &&
        (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value) && wordShare(value) < 0.5))
      );
  }
}

/** `<prefix>_<random>_<crc>`: the CRC-32 of all before the last underscore, its bytes in little-endian order. */
function hasHexadecimalChecksum(value: string): boolean {
  const underscore = value.lastIndexOf('_');
  const bytes = crc32(value.slice(0, underscore)).toString(16).padStart(8, '0').match(/../g)!;
  return value.slice(underscore + 1) === bytes.toReversed().join('');
}
