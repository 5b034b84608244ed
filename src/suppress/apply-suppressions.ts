import type { Diagnostic } from '../core/diagnostic.js';
import type { Finding, SuppressedFinding } from '../core/finding.js';
import type { ConfiguredSuppression } from '../core/settings.js';
import type { Directive, Suppressions } from './directive.js';

export interface SuppressionContext {
  /** One-based line of a finding. */
  readonly lineOf: (finding: Finding) => number;
  /** Whether one of the globs of a configured suppression covers a file. */
  readonly covers: (globs: readonly string[], file: string) => boolean;
  /** Whether findings of a rule in a file would have been seen: of others, nothing is known. */
  readonly isRun: (rule: string, file: string) => boolean;
  /** Whether the whole repository was looked at; a flow through what was not could be what is suppressed. */
  readonly isWhole: boolean;
  /** The date; undefined: nothing expires. */
  readonly today: string | undefined;
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A suppression of either kind, and what came of it. */
interface Candidate {
  readonly by: 'comment' | 'configuration';
  readonly file: string;
  readonly line: number;
  /** Empty for any. */
  readonly rules: readonly string[];
  readonly reason: string;
  readonly until: string | undefined;
  readonly isExpired: boolean;
  readonly matches: (finding: Finding) => boolean;
  /** Rules of which it suppressed something. */
  readonly used: Set<string>;
}

/** Takes out what is suppressed, and tells which suppressions are malformed, have expired or are of no use. */
export function applySuppressions(
  findings: readonly Finding[],
  { directives, configured, faults }: Suppressions,
  context: SuppressionContext,
): Suppressed {
  const candidates = [
    ...directives.map((directive) => fromDirective(directive, context)),
    ...configured.map((each) => fromConfiguration(each, context)),
  ];
  const byFile = new Map<string, Candidate[]>();
  const anywhere: Candidate[] = [];
  for (const candidate of candidates) {
    if (candidate.by === 'configuration') anywhere.push(candidate);
    else if (byFile.has(candidate.file)) byFile.get(candidate.file)!.push(candidate);
    else byFile.set(candidate.file, [candidate]);
  }
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const matching = [...(byFile.get(finding.location.file) ?? []), ...anywhere].filter((each) =>
      each.matches(finding),
    );
    for (const { used } of matching) used.add(finding.ruleId);
    const deciding = matching.find(({ isExpired }) => !isExpired);
    if (!deciding) kept.push(finding);
    else {
      const { by, reason, until, file, line } = deciding;
      suppressed.push({ finding, by, reason, place: `${file}:${line}`, ...(until !== undefined && { until }) });
    }
  }
  const diagnostics: Diagnostic[] = faults.map((fault) => ({ kind: 'suppression', ...fault }));
  for (const candidate of candidates) diagnostics.push(...judge(candidate, context));
  return { findings: kept, suppressed, diagnostics };
}

function fromDirective(directive: Directive, { lineOf, today }: SuppressionContext): Candidate {
  const { file, line, rules, reason, until, first, last } = directive;
  return {
    ...{ by: 'comment', file, line, rules, reason, until, used: new Set() },
    isExpired: isPast(until, today),
    matches: (finding) => {
      if (finding.location.file !== file || !rules.includes(finding.ruleId)) return false;
      const at = lineOf(finding);
      return first <= at && at <= last;
    },
  };
}

function fromConfiguration(entry: ConfiguredSuppression, { covers, today }: SuppressionContext): Candidate {
  const { rules, files, fingerprint, reason, until, place } = entry;
  return {
    ...{ by: 'configuration', file: place.file, line: place.line ?? 1, rules, reason, until, used: new Set() },
    isExpired: isPast(until, today),
    matches: (finding) =>
      (rules.length === 0 || rules.includes(finding.ruleId)) &&
      (files.length === 0 || covers(files, finding.location.file)) &&
      (fingerprint === undefined || fingerprint === finding.fingerprints['flow/v1']),
  };
}

function isPast(until: string | undefined, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && today > until;
}

/** What is to be said of a suppression once all findings are known. */
function judge(
  { by, file, line, rules, until, isExpired, used }: Candidate,
  context: SuppressionContext,
): Diagnostic[] {
  const say = (message: string): Diagnostic => ({ kind: 'suppression', file, line, message });
  if (isExpired && used.size > 0) return [say(`expired on ${until}: what it suppressed counts again`)];
  if (!context.isWhole) return [];
  const seen = (rule: string) => (by === 'comment' ? context.isRun(rule, file) : context.isRun(rule, ''));
  if (rules.length === 0) return used.size > 0 ? [] : [say('suppresses nothing: take it out')];
  const idle = rules.filter((rule) => !used.has(rule) && seen(rule));
  return idle.length === 0 ? [] : [say(`suppresses no ${idle.join(' and no ')}: take it out`)];
}
