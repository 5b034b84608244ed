import type { Finding } from '../core/finding.js';
import type { RuleInfo } from '../core/rule.js';
import type { Reporter } from './context.js';
import { printable } from './printable.js';
import { SourceTexts } from './source-texts.js';

/**
 * Comma-separated values as RFC 4180 has them: a head line, CRLF behind each record, fields quoted where they must be. A field that a
 * spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").
 */
export const csv: Reporter = (result, context) => {
  const sources = new SourceTexts(context, result.findings);
  const rules = new Map(context.rules.map((rule) => [rule.id, rule]));
  const rows = result.findings.map((finding) => toRow(finding, rules.get(finding.ruleId), sources));
  return [COLUMNS, ...rows].map((row) => `${row.map(toField).join(',')}\r\n`).join('');
};

const COLUMNS: Row = [
  'rule',
  'level',
  'confidence',
  'file',
  'line',
  'column',
  'end line',
  'end column',
  'message',
  'advice',
  'data kind',
  'data',
  'recipient kind',
  'recipient',
  'cwe',
  'owasp',
  'fingerprint',
];

/** The fields of a record, in the order of the columns. */
type Row = readonly (string | number | undefined)[];

function toRow(finding: Finding, rule: RuleInfo | undefined, sources: SourceTexts): Row {
  const region = sources.region(finding.location);
  return [
    finding.ruleId,
    finding.level,
    finding.confidence,
    finding.location.file,
    region?.start.line,
    region?.start.column,
    region?.end.line,
    region?.end.column,
    sources.mask(finding.message),
    sources.mask(finding.advice),
    finding.data?.kind,
    finding.data && sources.mask(finding.data.element),
    finding.recipient?.kind,
    finding.recipient?.name,
    rule && `CWE-${rule.cwe}`,
    rule && `${rule.owasp}:2025`,
    finding.fingerprints['flow/v1'],
  ];
}

function toField(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = printable(value ?? '');
  const harmless = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(harmless) || harmless.trim() !== harmless ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
