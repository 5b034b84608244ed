/**
 * From everything that was found to what is reported: policies, levels of rules, fingerprints, suppressions, the baseline, and last the lines
 * that changed. Each stage sees only what the one before let through, and what is overruled stays visible as such.
 */
import { applyBaseline } from '../baseline/apply-baseline.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Finding, Profile, SuppressedFinding } from '../core/finding.js';
import type { Changes, ScanOptions } from '../core/options.js';
import { NO_SETTINGS } from '../core/settings.js';
import { LineIndex, type Location, type Span } from '../core/span.js';
import { PathSet } from '../project/path-set.js';
import { assignFingerprints, compareFindings, type FindingDraft } from '../report/fingerprint.js';
import { applySuppressions } from '../suppress/apply-suppressions.js';
import { findDirectives } from '../suppress/find-directives.js';
import { applyPolicies, POLICY_RULE } from './apply-policies.js';
import { RuleLevels } from './rule-levels.js';
import { withoutRepeats } from './without-repeats.js';

export interface TriageInput {
  readonly drafts: readonly FindingDraft[];
  readonly options: ScanOptions;
  /** All rules, with the smallest profile of each. */
  readonly rules: readonly { readonly id: string; readonly profile: Profile }[];
  /** The texts that were scanned, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Reads a text that a finding is in and that is not among `texts`. */
  readonly readText: (path: string) => string | undefined;
  /** The comments of the files that were parsed. */
  readonly comments: ReadonlyMap<string, readonly Span[]>;
  /** Code in which nothing was followed, tests for example: that a suppression there suppresses nothing means nothing. */
  readonly unfollowed?: ReadonlySet<string>;
}

export interface Triaged {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly diagnostics: readonly Diagnostic[];
}

export function triage(input: TriageInput): Triaged {
  const { options } = input;
  const texts = new Texts(input);
  const settings = options.settings ?? NO_SETTINGS;
  const profiles = new Map(input.rules.map(({ id, profile }) => [id, profile]));
  const levels = new RuleLevels(settings, options.profile, options.rules, profiles);
  const { open, forbidden } = applyPolicies(withoutRepeats(input.drafts), settings.policies);
  const wanted = options.rules ? forbidden.filter(({ ruleId }) => options.rules!.includes(ruleId)) : forbidden;
  const findings = assignFingerprints([...open.flatMap((draft) => withLevel(draft, levels)), ...wanted]);
  const isWhole = options.paths.length === 0;
  const known = [...profiles.keys(), ...(profiles.has(POLICY_RULE) ? [] : [POLICY_RULE])];
  const directives = texts.searched(findings).map((text) => findDirectives(text, known));
  const {
    findings: kept,
    suppressed,
    diagnostics,
  } = applySuppressions(
    findings,
    {
      directives: directives.flatMap((each) => each.directives),
      faults: directives.flatMap((each) => each.faults),
      configured: settings.suppressions,
    },
    {
      lineOf: ({ location }) => texts.lines(location.file)?.position(location.start).line ?? 0,
      covers: memoise((globs) => new PathSet(globs)),
      isRun: (rule, file) => levels.find(rule, file) !== 'off' && !input.unfollowed?.has(file),
      isWhole,
      today: options.today,
    },
  );
  const baselined = applyBaseline(kept, options.baseline ?? []);
  const stale = isWhole ? baselined.stale.filter(({ rule, file }) => levels.find(rule, file) !== 'off') : [];
  const touches = (finding: Finding): boolean =>
    options.changes === undefined || texts.isTouched(finding, options.changes);
  const accepted = baselined.known.map(
    (finding): SuppressedFinding => ({ finding, by: 'baseline', reason: '', place: '' }),
  );
  return {
    findings: baselined.fresh.filter(touches),
    suppressed: [...suppressed, ...accepted]
      .filter(({ finding }) => touches(finding))
      .sort((left, right) => compareFindings(left.finding, right.finding)),
    diagnostics: [
      ...diagnostics,
      ...stale.map(({ rule, file, fingerprint }): Diagnostic => {
        const message = `\`${rule}\` ${fingerprint.slice(0, 12)} is found no more: spillcheck baseline --prune takes it out`;
        return { kind: 'baseline', file, message };
      }),
    ],
  };
}

function withLevel(draft: FindingDraft, levels: RuleLevels): FindingDraft[] {
  const level = levels.find(draft.ruleId, draft.location.file, draft.data?.kind);
  if (level === 'off') return [];
  return [level === undefined ? draft : { ...draft, level }];
}

/** The sets of files that lists of globs stand for, each made once. */
function memoise(make: (globs: readonly string[]) => PathSet): (globs: readonly string[], file: string) => boolean {
  const known = new Map<readonly string[], PathSet>();
  return (globs, file) => {
    let files = known.get(globs);
    if (!files) {
      files = make(globs);
      known.set(globs, files);
    }
    return files.has(file);
  };
}

/** The texts of a scan, with their lines. */
class Texts {
  readonly #lines = new Map<string, LineIndex | undefined>();

  constructor(private readonly input: TriageInput) {}

  lines(path: string): LineIndex | undefined {
    if (!this.#lines.has(path)) {
      const text = this.input.texts.get(path) ?? this.input.readText(path);
      this.#lines.set(path, text === undefined ? undefined : new LineIndex(text));
    }
    return this.#lines.get(path);
  }

  /** What may hold suppressions: everything that was scanned, and what findings stand in. */
  searched(findings: readonly Finding[]) {
    const paths = new Set([...this.input.texts.keys(), ...findings.map(({ location }) => location.file)]);
    return [...paths].sort().map((path) => {
      const text = this.input.texts.get(path) ?? this.lines(path)?.text ?? '';
      return { path, text, comments: this.input.comments.get(path) };
    });
  }

  /**
   * Whether the place of a finding, or any step of the way to it, lies on a line that changed, or a line was removed between two steps in
   * one function: what stood there may have kept the data back.
   */
  isTouched({ location, steps }: Finding, changes: Changes): boolean {
    const places = [location, ...steps.map((step) => step.location)];
    if (places.some((place) => this.#isChanged(place, changes))) return true;
    return steps.some((step, i) => {
      const next = steps[i + 1];
      if (!next || next.function !== step.function || next.location.file !== step.location.file) return false;
      return this.#isCut(step.location, next.location, changes);
    });
  }

  #isCut(from: Location, to: Location, changes: Changes): boolean {
    const lines = this.lines(from.file);
    if (!lines) return false;
    const [first, last] = [lines.position(from.start).line, lines.position(to.start).line];
    return changes.removes(from.file, lines.text, Math.min(first, last), Math.max(first, last));
  }

  #isChanged({ file, start, end }: Location, changes: Changes): boolean {
    const lines = this.lines(file);
    if (!lines) return false;
    const last = lines.position(Math.max(start, end - 1)).line;
    return changes.touches(file, lines.text, lines.position(start).line, last);
  }
}
