import type { Finding } from '../core/finding.js';
import type { RuleInfo } from '../core/rule.js';
import { rankOf } from './sarif-result.js';
import { LEVELS } from './words.js';

/** The findings from the gravest to the slightest, for formats of which a reader shows the first few only; equals keep their order. */
export function byGravity(findings: readonly Finding[], rules: readonly RuleInfo[]): Finding[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return findings
    .map((finding, index) => ({
      finding,
      index,
      level: LEVELS.indexOf(finding.level),
      rank: rankOf(finding, known.get(finding.ruleId)),
    }))
    .sort((a, b) => a.level - b.level || b.rank - a.rank || a.index - b.index)
    .map(({ finding }) => finding);
}
