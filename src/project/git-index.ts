/** Mode bits of an entry that stands for a nested repository. */
const GIT_LINK = 0o160000;
const EXTENDED = 0x4000;
/** Bytes of an entry before its flags: times, device, inode, mode, owner, size, and a SHA-1 name. */
const FLAGS_AT = 60;

/**
 * The paths that a git index lists (versions 2 to 4), relative to the repository; undefined where the bytes are something else.
 * Git's ignore files do not concern files that it tracks already.
 */
export function readGitIndex(bytes: Buffer): string[] | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4) return undefined;
  const paths: string[] = [];
  let previous = Buffer.alloc(0);
  for (let at = 12, i = 0; i < count; i++) {
    if (at + FLAGS_AT + 2 > bytes.length) return undefined;
    const mode = bytes.readUInt32BE(at + 24);
    const isExtended = (bytes.readUInt16BE(at + FLAGS_AT) & EXTENDED) !== 0;
    let nameAt = at + FLAGS_AT + (isExtended ? 4 : 2);
    let kept = 0;
    if (version === 4) {
      const stripped = readOffset(bytes, nameAt);
      nameAt = stripped.next;
      kept = previous.length - stripped.value;
    }
    const end = bytes.indexOf(0, nameAt);
    if (end < 0 || kept < 0) return undefined;
    previous = Buffer.concat([previous.subarray(0, kept), bytes.subarray(nameAt, end)]);
    if ((mode & 0o170000) !== GIT_LINK) paths.push(previous.toString('utf8'));
    // Up to version 3, one to eight NULs fill an entry up to a multiple of eight.
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  }
  return paths;
}

/** The variable-length number of the pack format: seven bits a byte, each continuation adding one. */
function readOffset(bytes: Buffer, start: number): { value: number; next: number } {
  let next = start;
  let byte = bytes[next++] ?? 0;
  let value = byte & 127;
  while (byte & 128) {
    byte = bytes[next++] ?? 0;
    value = (value + 1) * 128 + (byte & 127);
  }
  return { value, next };
}
