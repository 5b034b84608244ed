import { createHash } from 'node:crypto';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Finding } from '../core/finding.js';
import type { RuleInfo } from '../core/rule.js';
import type { Location } from '../core/span.js';
import type { ReportContext, Reporter } from './context.js';
import { escapeMarkdown } from './escape-markdown.js';
import { printable } from './printable.js';
import { SourceTexts } from './source-texts.js';
import { toJson } from './to-json.js';

/**
 * A SAST report, `gl-sast-report.json`.
 *
 * `dist/sast-report-format.json`, version 15.1.4, of gitlab-org/security-products/security-report-schemas. Descriptions are in GitLab
 * Flavored Markdown. The times that the schema demands are those of the context, so that the same scan gives the same bytes.
 */
export const gitlabSast: Reporter = (result, context) => {
  const sources = new SourceTexts(context, result.findings);
  const rules = new Map(context.rules.map((rule) => [rule.id, rule]));
  const report = {
    version: SCHEMA_VERSION,
    schema: `https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v${SCHEMA_VERSION}/dist/sast-report-format.json`,
    scan: {
      ...describeScan(context),
      primary_identifiers: context.rules.map(({ id }) => identifyRule(id)),
      messages: result.diagnostics.slice(0, MESSAGES).map((diagnostic) => toMessage(diagnostic, sources)),
    },
    vulnerabilities: result.findings.map((finding) => toVulnerability(finding, rules.get(finding.ruleId), sources)),
  };
  return toJson(report);
};

const SCHEMA_VERSION = '15.1.4';
/** A limit of ours, so that diagnostics cannot crowd out vulnerabilities. */
const MESSAGES = 1_000;
const SOLUTION_CHARACTERS = 7_000;
const NAME_CHARACTERS = 255;
/** What a scan whose time nobody told is said to have happened at. */
const NO_TIME = '1970-01-01T00:00:00';

function describeScan({ version, informationUri, startedAt = NO_TIME }: ReportContext) {
  const tool = {
    id: 'spillcheck',
    name: 'spillcheck',
    version,
    vendor: { name: 'spillcheck' },
    ...(/^https?:\/\//.test(informationUri) && { url: informationUri }),
  };
  return {
    type: 'sast',
    status: 'success',
    start_time: startedAt,
    end_time: startedAt,
    analyzer: tool,
    scanner: tool,
  };
}

function toVulnerability(finding: Finding, rule: RuleInfo | undefined, sources: SourceTexts) {
  const fingerprint = finding.fingerprints['flow/v1'];
  const place = { file: finding.location.file, ...toLines(finding.location, sources) };
  return {
    id: toUuid(fingerprint),
    name: (rule?.shortDescription ?? finding.ruleId).replace(/\.$/, '').slice(0, NAME_CHARACTERS),
    description: escapeMarkdown(sources.mask(finding.message)),
    severity: severityOf(finding, rule),
    solution: printable(sources.mask(finding.advice)).slice(0, SOLUTION_CHARACTERS),
    identifiers: [identifyRule(finding.ruleId), ...(rule ? identifyTaxonomies(rule) : [])],
    location: place,
    tracking: { type: 'source', items: [{ ...place, signatures: [{ algorithm: 'hash', value: fingerprint }] }] },
    ...(finding.steps.length > 0 && { details: { code_flows: toCodeFlows(finding, sources) } }),
  };
}

function severityOf({ level }: Finding, rule: RuleInfo | undefined): string {
  if (level === 'error') return Number(rule?.securitySeverity ?? 0) >= 9 ? 'Critical' : 'High';
  return level === 'warning' ? 'Medium' : 'Low';
}

function identifyRule(id: string) {
  return { type: 'spillcheck_rule_id', name: id, value: id };
}

function identifyTaxonomies({ cwe, owasp }: RuleInfo) {
  return [
    {
      type: 'cwe',
      name: `CWE-${cwe}`,
      value: String(cwe),
      url: `https://cwe.mitre.org/data/definitions/${cwe}.html`,
    },
    { type: 'owasp_llm', name: `${owasp}:2025`, value: `${owasp}:2025` },
  ];
}

function toCodeFlows({ steps }: Finding, sources: SourceTexts) {
  const nodes = steps.map((step, index) => {
    const { start_line, end_line } = toLines(step.location, sources);
    return {
      type: 'code-flow-node',
      node_type: index === 0 ? 'source' : index === steps.length - 1 ? 'sink' : 'propagation',
      file_location: {
        type: 'file-location',
        file_name: step.location.file,
        line_start: start_line,
        line_end: end_line,
      },
    };
  });
  return { type: 'code-flows', name: 'Code flows', items: [nodes] };
}

function toLines(location: Location, sources: SourceTexts) {
  const region = sources.region(location);
  return { start_line: region?.start.line ?? 1, end_line: region?.end.line ?? 1 };
}

function toMessage({ kind, file, line, message }: Diagnostic, sources: SourceTexts) {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  const level = kind === 'syntax-error' || kind === 'unreadable' || kind === 'skipped-file' ? 'warn' : 'info';
  return { level, value: printable(sources.mask(`${place === '' ? '' : `${place}: `}${kind}: ${message}`)) };
}

/** A UUID of version 8 (RFC 9562: bits of one's own making) that stands for a fingerprint. */
function toUuid(fingerprint: string): string {
  const hex = createHash('sha256').update(fingerprint).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
