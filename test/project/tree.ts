import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { type DiscoverOptions, type Discovery, discover } from '../../src/project/discover.js';
import { createResolver, type Resolution } from '../../src/project/resolve.js';

/** Files by path; a list stands for empty files. */
export type Files = Readonly<Record<string, string | Buffer | object>>;

/** Writes a tree into a temporary folder that goes when the test ends. Objects are written as JSON. */
export function makeTree(files: Files | readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const entries = Array.isArray(files) ? files.map((path: string) => [path, 'x\n'] as const) : Object.entries(files);
  for (const [path, content] of entries) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(root, path), isText ? content : JSON.stringify(content));
  }
  return root;
}

export function scan(root: string, options: Partial<DiscoverOptions> = {}): Discovery & { diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const discovery = discover(root, { exclude: [], limits: DEFAULT_LIMITS, ...options }, (one) => diagnostics.push(one));
  return { ...discovery, diagnostics };
}

export interface TestResolver {
  /** The resolution in one line: `src/a.ts`, `own pkg/sub@1 src/a.ts`, `package openai/helpers@4`, `builtin fs`, `asset`, `unresolved`. */
  (specifier: string, from: string, form?: 'import' | 'require'): string;
  readonly diagnostics: Diagnostic[];
}

export function makeResolver(files: Files): TestResolver {
  const { tree, diagnostics } = scan(makeTree(files));
  const resolver = createResolver(tree, (one) => diagnostics.push(one));
  const resolve = (specifier: string, from: string, form?: 'import' | 'require') =>
    describeResolution(resolver.resolve(specifier, from, form));
  return Object.assign(resolve, { diagnostics });
}

function describeResolution(resolution: Resolution): string {
  if (resolution.kind === 'file')
    return resolution.via ? `own ${reference(resolution.via)} ${resolution.path}` : resolution.path;
  if (resolution.kind === 'package') return `package ${reference(resolution)}`;
  return resolution.kind === 'builtin' ? `builtin ${resolution.name}` : resolution.kind;
}

function reference({ name, subpath, major }: { name: string; subpath: string; major?: number }): string {
  return `${name}${subpath === '' ? '' : `/${subpath}`}${major === undefined ? '' : `@${major}`}`;
}
