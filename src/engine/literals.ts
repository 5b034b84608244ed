import { matchesGlob } from '../core/literal-glob.js';
import type { Condition } from '../core/port.js';

/** Whether known literals fulfil the test of a condition; where none is known, only the negative tests hold. */
export function globMatches({ test, values }: Condition, literals: readonly string[]): boolean {
  switch (test) {
    case 'in':
      return literals.some((text) => values.includes(text));
    case 'not-in':
      return !literals.some((text) => values.includes(text));
    case 'matches':
      return literals.some((text) => values.some((pattern) => matchesGlob(pattern, text)));
    case 'not-matches':
      return !literals.some((text) => values.some((pattern) => matchesGlob(pattern, text)));
    default:
      return false;
  }
}
