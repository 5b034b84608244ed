import { createHmac } from 'node:crypto';
import type { Span } from '../core/span.js';

/** Finds everything in a text that looks like a credential. The spans may overlap and come in any order. */
export type FindSecrets = (text: string) => readonly Span[];

/**
 * A credential as it may be printed: its first four and last two characters, and a keyed fingerprint by which two sightings of the same
 * value can be told to be one. A short value shows nothing of itself, and has no fingerprint, because it could be guessed from one.
 */
export function mask(value: string): string {
  if (value.length < SHORTEST_PARTLY_SHOWN) return FILLER.repeat(8);
  return `${value.slice(0, HEAD)}…${value.slice(-TAIL)} (fingerprint ${fingerprint(value)})`;
}

/**
 * Replaces each span of the text by a mask of the same length, so that offsets, lines and columns stay what they are. Line breaks and
 * blanks are kept.
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

/** Overlapping and touching spans as one, in order. */
function joinSpans(spans: readonly Span[]): Span[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Keyed, so that it cannot be compared with the digests that other tools print of the same value; 32 bits, so that it proves little. */
function fingerprint(value: string): string {
  return createHmac('sha256', 'spillcheck/mask/v1').update(value).digest('hex').slice(0, 8);
}
