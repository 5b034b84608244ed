import { RequestError } from '../core/errors.js';
import type { Profile } from '../core/finding.js';
import { isInProfile, type RuleInfo } from '../core/rule.js';
import { NO_SETTINGS, type ScanSettings } from '../core/settings.js';
import { suggest } from '../core/suggest.js';

/**
 * The rules that a scan runs, sorted by id: the named ones, whatever their profile, or else those of the profile, but for what the
 * configuration switches off, and those that it switches on.
 *
 * @throws RequestError for a name that no rule has
 */
export function selectRules(
  rules: readonly RuleInfo[],
  names: readonly string[],
  profile: Profile,
  { levels, overrides }: Pick<ScanSettings, 'levels' | 'overrides'> = NO_SETTINGS,
): RuleInfo[] {
  const isOn = (rule: RuleInfo): boolean => {
    const level = levels[rule.id];
    const isSomewhere = overrides.some((override) => (override.levels[rule.id] ?? 'off') !== 'off');
    return isSomewhere || (level === undefined ? isInProfile(rule, profile) : level !== 'off');
  };
  const wanted = names.length > 0 ? names.map((name) => findRule(rules, name)) : rules.filter(isOn);
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
