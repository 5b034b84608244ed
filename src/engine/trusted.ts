import type { Diagnostic } from '../core/diagnostic.js';
import type { Clears } from '../core/kinds.js';
import type { Program } from './program.js';
import type { Edge, Summary } from './summary.js';
import { TokenKind, type Tracker } from './tracker.js';

/** A function of the program that is trusted to clean what it is given, whatever its code seems to do. */
export interface TrustedFunction {
  readonly file: string;
  /** Name of an export, or qualified name: `scrub`, `Mask.apply`. */
  readonly name: string;
  readonly clears: Clears;
  /** Where the trust is written down. */
  readonly place: { readonly file: string; readonly line?: number };
}

/** What trusted functions clear, by global function number; who is trusted and is not there is told. */
export function findTrusted(
  program: Program,
  tracker: Tracker,
  trusted: readonly TrustedFunction[],
  report: (diagnostic: Diagnostic) => void,
): ReadonlyMap<number, Clears> {
  const result = new Map<number, Clears>();
  for (const { file, name, clears, place } of trusted) {
    const found = findFunctions(program, tracker, file, name);
    for (const fn of found) result.set(fn, (result.get(fn) ?? 0) | clears);
    if (found.length > 0) continue;
    const { line } = place;
    const message = `the trusted function \`${name}\` is not in ${file}`;
    report({ kind: 'configuration', file: place.file, ...(line !== undefined && { line }), message });
  }
  return result;
}

/** The summary of a trusted function: whatever it passes on has been cleaned. */
export function trust(summary: Summary, clears: Clears | undefined): Summary {
  if (!clears) return summary;
  const cleaned = (edge: Edge): Edge => (edge.to.type === 'sink' ? edge : { ...edge, cleared: edge.cleared | clears });
  return { ...summary, edges: summary.edges.map(cleaned) };
}

function findFunctions(program: Program, tracker: Tracker, path: string, name: string): number[] {
  const file = program.files.findIndex((each) => each.path === path);
  if (file < 0) return [];
  const base = program.functionBase[file]!;
  const named = program.files[file]!.functions.flatMap(({ qualifiedName }, i) =>
    qualifiedName === name ? [base + i] : [],
  );
  if (named.length > 0) return named;
  const binding = tracker.exports.find(file, name);
  if (binding?.kind !== 'variable') return [];
  return tracker
    .variableTokens(binding.variable)
    .filter((token) => tracker.tokenKind(token) === TokenKind.Function)
    .map((token) => tracker.tokenData(token));
}
