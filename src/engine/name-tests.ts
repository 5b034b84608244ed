/**
 * Tests on the names of fields: `KEYS.includes(k)`, `SENSITIVE.test(k)`. Redactors ask them of each field of a thing, so that what is left of it is
 * told by a test and not by a list of fields: those of a thing of the caller's are not known here.
 */

/** The number of a test; tests that are built alike have the same number. */
export type NameTest = number;

/** Passed by every name, and by none. */
export const EVERY: NameTest = 0;
export const NEVER: NameTest = 1;

/** How a name is changed before it is looked at: to lower or upper case, without hyphens and underscores. */
export type Change = 'lower' | 'upper' | 'bare';

type Node =
  | { readonly kind: 'every' | 'never' }
  | { readonly kind: 'in' | 'contains'; readonly names: readonly string[]; readonly changes: readonly Change[] }
  | { readonly kind: 'pattern'; readonly pattern: RegExp; readonly changes: readonly Change[] }
  | { readonly kind: 'not'; readonly test: NameTest }
  | { readonly kind: 'and' | 'or'; readonly left: NameTest; readonly right: NameTest };

/** What is in front of a test's number in a list of names that a thing lacks: the thing lacks all that pass it. */
const MARK = '~';
/** Parts of one test. Beyond them nothing is told. */
const SIZE = 24;
/** Longest name that is matched with a pattern of the program's. */
const NAME_LENGTH = 64;
/** Patterns that match in few steps: no repeated groups, no look-around, no way back, few repetitions. */
const SLOW = /\)[*+{]|\(\?[=!<]|\\\d/;

export class NameTests {
  readonly #nodes: Node[] = [{ kind: 'every' }, { kind: 'never' }];
  readonly #sizes: number[] = [1, 1];
  readonly #numbers = new Map<string, NameTest>();
  readonly #lists = new Map<string, { readonly names: ReadonlySet<string>; readonly tests: readonly NameTest[] }>();

  /** The name, changed, is one of some. */
  oneOf(names: readonly string[], changes: readonly Change[] = []): NameTest {
    if (names.length === 0) return NEVER;
    const sorted = [...new Set(names)].sort();
    return this.#number(`in ${changes} ${sorted.join('\n')}`, { kind: 'in', names: sorted, changes }, 1);
  }

  /** The name, changed, has one of some texts in it. */
  containing(parts: readonly string[], changes: readonly Change[]): NameTest {
    if (parts.length === 0) return NEVER;
    const sorted = [...new Set(parts)].sort();
    return this.#number(`has ${changes} ${sorted.join('\n')}`, { kind: 'contains', names: sorted, changes }, 1);
  }

  /** The name, changed, matches a regular expression as it is written in the program; undefined where that might take long. */
  matching(source: string, changes: readonly Change[]): NameTest | undefined {
    const parts = /^\/(.*)\/([a-z]*)$/s.exec(source);
    if (!parts || SLOW.test(parts[1]!) || (parts[1]!.match(/[*+{]/g)?.length ?? 0) > 4) return undefined;
    try {
      const pattern = new RegExp(parts[1]!, parts[2]!.replace(/[gy]/g, ''));
      return this.#number(`match ${changes} ${source}`, { kind: 'pattern', pattern, changes }, 1);
    } catch {
      return undefined;
    }
  }

  not(test: NameTest): NameTest {
    if (test === EVERY) return NEVER;
    if (test === NEVER) return EVERY;
    const node = this.#nodes[test]!;
    return node.kind === 'not' ? node.test : this.#number(`not ${test}`, { kind: 'not', test }, this.#sizes[test]!);
  }

  /** @param coarse what stands for a test that grows too large */
  and(left: NameTest, right: NameTest, coarse: NameTest): NameTest {
    if (left === right || right === EVERY) return left;
    if (left === EVERY) return right;
    if (left === NEVER || right === NEVER || left === this.not(right)) return NEVER;
    const listed = this.listed(left) ? left : right;
    const other = listed === left ? right : left;
    const names = this.listed(listed);
    if (names) return this.oneOf(names.filter((name) => this.passes(other, name)));
    return this.#both('and', left, right, coarse);
  }

  or(left: NameTest, right: NameTest, coarse: NameTest): NameTest {
    if (left === right || right === NEVER) return left;
    if (left === NEVER) return right;
    if (left === EVERY || right === EVERY || left === this.not(right)) return EVERY;
    const one = this.listed(left);
    const two = this.listed(right);
    if (one && two) return this.oneOf([...one, ...two]);
    return this.#both('or', left, right, coarse);
  }

  /** The names that pass, where a test lists them. */
  listed(test: NameTest): readonly string[] | undefined {
    if (test === NEVER) return [];
    const node = this.#nodes[test]!;
    return node.kind === 'in' && node.changes.length === 0 ? node.names : undefined;
  }

  passes(test: NameTest, name: string): boolean {
    const node = this.#nodes[test]!;
    switch (node.kind) {
      case 'every':
        return true;
      case 'never':
        return false;
      case 'in':
        return node.names.includes(changed(name, node.changes));
      case 'contains': {
        const text = changed(name, node.changes);
        return node.names.some((part) => text.includes(part));
      }
      case 'pattern':
        return name.length <= NAME_LENGTH && node.pattern.test(changed(name, node.changes));
      case 'not':
        return !this.passes(node.test, name);
      case 'and':
        return this.passes(node.left, name) && this.passes(node.right, name);
      case 'or':
        return this.passes(node.left, name) || this.passes(node.right, name);
    }
  }

  /** What a list of lacking names (see `Fact.without`) is to hold for all names that pass a test. */
  marks(test: NameTest): readonly string[] {
    return this.listed(test) ?? [`${MARK}${test}`];
  }

  /** Whether a thing lacks a field, by the list of those that it lacks. */
  lacks(without: string, name: string): boolean {
    if (without === '') return false;
    const { names, tests } = this.#read(without);
    return names.has(name) || tests.some((test) => this.passes(test, name));
  }

  /** Passed by the names of the fields that a thing may have, by the list of those that it lacks. */
  left(without: string): NameTest {
    if (without === '') return EVERY;
    const { names, tests } = this.#read(without);
    const lacking = tests.reduce((all, test) => this.or(all, test, NEVER), this.oneOf([...names]));
    return this.not(lacking);
  }

  #read(without: string): { readonly names: ReadonlySet<string>; readonly tests: readonly NameTest[] } {
    let list = this.#lists.get(without);
    if (!list) {
      const parts = without.split('\n');
      const tests = parts.filter((part) => part.startsWith(MARK)).map((part) => Number(part.slice(1)));
      list = { names: new Set(parts.filter((part) => !part.startsWith(MARK))), tests };
      this.#lists.set(without, list);
    }
    return list;
  }

  #both(kind: 'and' | 'or', left: NameTest, right: NameTest, coarse: NameTest): NameTest {
    const size = this.#sizes[left]! + this.#sizes[right]!;
    if (size > SIZE) return coarse;
    const [first, second] = left < right ? [left, right] : [right, left];
    return this.#number(`${kind} ${first} ${second}`, { kind, left: first, right: second }, size);
  }

  #number(key: string, node: Node, size: number): NameTest {
    let test = this.#numbers.get(key);
    if (test === undefined) {
      test = this.#nodes.push(node) - 1;
      this.#sizes.push(size);
      this.#numbers.set(key, test);
    }
    return test;
  }
}

function changed(name: string, changes: readonly Change[]): string {
  let text = name;
  for (const change of changes)
    text =
      change === 'lower' ? text.toLowerCase() : change === 'upper' ? text.toUpperCase() : text.replace(/[-_]/g, '');
  return text;
}
