import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Limits } from '../core/limits.js';
import { fileKind } from './file-kind.js';
import { inspectCode, isGenerated } from './inspect.js';

/** Folders in which no one keeps own source, whatever they hold. */
const BY_NAME: ReadonlyMap<string, FolderReason> = new Map<string, FolderReason>([
  ...names(
    'dependency',
    'node_modules bower_components jspm_packages web_modules .yarn .pnpm .pnpm-store site-packages .venv .tox',
  ),
  ...names('dependency', 'Pods Carthage .bundle .gradle .m2 .cargo .eggs'),
  ...names(
    'build output',
    '.next .nuxt .output .svelte-kit .astro .vercel .netlify .turbo .nx .vite .parcel-cache .cache .docusaurus',
  ),
  ...names(
    'build output',
    '.expo .angular .serverless .sst .wrangler .open-next .vitepress-cache .rollup.cache .rpt2_cache .nyc_output',
  ),
  ...names(
    'build output',
    '__pycache__ .mypy_cache .pytest_cache .ruff_cache .ipynb_checkpoints storybook-static _next',
  ),
]);

/** Names that build output often has and own source sometimes: what lies in the folder decides. */
const MAYBE_OUTPUT = new Set(
  'dist build out lib es esm cjs umd output release bundle public-build _build dist-ssr www'.split(' '),
);
/** Names under which copies of other people's code are kept, and sometimes own code (vendors of a market place). */
const MAYBE_VENDORED = new Set('vendor vendors third_party third-party thirdparty 3rdparty'.split(' '));
const COVERAGE_MARKS = new Set([
  'lcov.info',
  'lcov-report',
  'coverage-final.json',
  'clover.xml',
  'cobertura-coverage.xml',
]);

const SOURCE_EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts'];

/** Bounds of the look into a folder: entries listed and files read. */
const ENTRIES = 400;
const SAMPLES = 40;

export type FolderReason = 'dependency' | 'build output' | 'vendored';

/**
 * Why a folder is left out, or undefined. Names alone decide only where they are unmistakable. `dist`, `build`, `out`, `lib` and the like
 * are build output when none of their files is a TypeScript or component source and at least half of a sample of their scripts have
 * their source beside the folder or carry the marks of a compiler, bundler or minifier; otherwise they are source.
 *
 * @param folder absolute path
 * @param name the folder's name
 */
export function folderReason(folder: string, name: string, limits: Limits): FolderReason | undefined {
  const byName = BY_NAME.get(name);
  if (byName) return byName;
  if (name === 'coverage')
    return list(folder).some((entry) => COVERAGE_MARKS.has(entry.name)) ? 'build output' : undefined;
  if (isDependency(folder, name)) return 'dependency';
  if (MAYBE_OUTPUT.has(name)) return looksForeign(folder, limits, isOutput) ? 'build output' : undefined;
  if (MAYBE_VENDORED.has(name)) return looksForeign(folder, limits, isForeign) ? 'vendored' : undefined;
  return undefined;
}

/** Whether installed packages lie in the folder. */
export function isDependency(folder: string, name: string): boolean {
  if (name === 'venv' || name === 'env') return list(folder).some((entry) => entry.name === 'pyvenv.cfg');
  return BY_NAME.get(name) === 'dependency';
}

/** The reason to leave a folder out that its name alone gives. */
export function outputByName(name: string): FolderReason | undefined {
  return BY_NAME.get(name);
}

interface Sample {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Names of the files beside it. */
  readonly siblings: ReadonlySet<string>;
  /** Absolute path without extension of the source that a compiler would have made it from, without and with a `src` folder. */
  readonly twins: readonly string[];
  /** Whether what stands beside the folder speaks of sources: `src`, a compiler's configuration. */
  readonly isBesideSource: boolean;
}

function isOutput(sample: Sample, limits: Limits): boolean {
  const declaration = sample.path.slice(sample.path.lastIndexOf('/') + 1).replace(/\.([cm]?)js$/, '.d.$1ts');
  if (sample.isBesideSource && sample.siblings.has(declaration)) return true;
  if (sample.twins.some((twin) => SOURCE_EXTENSIONS.some((extension) => existsSync(twin + extension)))) return true;
  return isGenerated(sample.path, sample.bytes, limits);
}

function isForeign(sample: Sample, limits: Limits): boolean {
  return isOutput(sample, limits) || inspectCode(sample.path, sample.bytes, limits) !== undefined;
}

/** Takes a sample of the scripts below a folder, breadth first, and lets each vote. */
function looksForeign(folder: string, limits: Limits, test: (sample: Sample, limits: Limits) => boolean): boolean {
  const folders = [folder];
  const parent = folder.slice(0, folder.lastIndexOf('/'));
  const isBesideSource = list(parent).some(({ name }) => name === 'src' || /^tsconfig.*\.json$/.test(name));
  let entries = 0;
  let foreign = 0;
  let votes = 0;
  while (folders.length > 0 && entries < ENTRIES && votes < SAMPLES) {
    const current = folders.shift()!;
    const children = list(current);
    const siblings = new Set(children.map((child) => child.name));
    for (const child of children) {
      if (++entries > ENTRIES || votes >= SAMPLES) break;
      const path = `${current}/${child.name}`;
      if (child.isDirectory()) {
        if (!BY_NAME.has(child.name)) folders.push(path);
      } else if (child.isFile() && fileKind(child.name) === 'code') {
        if (!/\.[cm]?js$/.test(child.name)) return false;
        const bytes = read(path);
        if (!bytes || bytes.length === 0) continue;
        votes++;
        const stem = path.slice(folder.length).replace(/\.[cm]?js$/, '');
        const twins = [`${parent}/src${stem}`, parent + stem];
        if (test({ path, bytes, siblings, twins, isBesideSource }, limits)) foreign++;
      }
    }
  }
  return foreign > 0 && foreign * 2 >= votes;
}

/** An unreadable folder is reported when the walk itself comes to it. */
function list(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function names(reason: FolderReason, list: string): [string, FolderReason][] {
  return list.split(' ').map((name) => [name, reason]);
}
