import type { ScanResult } from './core/finding.js';
import type { ScanOptions } from './core/options.js';
import { LineIndex } from './core/span.js';
import { inspectPlace, type PlaceFacts } from './engine/inspect.js';
import { type ScanResources, scan } from './scan.js';

export type { Arrival, CallFacts, PlaceFacts } from './engine/inspect.js';

/** What a scan knows of a line. */
export interface ExplainedPlace {
  readonly result: ScanResult;
  /** Whether the file was scanned at all. */
  readonly isScanned: boolean;
  /** What the engine knows; undefined where the file was not followed: it is no code, or did not parse. */
  readonly facts: PlaceFacts | undefined;
}

/** Scans, and looks at one line while everything is at hand. */
export async function explainPlace(
  options: ScanOptions,
  place: { readonly file: string; readonly line: number },
  resources: ScanResources = {},
): Promise<ExplainedPlace> {
  let isScanned = false;
  let facts: PlaceFacts | undefined;
  const inspect: ScanResources['inspect'] = ({ program, context, entries }, texts) => {
    const text = texts.get(place.file);
    isScanned = text !== undefined;
    if (text === undefined || !program.files.some(({ path }) => path === place.file)) return;
    const lines = new LineIndex(text);
    facts = inspectPlace(context, entries, place.file, lines.lineStart(place.line), lines.lineStart(place.line + 1));
  };
  const result = await scan(options, { ...resources, inspect });
  return { result, isScanned, facts };
}
