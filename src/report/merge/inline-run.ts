import type { ArtifactLocation, ReportingDescriptor, Result, Run } from 'sarif';

/**
 * A run in which nothing refers to files, logical locations, steps and the driver's rules by their number: what was referred to stands in
 * its place. So runs can be joined without their numbers meaning something else. (References into tool extensions keep their numbers;
 * runs with different extensions are not joined.)
 */
export function inlineRun(run: Run): Run {
  const inlined = walk(run, run) as Run;
  const { logicalLocations, threadFlowLocations, ...others } = inlined;
  return {
    ...others,
    ...(inlined.results && {
      results: inlined.results.map((result) => nameRule(result, inlined.tool.driver.rules ?? [])),
    }),
    ...(inlined.artifacts && { artifacts: inlined.artifacts.map(({ parentIndex, ...artifact }) => artifact) }),
  };
}

type Node = Readonly<Record<string, unknown>>;

function walk(value: unknown, run: Run, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => walk(each, run, key));
  if (typeof value !== 'object' || value === null || key === 'properties') return value;
  const node = resolve(value as Node, key, run);
  return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, walk(each, run, name)]));
}

/** The object with what its number stands for, and without the number. */
function resolve(node: Node, key: string, run: Run): Node {
  const shared = SHARED.get(key);
  if (shared === undefined || typeof node.index !== 'number') return node;
  const { index, ...own } = node;
  const found = index < 0 ? undefined : shared(run)?.[index as number];
  return { ...(found as Node | undefined), ...own };
}

/** By the name of the property in which an object stands: the array of the run that its `index` counts in. */
const SHARED = new Map<string, (run: Run) => readonly unknown[] | undefined>(
  Object.entries({
    artifactLocation: locationsOfArtifacts,
    location: locationsOfArtifacts,
    analysisTarget: locationsOfArtifacts,
    logicalLocations: ({ logicalLocations }: Run) => logicalLocations?.map(({ parentIndex, ...each }) => each),
    logicalLocation: ({ logicalLocations }: Run) => logicalLocations?.map(({ parentIndex, ...each }) => each),
    locations: ({ threadFlowLocations }: Run) => threadFlowLocations,
  }),
);

function locationsOfArtifacts({ artifacts }: Run): readonly (ArtifactLocation | undefined)[] | undefined {
  return artifacts?.map(({ location }) => {
    if (location === undefined) return undefined;
    const { index, ...own } = location;
    return own;
  });
}

/** A result that names its rule, where the rule is one of the driver's. */
function nameRule(result: Result, rules: readonly ReportingDescriptor[]): Result {
  if (result.rule?.toolComponent !== undefined) return result;
  const { ruleIndex, rule, ...others } = result;
  const index = ruleIndex ?? rule?.index ?? -1;
  const ruleId = result.ruleId ?? rule?.id ?? rules[index]?.id;
  return { ...others, ...(ruleId !== undefined && { ruleId }) };
}
