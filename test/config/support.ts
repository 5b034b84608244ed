import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Configuration } from '../../src/config/configuration.js';
import { findConfiguration } from '../../src/config/find-configuration.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { loadShippedPolicies, policyNames } from '../../src/config/shipped-policies.js';
import { RequestError } from '../../src/core/errors.js';
import { RULES_FOLDER } from '../../src/rules-folder.js';

export type Files = Readonly<Record<string, string | { readonly link: string }>>;

/** A repository of these files, gone after the test. */
export function makeRepository(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'spillcheck-config-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (typeof content === 'string') writeFileSync(join(root, path), content);
    else symlinkSync(content.link, join(root, path));
  }
  return root;
}

export const RULES = [
  'prompt-to-log',
  'secret-to-log',
  'personal-data-to-log',
  'hardcoded-secret',
  'mcp-unpinned-server',
];

/** The configuration that is found in a folder of a repository, with a small vocabulary. */
export function load(root: string, folder = ''): Configuration {
  const file = findConfiguration(root, join(root, folder));
  if (file === undefined) throw new Error('there is no configuration');
  return loadConfiguration({
    root,
    file,
    boundary: root,
    vocabulary: { rules: RULES, policies: policyNames(RULES_FOLDER) },
    policyWords: () => ({
      kinds: [
        'personal.email',
        'personal.phone',
        'personal.address',
        'personal.health',
        'personal.financial.card',
        'secret.env',
        'neutral',
      ],
      sinks: [
        'model.prompt',
        'log.console',
        'telemetry.sentry',
        'storage.database',
        'effect.mail',
        'effect.message',
        'shell',
      ],
      providers: ['OpenAI', 'Sentry', 'console'],
    }),
    shipped: () => loadShippedPolicies(RULES_FOLDER),
  });
}

/** The one line that is printed of a configuration that is refused. */
export function refuse(files: Files): string {
  const root = makeRepository(files);
  try {
    load(root);
  } catch (error) {
    if (error instanceof RequestError) return error.describe();
    throw error;
  }
  return 'accepted';
}
