import type * as t from '@babel/types';
import type { CommentIR } from '../../ir/file.js';

const MEANINGFUL_TAG = /@(?:pii|secret|sensitiv|personal|phi|gdpr|classification)/;
/** What may stand between a declaration's comment and the declaration. */
const NOTHING_BUT_EXPORT = /^\s*(?:export\s+)?(?:default\s+)?(?:declare\s+)?$/;
const NOTHING_ON_LINE = /^[\t ;,]*$/;
const LINE_BREAK = /[\n\r\u2028\u2029]/;

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
    const before = this.#tagged[this.#firstFrom(start) - 1];
    if (before && this.#precedes(before, start)) return before.value.trim();
    const after = this.#tagged[this.#firstFrom(end)];
    return after && this.#follows(after, end) ? after.value.trim() : undefined;
  }

  #precedes(comment: t.Comment, start: number): boolean {
    const between = this.text.slice(comment.end!, start);
    if (!NOTHING_BUT_EXPORT.test(between)) return false;
    return !LINE_BREAK.test(between) || NOTHING_ON_LINE.test(this.#lineBefore(comment.start!));
  }

  /** A comment that more code follows on its line belongs to that. */
  #follows(comment: t.Comment, end: number): boolean {
    if (!NOTHING_ON_LINE.test(this.text.slice(end, comment.start!))) return false;
    let next = comment.end!;
    while (this.text[next] === ' ' || this.text[next] === '\t') next++;
    return next >= this.text.length || LINE_BREAK.test(this.text[next]!);
  }

  #lineBefore(offset: number): string {
    let from = offset;
    while (from > 0 && !LINE_BREAK.test(this.text[from - 1]!)) from--;
    return this.text.slice(from, offset);
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
