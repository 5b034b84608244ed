import type { Invocation, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import { RequestError } from '../../core/errors.js';
import { compareResults } from './compare-results.js';
import { inlineRun } from './inline-run.js';
import { categoryPart, describeRun } from './run-category.js';

export interface NamedRun {
  /** The file that it comes from, for messages. */
  readonly name: string;
  readonly run: Run;
}

/** Properties of a run that cannot be joined: they must be the same in all runs, or missing in all. */
const MUST_AGREE = [
  'addresses',
  'columnKind',
  'defaultEncoding',
  'defaultSourceLanguage',
  'graphs',
  'language',
  'newlineSequences',
  'originalUriBaseIds',
  'policies',
  'redactionTokens',
  'specialLocations',
  'taxonomies',
  'translations',
  'webRequests',
  'webResponses',
] as const;

/**
 * One run of several of the same tool and category: rules, results, notifications and files of all, each once. Results are sorted by
 * place, so that the order of the runs does not matter.
 *
 * @throws RequestError when they hold different things that cannot be put side by side
 */
export function joinRuns(named: readonly NamedRun[]): Run {
  if (named.length === 1) return named[0]!.run;
  const sorted = [...named].sort((left, right) => compareText(JSON.stringify(left.run), JSON.stringify(right.run)));
  const [first] = sorted as [NamedRun];
  for (const other of sorted) demandAgreement(first, other);
  const runs = sorted.map(({ run }) => inlineRun(run));
  const [head] = runs as [Run];
  const { driver } = head.tool;
  const rules = unite(
    runs.flatMap(({ tool }) => tool.driver.rules ?? []),
    ({ id }) => id,
  );
  const kinds = unite(
    runs.flatMap(({ tool }) => tool.driver.notifications ?? []),
    ({ id }) => id,
  );
  const results = unite(runs.flatMap(shiftInvocations), identify).sort(compareResults);
  const provenance = unite(
    runs.flatMap((run) => run.versionControlProvenance ?? []),
    toKey,
  );
  const artifacts = unite(
    runs.flatMap((run) => run.artifacts ?? []),
    toKey,
  );
  const invocations = runs.flatMap((run) => run.invocations ?? []);
  const numbers = new Map(rules.map(({ id }, index) => [id, index]));
  const ids = new Set(runs.map((run) => run.automationDetails?.id));
  const details = head.automationDetails && {
    ...head.automationDetails,
    ...(ids.size > 1 && { id: `${categoryPart(head.automationDetails.id ?? '')}/` }),
  };
  return {
    ...head,
    tool: {
      ...head.tool,
      driver: {
        ...driver,
        ...(rules.length > 0 && { rules }),
        ...(kinds.length > 0 && { notifications: kinds }),
      },
    },
    ...(details && { automationDetails: details }),
    ...(invocations.length > 0 && { invocations: invocations.map((each) => renumber(each, kinds)) }),
    ...(provenance.length > 0 && { versionControlProvenance: provenance }),
    ...(artifacts.length > 0 && { artifacts }),
    results: results.map((result) => numberRule(result, numbers)),
  };
}

function demandAgreement(first: NamedRun, other: NamedRun): void {
  const fail = (what: string): never => {
    throw new RequestError(
      `the runs of ${describeRun(first.run)} in ${first.name} and ${other.name} cannot be joined, since ${what}; give them categories of their own (automationDetails.id)`,
    );
  };
  const version = ({ run }: NamedRun) => run.tool.driver.semanticVersion ?? run.tool.driver.version;
  if (version(first) !== version(other)) fail('they come from different versions of the tool');
  if (toKey(first.run.tool.extensions) !== toKey(other.run.tool.extensions)) fail('their tool extensions differ');
  for (const name of MUST_AGREE) {
    if (toKey(first.run[name]) !== toKey(other.run[name])) fail(`their ${name} differ`);
  }
}

/** The results of a run, with invocations counted over all runs. */
function shiftInvocations(run: Run, at: number, runs: readonly Run[]): Result[] {
  const before = runs.slice(0, at).reduce((sum, each) => sum + (each.invocations?.length ?? 0), 0);
  return (run.results ?? []).map((result) => {
    const index = result.provenance?.invocationIndex;
    if (index === undefined || index < 0) return result;
    return { ...result, provenance: { ...result.provenance, invocationIndex: index + before } };
  });
}

/** What makes a result the same result in two reports: its rule, place and fingerprints, or, where it has none, everything. */
function identify(result: Result): string {
  const { partialFingerprints, fingerprints, ruleId, locations } = result;
  if (partialFingerprints === undefined && fingerprints === undefined) return toKey(result);
  return toKey([ruleId, locations, partialFingerprints, fingerprints]);
}

function numberRule(result: Result, numbers: ReadonlyMap<string, number>): Result {
  if (result.rule?.toolComponent !== undefined) return result;
  const ruleIndex = numbers.get(result.ruleId ?? '');
  return ruleIndex === undefined ? result : { ...result, ruleIndex };
}

function renumber(invocation: Invocation, kinds: readonly ReportingDescriptor[]): Invocation {
  const number = (notifications: readonly Notification[]) =>
    notifications.map((notification): Notification => {
      const { descriptor } = notification;
      if (descriptor?.id === undefined || descriptor.toolComponent !== undefined) return notification;
      const { index: _, ...others } = descriptor;
      const index = kinds.findIndex(({ id }) => id === descriptor.id);
      return { ...notification, descriptor: { ...others, ...(index >= 0 && { index }) } };
    });
  const { toolExecutionNotifications: execution, toolConfigurationNotifications: configuration } = invocation;
  return {
    ...invocation,
    ...(execution && { toolExecutionNotifications: number(execution) }),
    ...(configuration && { toolConfigurationNotifications: number(configuration) }),
  };
}

/** Each thing once; of things with the same key, the first. */
function unite<T>(things: readonly T[], keyOf: (thing: T) => string): T[] {
  const known = new Map<string, T>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (!known.has(key)) known.set(key, thing);
  }
  return [...known.values()];
}

/** A text that is the same for equal values, whatever the order of their properties. */
function toKey(value: unknown): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => compareText(left, right)))
        : each,
    ) ?? ''
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
