import { RequestError } from '../core/errors.js';
import type { Profile } from '../core/finding.js';
import { isInProfile, type RuleInfo } from '../core/rule.js';
import { suggest } from '../core/suggest.js';

/**
 * The rules that a scan runs, sorted by id: the named ones, whatever their profile, or else those of the profile.
 *
 * @throws RequestError for a name that no rule has
 */
export function selectRules(rules: readonly RuleInfo[], names: readonly string[], profile: Profile): RuleInfo[] {
  const wanted =
    names.length > 0 ? names.map((name) => findRule(rules, name)) : rules.filter((rule) => isInProfile(rule, profile));
  return [...new Set(wanted)].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** @throws RequestError when there is no rule of that name */
export function findRule(rules: readonly RuleInfo[], name: string): RuleInfo {
  const rule = rules.find(({ id }) => id === name);
  if (rule) return rule;
  const ids = rules.map(({ id }) => id);
  const meant = suggest(name, ids);
  throw new RequestError(
    `there is no rule '${name}'${meant === undefined ? '' : `, did you mean ${meant}?`}; spillcheck rules lists all`,
  );
}
