import type { DiagnosticKind } from '../core/diagnostic.js';
import type { Confidence, Feature, Finding, Level } from '../core/finding.js';

/** All words for people that stand for a value of a closed set; a new value without its words does not compile. */
export const FEATURE_WORDS: Readonly<Record<Feature, string>> = {
  'unmodelled-call': 'a call on the way has no model, and is taken to return something of what it is given',
  'shared-state': 'the data passes through state that several functions share',
  'dynamic-target': 'a call on the way chooses its target at run time',
  'name-guess': 'the data was recognised by its name alone',
  broadened: 'values were merged on the way to keep the analysis bounded',
  'out-of-fuel': 'the analysis reached one of its bounds on the way',
};

export const DIAGNOSTIC_WORDS: Readonly<Record<DiagnosticKind, readonly [one: string, many: string]>> = {
  'syntax-error': ['syntax error', 'syntax errors'],
  unlowered: ['construct not understood', 'constructs not understood'],
  'skipped-file': ['file skipped', 'files skipped'],
  unreadable: ['unreadable file or folder', 'unreadable files or folders'],
  encoding: ['file not in UTF-8', 'files not in UTF-8'],
  'unresolved-import': ['import that leads nowhere', 'imports that lead nowhere'],
  configuration: ['broken project file', 'broken project files'],
  limit: ['bound of the analysis reached', 'bounds of the analysis reached'],
  'dynamic-code': ['piece of code made at run time', 'pieces of code made at run time'],
  suppression: ['suppression of no effect', 'suppressions of no effect'],
  baseline: ['stale entry of the baseline', 'stale entries of the baseline'],
};

export const LEVEL_WORDS: Readonly<Record<Level, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  note: ['note', 'notes'],
};

/** From grave to slight. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'note'];

const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = { high: 'High', medium: 'Medium', low: 'Low' };

/** How sure a finding is, and why. */
export function explainConfidence(finding: Pick<Finding, 'confidence' | 'features' | 'steps'>): string {
  const reasons = finding.features.map((feature) => FEATURE_WORDS[feature]);
  if (reasons.length === 0) reasons.push(explainDirectly(finding));
  return `${CONFIDENCE_WORDS[finding.confidence]}: ${reasons.join('; ')}.`;
}

/** Why, when no approximation was needed on the way. */
function explainDirectly({ confidence, steps }: Pick<Finding, 'confidence' | 'steps'>): string {
  if (steps.length > 0) {
    const followed = 'every step was followed in the code';
    return confidence === 'high' ? followed : `${followed}, but what the data is, or who receives it, is a guess`;
  }
  return confidence === 'high' ? 'it stands in the file as shown' : 'it looks like it, and could be something harmless';
}

/** `1 file`, `1,234 files`. */
export function count(number: number, one: string, many: string): string {
  return `${groupDigits(number)} ${number === 1 ? one : many}`;
}

/** `1234567` as `1,234,567`. */
export function groupDigits(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
