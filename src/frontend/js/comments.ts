import type * as t from '@babel/types';
import type { CommentIR } from '../../ir/file.js';

const MEANINGFUL_TAG = /@(?:pii|secret|sensitiv|personal|phi|gdpr|classification)/;
const ONLY_SPACE = /^\s*(?:export\s+)?(?:default\s+)?(?:declare\s+)?$/;
const SAME_LINE = /^[\t ;,]*$/;

/** The comments of a file that the analysis reads, and the tags that belong to declarations. */
export class CommentIndex {
  /** Comments with an `@`, in order. */
  readonly #tagged: t.Comment[] = [];
  readonly meaningful: CommentIR[] = [];

  constructor(
    comments: readonly t.Comment[],
    readonly text: string,
  ) {
    for (const comment of comments) {
      const value = comment.value;
      const tagged = value.includes('@');
      if (tagged) this.#tagged.push(comment);
      if ((tagged && MEANINGFUL_TAG.test(value)) || value.includes('spillcheck') || value.includes('expect')) {
        this.meaningful.push({ text: value, start: comment.start!, end: comment.end! });
      }
    }
  }

  /** The comment with an `@` tag directly in front of a declaration, or behind it on its last line. */
  tagsOf(start: number, end: number): string | undefined {
    if (this.#tagged.length === 0) return undefined;
    const next = this.#firstFrom(start);
    const before = this.#tagged[next - 1];
    if (before && ONLY_SPACE.test(this.text.slice(before.end!, start))) return before.value.trim();
    const after = this.#tagged[this.#firstFrom(end)];
    if (after && SAME_LINE.test(this.text.slice(end, after.start!))) return after.value.trim();
    return undefined;
  }

  /** Index of the first tagged comment that starts at or behind an offset. */
  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.#tagged.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#tagged[middle]!.start! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
