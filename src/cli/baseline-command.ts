import { applyBaseline } from '../baseline/apply-baseline.js';
import { readBaselineFile, writeBaselineFile } from '../baseline/baseline-file.js';
import { toEntry } from '../baseline/to-entry.js';
import type { BaselineEntry } from '../core/baseline.js';
import { RequestError } from '../core/errors.js';
import { printable } from '../report/printable.js';
import { count, enumerate } from '../report/words.js';
import { baselineFile, prepareAnalysis } from './analysis.js';
import { ExitCode, type Io } from './io.js';
import { createProgress } from './progress.js';
import type { BaselineRequest } from './request.js';
import type { Services } from './services.js';

/**
 * `spillcheck baseline`: writes down what is found now, so that scans fail on what comes later. With `--prune` it only takes out what is found no
 * more. Entries of rules that are not run stay as they are.
 */
export async function baselineCommand(request: BaselineRequest, io: Io, services: Services): Promise<ExitCode> {
  if (request.baseline === false) throw new RequestError('--no-baseline leaves nothing to write');
  const folder = request.folder === undefined ? [] : [request.folder];
  const analysis = await prepareAnalysis({ ...request, baseline: false }, folder, io, services);
  const { path, name, boundary } = baselineFile(request, analysis.target, io);
  const before = readBaselineFile(path, name, boundary) ?? [];
  if (request.prune && before.length === 0) throw new RequestError(`there is no baseline ${name}`);
  const progress = createProgress(io, !request.quiet);
  // A part of the repository would make the rest look fixed.
  const { findings, statistics } = await services
    .scan({ ...analysis.options, paths: [], onProgress: progress.report })
    .finally(progress.end);
  if (statistics.filesScanned === 0) throw new RequestError('no file was scanned, so there is nothing to write down');
  const run = new Set(analysis.rules.map(({ id }) => id));
  const others = before.filter(({ rule }) => !run.has(rule));
  const { fresh, stale } = applyBaseline(
    findings,
    before.filter(({ rule }) => run.has(rule)),
  );
  const entries = request.prune
    ? before.filter((entry) => !stale.includes(entry))
    : [...others, ...findings.map(toEntry)];
  if (entries.length > 0 || before.length > 0) writeBaselineFile(path, name, entries, boundary);
  if (!request.quiet) io.stdout.write(describe(name, entries, request.prune ? 0 : fresh.length, stale.length));
  return ExitCode.Clean;
}

function describe(name: string, entries: readonly BaselineEntry[], added: number, removed: number): string {
  if (entries.length === 0)
    return removed > 0 ? `${printable(name)} is empty now: delete it.\n` : 'Nothing found, so no baseline is needed.\n';
  const changes = [
    ...(added > 0 ? [`${added} added`] : []),
    ...(removed > 0 ? [`${removed} taken out`] : []),
    ...(added + removed === 0 ? ['unchanged'] : []),
  ];
  const lines = [`${printable(name)} holds ${count(entries.length, 'finding', 'findings')} (${enumerate(changes)}).`];
  const credentials = entries.filter(({ rule }) => rule === 'hardcoded-secret').length;
  if (credentials > 0) {
    const these = count(credentials, 'is a credential', 'are credentials');
    lines.push(
      `${these.replace(/^\d+/, (number) => `${number} of them`)}: revoke what is live. A baseline makes nothing secret again.`,
    );
  }
  return `${lines.join('\n')}\n`;
}
