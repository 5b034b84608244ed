import { SelectorError } from './selector-tokens.js';

/** A place in a pattern: one of these words or runs of words, or nothing where it is optional. */
interface Slot {
  readonly words: readonly (readonly string[])[];
  readonly optional: boolean;
}

/**
 * A pattern of words. `user|customer? email address|addr?` matches identifiers that end in such words; `^` in front makes it match the
 * whole identifier; `...` behind lets any words follow a beginning; `@list` stands for the words of a list, `*` for any one word, and
 * `access_key|token` has an alternative of two words. Identifiers may write words together: `apikey` for `api key`.
 */
export interface NamePattern {
  readonly slots: readonly Slot[];
  /** From the first word on. */
  readonly whole: boolean;
  /** Any words may follow. */
  readonly open: boolean;
}

export type WordLists = Readonly<Record<string, readonly string[]>>;

const WORDS = /^[\p{Ll}\d]+(?:_[\p{Ll}\d]+)*$/u;

/** Parses a pattern. Throws `SelectorError`. */
export function parsePattern(text: string, lists: WordLists): NamePattern {
  const slots: Slot[] = [];
  let whole = false;
  let open = false;
  for (const match of text.matchAll(/\S+/g)) {
    const token = match[0];
    const fail = (message: string): never => {
      throw new SelectorError(message, match.index);
    };
    if (open) fail("nothing can follow '...'");
    if (token === '^' && match.index === 0) whole = true;
    else if (token === '...') open = true;
    else {
      const optional = token.endsWith('?');
      const words = (optional ? token.slice(0, -1) : token).split('|').flatMap((word) => {
        if (word === '*') return [[word]];
        if (WORDS.test(word)) return [word.split('_')];
        if (!word.startsWith('@')) return fail(`'${word}' is no word of small letters and digits`);
        const list = lists[word.slice(1)] ?? fail(`there is no word list '${word}'`);
        return list.map((each) => each.split('_'));
      });
      slots.push({ words, optional });
    }
  }
  if (slots.every((slot) => slot.optional)) throw new SelectorError('a pattern needs a word that is not optional', 0);
  if (open && !whole) throw new SelectorError("'...' needs '^' at the start", text.length - 3);
  return { slots, whole, open };
}

/**
 * The number of words that the pattern accounts for, 0 where it does not match. A pattern that lets any words follow counts half a word
 * less: `reset token` says more of `resetToken` than `reset ...` does.
 */
export function matchPattern(pattern: NamePattern, words: readonly string[]): number {
  const slot = (word: number, offset: number, number: number): boolean => {
    if (number === pattern.slots.length) return offset === 0 && (word === words.length || pattern.open);
    const { words: choices, optional } = pattern.slots[number]!;
    if (optional && slot(word, offset, number + 1)) return true;
    return choices.some((choice) => run(word, offset, number, choice, 0));
  };
  // The part of `choice` from `part` on, at `offset` in `word`, and then the slots behind `number`.
  const run = (word: number, offset: number, number: number, choice: readonly string[], part: number): boolean => {
    if (part === choice.length) return slot(word, offset, number + 1);
    const text = words[word];
    const expected = choice[part]!;
    if (text === undefined) return false;
    if (expected === '*') return offset === 0 && run(word + 1, 0, number, choice, part + 1);
    if (!text.startsWith(expected, offset)) return false;
    const end = offset + expected.length;
    return end === text.length ? run(word + 1, 0, number, choice, part + 1) : run(word, end, number, choice, part + 1);
  };
  const last = pattern.whole ? 0 : words.length - 1;
  for (let start = 0; start <= last; start++) {
    if (slot(start, 0, 0)) return pattern.open ? words.length - 0.5 : words.length - start;
  }
  return 0;
}
