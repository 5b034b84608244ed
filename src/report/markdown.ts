import type { Finding, ScanResult } from '../core/finding.js';
import { byGravity } from './by-gravity.js';
import type { Provenance, ReportContext, Reporter } from './context.js';
import { codeSpan, escapeMarkdown } from './escape-markdown.js';
import { printable } from './printable.js';
import { toUriPath } from './sarif-location.js';
import { SourceTexts } from './source-texts.js';
import { count, DIAGNOSTIC_WORDS, enumerate, explainConfidence, groupDigits, LEVEL_WORDS, LEVELS } from './words.js';

/** First line of the report, by which a bot finds its comment again. */
export const MARKDOWN_MARKER = '<!-- spillcheck -->';

/** GitHub refuses a comment of more characters ("Body is too long (maximum is 65536 characters)"); job summaries and GitLab take more. */
const MOST_CHARACTERS = 65_536;

/**
 * A comment for a pull or merge request, or a job summary: GitHub Flavored Markdown (specification 0.29: tables, HTML blocks), the
 * gravest findings first. What does not fit is counted. Names from the scanned code cannot make links, images, HTML or mentions.
 */
export const markdown: Reporter = (result, context) => createMarkdownReporter(MOST_CHARACTERS)(result, context);

export function createMarkdownReporter(mostCharacters: number): Reporter {
  return (result, context) => {
    const sources = new SourceTexts(context, result.findings);
    const head = `${MARKDOWN_MARKER}\n### spillcheck: ${describeVerdict(result)}\n`;
    const foot = describeCoverage(result, context);
    let body = '';
    let shown = 0;
    for (const finding of byGravity(result.findings, context.rules)) {
      const block = formatFinding(finding, sources, context.provenance);
      if (head.length + body.length + block.length + foot.length + REST_CHARACTERS > mostCharacters) break;
      body += block;
      shown++;
    }
    const rest = result.findings.length - shown;
    const missing = rest === 0 ? '' : `\nand ${count(rest, 'more finding', 'more findings')} that did not fit here.\n`;
    return head + body + missing + foot;
  };
}

/** Room for the sentence about what did not fit. */
const REST_CHARACTERS = 80;

function describeVerdict({ findings, suppressed = [], statistics }: ScanResult): string {
  if (statistics.filesScanned === 0) return 'no file was scanned';
  const overruled = suppressed.length > 0 ? `, ${groupDigits(suppressed.length)} suppressed` : '';
  if (findings.length === 0) return `nothing found${overruled}`;
  const levels = LEVELS.flatMap((level) => {
    const number = findings.filter((finding) => finding.level === level).length;
    return number > 0 ? [count(number, ...LEVEL_WORDS[level])] : [];
  });
  return `${enumerate(levels)} in ${count(new Set(findings.map(({ location }) => location.file)).size, 'file', 'files')}${overruled}`;
}

function formatFinding(finding: Finding, sources: SourceTexts, provenance: Provenance | undefined): string {
  const place = linkPlace(finding, sources, provenance);
  const steps = finding.steps.map(
    (step, index) =>
      `${index + 1}. ${codeSpan(sources.place(step.location))} ${escapeMarkdown(sources.mask(step.message))}`,
  );
  const [advice = '', ...sample] = sources.mask(finding.advice).split(/\r\n|[\r\n]/);
  const details = [
    ...(steps.length > 0 ? ['**How it gets there**', '', ...steps, ''] : []),
    `**How sure** ${escapeMarkdown(explainConfidence(finding))}`,
    '',
    `**What to do** ${escapeMarkdown(advice)}`,
    ...(sample.length > 0 ? ['', ...sample.map((line) => `    ${printable(line.replace(/\t/g, '  '))}`)] : []),
  ];
  return [
    '',
    `**${finding.level}** ${codeSpan(finding.ruleId)} ${place}<br>`,
    escapeMarkdown(sources.mask(finding.message)),
    '',
    '<details><summary>Why, and what to do</summary>',
    '',
    ...details,
    '',
    '</details>',
    '',
  ].join('\n');
}

/** Hosts that show a file at `/blob/<revision>/<path>#L<line>`. */
const BLOB_HOST = /^https:\/\/(?:[\w-]+\.)*(?:github|gitlab)\.[\w.-]+\/[^\s()<>]+$/;

/** The place as code, linked to the scanned revision where that is known and its host is. */
function linkPlace(finding: Finding, sources: SourceTexts, provenance: Provenance | undefined): string {
  const text = codeSpan(sources.place(finding.location));
  const { repositoryUri, revisionId } = provenance ?? {};
  if (revisionId === undefined || !BLOB_HOST.test(repositoryUri ?? '')) return text;
  const line = sources.region(finding.location)?.start.line;
  const path = toUriPath(finding.location.file).replace(
    /[()]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `[${text}](${repositoryUri}/blob/${revisionId}/${path}${line === undefined ? '' : `#L${line}`})`;
}

function describeCoverage({ statistics, diagnostics }: ScanResult, context: ReportContext): string {
  const { filesScanned, lines, calls, callsResolved } = statistics;
  const share = calls > 0 ? `; ${((100 * callsResolved) / calls).toFixed(1)} % of calls resolved` : '';
  const gaps = Object.entries(DIAGNOSTIC_WORDS).flatMap(([kind, words]) => {
    const total = diagnostics.reduce((sum, row) => sum + (row.kind === kind ? (row.count ?? 1) : 0), 0);
    return total > 0 ? [count(total, ...words)] : [];
  });
  return [
    '',
    `<sub>spillcheck ${context.version}: ${count(filesScanned, 'file', 'files')}, ${groupDigits(lines)} lines${share}.`,
    gaps.length > 0 ? `Not, or not fully, analysed: ${enumerate(gaps)}.</sub>` : '</sub>',
    '',
  ].join('\n');
}
