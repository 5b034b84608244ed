import type { DiagnosticSink } from '../core/diagnostic.js';
import type { Finding } from '../core/finding.js';
import type { Checks } from './check.js';
import { checkCommands } from './evaluate/commands.js';
import { checkSettings } from './evaluate/settings.js';
import { checkVariables } from './evaluate/variables.js';
import { checkExports } from './export/check-exports.js';
import type { FileContext } from './file-context.js';
import { toFindings } from './findings.js';
import { CHECK_LIMITS, type CheckLimits } from './limits.js';
import { formatOf, parseTree } from './parse-tree.js';
import type { ProjectFacts } from './predicates/predicates.js';
import type { Node } from './tree.js';
import { checkWorkflow } from './workflow/check-workflow.js';

/** What a caller may add to the file itself. */
export interface CheckOptions {
  /** What is known of the project; by default nothing. */
  readonly facts?: ProjectFacts;
  readonly limits?: CheckLimits;
}

const NO_FACTS: ProjectFacts = { isDependency: () => false };

/**
 * Checks one configuration file, script or workflow.
 *
 * `path` is POSIX and relative to the scan root. Findings are sorted by place and rule; their fingerprint is left empty, and
 * `data.element` names the setting without line numbers, for the report to make one. What is broken in the file is reported, and the rest
 * is checked.
 */
export function checkFile(path: string, text: string, checks: Checks, report: DiagnosticSink, options: CheckOptions = {}): Finding[] {
  const limits = options.limits ?? CHECK_LIMITS;
  const context: FileContext = { path, text, checks, limits, facts: options.facts ?? NO_FACTS, tree: lazyTree(path, text, limits, report) };
  try {
    const hits = [
      ...checkSettings(context),
      ...checkCommands(context),
      ...checkVariables(context),
      ...checkWorkflow(context),
      ...checkExports(context),
    ];
    return toFindings(path, hits);
  } catch (error) {
    // Path patterns and shell text recurse over what the file nests.
    if (!(error instanceof RangeError)) throw error;
    report({ kind: 'limit', file: path, message: 'nested too deeply to be checked as configuration' });
    return [];
  }
}

function lazyTree(path: string, text: string, limits: CheckLimits, report: DiagnosticSink): () => Node | undefined {
  let parsed: { readonly root: Node | undefined } | undefined;
  return () => {
    const format = formatOf(path);
    parsed ??= { root: format && parseTree(path, text, format, limits, report) };
    return parsed.root;
  };
}
