import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { DiagnosticSink } from '../core/diagnostic.js';
import type { Limits } from '../core/limits.js';
import { type SkipReason, TEXT_FACTOR } from './file-sorter.js';
import { decodeText } from './read-text.js';

/** Told of what is left out. */
export interface SearchedSink {
  readonly report: DiagnosticSink;
  readonly skip: (reason: SkipReason, times?: number) => void;
}

/** Reads a file in which only credentials are looked for; undefined where it is no text, larger than is read, or cannot be read. */
export function readSearched(root: string, path: string, limits: Limits, sink: SearchedSink): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(`${root}/${path}`, 'r');
    const { size } = fstatSync(descriptor);
    return isTooLarge(path, size, limits, sink) ? undefined : decodeSearched(path, readFileSync(descriptor), sink);
  } catch (error) {
    sink.skip('unreadable');
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    sink.report({ kind: 'unreadable', message: `cannot be read (${code})`, file: path });
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Whether a text of so many bytes is left out, which is then said. */
export function isTooLarge(path: string, size: number, limits: Limits, sink: SearchedSink): boolean {
  if (size <= limits.fileBytes * TEXT_FACTOR) return false;
  sink.skip('too large');
  sink.report({ kind: 'skipped-file', message: `${size} bytes are more than the limit: not read`, file: path });
  return true;
}

/** Bytes as text; undefined for what is none. */
export function decodeSearched(path: string, bytes: Uint8Array, sink: SearchedSink): string | undefined {
  const decoded = decodeText(bytes);
  if (!decoded) sink.skip('binary');
  else if (!decoded.valid) {
    sink.report({ kind: 'encoding', message: 'not valid UTF-8: read with replacement characters', file: path });
  }
  return decoded?.text;
}
