import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

interface Manifest {
  readonly name?: string;
  readonly main?: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, string>>;
}

/**
 * The file that a specifier leads to, for cases: relative paths, the case's own workspace packages, `paths` of its tsconfig.json and
 * `imports` of its package.json, without conditions. Undefined for everything else (Node's own modules, other packages).
 */
export function resolveModule(root: string, from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return probe(join(dirname(from), specifier));
  return (
    resolveMapped(importsOf(root), specifier, root) ??
    resolveMapped(pathsOf(root), specifier, root) ??
    workspace(root, specifier)
  );
}

function probe(path: string): string | undefined {
  const stem = path.replace(/\.[cm]?js$/, '');
  const candidates = [path, `${stem}.ts`, `${path}.ts`, `${path}.cjs`, join(path, 'index.ts')];
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}

function resolveMapped(map: Readonly<Record<string, string>>, specifier: string, base: string): string | undefined {
  for (const [pattern, target] of Object.entries(map)) {
    const [prefix = '', suffix = ''] = pattern.split('*');
    const matches = pattern.includes('*')
      ? specifier.startsWith(prefix) && specifier.endsWith(suffix)
      : specifier === pattern;
    if (!matches) continue;
    const middle = pattern.includes('*') ? specifier.slice(prefix.length, specifier.length - suffix.length) : '';
    return probe(join(base, target.replace('*', middle)));
  }
  return undefined;
}

function workspace(root: string, specifier: string): string | undefined {
  const packages = join(root, 'packages');
  if (!existsSync(packages)) return undefined;
  for (const folder of readdirSync(packages).sort()) {
    const manifest = readManifest(join(packages, folder));
    const { name = '', main = './index.ts', exports = { '.': main } } = manifest;
    if (specifier !== name && !specifier.startsWith(`${name}/`)) continue;
    return resolveMapped(exports, `.${specifier.slice(name.length)}`, join(packages, folder));
  }
  return undefined;
}

function importsOf(root: string): Readonly<Record<string, string>> {
  return readManifest(root).imports ?? {};
}

function pathsOf(root: string): Readonly<Record<string, string>> {
  const file = join(root, 'tsconfig.json');
  if (!existsSync(file)) return {};
  const { config } = ts.parseConfigFileTextToJson(file, readFileSync(file, 'utf8'));
  const paths = (config?.compilerOptions?.paths ?? {}) as Record<string, string[]>;
  return Object.fromEntries(Object.entries(paths).map(([pattern, [target = '']]) => [pattern, target]));
}

function readManifest(folder: string): Manifest {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
}
