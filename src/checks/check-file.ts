import type { DiagnosticSink } from '../core/diagnostic.js';
import type { Finding } from '../core/finding.js';
import type { Span } from '../core/span.js';
import type { Checks } from './check.js';
import { checkCommands } from './evaluate/commands.js';
import { checkSettings } from './evaluate/settings.js';
import { checkVariables } from './evaluate/variables.js';
import { checkExports } from './export/check-exports.js';
import { applies, type FileContext } from './file-context.js';
import { toFindings } from './findings.js';
import type { Hit } from './hit.js';
import { CHECK_LIMITS, type CheckLimits } from './limits.js';
import { formatOf, parseTree } from './parse-tree.js';
import type { ProjectFacts } from './predicates/predicates.js';
import { type Node, spanWithin } from './tree.js';
import { find, printPath } from './tree-path.js';
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
export function checkFile(
  path: string,
  text: string,
  checks: Checks,
  report: DiagnosticSink,
  options: CheckOptions = {},
): Finding[] {
  const context = contextOf(path, text, checks, report, options);
  try {
    return toFindings(path, [...hitsOf(context), ...checkEmbedded(context, options)]);
  } catch (error) {
    // Path patterns and shell text recurse over what the file nests.
    if (!(error instanceof RangeError)) throw error;
    report({ kind: 'limit', file: path, message: 'nested too deeply to be checked as configuration' });
    return [];
  }
}

function contextOf(
  path: string,
  text: string,
  checks: Checks,
  report: DiagnosticSink,
  options: CheckOptions,
): FileContext {
  const limits = options.limits ?? CHECK_LIMITS;
  const tree = lazyTree(path, text, limits, report);
  return {
    path,
    text,
    checks,
    limits,
    facts: options.facts ?? NO_FACTS,
    matched: new Map(),
    mentioned: new Map(),
    tree,
  };
}

function hitsOf(context: FileContext): Hit[] {
  return [
    ...checkSettings(context),
    ...checkCommands(context),
    ...checkVariables(context),
    ...checkWorkflow(context),
    ...checkExports(context),
  ];
}

/** Configuration files within this one; what is found there stands where it is written here. */
function checkEmbedded(context: FileContext, options: CheckOptions): Hit[] {
  return context.checks.embedded.flatMap((source) => {
    const root = applies(source, context) ? context.tree() : undefined;
    if (!root) return [];
    return source.at
      .flatMap((pattern) => find(root, pattern))
      .flatMap(({ node, path }) => {
        if (node.kind !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('{')) return [];
        const inner = contextOf(source.path, node.value, context.checks, () => {}, options);
        const outside = ({ start, end }: Span) => spanWithin(context.text, node, start, end - start);
        return hitsOf(inner).map((hit) => ({
          ...hit,
          span: outside(hit.span),
          element: `${printPath(path)}.${hit.element}`,
          related: hit.related.map((related) => ({ ...related, span: outside(related.span) })),
        }));
      });
  });
}

function lazyTree(path: string, text: string, limits: CheckLimits, report: DiagnosticSink): () => Node | undefined {
  let parsed: { readonly root: Node | undefined } | undefined;
  return () => {
    const format = formatOf(path);
    parsed ??= { root: format && parseTree(path, text, format, limits, report) };
    return parsed.root;
  };
}
