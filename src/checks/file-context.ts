import type { Checks } from './check.js';
import type { FileFilter } from './check-text.js';
import type { Glob } from './glob.js';
import type { CheckLimits } from './limits.js';
import type { ProjectFacts } from './predicates/predicates.js';
import type { Node } from './tree.js';

/** One file under check. */
export interface FileContext {
  readonly path: string;
  readonly text: string;
  readonly checks: Checks;
  readonly limits: CheckLimits;
  readonly facts: ProjectFacts;
  /** Which globs match the path: checks share their globs, and most match no file. */
  readonly matched: Map<Glob, boolean>;
  /** Which words the text holds. */
  readonly mentioned: Map<string, boolean>;
  /** The tree, parsed when first asked for; undefined for a file that is none. */
  tree(): Node | undefined;
}

/** Whether a check, a source or a rule set reads this file. */
export function applies(filter: FileFilter, context: FileContext): boolean {
  return (
    filter.files.some((glob) => matches(glob, context)) &&
    !filter.exclude.some((glob) => matches(glob, context)) &&
    (filter.mentions.length === 0 || filter.mentions.some((word) => mentions(word, context)))
  );
}

function matches(glob: Glob, context: FileContext): boolean {
  let known = context.matched.get(glob);
  if (known === undefined) {
    known = glob.matches(context.path);
    context.matched.set(glob, known);
  }
  return known;
}

function mentions(word: string, context: FileContext): boolean {
  let known = context.mentioned.get(word);
  if (known === undefined) {
    known = context.text.includes(word);
    context.mentioned.set(word, known);
  }
  return known;
}
