import type { Level, ScanResult } from '../core/finding.js';
import type { ReportContext } from '../report/context.js';
import { type Format, loadReporter } from '../report/reporters.js';
import { LEVELS } from '../report/words.js';
import { wantsColor } from './color.js';
import { ExitCode, type Io } from './io.js';
import { type Destination, planOutputs, writeReport } from './outputs.js';
import { readPackage } from './package.js';
import { readProvenance } from './provenance.js';
import type { Output } from './request.js';
import { findScanTime } from './scan-time.js';

/** Width of a report that does not go to a terminal. */
const PAGE_WIDTH = 100;
const LEAST_WIDTH = 40;

/** Where reports go and how they look, as the command line says. */
export interface ReportRequest {
  readonly format: Format | undefined;
  readonly outputs: readonly Output[];
  readonly quiet: boolean;
  readonly color: boolean;
}

export interface ReportedScan extends Pick<ReportContext, 'rules' | 'texts' | 'findSecrets' | 'includeSuppressed'> {
  readonly result: ScanResult;
  /** Absolute path of the folder to which the paths of the result are relative. */
  readonly root: string;
  /** What `io.clock` said when the scan began. */
  readonly start: number;
  /** There being nothing to scan is no failure. */
  readonly mayBeEmpty?: boolean;
  /** The level from which on findings make the run fail. */
  readonly failOn: Level | 'never';
}

/** Writes the reports that are asked for, and tells by the exit code whether there is something to act on. */
export async function reportResult(scan: ReportedScan, request: ReportRequest, io: Io): Promise<ExitCode> {
  const { result, root, rules, texts, findSecrets, includeSuppressed } = scan;
  const provenance = readProvenance(root);
  const startedAt = findScanTime(io.env);
  const { version, homepage } = readPackage();
  const context: Omit<ReportContext, 'terminal'> = {
    version,
    informationUri: homepage ?? 'pkg:npm/spillcheck',
    rules,
    texts,
    ...(findSecrets && { findSecrets }),
    ...(includeSuppressed !== undefined && { includeSuppressed }),
    ...(provenance && { provenance }),
    ...(startedAt !== undefined && { startedAt }),
  };
  for (const destination of planOutputs(request)) {
    await report(result, context, destination, request, io, (io.clock() - scan.start) / 1_000);
  }
  if (result.statistics.filesScanned === 0 && !scan.mayBeEmpty) {
    if (!saysItself(request)) io.stderr.write(`spillcheck: ${describeEmptiness(result)}\n`);
    return ExitCode.Failure;
  }
  return hasFindings(result, scan.failOn) ? ExitCode.Findings : ExitCode.Clean;
}

async function report(
  result: ScanResult,
  context: Omit<ReportContext, 'terminal'>,
  destination: Destination,
  request: ReportRequest,
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
function saysItself(request: ReportRequest): boolean {
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
