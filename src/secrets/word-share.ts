/** Pairs of letters that words and abbreviations of programmers hardly ever hold. */
const RARE_PAIR =
  /q[^u]|[bcdfghjklmnpqstvwxz]{5}|j[bcdfghjklmnpqrstvwxyz]|[bcdfghjkmpqtvwxz]j|v[bcdfghjklmnpqtwxz]|x[bdfgjkqrvwz]|z[bcdfgjkmnpqrstvwx]|[fghjkqvwxz]q|w[vxzjq]|k[xzqvj]|[bp][xzqvk]|g[xzqvk]|h[xzqvj]/;

/**
 * The part of a text, from 0 to 1, that reads like words: runs of letters (split where the case changes) that could be pronounced.
 * Random keys stay below 0.4, names and phrases above 0.6.
 */
export function wordShare(text: string): number {
  const runs = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  let letters = 0;
  let worded = 0;
  let total = 0;
  for (const run of runs) {
    total += run.length;
    if (/\d/.test(run)) continue;
    letters += run.length;
    if (isWord(run.toLowerCase())) worded += run.length;
  }
  if (total === 0 || letters < total / 4) return 0;
  return worded / letters;
}

function isWord(run: string): boolean {
  if (run.length < 4)
    return /^(?:do|not|the|and|for|key|api|jwt|dev|new|old|my|is|in|to|of|a|an|or|app|use|set|get|any|bot|db|env|ai|me)$/.test(
      run,
    );
  if (!/[aeiouy]/.test(run) || RARE_PAIR.test(run)) return false;
  return !/[aeiou]{4}/.test(run) && run.match(/[aeiouy]/g)!.length * 5 >= run.length;
}
