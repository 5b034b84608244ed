/**
 * Judges whether an expression can be made slow. Accepted is a subset whose worst case can be counted: no unbounded repetition, no
 * back reference, no look-around; and the ways in which a backtracking matcher can divide a text among the repetitions, multiplied up,
 * stay below a bound. A repetition that is followed by something that cannot start with its own characters divides in one way only.
 *
 * Returns what is wrong, or undefined. `sets` may be kept between calls to save work.
 */
export function findSlowness(source: string, sets: CharacterSets = new Map()): string | undefined {
  try {
    const parser = new ExpressionParser(source, sets);
    const ways = parser.parse().ways;
    return ways > WAYS_LIMIT ? `can take about ${ways} tries per character; narrow its repetitions` : undefined;
  } catch (error) {
    if (error instanceof UnsafeExpression) return error.message;
    throw error;
  }
}

const WAYS_LIMIT = 5_000;
const REPETITION_LIMIT = 10_000;
const CHARACTERS = 129;

class UnsafeExpression extends Error {}

/** A set of characters: ASCII codes, and 128 for all others. */
type CharacterSet = Uint8Array;

/** Sets by the fragment of an expression that denotes them. */
export type CharacterSets = Map<string, CharacterSet>;

interface Piece {
  /** Ways to match one text, at most. */
  readonly ways: number;
  /** Characters that it can start with. */
  readonly first: CharacterSet;
  readonly optional: boolean;
}

class ExpressionParser {
  #at = 0;

  constructor(
    readonly source: string,
    readonly sets: CharacterSets,
  ) {}

  parse(): Piece {
    const piece = this.#alternatives();
    if (this.#at < this.source.length) throw new UnsafeExpression('has an unbalanced parenthesis');
    return piece;
  }

  #alternatives(): Piece {
    const branches = [this.#sequence()];
    while (this.source[this.#at] === '|') {
      this.#at++;
      branches.push(this.#sequence());
    }
    return {
      ways: branches.reduce((sum, branch) => sum + branch.ways, 0) - branches.length + 1,
      first: union(branches.map((branch) => branch.first)),
      optional: branches.some((branch) => branch.optional),
    };
  }

  #sequence(): Piece {
    const items: { piece: Piece; minimum: number; maximum: number }[] = [];
    while (this.#at < this.source.length && this.source[this.#at] !== '|' && this.source[this.#at] !== ')') {
      const piece = this.#atom();
      items.push({ piece, ...this.#quantifier() });
    }
    let rest: Piece = { ways: 1, first: new Uint8Array(CHARACTERS), optional: true };
    for (const { piece, minimum, maximum } of items.reverse()) {
      const divides = maximum > minimum && overlaps(piece.first, rest.first) ? maximum - minimum + 1 : 1;
      rest = {
        ways: piece.ways ** Math.max(1, maximum) * divides * rest.ways,
        first: minimum === 0 || piece.optional ? union([piece.first, rest.first]) : piece.first,
        optional: (minimum === 0 || piece.optional) && rest.optional,
      };
    }
    return rest;
  }

  #quantifier(): { minimum: number; maximum: number } {
    const rest = this.source.slice(this.#at);
    if (/^[*+]/.test(rest)) throw new UnsafeExpression(`repeats without bound at offset ${this.#at}; write {0,100}`);
    const counted = /^\{(\d+)(,(\d*))?\}\??/.exec(rest);
    if (counted) {
      if (counted[2] && !counted[3])
        throw new UnsafeExpression(`repeats without bound at offset ${this.#at}; write {n,100}`);
      const minimum = Number(counted[1]);
      const maximum = counted[2] ? Number(counted[3]) : minimum;
      if (maximum > REPETITION_LIMIT) throw new UnsafeExpression(`repeats more than ${REPETITION_LIMIT} times`);
      this.#at += counted[0].length;
      return { minimum, maximum };
    }
    const optional = /^\?\??/.exec(rest);
    if (!optional) return { minimum: 1, maximum: 1 };
    this.#at += optional[0].length;
    return { minimum: 0, maximum: 1 };
  }

  #atom(): Piece {
    const character = this.source[this.#at]!;
    if (character === '(') return this.#group();
    if (character === '[') return single(this.#characterClass());
    if (character === '\\') return this.#escape();
    this.#at++;
    if (character === '^' || character === '$') return { ways: 1, first: new Uint8Array(CHARACTERS), optional: true };
    if (character === '.') return single(new Uint8Array(CHARACTERS).fill(1));
    return single(setOf(character));
  }

  #group(): Piece {
    const opening = /^\((?:\?:|\?<[A-Za-z]\w*>|(?!\?))/.exec(this.source.slice(this.#at));
    if (!opening) throw new UnsafeExpression(`looks around at offset ${this.#at}`);
    this.#at += opening[0].length;
    const piece = this.#alternatives();
    if (this.source[this.#at] !== ')') throw new UnsafeExpression('has an unbalanced parenthesis');
    this.#at++;
    return piece;
  }

  #escape(): Piece {
    const letter = this.source[this.#at + 1] ?? '';
    if (/[1-9k]/.test(letter)) throw new UnsafeExpression(`refers back at offset ${this.#at}`);
    if (/[bB]/.test(letter)) {
      this.#at += 2;
      return { ways: 1, first: new Uint8Array(CHARACTERS), optional: true };
    }
    const length = letter === 'x' ? 4 : 2;
    const set = this.#setMatching(this.source.slice(this.#at, this.#at + length));
    this.#at += length;
    return single(set);
  }

  #characterClass(): CharacterSet {
    let end = this.#at + 1;
    while (end < this.source.length && this.source[end] !== ']') end += this.source[end] === '\\' ? 2 : 1;
    const set = this.#setMatching(this.source.slice(this.#at, end + 1));
    this.#at = end + 1;
    return set;
  }

  #setMatching(fragment: string): CharacterSet {
    let set = this.sets.get(fragment);
    if (!set) {
      set = setMatching(fragment);
      this.sets.set(fragment, set);
    }
    return set;
  }
}

function single(first: CharacterSet): Piece {
  return { ways: 1, first, optional: false };
}

function setOf(character: string): CharacterSet {
  const set = new Uint8Array(CHARACTERS);
  // expressions may be matched without regard to case
  for (const code of [character.toLowerCase().charCodeAt(0), character.toUpperCase().charCodeAt(0)])
    set[Math.min(code, 128)] = 1;
  return set;
}

function setMatching(fragment: string): CharacterSet {
  const expression = new RegExp(`^${fragment}$`, 'i');
  const set = new Uint8Array(CHARACTERS);
  for (let code = 0; code < 128; code++) if (expression.test(String.fromCharCode(code))) set[code] = 1;
  if (expression.test('\u4e2d')) set[128] = 1;
  return set;
}

function union(sets: readonly CharacterSet[]): CharacterSet {
  const result = new Uint8Array(CHARACTERS);
  for (const set of sets) for (let i = 0; i < CHARACTERS; i++) if (set[i]) result[i] = 1;
  return result;
}

function overlaps(left: CharacterSet, right: CharacterSet): boolean {
  for (let i = 0; i < CHARACTERS; i++) if (left[i] && right[i]) return true;
  return false;
}
