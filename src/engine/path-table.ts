import { ANY, ELEMENT, FIELD_NAME } from '../ir/instruction.js';

/** An access path: a dense integer, 0 the empty path. Equal paths have equal numbers. */
export type PathId = number;
export const EMPTY_PATH: PathId = 0;

/** Ways back to one path that are kept. */
const LOOPS = 4;

/** Interns access paths, that is sequences of field names, as a trie. */
export class PathTable {
  readonly #parents: number[] = [-1];
  readonly #keys: string[] = [''];
  readonly #depths: number[] = [0];
  readonly #children: (Map<string, PathId> | undefined)[] = [undefined];

  readonly #loops = new Map<PathId, string[][]>();
  /** The keys of paths that were asked for. */
  readonly #lists: (readonly string[] | undefined)[] = [];

  constructor(readonly maximumDepth: number) {}

  /** path.key; undefined where that would exceed the depth bound. Array indices beyond '15' become elements. */
  extend(path: PathId, key: string): PathId | undefined {
    const known = this.#children[path]?.get(key);
    if (known !== undefined) return known;
    const made = this.#make(path, key);
    if (made === undefined) return undefined;
    const children = this.#children[path];
    if (children) children.set(key, made);
    else this.#children[path] = new Map([[key, made]]);
    return made;
  }

  #make(path: PathId, key: string): PathId | undefined {
    const folded = this.#fold(path, key);
    if (folded >= 0) {
      if (!isElement(key) && !isInternal(key)) this.#noteLoop(folded, path, key);
      return folded;
    }
    const depth = this.#depths[path]! + (isInternal(key) ? 0 : 1);
    if (depth > this.maximumDepth) return undefined;
    this.#parents.push(path);
    this.#keys.push(key);
    this.#depths.push(depth);
    return this.#children.push(undefined) - 1;
  }

  /**
   * Recursive data folds: `next.next` is `next`, the third dimension of an array its second. The prefix that stands for path.key, -1 where it is
   * a path of its own. Trees and lists have no bound of their own, and their paths would multiply up to the depth bound.
   */
  #fold(path: PathId, key: string): number {
    if (isInternal(key)) return this.#repeated(path, key);
    if (isElement(key)) {
      const parent = this.#parents[path]!;
      return path > 0 && isElement(this.#keys[path]!) && parent > 0 && isElement(this.#keys[parent]!) ? path : -1;
    }
    for (let p = path; p > 0; p = this.#parents[p]!) if (this.#keys[p] === key) return p;
    return -1;
  }

  /** Internal keys do not count in the depth of a path: where one stands again, the path goes back to it. */
  #repeated(path: PathId, key: string): number {
    for (let p = path; p > 0; p = this.#parents[p]!) if (this.#keys[p] === key) return p;
    return -1;
  }

  #noteLoop(folded: PathId, path: PathId, key: string): void {
    const loop: string[] = [key];
    for (let p = path; p > folded; p = this.#parents[p]!) loop.unshift(this.#keys[p]!);
    const known = this.#loops.get(folded);
    const text = loop.join('.');
    if (!known) this.#loops.set(folded, [loop]);
    else if (known.length < LOOPS && !known.some((other) => other.join('.') === text)) known.push(loop);
  }

  /** The ways on from a path that lead back to it, where recursive data was folded there. */
  loops(path: PathId): readonly (readonly string[])[] | undefined {
    return this.#loops.get(path);
  }

  /** The path of `keys` below `path`, cut at the depth bound. */
  extendAll(path: PathId, keys: readonly string[]): PathId {
    let result = path;
    for (const key of keys) {
      const next = this.extend(result, key);
      if (next === undefined) return result;
      result = next;
    }
    return result;
  }

  /** The longest common prefix of two paths. */
  common(left: PathId, right: PathId): PathId {
    // A path is made after its prefixes, so the larger number is never a prefix of the smaller.
    while (left !== right) {
      if (left > right) left = this.#parents[left]!;
      else right = this.#parents[right]!;
    }
    return left;
  }

  parent(path: PathId): PathId {
    return this.#parents[path]!;
  }

  last(path: PathId): string {
    return this.#keys[path]!;
  }

  keys(path: PathId): readonly string[] {
    const known = this.#lists[path];
    if (known) return known;
    const keys: string[] = [];
    for (let p = path; p > 0; p = this.#parents[p]!) keys.push(this.#keys[p]!);
    this.#lists[path] = keys.reverse();
    return keys;
  }

  /** Whether one of the two paths leads through the other: `a.b` and `a`, `a.[]` and `a.0`. */
  overlaps(left: PathId, right: PathId): boolean {
    if (left === right || left === 0 || right === 0) return true;
    const a = this.keys(left);
    const b = this.keys(right);
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) if (!sameKey(a[i]!, b[i]!)) return false;
    return true;
  }
}

/** The key of the names of a thing's fields, as `Object.keys` tells them. */
export const NAME = FIELD_NAME;
/** The key of a thing's fields, each told apart by its name. */
export const FIELD = '%field';
/** The key under which fields are kept that stand each under a name which only callers know. */
export const KEYED = '%keyed';

/** Whether a path leads to the names of a thing's fields. */
export function isNamed(paths: PathTable, path: PathId): boolean {
  return path !== EMPTY_PATH && paths.last(path) === NAME;
}

/** Whether a field stands for no member of the source program (boxes, captures, rejections): it costs no depth, and no computed name means it. */
export function isInternal(key: string): boolean {
  return key.charCodeAt(0) === 37;
}

/** Whether a key stands for a member that no name tells apart. */
function isElement(key: string): boolean {
  return key === ELEMENT || key === ANY || isIndex(key);
}

export function isIndex(key: string): boolean {
  const c = key.charCodeAt(0);
  return c >= 48 && c <= 57;
}

/** Whether two keys may name the same field. */
export function sameKey(a: string, b: string): boolean {
  if (a === b || a === ANY || b === ANY) return true;
  return (a === ELEMENT && isIndex(b)) || (b === ELEMENT && isIndex(a));
}
