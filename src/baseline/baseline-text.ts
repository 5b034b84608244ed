import type { BaselineEntry } from '../core/baseline.js';
import { RequestError } from '../core/errors.js';
import { LineIndex } from '../core/span.js';

/** Rises when an older program could not read the file. */
const VERSION = 1;
const KEYS = ['fingerprint', 'rule', 'file', 'function', 'data', 'recipient'] as const;
const REQUIRED: readonly string[] = ['fingerprint', 'rule', 'file'];
const FINGERPRINT = /^[0-9a-f]{32}(?::\d+)?$/;

/** The text of a baseline: one entry a line, sorted, so that a difference of two versions reads as what was added and what was fixed. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const rows = [...entries].sort(compare).map((entry) => `    ${JSON.stringify(entry, [...KEYS])}`);
  const list = rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n  ]`;
  return `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`;
}

/**
 * @param file how messages name it
 * @throws RequestError for a text that is no baseline
 */
export function parseBaseline(file: string, text: string): BaselineEntry[] {
  const data = parse(file, text);
  if (!isRecord(data) || !Array.isArray(data.findings))
    throw new RequestError('is no baseline: it has no list of findings', { file });
  if (data.version !== VERSION)
    throw new RequestError(
      `is a baseline of version ${String(data.version)}, and this program reads version ${VERSION}`,
      { file },
    );
  return data.findings.map((entry, index) => {
    const fault = findFault(entry);
    if (fault !== undefined) throw new RequestError(`entry ${index + 1} ${fault}`, { file });
    return entry as BaselineEntry;
  });
}

function findFault(entry: unknown): string | undefined {
  if (!isRecord(entry)) return 'is no map';
  for (const key of REQUIRED) if (typeof entry[key] !== 'string') return `has no ${key}`;
  for (const [key, value] of Object.entries(entry)) {
    if (!(KEYS as readonly string[]).includes(key)) return `has the unknown key '${key}'`;
    if (typeof value !== 'string') return `has a ${key} that is no text`;
  }
  return FINGERPRINT.test(entry.fingerprint as string) ? undefined : 'has a fingerprint that is none';
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { line, column } = new LineIndex(text).position(
      Number(/position (\d+)/.exec(message)?.[1] ?? (/end of JSON/.test(message) ? text.length : 0)),
    );
    const isConflict = /^(?:<{7}|={7}|>{7})/m.test(text);
    const reason = isConflict ? 'holds a conflict of a merge: run spillcheck baseline again' : 'is no valid JSON';
    throw new RequestError(reason, { file, line, column });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compare(left: BaselineEntry, right: BaselineEntry): number {
  for (const key of ['file', 'rule', 'fingerprint'] as const) {
    if (left[key] !== right[key]) return left[key] < right[key] ? -1 : 1;
  }
  return 0;
}
