import type { Span } from '../core/span.js';

/** Finds everything in a text that looks like a credential. The spans may overlap and come in any order. */
export type FindSecrets = (text: string) => readonly Span[];

/**
 * Replaces each span of the text by a mask of the same length, so that offsets, lines and columns stay what they are. The first four and
 * the last two characters of a long value are shown, nothing of a short one, or of one that has blanks in it, which are kept.
 */
export function maskText(text: string, secrets: readonly Span[]): string {
  if (secrets.length === 0) return text;
  let result = '';
  let position = 0;
  for (const { start, end } of joinSpans(secrets)) {
    result += text.slice(position, start) + maskInPlace(text.slice(start, end));
    position = end;
  }
  return result + text.slice(position);
}

const HEAD = 4;
const TAIL = 2;
const SHORTEST_PARTLY_SHOWN = 16;
const FILLER = '*';

function maskInPlace(value: string): string {
  const shown = value.length >= SHORTEST_PARTLY_SHOWN && !/\s/.test(value);
  const head = shown ? value.slice(0, HEAD) : '';
  const tail = shown ? value.slice(-TAIL) : '';
  return head + value.slice(head.length, value.length - tail.length).replace(/\S/g, FILLER) + tail;
}

/** Overlapping spans as one, in order. */
function joinSpans(spans: readonly Span[]): Span[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}
