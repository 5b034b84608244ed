import { SelectorError } from './selector-tokens.js';

/** Inclusive ranges of major versions; `undefined` stands for all. Those that are `known` hold only where the version is. */
export type Majors = readonly (readonly [low: number, high: number, known?: true])[];

const COMPARATOR = /^(>=|<=|>|<|=)?\s*(\d+)$/;

/** Parses `>=4`, `<4`, `3`, `4 - 6`, `>=4 <7`, `>=11 known`, and alternatives with `||`. */
export function parseMajors(text: string): Majors {
  return text.split('||').map((part) => {
    const between = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(part);
    if (between) return [Number(between[1]), Number(between[2])] as const;
    let low = 0;
    let high = Number.MAX_SAFE_INTEGER;
    let known = false;
    for (const word of part.trim().split(/\s+/)) {
      if (word === 'known') {
        known = true;
        continue;
      }
      const match = COMPARATOR.exec(word);
      if (!match)
        throw new SelectorError(`'${word}' is no range of major versions: expected '>=4', '<4', '3' or '4 - 6'`, 0);
      const major = Number(match[2]);
      if (match[1] === '>=') low = Math.max(low, major);
      else if (match[1] === '>') low = Math.max(low, major + 1);
      else if (match[1] === '<=') high = Math.min(high, major);
      else if (match[1] === '<') high = Math.min(high, major - 1);
      else {
        low = Math.max(low, major);
        high = Math.min(high, major);
      }
    }
    return known ? ([low, high, true] as const) : ([low, high] as const);
  });
}

/** Whether a part for `majors` applies; an unknown major fulfils every range but those that ask for a known one. */
export function includesMajor(majors: Majors | undefined, major: number | undefined): boolean {
  if (!majors) return true;
  if (major === undefined) return majors.some(([, , known]) => !known);
  return majors.some(([low, high]) => low <= major && major <= high);
}
