import type { CodeFlow, ReportingDescriptor, Result, Run } from 'sarif';
import { RequestError } from '../../core/errors.js';
import type { SarifFileLimits } from '../sarif-limits.js';
import { count, groupDigits } from '../words.js';
import { rankResults } from './rank-results.js';
import { describeRun } from './run-category.js';

export interface FittedRun {
  readonly run: Run;
  /** What was cut, or will not be shown, in sentences. */
  readonly notices: readonly string[];
}

/**
 * A run of which a code-scanning service refuses nothing: the gravest results, the first locations and tags, both ends of long flows.
 *
 * @throws RequestError when it has more rules or tool extensions than the service takes
 */
export function fitRun(run: Run, limits: SarifFileLimits): FittedRun {
  const notices: string[] = [];
  const note = (text: string) => notices.push(`${describeRun(run)}: ${text}`);
  demandFewRules(run, limits, describeRun(run));
  const all = run.results ?? [];
  const results = all.length > limits.results ? keepGravest(run, limits.results) : all;
  if (results.length < all.length) {
    note(
      `${groupDigits(all.length - results.length)} of ${count(all.length, 'result', 'results')}, the slightest, are left out.`,
    );
  }
  if (results.length > limits.shownResults) {
    note(`of its ${groupDigits(results.length)} results GitHub shows the ${groupDigits(limits.shownResults)} gravest.`);
  }
  let shortened = 0;
  const fitted = results.map((result) => {
    const next = fitResult(result, limits);
    if (next !== result) shortened++;
    return next;
  });
  if (shortened > 0)
    note(`${count(shortened, 'result was', 'results were')} shortened to what GitHub takes of locations.`);
  const { driver } = run.tool;
  const rules = driver.rules?.map((rule) => fitRule(rule, limits.tags));
  return {
    notices,
    run: { ...run, tool: { ...run.tool, driver: { ...driver, ...(rules && { rules }) } }, results: fitted },
  };
}

function demandFewRules({ tool }: Run, limits: SarifFileLimits, name: string): void {
  const fail = (number: number, most: number, what: string): never => {
    throw new RequestError(
      `${name} has ${groupDigits(number)} ${what}, and GitHub takes ${groupDigits(most)} of a run`,
    );
  };
  const [rules, extensions] = [tool.driver.rules?.length ?? 0, tool.extensions?.length ?? 0];
  if (rules > limits.rules) fail(rules, limits.rules, 'rules');
  if (extensions > limits.extensions) fail(extensions, limits.extensions, 'tool extensions');
}

/** The `most` gravest results of a run, in its order. */
export function keepGravest(run: Run, most: number): Result[] {
  const ranks = rankResults(run);
  const order = ranks.map((_, index) => index).sort((a, b) => ranks[b]! - ranks[a]! || a - b);
  const kept = new Set(order.slice(0, most));
  return run.results!.filter((_, index) => kept.has(index));
}

function fitResult(result: Result, limits: SarifFileLimits): Result {
  const { locations = [], relatedLocations = [], codeFlows = [] } = result;
  let room = limits.threadFlowLocations;
  let cut = false;
  const flows: CodeFlow[] = codeFlows.map((flow) => ({
    ...flow,
    threadFlows: flow.threadFlows.map((thread) => {
      const kept = keepEnds(thread.locations, room);
      cut ||= kept.length < thread.locations.length;
      room -= kept.length;
      return { ...thread, locations: kept };
    }),
  }));
  if (!cut && locations.length <= limits.locations && relatedLocations.length <= limits.locations) return result;
  return {
    ...result,
    ...(result.locations && { locations: locations.slice(0, limits.locations) }),
    ...(result.relatedLocations && { relatedLocations: relatedLocations.slice(0, limits.locations) }),
    // a flow without a single location is not valid
    ...(result.codeFlows && { codeFlows: flows.map(dropEmpty).filter(({ threadFlows }) => threadFlows.length > 0) }),
  };
}

function dropEmpty(flow: CodeFlow): CodeFlow {
  return { ...flow, threadFlows: flow.threadFlows.filter(({ locations }) => locations.length > 0) };
}

function keepEnds<T>(things: T[], most: number): T[] {
  if (things.length <= most) return things;
  return [...things.slice(0, Math.ceil(most / 2)), ...things.slice(things.length - Math.floor(most / 2))];
}

function fitRule(rule: ReportingDescriptor, most: number): ReportingDescriptor {
  const tags = rule.properties?.tags;
  return tags === undefined || tags.length <= most
    ? rule
    : { ...rule, properties: { ...rule.properties, tags: tags.slice(0, most) } };
}
