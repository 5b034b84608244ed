import type { ChildNames } from './binding.js';

/** What functions and classes are named inside: a function, or a class. */
export interface Namer {
  readonly qualifiedName: string;
  childNames: ChildNames | undefined;
}

/** Names what is inside an object literal, a namespace; takes a name of its own only when there is something inside to be named. */
export class InnerNamer implements Namer {
  childNames: ChildNames | undefined = undefined;
  #qualifiedName: string | undefined = undefined;

  constructor(
    readonly outer: Namer,
    readonly label: string,
  ) {}

  get qualifiedName(): string {
    this.#qualifiedName ??= qualify(this.outer, { label: this.label, callee: '' });
    return this.#qualifiedName;
  }
}

/** Anything but the names that programs give: property keys may hold dots and spaces. */
const UNUSUAL = /[^\w$#@ <>]/;

/**
 * The dotted name of something inside `outer`, unique in the file: `Class.method`, `handler.<map callback>`, `handler.<anonymous 2>`.
 * @param label its own name, '' for none
 * @param callee name of the function whose argument it is, '' for none
 */
export function qualify(outer: Namer, { label, callee }: { readonly label: string; readonly callee: string }): string {
  outer.childNames ??= { labels: new Map(), callbacks: new Map(), anonymous: 0 };
  const names = outer.childNames;
  const prefix = outer.qualifiedName === '<module>' ? '' : `${outer.qualifiedName}.`;
  if (label !== '') {
    const count = next(names.labels, label);
    const shown = UNUSUAL.test(label) ? JSON.stringify(label) : label;
    return count === 1 ? prefix + shown : `${prefix}${shown} ${count}`;
  }
  if (callee === '') return `${prefix}<anonymous ${++names.anonymous}>`;
  const count = next(names.callbacks, callee);
  return count === 1 ? `${prefix}<${callee} callback>` : `${prefix}<${callee} callback ${count}>`;
}

function next(counts: Map<string, number>, name: string): number {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return count;
}
