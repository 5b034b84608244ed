import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A file that is believed only as a whole: its first bytes name the format, then follows a digest of all the rest. What was cut short,
 * changed or is of someone else does not open. It appears under its name in one step, so that several runs may read and write it at the
 * same time: each sees a whole file, and the last one stays.
 */
const MAGIC = Buffer.from('spillcheck-seal1', 'latin1');
const DIGEST_BYTES = 32;
const HEAD_BYTES = MAGIC.length + DIGEST_BYTES;

/** The content of a sealed file; undefined where there is none or it is not what was written. */
export function readSealed(path: string, label: string): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  if (bytes.length < HEAD_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const content = bytes.subarray(HEAD_BYTES);
  return timingSafeEqual(digest([content], label), bytes.subarray(MAGIC.length, HEAD_BYTES)) ? content : undefined;
}

/** Writes the parts, one behind the other. A full disk or a folder without permission costs the cache, not the scan. */
export function writeSealed(path: string, label: string, parts: readonly Uint8Array[]): boolean {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const bytes = Buffer.concat([MAGIC, digest(parts, label), ...parts]);
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
    return true;
  } catch {
    rmSync(temporary, { force: true });
    return false;
  }
}

/** @param label what the content is for: a file that was renamed to stand for another one does not open */
function digest(parts: readonly Uint8Array[], label: string): Buffer {
  const hash = createHmac('sha256', label);
  for (const part of parts) hash.update(part);
  return hash.digest();
}
