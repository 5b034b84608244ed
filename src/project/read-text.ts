import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DiagnosticSink } from '../core/diagnostic.js';
import { isBinary } from './inspect.js';

export interface TextFile {
  /** POSIX path relative to the root. */
  readonly path: string;
  /** Without a byte order mark. */
  readonly text: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
}

/** Reads a file of the scanned repository; undefined, with a diagnostic, where it cannot be read or is no text. */
export function readText(root: string, path: string, report: DiagnosticSink): TextFile | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(`${root}/${path}`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    report({ kind: 'unreadable', message: `cannot be read (${code})`, file: path });
    return undefined;
  }
  const decoded = decodeText(bytes);
  if (!decoded) {
    report({ kind: 'skipped-file', message: 'binary: not analysed', file: path });
    return undefined;
  }
  if (!decoded.valid) {
    report({ kind: 'encoding', message: 'not valid UTF-8: read with replacement characters', file: path });
  }
  return { path, text: decoded.text, hash: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Bytes to text: UTF-16 by its byte order mark, otherwise UTF-8. `valid` is false where replacement characters had to stand in.
 * Undefined for binary data.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly valid: boolean } | undefined {
  if (isBinary(bytes)) return undefined;
  const encoding = encodingOf(bytes);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), valid: true };
  } catch {
    return { text: new TextDecoder(encoding).decode(bytes), valid: false };
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
