import { isPlainPattern, isWordPattern } from './tools/plain-pattern.js';

/** A class of characters that are not meant, one or several at once, wherever they stand. */
const NEGATED = /^\/(?:\[\^((?:\\.|[^\]\\])+)\]|(\\W))\+?\/(?=[a-z]*g)[giu]+$/;

/**
 * Whether a regular expression leaves nothing but harmless characters where what it matches is taken out: `/[^\w-]+/g`.
 *
 * @param literal the expression as it is written, with its flags
 * @param what `words`: what is left is no path and no address either; `plain`: it means nothing to a shell, a statement or a program
 */
export function leaves(literal: string, what: string): boolean {
  const match = NEGATED.exec(literal);
  if (!match) return false;
  const kept = `^${match[1] === undefined ? '\\w' : `[${match[1]}]`}+$`;
  return what === 'words' ? isWordPattern(kept) : isPlainPattern(kept);
}
