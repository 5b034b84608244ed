import type { Level, ScanResult } from '../core/finding.js';
import type { ReportContext } from '../report/context.js';
import { loadReporter } from '../report/reporters.js';
import { LEVELS } from '../report/words.js';
import { prepareAnalysis } from './analysis.js';
import { findChanges } from './changes.js';
import { wantsColor } from './color.js';
import { ExitCode, type Io } from './io.js';
import { type Destination, planOutputs, writeReport } from './outputs.js';
import { readPackage } from './package.js';
import { createProgress } from './progress.js';
import { readProvenance } from './provenance.js';
import type { ScanRequest } from './request.js';
import { findScanTime } from './scan-time.js';
import type { Services } from './services.js';
import { createTexts } from './texts.js';

/** Width of a report that does not go to a terminal. */
const PAGE_WIDTH = 100;
const LEAST_WIDTH = 40;

/** `spillcheck scan`: scans, reports, and tells by the exit code whether there is something to act on. */
export async function scanCommand(request: ScanRequest, io: Io, services: Services): Promise<ExitCode> {
  const destinations = planOutputs(request);
  const analysis = await prepareAnalysis(request, request.paths, io, services);
  const { target, rules } = analysis;
  const changes = await findChanges(request, target.root, io);
  const progress = createProgress(io, !request.quiet);
  const start = io.clock();
  const result = await services
    .scan({ ...analysis.options, ...(changes && { changes }), onProgress: progress.report })
    .finally(progress.end);
  const findSecrets = await services.loadSecretFinder();
  const provenance = readProvenance(target.root);
  const startedAt = findScanTime(io.env);
  const { version, homepage } = readPackage();
  const context: Omit<ReportContext, 'terminal'> = {
    version,
    informationUri: homepage ?? 'pkg:npm/spillcheck',
    rules,
    texts: createTexts(target.root),
    findSecrets,
    includeSuppressed: request.includeSuppressed,
    ...(provenance && { provenance }),
    ...(startedAt !== undefined && { startedAt }),
  };
  for (const destination of destinations) {
    await report(result, context, destination, request, io, (io.clock() - start) / 1_000);
  }
  if (result.statistics.filesScanned === 0) {
    if (!saysItself(request)) io.stderr.write(`spillcheck: ${describeEmptiness(result)}\n`);
    return ExitCode.Failure;
  }
  const failOn = request.failOn ?? analysis.configuration.failOn ?? 'warning';
  return hasFindings(result, failOn) ? ExitCode.Findings : ExitCode.Clean;
}

async function report(
  result: ScanResult,
  context: Omit<ReportContext, 'terminal'>,
  destination: Destination,
  request: ScanRequest,
  io: Io,
  seconds: number,
): Promise<void> {
  const reporter = await loadReporter(destination.format);
  const printed = destination.file === undefined;
  const width = printed && io.stdout.isTTY ? Math.max(LEAST_WIDTH, io.stdout.columns ?? PAGE_WIDTH) : PAGE_WIDTH;
  const text = reporter(result, {
    ...context,
    terminal: { color: printed && wantsColor(io, request.color), width, seconds, summary: !request.quiet },
  });
  if (destination.file === undefined) io.stdout.write(text);
  else writeReport(io.cwd, destination.file, text);
}

/** The terminal report with its summary says by itself that no file was scanned, and why. */
function saysItself(request: ScanRequest): boolean {
  return !request.quiet && planOutputs(request).some(({ format, file }) => format === 'terminal' && file === undefined);
}

function describeEmptiness(result: ScanResult): string {
  const unreadable = result.diagnostics.find(({ kind }) => kind === 'unreadable');
  if (unreadable) return `no file was scanned: ${[unreadable.file, unreadable.message].filter(Boolean).join(' ')}`;
  return 'no file was scanned: there is none of a kind that spillcheck reads, or all are left out';
}

function hasFindings(result: ScanResult, threshold: Level | 'never'): boolean {
  if (threshold === 'never') return false;
  const counted = LEVELS.slice(0, LEVELS.indexOf(threshold) + 1);
  return result.findings.some((finding) => counted.includes(finding.level));
}
