import type { Diagnostic, DiagnosticKind } from '../core/diagnostic.js';
import type { ScanResult, Statistics, SuppressedFinding } from '../core/finding.js';
import type { TerminalSettings } from './context.js';
import type { Palette } from './palette.js';
import { printable } from './printable.js';
import type { SourceTexts } from './source-texts.js';
import { count, DIAGNOSTIC_WORDS, enumerate, groupDigits, LEVEL_WORDS, LEVELS } from './words.js';

/** Places that are listed for each kind of diagnostic. */
const PLACES_SHOWN = 5;

/** Behind these, code was not looked at, or not all of it. */
const BLIND_SPOTS = new Set<DiagnosticKind>(['syntax-error', 'unlowered', 'skipped-file', 'unreadable']);

/** What was found, what was looked at, and what was not. */
export function formatSummary(
  result: ScanResult,
  sources: SourceTexts,
  palette: Palette,
  settings: TerminalSettings,
): string[] {
  return [
    formatVerdict(result, palette),
    ...formatSuppressed(result.suppressed ?? []),
    ...formatCoverage(result.statistics, settings),
    ...formatDiagnostics('To tidy up:', result.diagnostics.filter(isUpkeep), sources, palette),
    ...formatDiagnostics(
      'Not, or not fully, analysed:',
      result.diagnostics.filter((each) => !isUpkeep(each)),
      sources,
      palette,
    ),
  ];
}

function formatVerdict({ findings, diagnostics, statistics }: ScanResult, palette: Palette): string {
  if (statistics.filesScanned === 0) return palette.alarm('No file was scanned, so this says nothing about the code.');
  if (findings.length === 0) {
    const isPartial = diagnostics.some(({ kind }) => BLIND_SPOTS.has(kind));
    return isPartial ? palette.alarm('Nothing found in what could be analysed.') : palette.good('Nothing found.');
  }
  const files = new Set(findings.map((finding) => finding.location.file)).size;
  const levels = LEVELS.flatMap((level) => {
    const number = findings.filter((finding) => finding.level === level).length;
    return number > 0 ? [palette.level[level](count(number, ...LEVEL_WORDS[level]))] : [];
  });
  return `Found ${enumerate(levels)} in ${count(files, 'file', 'files')}.`;
}

const BY_WORDS = {
  comment: 'by comments',
  configuration: 'by the configuration',
  baseline: 'in the baseline',
} as const;

/** How many findings were overruled, and by what. */
function formatSuppressed(suppressed: readonly SuppressedFinding[]): string[] {
  if (suppressed.length === 0) return [];
  const reasons = Object.entries(BY_WORDS).flatMap(([by, words]) => {
    const number = suppressed.filter((each) => each.by === by).length;
    return number > 0 ? [`${groupDigits(number)} ${words}`] : [];
  });
  return [`Suppressed ${count(suppressed.length, 'finding', 'findings')}: ${reasons.join(', ')}.`];
}

/** What a person should tidy up; it takes nothing from the analysis. */
function isUpkeep({ kind }: Diagnostic): boolean {
  return kind === 'suppression' || kind === 'baseline';
}

function formatCoverage(statistics: Statistics, settings: TerminalSettings): string[] {
  const { filesScanned, lines, functions, calls, callsResolved } = statistics;
  const time = settings.seconds === undefined ? '' : ` in ${settings.seconds.toFixed(1)} s`;
  const result: string[] = [];
  if (filesScanned > 0) {
    const files = count(filesScanned, 'file', 'files');
    result.push(
      `Scanned ${files}, ${count(lines, 'line', 'lines')}, ${count(functions, 'function', 'functions')}${time}.`,
    );
  }
  if (statistics.testFiles) {
    const { testFiles } = statistics;
    result.push(
      `${count(testFiles, 'test file was', 'test files were')} searched for keys and settings only (--tests follows data in them too).`,
    );
  }
  const skipped = Object.entries(statistics.filesSkipped)
    .filter(([, number]) => number > 0)
    .sort(([leftReason, left], [rightReason, right]) => right - left || (leftReason < rightReason ? -1 : 1));
  if (skipped.length > 0) {
    const total = skipped.reduce((sum, [, number]) => sum + number, 0);
    const reasons = skipped.map(([reason, number]) => `${groupDigits(number)} ${printable(reason)}`);
    result.push(`Left out ${count(total, 'file or folder', 'files and folders')}: ${reasons.join(', ')}.`);
  }
  if (calls > 0) {
    const share = ((100 * callsResolved) / calls).toFixed(1);
    result.push(`Calls resolved: ${share} % (${groupDigits(callsResolved)} of ${groupDigits(calls)}).`);
  }
  return result;
}

function formatDiagnostics(
  heading: string,
  diagnostics: readonly Diagnostic[],
  sources: SourceTexts,
  palette: Palette,
): string[] {
  if (diagnostics.length === 0) return [];
  const result = [palette.alarm(heading)];
  for (const [kind, words] of Object.entries(DIAGNOSTIC_WORDS)) {
    const rows = diagnostics.filter((diagnostic) => diagnostic.kind === (kind as DiagnosticKind));
    if (rows.length === 0) continue;
    const total = rows.reduce((sum, row) => sum + (row.count ?? 1), 0);
    result.push(`  ${count(total, ...words)}`);
    for (const row of rows.slice(0, PLACES_SHOWN)) result.push(palette.faint(`    ${formatRow(row, sources)}`));
    const rest = rows.length - PLACES_SHOWN;
    if (rest > 0) result.push(palette.faint(`    and ${groupDigits(rest)} more; --format json lists all`));
  }
  return result;
}

function formatRow(row: Diagnostic, sources: SourceTexts): string {
  const place = [row.file, row.line, row.column].filter((part) => part !== undefined).join(':');
  const times = row.count !== undefined && row.count > 1 ? ` (${groupDigits(row.count)} times)` : '';
  return printable(sources.mask(`${place === '' ? '' : `${place}  `}${row.message}${times}`));
}
