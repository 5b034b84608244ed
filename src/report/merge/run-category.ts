import type { Run } from 'sarif';

/**
 * What a code-scanning service tells runs apart by: the tool, and the category, which is everything before the last slash of the id of
 * the automation (SARIF 2.1.0, 3.17.2: the last component names the single run).
 */
export function categoryOf(run: Run): string {
  return JSON.stringify([run.tool.driver.name, categoryPart(run.automationDetails?.id ?? '')]);
}

/** `lint/web/2026-01-01` is of the category `lint/web`; an id without a slash is one whole. */
export function categoryPart(id: string): string {
  const slash = id.lastIndexOf('/');
  return slash < 0 ? id : id.slice(0, slash);
}

/** For messages: `spillcheck (web)`. */
export function describeRun(run: Run): string {
  const category = categoryPart(run.automationDetails?.id ?? '');
  return category === '' ? run.tool.driver.name : `${run.tool.driver.name} (${category})`;
}
