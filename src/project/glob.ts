/**
 * Globs of ignore files, `--exclude`, workspaces and tsconfig `include`: `*`, `?`, `[a-z]`, `[!a]`, `**` as a whole segment, and escapes.
 * Matching backtracks to the last star only, so that a hostile pattern costs at most pattern × path steps; the regular expressions that
 * glob packages generate are exponential on such patterns, and the patterns come from the repository that is scanned.
 */
export type Glob = readonly Segment[];

type Segment = typeof ANY_FOLDERS | string | readonly Token[];
type Token = string | typeof ANY_CHARACTERS | typeof ANY_CHARACTER | CharacterClass;

interface CharacterClass {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [from: string, to: string])[];
}

const ANY_FOLDERS = Symbol('**');
const ANY_CHARACTERS = Symbol('*');
const ANY_CHARACTER = Symbol('?');

/** Compiles a glob without leading or trailing slash; undefined where it can match nothing (an unclosed bracket, as in git). */
export function compileGlob(pattern: string): Glob | undefined {
  const segments: Segment[] = [];
  for (const part of pattern.split('/')) {
    if (part === '**') {
      if (segments.at(-1) !== ANY_FOLDERS) segments.push(ANY_FOLDERS);
      continue;
    }
    const tokens = tokenize(part);
    if (!tokens) return undefined;
    segments.push(tokens.every((token) => typeof token === 'string') ? tokens.join('') : tokens);
  }
  // A trailing `**` covers what lies in the folder, not the folder itself.
  if (segments.length > 1 && segments.at(-1) === ANY_FOLDERS) segments.push([ANY_CHARACTERS]);
  return segments;
}

/** Whether the glob matches the whole path, given as its segments. */
export function matchGlob(glob: Glob, path: readonly string[]): boolean {
  return matchStarred(glob, path, ANY_FOLDERS, matchSegment);
}

/** Spells out `{a,b}` alternatives; a pattern with more than 256 of them is kept as it is. */
export function expandBraces(pattern: string): string[] {
  let patterns = [pattern];
  for (;;) {
    const next = [...new Set(patterns.flatMap(expandFirstBrace))];
    if (next.every((text, i) => text === patterns[i])) return next;
    if (next.length > 256) return [pattern];
    patterns = next;
  }
}

function expandFirstBrace(pattern: string): string[] {
  for (let close = pattern.indexOf('}'); close >= 0; close = pattern.indexOf('}', close + 1)) {
    const open = pattern.lastIndexOf('{', close);
    const options = open < 0 ? [] : pattern.slice(open + 1, close).split(',');
    if (options.length > 1) return options.map((option) => pattern.slice(0, open) + option + pattern.slice(close + 1));
  }
  return [pattern];
}

function matchSegment(segment: Segment, name: string): boolean {
  if (typeof segment === 'string') return segment === name;
  return segment !== ANY_FOLDERS && matchStarred(segment, [...name], ANY_CHARACTERS, matchToken);
}

function matchToken(token: Token, character: string): boolean {
  if (typeof token === 'string') return token === character;
  if (token === ANY_CHARACTER) return true;
  if (token === ANY_CHARACTERS) return false;
  return token.ranges.some(([from, to]) => from <= character && character <= to) !== token.negated;
}

/** Matches items against a pattern in which `star` stands for any run of items. */
function matchStarred<Part, Item>(
  pattern: readonly Part[],
  items: readonly Item[],
  star: Part,
  match: (part: Part, item: Item) => boolean,
): boolean {
  let part = 0;
  let item = 0;
  let starPart = -1;
  let starItem = 0;
  while (item < items.length) {
    if (part < pattern.length && pattern[part] === star) {
      starPart = part++;
      starItem = item;
    } else if (part < pattern.length && match(pattern[part]!, items[item]!)) {
      part++;
      item++;
    } else if (starPart >= 0) {
      part = starPart + 1;
      item = ++starItem;
    } else {
      return false;
    }
  }
  while (part < pattern.length && pattern[part] === star) part++;
  return part === pattern.length;
}

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const characters = [...text];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '*') {
      if (tokens.at(-1) !== ANY_CHARACTERS) tokens.push(ANY_CHARACTERS);
    } else if (character === '?') tokens.push(ANY_CHARACTER);
    else if (character === '\\' && i + 1 < characters.length) tokens.push(characters[++i]!);
    else if (character === '[') {
      const close = readClass(characters, i + 1);
      if (!close) return undefined;
      tokens.push(close.characterClass);
      i = close.end;
    } else tokens.push(character);
  }
  return tokens;
}

function readClass(
  characters: readonly string[],
  start: number,
): { characterClass: CharacterClass; end: number } | undefined {
  let i = start;
  const negated = characters[i] === '!' || characters[i] === '^';
  if (negated) i++;
  const ranges: [string, string][] = [];
  for (let first = true; i < characters.length; first = false) {
    if (characters[i] === ']' && !first) return { characterClass: { negated, ranges }, end: i };
    if (characters[i] === '\\') i++;
    const from = characters[i++];
    if (from === undefined) return undefined;
    if (characters[i] === '-' && i + 1 < characters.length && characters[i + 1] !== ']') {
      ranges.push([from, characters[i + 1]!]);
      i += 2;
    } else ranges.push([from, from]);
  }
  return undefined;
}
