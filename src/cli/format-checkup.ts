import type { Diagnostic, DiagnosticKind } from '../core/diagnostic.js';
import type { ScanResult } from '../core/finding.js';
import type { Survey } from '../doctor/survey.js';
import { printable } from '../report/printable.js';
import { count, DIAGNOSTIC_WORDS, groupDigits } from '../report/words.js';

/** What `spillcheck doctor` knows of a repository and of itself. */
export interface Checkup {
  readonly version: string;
  readonly nodeVersion: string;
  /** Paths relative to the root; undefined for none. */
  readonly configuration: string | undefined;
  readonly baseline: string | undefined;
  /** One sentence. */
  readonly cache: string;
  readonly survey: Survey;
  readonly result: Pick<ScanResult, 'diagnostics' | 'statistics'>;
  /** What the whole scan took. */
  readonly seconds: number;
}

/** Rows of a section; `spillcheck --format json` has all of them. */
const ROWS = 10;

/** A checkup as text for people: what was seen, what was not, and what it cost. */
export function formatCheckup(checkup: Checkup): string {
  const { survey, result, seconds } = checkup;
  const { filesScanned, lines, calls, callsResolved, filesSkipped } = result.statistics;
  const share =
    calls > 0 ? `${((100 * callsResolved) / calls).toFixed(1)} % of ${count(calls, 'call', 'calls')}` : 'no calls';
  const skipped = Object.entries(filesSkipped)
    .filter(([, number]) => number > 0)
    .sort(([leftReason, left], [rightReason, right]) => right - left || (leftReason < rightReason ? -1 : 1))
    .map(([reason, number]) => `${groupDigits(number)} ${reason}`);
  const [known, unknown] = [true, false].map((modelled) =>
    survey.packages.filter((each) => each.modelled === modelled),
  );
  const slowest = [...survey.files]
    .sort((left, right) => right.milliseconds - left.milliseconds || (left.file < right.file ? -1 : 1))
    .slice(0, 5);
  return [
    `spillcheck ${checkup.version}, Node ${checkup.nodeVersion}`,
    `Configuration  ${printable(checkup.configuration ?? 'none: the defaults hold')}`,
    `Baseline       ${printable(checkup.baseline ?? 'none')}`,
    `Cache          ${printable(checkup.cache)}`,
    `Scanned        ${count(filesScanned, 'file', 'files')}, ${count(lines, 'line', 'lines')}, in ${seconds.toFixed(1)} s`,
    `Left out       ${skipped.length > 0 ? printable(skipped.join(', ')) : 'nothing'}`,
    `Resolved       ${share}`,
    ...formatPackages(
      'Packages that are understood',
      known!,
      'no model of a package was used: is this the right folder?',
    ),
    ...formatPackages('Packages that nothing is known of', unknown!, undefined),
    ...DIAGNOSTIC_KINDS.flatMap((kind) => formatDiagnostics(kind, result.diagnostics)),
    ...formatSection(
      'Slowest files to read',
      slowest.map(({ file, milliseconds }) => `${milliseconds.toFixed(0).padStart(5)} ms  ${file}`),
    ),
    '',
  ].join('\n');
}

/** From what keeps code unseen to what makes the analysis coarser. */
const DIAGNOSTIC_KINDS: readonly DiagnosticKind[] = [
  'syntax-error',
  'unreadable',
  'skipped-file',
  'unresolved-import',
  'configuration',
  'unlowered',
  'encoding',
  'dynamic-code',
  'limit',
  'suppression',
  'baseline',
];

function formatPackages(title: string, packages: Survey['packages'], whenNone: string | undefined): string[] {
  if (packages.length === 0) return whenNone === undefined ? [] : formatSection(title, [whenNone]);
  const byUse = [...packages].sort((left, right) => right.files - left.files);
  return formatSection(
    `${title} (${groupDigits(packages.length)})`,
    byUse.map(({ name, major, files }) => `${`${name} ${major ?? '?'}`.padEnd(36)}  ${count(files, 'file', 'files')}`),
  );
}

function formatDiagnostics(kind: DiagnosticKind, diagnostics: readonly Diagnostic[]): string[] {
  const rows = diagnostics.filter((diagnostic) => diagnostic.kind === kind);
  const total = rows.reduce((sum, row) => sum + (row.count ?? 1), 0);
  const title = count(total, ...DIAGNOSTIC_WORDS[kind]);
  return formatSection(
    title,
    rows.map(({ file, line, message, count: times = 1 }) => {
      const place = [file, line].filter((part) => part !== undefined).join(':');
      return `${place === '' ? '' : `${place}  `}${message}${times > 1 ? ` (${groupDigits(times)} times)` : ''}`;
    }),
  );
}

function formatSection(title: string, rows: readonly string[]): string[] {
  if (rows.length === 0) return [];
  const rest = rows.length - ROWS;
  return [
    '',
    title,
    ...rows.slice(0, ROWS).map((row) => `  ${printable(row)}`),
    ...(rest > 0 ? [`  and ${groupDigits(rest)} more`] : []),
  ];
}
