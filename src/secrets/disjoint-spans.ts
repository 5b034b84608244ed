/** Spans are kept by the block of the text that they touch, so that a question looks at few of them. */
const BLOCK = 256;

/** Spans of a text that do not overlap. Asking costs what the span is long, however many there are. */
export class DisjointSpans {
  readonly #blocks = new Map<number, [start: number, end: number][]>();

  /** Takes the span in, unless it overlaps one that is there; whether it did. */
  add(start: number, end: number): boolean {
    const blocks = blocksOf(start, end);
    const isFree = blocks.every((block) =>
      (this.#blocks.get(block) ?? []).every(([from, to]) => end <= from || to <= start),
    );
    if (!isFree) return false;
    for (const block of blocks) {
      const spans = this.#blocks.get(block);
      if (spans) spans.push([start, end]);
      else this.#blocks.set(block, [[start, end]]);
    }
    return true;
  }
}

function blocksOf(start: number, end: number): number[] {
  const first = Math.floor(start / BLOCK);
  const last = Math.max(first, Math.floor((end - 1) / BLOCK));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
