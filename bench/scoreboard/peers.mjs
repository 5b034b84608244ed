import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { AGENT_AUDIT } from './peers/agent-audit.mjs';
import { AGENT_AUDIT_KIT } from './peers/agent-audit-kit.mjs';
import { BEARER } from './peers/bearer.mjs';
import { ESLINT } from './peers/eslint.mjs';
import { GITLEAKS } from './peers/gitleaks.mjs';
import { SECRETLINT } from './peers/secretlint.mjs';
import { SECUREAI_SCAN } from './peers/secureai-scan.mjs';
import { SEMGREP } from './peers/semgrep.mjs';

/**
 * A peer: `command` is what it is called on the PATH, `args` what it is run with, `read` makes findings `{ file, line, end, rule }` of its
 * report, `families` maps its rules to ours (globs, the first that fits counts), and `claims` are the families that it says it looks for:
 * in others nothing counts against it.
 */
export const PEERS = [SEMGREP, BEARER, GITLEAKS, SECRETLINT, AGENT_AUDIT, AGENT_AUDIT_KIT, SECUREAI_SCAN, ESLINT];

/** Where a command lies; undefined where the PATH has none. */
export function findCommand(name, path = process.env.PATH ?? '') {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

/** The folder that a command was installed in by npm: plugins are looked for from there. */
export function installationOf(command) {
  const home = dirname(dirname(dirname(command)));
  return existsSync(join(home, 'node_modules')) ? home : undefined;
}
