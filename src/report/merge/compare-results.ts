import type { Result } from 'sarif';

/** The order of results in a joined run: by file, place, rule and message, in code-unit order. */
export function compareResults(left: Result, right: Result): number {
  const [a, b] = [placeOf(left), placeOf(right)];
  return (
    compare(a?.artifactLocation?.uri ?? '', b?.artifactLocation?.uri ?? '') ||
    compare(a?.region?.startLine ?? 0, b?.region?.startLine ?? 0) ||
    compare(a?.region?.startColumn ?? 0, b?.region?.startColumn ?? 0) ||
    compare(left.ruleId ?? '', right.ruleId ?? '') ||
    compare(JSON.stringify(left), JSON.stringify(right))
  );
}

function placeOf(result: Result) {
  return result.locations?.[0]?.physicalLocation;
}

function compare<T extends string | number>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
