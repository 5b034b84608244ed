/**
 * The major version that a range or version begins with: `^4.2.1` → 4, `npm:openai@^3` → 3, `1.x || 2.x` → 2 (the highest alternative).
 * Undefined where none is fixed: `*`, `latest`, a URL.
 */
export function majorOf(range: string): number | undefined {
  const alias = /^npm:(?:@[^@/]+\/)?[^@]+@(.+)$/s.exec(range);
  const majors = (alias ? alias[1]! : range)
    .split('||')
    .map((part) => /^[\s^~=v]*(?:[<>]=?)?\s*v?(\d{1,6})(?:[.\-+\sx*]|$)/.exec(part)?.[1]);
  const known = majors.filter((major) => major !== undefined).map(Number);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** The package that an alias stands for: `npm:openai@^3` → `openai`; undefined for a range that is no alias. */
export function aliasedName(range: string): string | undefined {
  return /^npm:((?:@[^@/]+\/)?[^@/]+)(?:@|$)/.exec(range)?.[1];
}
