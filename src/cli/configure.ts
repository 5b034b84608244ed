import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Configuration } from '../config/configuration.js';
import { findConfiguration } from '../config/find-configuration.js';
import { RequestError } from '../core/errors.js';
import type { RuleInfo } from '../core/rule.js';
import { NO_SETTINGS } from '../core/settings.js';
import { RULES_FOLDER } from '../rules-folder.js';
import type { Io } from './io.js';
import type { AnalysisRequest } from './request.js';
import type { Target } from './root.js';

const NOTHING: Configuration = {
  file: undefined,
  exclude: [],
  profile: undefined,
  failOn: undefined,
  tests: undefined,
  types: undefined,
  jobs: undefined,
  cache: undefined,
  settings: NO_SETTINGS,
};

/**
 * The configuration that counts for a target: the one that the user names, which may lie anywhere, else the nearest one from the target up to
 * its root.
 *
 * @throws RequestError for whatever is wrong with it
 */
export async function configure(
  { config }: Pick<AnalysisRequest, 'config'>,
  target: Target,
  rules: readonly RuleInfo[],
  io: Io,
): Promise<Configuration> {
  const found = config === undefined ? findConfiguration(target.root, target.folder) : config;
  if (found === undefined || found === false) return NOTHING;
  const file = realPath(config === undefined ? found : resolve(io.cwd, found), found, target.root);
  const isInside = !relative(target.root, file).startsWith('..');
  if (config === undefined && !isInside) {
    throw new RequestError('leads out of the repository through a link', { file: relative(target.root, found) });
  }
  const { loadConfiguration } = await import('../config/load-configuration.js');
  const { loadShippedPolicies, policyNames } = await import('../config/shipped-policies.js');
  const { loadKnowledge } = await import('../knowledge/load.js');
  const { readVocabulary } = await import('../knowledge/vocabulary.js');
  return loadConfiguration({
    root: target.root,
    file,
    boundary: isInside ? target.root : dirname(file),
    vocabulary: { rules: rules.map(({ id }) => id), policies: policyNames(RULES_FOLDER) },
    policyWords: () => readVocabulary(loadKnowledge(RULES_FOLDER).data),
    shipped: () => loadShippedPolicies(RULES_FOLDER),
  });
}

function realPath(path: string, asGiven: string, root: string): string {
  try {
    const real = realpathSync(path);
    if (statSync(real).isFile()) return real;
    throw new Error('no file');
  } catch {
    throw new RequestError(`there is no configuration ${path === asGiven ? relative(root, path) : asGiven}`);
  }
}
