import type { ReportingDescriptor, Result, Run } from 'sarif';

const LEVEL_WEIGHTS: Readonly<Record<string, number>> = { error: 3, warning: 2, note: 1, none: 0 };

/** How grave each result of a run is, as GitHub sorts: security severity of the rule, then level, then the rank that the tool gave. */
export function rankResults(run: Run): number[] {
  const rules = new Map((run.tool.driver.rules ?? []).map((rule) => [rule.id, rule]));
  return (run.results ?? []).map((result) => {
    const rule = rules.get(result.ruleId ?? '') ?? ruleOf(result, run);
    const severity = Number(rule?.properties?.['security-severity'] ?? 0);
    const level = LEVEL_WEIGHTS[result.level ?? rule?.defaultConfiguration?.level ?? 'warning'] ?? 0;
    const rank = Math.min(100, Math.max(0, result.rank ?? 0));
    return (Number.isFinite(severity) ? severity : 0) * 10_000 + level * 1_000 + rank;
  });
}

function ruleOf({ rule, ruleIndex }: Result, run: Run): ReportingDescriptor | undefined {
  const component = rule?.toolComponent?.index;
  const rules = component === undefined ? run.tool.driver.rules : run.tool.extensions?.[component]?.rules;
  return rules?.[rule?.index ?? ruleIndex ?? -1];
}
