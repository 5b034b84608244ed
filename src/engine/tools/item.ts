/** What an expression stands for, as far as the code itself tells: the parts of a tool's definition, without running anything. */
export type Item =
  | { readonly kind: 'text'; readonly text: string; readonly place: Place }
  /** An object or array literal, at the instruction that makes it. */
  | { readonly kind: 'object'; readonly array: boolean; readonly place: Place }
  | { readonly kind: 'function'; readonly function: number; readonly place: Place }
  | { readonly kind: 'class'; readonly class: number; readonly place: Place }
  /** An instance of an own class. */
  | { readonly kind: 'instance'; readonly class: number; readonly place: Place }
  /** The result of a call that is not followed, at the call. */
  | { readonly kind: 'call'; readonly place: Place }
  /** Several things in one: the elements of what a list method returned, `Object.values`. */
  | { readonly kind: 'list'; readonly items: readonly Item[]; readonly place: Place }
  /** An entry of `Object.entries`. */
  | { readonly kind: 'entry'; readonly key: string; readonly items: readonly Item[]; readonly place: Place }
  /** Text of which some pieces are known; `HOLE` stands for the others. */
  | { readonly kind: 'template'; readonly text: string; readonly place: Place }
  /** Something that the code does not tell. */
  | { readonly kind: 'unknown'; readonly place: Place };

/** What is not known of a template's text. */
export const HOLE = '\0';

/** An instruction, by global function number and offset. */
export interface Place {
  readonly function: number;
  readonly pc: number;
}

export function itemKey(item: Item): string {
  const { function: fn, pc } = item.place;
  switch (item.kind) {
    case 'text':
      return `t${item.text}`;
    case 'function':
      return `f${item.function}`;
    case 'class':
      return `c${item.class}`;
    case 'instance':
      return `i${item.class}:${fn}:${pc}`;
    case 'entry':
      return `e${item.key}:${fn}:${pc}`;
    default:
      return `${item.kind}${fn}:${pc}`;
  }
}

export function isKnown(item: Item): boolean {
  return item.kind !== 'unknown' && item.kind !== 'call' && item.kind !== 'template';
}
