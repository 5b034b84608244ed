import { RequestError } from '../../src/core/errors.js';
import { SelectorError } from '../../src/knowledge/selector-tokens.js';

/** The one line that a fault of the user's prints; `offset: message` for a fault within a text. */
export function describeError(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof RequestError) return error.describe();
    if (error instanceof SelectorError) return `${error.offset}: ${error.message}`;
    throw error;
  }
  return 'no error';
}
