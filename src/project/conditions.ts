import { asRecord } from './parse-data.js';

/**
 * Conditions of `exports` and `imports` that hold for every import; `source` and `development` lead to sources. Those of a platform other
 * than Node (`browser`, `edge-light`, `react-server`, …) do not hold, and are tried when nothing else leads to a file.
 */
const ALWAYS = new Set(['source', 'development', 'types', 'node', 'module', 'module-sync', 'default']);

/**
 * The targets that `exports` or `imports` give for a key (`.`, `./sub/path`, `#internal`), best first: those whose conditions hold, in
 * the order they are written in, then all others, since any of them may be the one whose source is in the tree. Targets are relative to
 * the package's folder, the `*` of a pattern filled in; a target that is no relative path is a package.
 *
 * @param form which of `import` and `require` holds
 */
export function matchExports(exports: unknown, key: string, form: 'import' | 'require'): string[] {
  const map = asRecord(exports);
  const isMap = map !== undefined && Object.keys(map).some((name) => name.startsWith('.') || name.startsWith('#'));
  if (!isMap) return key === '.' ? targetsOf(exports, '', form) : [];
  if (Object.hasOwn(map, key)) return targetsOf(map[key], '', form);
  const pattern = Object.keys(map)
    .filter((name) => matches(name, key))
    .sort((a, b) => prefixLength(b) - prefixLength(a) || b.length - a.length)[0];
  if (pattern === undefined) return [];
  const star = prefixLength(pattern);
  const filling = pattern.endsWith('/') ? key.slice(star) : key.slice(star, key.length - (pattern.length - star - 1));
  return targetsOf(map[pattern], filling, form, pattern.endsWith('/'));
}

/** A pattern has one `*`; a key that ends in a slash is its older form. */
function matches(pattern: string, key: string): boolean {
  if (pattern.endsWith('/')) return key.startsWith(pattern) && key.length > pattern.length;
  const star = pattern.indexOf('*');
  if (star < 0) return false;
  const suffix = pattern.slice(star + 1);
  return key.length >= pattern.length && key.startsWith(pattern.slice(0, star)) && key.endsWith(suffix);
}

function prefixLength(pattern: string): number {
  const star = pattern.indexOf('*');
  return star < 0 ? pattern.length : star;
}

function targetsOf(value: unknown, filling: string, form: 'import' | 'require', isFolder = false): string[] {
  const held: string[] = [];
  const others: string[] = [];
  collect(value, true, 0);
  return [...new Set([...held, ...others])];

  function collect(target: unknown, holds: boolean, depth: number): void {
    if (depth > 8) return;
    if (typeof target === 'string') {
      (holds ? held : others).push(isFolder ? target + filling : target.replaceAll('*', () => filling));
    } else if (Array.isArray(target)) for (const item of target) collect(item, holds, depth + 1);
    else
      for (const [condition, next] of Object.entries(asRecord(target) ?? {}))
        collect(next, holds && conditionHolds(condition), depth + 1);
  }

  function conditionHolds(condition: string): boolean {
    return (
      condition === form ||
      ALWAYS.has(condition) ||
      condition.startsWith('types@') ||
      /(?:^|[/-])source$/.test(condition)
    );
  }
}
