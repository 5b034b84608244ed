import { RequestError } from '../core/errors.js';
import type { Finding, SuppressedFinding } from '../core/finding.js';
import type { RuleInfo } from '../core/rule.js';
import type { ReportContext } from '../report/context.js';
import { createPalette } from '../report/palette.js';
import { printable } from '../report/printable.js';
import { SourceTexts } from '../report/source-texts.js';
import { formatFinding } from '../report/terminal-finding.js';
import { RuleLevels } from '../triage/rule-levels.js';
import type { Analysis } from './analysis.js';

/** What a finding is printed with. */
export interface Page {
  readonly texts: Pick<ReportContext, 'texts' | 'findSecrets'>;
  readonly color: boolean;
  readonly width: number;
}

/** A finding in full, and what becomes of it in a scan. */
export function explainFinding(finding: Finding, status: string, page: Page): string[] {
  const palette = createPalette(page.color);
  const sources = new SourceTexts(page.texts, [finding]);
  return [
    palette.file(printable(finding.location.file)),
    ...formatFinding(finding, sources, palette, page.width),
    '',
    `  ${palette.heading('What becomes of it')}  ${printable(sources.mask(status))}`,
    `  ${palette.heading('Fingerprint')}  ${finding.fingerprints['flow/v1']}`,
    `  ${palette.heading('More')}  spillcheck explain ${finding.ruleId}`,
    '',
  ];
}

/** The finding that a fingerprint, or an unambiguous beginning of one, stands for. */
export function findByFingerprint(findings: readonly Finding[], print: string): Finding {
  const exact = findings.find(({ fingerprints }) => fingerprints['flow/v1'] === print);
  if (exact) return exact;
  const matching = findings.filter(({ fingerprints }) => fingerprints['flow/v1'].startsWith(print));
  if (matching.length === 1) return matching[0]!;
  if (matching.length > 1) throw new RequestError(`${matching.length} findings begin with ${print}: give more of it`);
  throw new RequestError(`nothing that is found now has the fingerprint ${print}`);
}

/** What a scan does with a finding, in a sentence. */
export function describeStatus(
  finding: Finding,
  suppressed: SuppressedFinding | undefined,
  { options, configuration }: Analysis,
  rules: readonly RuleInfo[],
): string {
  const { settings } = configuration;
  const levels = new RuleLevels(
    settings,
    options.profile,
    options.rules,
    new Map(rules.map(({ id, profile }) => [id, profile])),
  );
  // What a policy forbids is reported whatever the level of its rule.
  const isForbidden = / The policy `[^`]*` forbids it: /.test(finding.message);
  if (!isForbidden && levels.find(finding.ruleId, finding.location.file, finding.data?.kind) === 'off') {
    const isSet = settings.levels[finding.ruleId] === 'off' || settings.overrides.length > 0;
    const why = isSet ? `${configuration.file} switches it off here` : `it is not in the profile ${options.profile}`;
    return `It is not reported: ${options.rules ? 'another rule is asked for' : why}.`;
  }
  if (!suppressed) return `It is reported as ${finding.level === 'error' ? 'an' : 'a'} ${finding.level}.`;
  if (suppressed.by === 'baseline') return 'It is in the baseline, so it is not reported.';
  const until = suppressed.until === undefined ? '' : `, until ${suppressed.until}`;
  return `It is suppressed at ${suppressed.place}${until}: ${suppressed.reason}`;
}
