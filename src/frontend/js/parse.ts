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

function attempt(
  text: string,
  plugins: ParserPlugin[],
  sourceType: NonNullable<ParserOptions['sourceType']>,
  composite: boolean,
): Parsed {
  try {
    const file = parseBabel(text, {
      sourceType,
      plugins,
      errorRecovery: true,
      attachComment: false,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
      allowNewTargetOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowUndeclaredExports: true,
      allowYieldOutsideFunction: true,
    });
    const errors = file.errors ?? [];
    const counted = composite ? errors.filter(({ reasonCode }) => reasonCode !== REDECLARATION) : errors;
    return { file, faults: counted.map(fault) };
  } catch (error) {
    if (error instanceof SyntaxError) return { file: undefined, faults: [fault(error)] };
    // The parser's own fault, on its way behind one of the text: `import(,)`.
    if (error instanceof TypeError) return { file: undefined, faults: [fault({})] };
    throw error;
  }
}

function fault(error: object): SyntaxFault {
  const { message, loc } = error as { message?: string; loc?: { line: number; column: number } };
  const text = (message ?? 'The text does not parse').replace(/ \(\d+:\d+\)$/, '');
  return { message: text, line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 };
}
