import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { BASELINE_FILE, readBaselineFile } from '../baseline/baseline-file.js';
import type { Configuration } from '../config/configuration.js';
import type { BaselineEntry } from '../core/baseline.js';
import { RequestError } from '../core/errors.js';
import type { Profile } from '../core/finding.js';
import type { ScanOptions } from '../core/options.js';
import type { RuleInfo } from '../core/rule.js';
import { findCacheFolder } from './cache-folder.js';
import { configure } from './configure.js';
import type { Io } from './io.js';
import { loadPolicyRule } from './load-policy-rule.js';
import type { AnalysisRequest } from './request.js';
import { findTarget, type Target } from './root.js';
import { selectRules } from './select-rules.js';
import type { Services } from './services.js';

/** What a command has to know before it analyses anything: flags, configuration and defaults put together. */
export interface Analysis {
  readonly target: Target;
  readonly configuration: Configuration;
  /** The rules that are run, sorted by id. */
  readonly rules: readonly RuleInfo[];
  readonly options: ScanOptions;
}

/**
 * Puts together what is to be analysed. A flag counts more than the configuration; what both leave open has its default.
 *
 * @param paths as written on the command line
 * @throws RequestError for a wrong path, rule, configuration or baseline
 */
export async function prepareAnalysis(
  request: AnalysisRequest,
  paths: readonly string[],
  io: Io,
  services: Services,
): Promise<Analysis> {
  const target = findTarget(io.cwd, paths);
  const all = await services.loadRules();
  const configuration = await configure(request, target, all, io);
  const { settings } = configuration;
  const profile: Profile = request.profile ?? configuration.profile ?? 'recommended';
  const rules = selectRules(all, request.rules, profile, settings);
  const most = availableParallelism();
  const baseline = findBaseline(request, target, io);
  const cacheDir = findCacheFolder(request.cache, configuration.cache, target.root, io);
  return {
    target,
    configuration,
    rules: settings.policies.length > 0 ? withPolicyRule(rules, await loadPolicyRule()) : rules,
    options: {
      root: target.root,
      paths: target.paths,
      exclude: [...configuration.exclude, ...request.exclude],
      profile,
      ...(request.rules.length > 0 && { rules: request.rules }),
      ...((request.tests || configuration.tests) && { tests: true }),
      ...((request.types || configuration.types) && { types: true }),
      // A stranger's configuration may not ask for more than there is.
      jobs: request.jobs ?? Math.min(configuration.jobs ?? most, most),
      ...(configuration.file !== undefined && { settings }),
      ...(baseline && { baseline }),
      ...(cacheDir !== undefined && { cacheDir }),
      today: io.today(),
    },
  };
}

/** Where the baseline lies, and what messages call it. */
export function baselineFile(
  { baseline }: Pick<AnalysisRequest, 'baseline'>,
  { root }: Target,
  io: Io,
): { readonly path: string; readonly name: string; readonly boundary: string | undefined } {
  if (typeof baseline === 'string') return { path: resolve(io.cwd, baseline), name: baseline, boundary: undefined };
  const path = join(root, BASELINE_FILE);
  return { path, name: relative(io.cwd, path), boundary: root };
}

function findBaseline(request: AnalysisRequest, target: Target, io: Io): readonly BaselineEntry[] | undefined {
  if (request.baseline === false) return undefined;
  const { path, name, boundary } = baselineFile(request, target, io);
  const entries = readBaselineFile(path, name, boundary);
  if (entries === undefined && request.baseline !== undefined) throw new RequestError(`there is no baseline ${name}`);
  return entries;
}

function withPolicyRule(rules: readonly RuleInfo[], rule: RuleInfo): RuleInfo[] {
  return [...rules, rule].sort((left, right) => (left.id < right.id ? -1 : 1));
}
