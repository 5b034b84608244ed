/** A scan for credentials alone: no knowledge of packages, no parser, no engine, so that it starts fast enough for a commit hook. */

import type { Diagnostic } from './core/diagnostic.js';
import type { Profile, ScanResult } from './core/finding.js';
import { DEFAULT_LIMITS } from './core/limits.js';
import type { ScanOptions } from './core/options.js';
import { discover } from './project/discover.js';
import { fileKind } from './project/file-kind.js';
import type { SkipReason } from './project/file-sorter.js';
import { decodeSearched, isTooLarge, readSearched, type SearchedSink } from './project/read-searched.js';
import type { Environment } from './project/run-git.js';
import { selectFiles } from './project/select-files.js';
import { listStaged, readStaged } from './project/staged.js';
import { readTexts, searchTexts, type Text } from './search-secrets.js';
import type { SecretFormats } from './secrets/format.js';
import { triage } from './triage/triage.js';

export interface SecretScanOptions extends ScanOptions {
  readonly from: SecretSource;
}

/** What the search goes by. */
export interface SecretScanResources {
  readonly formats: SecretFormats;
  /** All rules, with the smallest profile of each. */
  readonly rules: readonly { readonly id: string; readonly profile: Profile }[];
}

/** What is searched: the files below the root, the content of the index of its repository, or bytes that are handed over. */
export type SecretSource =
  | { readonly kind: 'tree' }
  | { readonly kind: 'index'; readonly environment: Environment }
  | { readonly kind: 'input'; readonly path: string; readonly bytes: Uint8Array };

export interface SecretScan {
  readonly result: ScanResult;
  /** The text in which findings were made, by its path, where it is not that of the file; for reports. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Looks for credentials.
 *
 * @throws RequestError when the request itself is wrong: a path that does not exist, an index where there is no repository
 */
export function scanSecrets(options: SecretScanOptions, { formats, rules }: SecretScanResources): SecretScan {
  const diagnostics: Diagnostic[] = [];
  const skipped = new Map<string, number>();
  const sink: SearchedSink = {
    report: (diagnostic) => diagnostics.push(diagnostic),
    skip: (reason, times = 1) => skipped.set(reason, (skipped.get(reason) ?? 0) + times),
  };
  const kept = new Map<string, string>();
  let files = 0;
  let lines = 0;
  const counted = function* (texts: Iterable<Text>): Generator<Text> {
    for (const each of texts) {
      files++;
      lines += countLines(each.text);
      yield each;
    }
  };
  const drafts = searchTexts(counted(open(options, sink, kept)), formats, options.profile);
  const readText = (path: string): string | undefined =>
    kept.get(path) ?? readSearched(options.root, path, DEFAULT_LIMITS, { report: () => {}, skip: () => {} });
  const triaged = triage({ drafts, options, rules, texts: new Map(), readText, comments: new Map() });
  const statistics = {
    filesScanned: files,
    lines,
    filesSkipped: Object.fromEntries([...skipped].sort(([left], [right]) => (left < right ? -1 : 1))),
    functions: 0,
    calls: 0,
    callsResolved: 0,
  };
  const { findings, suppressed } = triaged;
  diagnostics.push(...triaged.diagnostics);
  return {
    result: { findings, ...(suppressed.length > 0 && { suppressed }), diagnostics, statistics },
    texts: kept,
  };
}

/** The texts to search, read while they are searched. What comes from elsewhere than the tree is put into `kept`. */
function open(options: SecretScanOptions, sink: SearchedSink, kept: Map<string, string>): Iterable<Text> {
  const { from } = options;
  switch (from.kind) {
    case 'tree':
      return openTree(options, sink);
    case 'index':
      return keepTexts(openIndex(options, from.environment, sink), kept);
    case 'input':
      return keepTexts(openInput(from.path, from.bytes, sink), kept);
  }
}

function* openTree(options: SecretScanOptions, sink: SearchedSink): Generator<Text> {
  const { root, paths, exclude, onProgress } = options;
  const selection = { paths, exclude, limits: DEFAULT_LIMITS, searchOnly: true };
  const { searched, skipped } = discover(root, selection, sink.report);
  for (const [reason, times] of Object.entries(skipped)) sink.skip(reason as SkipReason, times);
  let done = 0;
  for (const text of readTexts(root, searched, DEFAULT_LIMITS, sink)) {
    onProgress?.('searching', done++, searched.length);
    yield text;
  }
}

function openInput(path: string, bytes: Uint8Array, sink: SearchedSink): Iterable<Text> {
  return isTooLarge(path, bytes.length, DEFAULT_LIMITS, sink) ? [] : decode([{ path, bytes }], sink);
}

function* openIndex(options: SecretScanOptions, environment: Environment, sink: SearchedSink): Generator<Text> {
  const { root } = options;
  const selected = selectFiles(root, listStaged(root, environment), options).filter(({ path, size }) => {
    if (fileKind(path) !== 'binary') return !isTooLarge(path, size, DEFAULT_LIMITS, sink);
    sink.skip('binary');
    return false;
  });
  const contents = readStaged(root, environment, selected);
  yield* decode(
    (function* () {
      for (const { path } of selected) yield { path, bytes: contents.next().value as Buffer };
    })(),
    sink,
  );
}

function* decode(
  files: Iterable<{ readonly path: string; readonly bytes: Uint8Array }>,
  sink: SearchedSink,
): Generator<Text> {
  for (const { path, bytes } of files) {
    const text = decodeSearched(path, bytes, sink);
    if (text !== undefined) yield { path, text };
  }
}

function* keepTexts(texts: Iterable<Text>, kept: Map<string, string>): Generator<Text> {
  for (const each of texts) {
    kept.set(each.path, each.text);
    yield each;
  }
}

function countLines(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
