import { type ParserOptions, type ParserPlugin, parse as parseBabel } from '@babel/parser';
import type * as t from '@babel/types';
import type { Language } from './language.js';

/** One place where the text is not what its language allows. */
export interface SyntaxFault {
  readonly message: string;
  /** One-based. */
  readonly line: number;
  readonly column: number;
}

/** A parsed file; without a tree when the parser could not go on. */
export interface Parsed {
  readonly file: t.File | undefined;
  readonly faults: readonly SyntaxFault[];
}

const COMMON: readonly ParserPlugin[] = [
  'decoratorAutoAccessors',
  'deprecatedImportAssert',
  'destructuringPrivate',
  'explicitResourceManagement',
  'exportDefaultFrom',
  'sourcePhaseImports',
];
const LEGACY_DECORATORS: ParserPlugin = 'decorators-legacy';
const DECORATORS: ParserPlugin = 'decorators';
const TYPESCRIPT: ParserPlugin = 'typescript';
const DECLARATIONS: ParserPlugin = ['typescript', { dts: true }];

/** The plugin sets to try, the most likely first. Decorators on parameters exist only in the legacy grammar, so it goes first. */
function candidates(language: Language): readonly (readonly ParserPlugin[])[] {
  switch (language) {
    case 'declarations':
      return [[DECLARATIONS, LEGACY_DECORATORS]];
    case 'typescript':
      return [
        [TYPESCRIPT, LEGACY_DECORATORS],
        [TYPESCRIPT, DECORATORS],
        [TYPESCRIPT, 'jsx', LEGACY_DECORATORS],
      ];
    case 'typescript-jsx':
      return [
        [TYPESCRIPT, 'jsx', LEGACY_DECORATORS],
        [TYPESCRIPT, 'jsx', DECORATORS],
      ];
    case 'javascript':
      return [
        ['jsx', 'flow', LEGACY_DECORATORS],
        ['jsx', 'flow', DECORATORS],
        [TYPESCRIPT, 'jsx', LEGACY_DECORATORS],
        ['jsx', ['flow', { all: true }], LEGACY_DECORATORS],
      ];
  }
}

/** What the parser calls a second declaration of a name. */
const REDECLARATION = 'VarRedeclaration';

/**
 * Parses with each plugin set until one finds no fault; otherwise the one with the fewest faults counts.
 * @param composite the text is several modules, and may declare a name more than once
 */
export function parse(text: string, language: Language, composite = false): Parsed {
  let best: Parsed | undefined;
  for (const plugins of candidates(language)) {
    const parsed = attempt(text, [...COMMON, ...plugins], 'unambiguous', composite);
    if (parsed.faults.length === 0) return parsed;
    best = better(best, parsed);
    // A script may be sloppy where a module must be strict.
    if (parsed.file?.program.sourceType === 'script') {
      const script = attempt(text, [...COMMON, ...plugins], 'script', composite);
      if (script.faults.length === 0) return script;
      best = better(best, script);
    }
  }
  return best!;
}

function better(best: Parsed | undefined, other: Parsed): Parsed {
  if (!best || (!best.file && other.file)) return other;
  if (best.file && !other.file) return best;
  return other.faults.length < best.faults.length ? other : best;
}

const OPTIONS: ParserOptions = {
  attachComment: false,
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowNewTargetOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
  allowYieldOutsideFunction: true,
};

/** Labels of labels above which the parser is not asked to go on: it makes a fault of each pair that has the same name. */
const LABELS = 100;

/** Goes on behind faults where there are any; most files have none. */
function parseForgiving(text: string, options: ParserOptions): ReturnType<typeof parseBabel> {
  try {
    return parseBabel(text, options);
  } catch (error) {
    if (!(error instanceof SyntaxError) || mostLabels(text) > LABELS) throw error;
    return parseBabel(text, { ...options, errorRecovery: true });
  }
}

/** The longest run of `name:` behind each other. */
function mostLabels(text: string): number {
  let most = 0;
  let run = 0;
  for (let from = 0, colon = text.indexOf(':'); colon >= 0; from = colon + 1, colon = text.indexOf(':', from)) {
    const isName = colon - from < 100 && /^[\s\w$]+$/.test(text.slice(from, colon));
    run = isName ? run + 1 : 0;
    if (run > most) most = run;
  }
  return most;
}

function attempt(
  text: string,
  plugins: ParserPlugin[],
  sourceType: NonNullable<ParserOptions['sourceType']>,
  composite: boolean,
): Parsed {
  // Faults that are recovered from are errors that nobody throws: thousands in a hostile file, each with a walk over the whole stack.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const file = parseForgiving(text, { ...OPTIONS, sourceType, plugins });
    const errors = file.errors ?? [];
    const counted = composite ? errors.filter(({ reasonCode }) => reasonCode !== REDECLARATION) : errors;
    return { file, faults: counted.map(fault) };
  } catch (error) {
    if (error instanceof SyntaxError) return { file: undefined, faults: [fault(error)] };
    // The parser's own fault, on its way behind one of the text: `import(,)`.
    if (error instanceof TypeError) return { file: undefined, faults: [fault({})] };
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function fault(error: object): SyntaxFault {
  const { message, loc } = error as { message?: string; loc?: { line: number; column: number } };
  const text = (message ?? 'The text does not parse').replace(/ \(\d+:\d+\)$/, '');
  return { message: text, line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 };
}
