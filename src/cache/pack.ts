/** What is kept of one file of a repository: the path and the content that it was made from, and what was made. */
export interface PackEntry {
  /** POSIX path relative to the scan root. */
  readonly path: string;
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

const LENGTH_BYTES = 4;

/** All entries as parts of one file: the length of a table, the table (JSON), then the bytes of each entry in its order. */
export function encodePack(entries: readonly PackEntry[]): Uint8Array[] {
  const table = Buffer.from(JSON.stringify(entries.map(({ path, hash, bytes }) => [path, hash, bytes.length])), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(table.length);
  return [length, table, ...entries.map(({ bytes }) => bytes)];
}

/**
 * The entries by path, their bytes as views.
 *
 * @throws Error for what `encodePack` has not written
 */
export function decodePack(bytes: Buffer): Map<string, PackEntry> {
  const tableEnd = LENGTH_BYTES + bytes.readUInt32LE(0);
  const table = JSON.parse(bytes.toString('utf8', LENGTH_BYTES, tableEnd)) as [string, string, number][];
  const entries = new Map<string, PackEntry>();
  let at = tableEnd;
  for (const [path, hash, length] of table) {
    entries.set(path, { path, hash, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  if (at !== bytes.length) throw new RangeError('the table does not fit what follows it');
  return entries;
}
