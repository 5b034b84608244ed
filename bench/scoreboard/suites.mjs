import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AI_BEST_PRACTICES } from './scope/ai-best-practices.mjs';
import { BEARER } from './scope/bearer.mjs';
import { GITLEAKS } from './scope/gitleaks.mjs';
import { SECRETLINT } from './scope/secretlint.mjs';
import { SEMGREP_RULES } from './scope/semgrep-rules.mjs';
import { readBearerSuite } from './suites/bearer.mjs';
import { readGitleaksSuite } from './suites/gitleaks.mjs';
import { readSecretlintSuite } from './suites/secretlint.mjs';
import { readSemgrepSuite } from './suites/semgrep.mjs';

/** The parts of Semgrep's rules that speak of JavaScript, TypeScript, AI or credentials. */
const SEMGREP_PARTS = [
  'ai',
  'generic/secrets',
  'javascript',
  'problem-based-packs/insecure-transport/js-node',
  'typescript',
];

/**
 * Suites by the name of their folder, or file, under the folder that is given on the command line; `secrets` for those of which the search for
 * credentials alone is run.
 */
export const SUITES = [
  {
    name: 'semgrep__ai-best-practices',
    title: "Semgrep's rules for AI",
    scope: AI_BEST_PRACTICES,
    read: (path) => readSemgrepSuite(path, ['rules']),
  },
  {
    name: 'semgrep__semgrep-rules',
    title: "Semgrep's rules for AI, JavaScript, TypeScript and secrets",
    scope: SEMGREP_RULES,
    read: (path) => readSemgrepSuite(path, SEMGREP_PARTS),
  },
  { name: 'Bearer__bearer-rules', title: "Bearer's rules for JavaScript", scope: BEARER, read: readBearerSuite },
  {
    name: 'secretlint__secretlint',
    title: "secretlint's snapshots",
    scope: SECRETLINT,
    read: readSecretlintSuite,
    secrets: true,
  },
  {
    name: 'gitleaks.jsonl',
    title: "gitleaks' positives and negatives",
    scope: GITLEAKS,
    read: readGitleaksSuite,
    secrets: true,
  },
];

/** The suites that are there. */
export function findSuites(folder) {
  return SUITES.flatMap((suite) => {
    const path = join(folder, suite.name);
    return existsSync(path) ? [{ ...suite, cases: suite.read(path) }] : [];
  });
}
