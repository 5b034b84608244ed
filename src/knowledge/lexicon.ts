import { z } from 'zod';
import type { NameClass } from '../core/knowledge.js';
import { matchPattern, type NamePattern, parsePattern, type WordLists } from './name-pattern.js';
import { splitWords } from './words.js';
import { YamlFile } from './yaml-file.js';

/**
 * A lexicon file: `words` names lists of words, `classes` says which names are of which kind. The kind `neutral` is for names that
 * cannot be content, `none` for names that look like a class and are not (the anti-lexicon).
 */
export const lexiconSchema = z.strictObject({
  words: z.record(z.string(), z.array(z.string())).optional(),
  classes: z.array(
    z.strictObject({
      kind: z.string(),
      confidence: z.enum(['high', 'medium', 'low']).optional(),
      names: z.array(z.string()),
    }),
  ),
});

/** A pattern and what it says of a name that it matches; plain data. */
export interface LexiconEntry {
  readonly kind: string;
  readonly confidence: NameClass['confidence'];
  readonly pattern: NamePattern;
}

/** Parses the lexicon's files, in order. Word lists are common to all of them. Throws `RequestError`. */
export function parseLexicon(files: readonly (readonly [file: string, text: string])[]): readonly LexiconEntry[] {
  const parsed = files.map(([file, text]) => new YamlFile(file, text, lexiconSchema));
  const lists: WordLists = Object.assign({}, ...parsed.map((yaml) => yaml.data.words ?? {}));
  return parsed.flatMap((yaml) =>
    yaml.data.classes.flatMap(({ kind, confidence = 'high', names }, i) =>
      names.map((name, j) => ({
        kind,
        confidence,
        pattern: yaml.parse(['classes', i, 'names', j], () => parsePattern(name, lists)),
      })),
    ),
  );
}

/** Says what identifiers mean. The pattern that accounts for the most words decides, among equals the earlier one. */
export class Lexicon {
  /** Patterns, by number, under each word that they can end with; those that end in any word under ''. */
  readonly #byEnding = new Map<string, number[]>();
  /** Open patterns, under each word that they can begin with; those that begin with any word under ''. */
  readonly #byBeginning = new Map<string, number[]>();
  readonly #known = new Map<string, NameClass | undefined>();

  constructor(readonly entries: readonly LexiconEntry[]) {
    for (const [number, entry] of entries.entries()) {
      const { open } = entry.pattern;
      const index = open ? this.#byBeginning : this.#byEnding;
      for (const key of open ? beginnings(entry.pattern) : endings(entry.pattern)) {
        const list = index.get(key);
        if (list) list.push(number);
        else index.set(key, [number]);
      }
    }
  }

  classify(identifier: string): NameClass | undefined {
    if (!this.#known.has(identifier)) this.#known.set(identifier, this.#classify(splitWords(identifier)));
    return this.#known.get(identifier);
  }

  #classify(words: readonly string[]): NameClass | undefined {
    const last = words.at(-1);
    if (last === undefined) return undefined;
    let best = Number.MAX_SAFE_INTEGER;
    let most = 0;
    const first = words[0]!;
    // An identifier may write words together: each end of its last word may be the last word of a pattern.
    const lists = [this.#byEnding.get(''), this.#byBeginning.get('')];
    for (let i = 0; i < last.length; i++) lists.push(this.#byEnding.get(last.slice(i)));
    for (let i = 1; i <= first.length; i++) lists.push(this.#byBeginning.get(first.slice(0, i)));
    for (const list of lists) {
      for (const number of list ?? []) {
        const count = matchPattern(this.entries[number]!.pattern, words);
        if (count > most || (count === most && count > 0 && number < best)) {
          best = number;
          most = count;
        }
      }
    }
    if (most === 0) return undefined;
    const { kind, confidence } = this.entries[best]!;
    return kind === 'none' ? undefined : { kind, confidence };
  }
}

/** Every word that the pattern can begin with, '' for any. */
function beginnings({ slots }: NamePattern): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { words, optional } of slots) {
    for (const [word] of words) found.add(word === '*' ? '' : word!);
    if (!optional) break;
  }
  return found;
}

/** Every word that the pattern can end with, '' for any. */
function endings(pattern: NamePattern): ReadonlySet<string> {
  const found = new Set<string>();
  for (let i = pattern.slots.length - 1; i >= 0; i--) {
    const { words, optional } = pattern.slots[i]!;
    for (const run of words) {
      const word = run.at(-1)!;
      found.add(word === '*' ? '' : word);
    }
    if (!optional) break;
  }
  return found;
}
