import type { Finding, Level } from '../core/finding.js';
import { byGravity } from './by-gravity.js';
import type { Reporter } from './context.js';
import { printable, printableCharacter } from './printable.js';
import { printableLines } from './printable-lines.js';
import { SourceTexts } from './source-texts.js';
import { count, groupDigits, LEVELS } from './words.js';

/**
 * Workflow commands that make annotations of findings, one a line: `::error file=…,line=…,title=…::message`.
 *
 * Commands and parameters: GitHub Docs, "Workflow commands for GitHub Actions", "Setting an error message". Escaping: `escapeData` and
 * `escapeProperty` of `packages/core/src/command.ts` in actions/toolkit. Columns are given only where a finding stands on one line, as
 * the Checks API demands. GitHub shows the first ten annotations of each kind of a step, so the gravest come first.
 */
export const github: Reporter = (result, context) => {
  const sources = new SourceTexts(context, result.findings);
  const lines = byGravity(result.findings, context.rules).map((finding) => annotate(finding, sources));
  const hidden = LEVELS.reduce(
    (sum, level) => sum + Math.max(0, result.findings.filter((finding) => finding.level === level).length - SHOWN),
    0,
  );
  if (hidden > 0) {
    const total = count(result.findings.length, 'finding', 'findings');
    lines.push(
      `spillcheck: ${total}; GitHub shows ${SHOWN} annotations of a kind, ${groupDigits(hidden)} are only here.`,
    );
  }
  return lines.map((line) => `${line}\n`).join('');
};

/** Annotations of a kind that GitHub shows of one step. */
const SHOWN = 10;

const COMMANDS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

function annotate(finding: Finding, sources: SourceTexts): string {
  const region = sources.region(finding.location);
  const properties: [name: string, value: string | number][] = [['file', finding.location.file]];
  if (region) {
    properties.push(['line', region.start.line], ['endLine', region.end.line]);
    if (region.start.line === region.end.line) {
      properties.push(['col', region.start.column], ['endColumn', region.end.column]);
    }
  }
  properties.push(['title', `spillcheck: ${finding.ruleId}`]);
  const steps = finding.steps.map(
    (step, index) => `${index + 1}. ${printable(sources.place(step.location))}  ${sources.mask(step.message)}`,
  );
  const text = [sources.mask(finding.message), ...steps, '', sources.mask(finding.advice)].join('\n').trimEnd();
  const parameters = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${COMMANDS[finding.level]} ${parameters}::${escapeData(printableLines(text).join('\n'))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  const harmless = [...text].map((character) => (/[\r\n]/.test(character) ? character : printableCharacter(character)));
  return escapeData(harmless.join('')).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
