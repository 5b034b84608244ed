import type { Finding, Level } from '../core/finding.js';
import type { Reporter } from './context.js';
import { printable } from './printable.js';
import { printableLines } from './printable-lines.js';
import { SourceTexts } from './source-texts.js';
import { toJson } from './to-json.js';

/**
 * A Code Quality report, `gl-code-quality-report.json`.
 *
 * GitLab Docs, "Code Quality", "Code Quality report format": an array of objects with `description`, `check_name`, `fingerprint`,
 * `severity` and `location`; the path is relative and does not start with `./`. GitLab validates against its
 * `app/validators/json_schemas/codeclimate.json`. `type`, `categories` and `content` are of the Code Climate specification that the
 * format comes from, and ignored by GitLab.
 */
export const gitlab: Reporter = (result, context) => {
  const sources = new SourceTexts(context, result.findings);
  return toJson(result.findings.map((finding) => toDegradation(finding, sources)));
};

const SEVERITIES: Readonly<Record<Level, string>> = { error: 'critical', warning: 'major', note: 'minor' };

function toDegradation(finding: Finding, sources: SourceTexts) {
  const region = sources.region(finding.location);
  return {
    type: 'issue',
    check_name: finding.ruleId,
    description: printable(sources.mask(finding.message)),
    content: { body: printableLines(sources.mask(finding.advice)).join('\n') },
    categories: ['Security'],
    severity: SEVERITIES[finding.level],
    fingerprint: finding.fingerprints['flow/v1'],
    location: {
      path: finding.location.file,
      lines: { begin: region?.start.line ?? 1, end: region?.end.line ?? 1 },
    },
  };
}
