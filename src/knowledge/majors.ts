import { SelectorError } from './selector-tokens.js';

/** Inclusive ranges of major versions; `undefined` stands for all. */
export type Majors = readonly (readonly [low: number, high: number])[];

const COMPARATOR = /^(>=|<=|>|<|=)?\s*(\d+)$/;

/** Parses `>=4`, `<4`, `3`, `4 - 6`, `>=4 <7`, and alternatives with `||`. */
export function parseMajors(text: string): Majors {
  return text.split('||').map((part) => {
    const between = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(part);
    if (between) return [Number(between[1]), Number(between[2])] as const;
    let low = 0;
    let high = Number.MAX_SAFE_INTEGER;
    for (const word of part.trim().split(/\s+/)) {
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
    return [low, high] as const;
  });
}

/** Whether a part for `majors` applies; an unknown major fulfils every range. */
export function includesMajor(majors: Majors | undefined, major: number | undefined): boolean {
  return !majors || major === undefined || majors.some(([low, high]) => low <= major && major <= high);
}
