import type { LineIndex, Span } from '../core/span.js';
import { printableCharacter } from './printable.js';
import { characterWidth, textWidth } from './width.js';

/** A line of a code frame, ready to print but for colours. */
export interface FrameLine {
  /** One-based. */
  readonly number: number;
  readonly code: string;
  /** Blanks and carets below the code; only the line that the span starts in has it. */
  readonly underline?: string;
}

/**
 * The lines around a span: one line of context on either side where the file has it. Tabs take two cells, unprintable characters are
 * escaped, and lines that are longer than `width` cells are cropped so that the start of the span stays in sight.
 */
export function frame(lines: LineIndex, span: Span, width: number): FrameLine[] {
  const main = lines.position(span.start).line;
  const from = span.start - lines.lineStart(main);
  const cells = toCells(lines.lineText(main), from);
  const to = Math.max(from + 1, Math.min(span.end, lines.lineStart(main) + cells.textEnd) - lines.lineStart(main));
  const offset = leftEdge(cells, from, to, width);
  const result: FrameLine[] = [];
  for (let number = main - 1; number <= main + 1; number++) {
    if (number < 1 || number > lines.lineCount) continue;
    if (number === main) {
      result.push({ number, code: crop(cells, offset, width), underline: underline(cells, from, to, offset, width) });
    } else {
      const code = crop(toCells(lines.lineText(number), 0), cells.cropped ? 0 : offset, width);
      if (code !== '' || number < main) result.push({ number, code });
    }
  }
  return result[0]?.code === '' ? result.slice(1) : result;
}

/** A line as printed characters, each with the cell that it starts in. */
interface Cells {
  readonly characters: readonly { readonly text: string; readonly at: number; readonly start: number }[];
  readonly width: number;
  /** The offset in the line up to which it was read. */
  readonly textEnd: number;
  /** The beginning of a very long line was left out. */
  readonly cropped: boolean;
}

/** Of a line of many thousand characters only the part around the span is looked at. */
const LOOK_BEHIND = 500;
const LOOK_AHEAD = 1_000;

function toCells(line: string, around: number): Cells {
  const first = Math.max(0, around - LOOK_BEHIND);
  const textEnd = Math.min(line.length, around + LOOK_AHEAD);
  const characters: { text: string; at: number; start: number }[] = [];
  let at = 0;
  let start = first;
  for (const character of line.slice(first, textEnd)) {
    const text = character === '\t' ? '  ' : printableCharacter(character);
    characters.push({ text, at, start });
    at += text === character ? characterWidth(character.codePointAt(0)!) : text.length;
    start += character.length;
  }
  return { characters, width: at, textEnd, cropped: first > 0 };
}

function cellAt(cells: Cells, offset: number): number {
  return cells.characters.find((character) => character.start >= offset)?.at ?? cells.width;
}

/** The cell at which the cropped line starts: 0 when the span is in sight from there. */
function leftEdge(cells: Cells, from: number, to: number, width: number): number {
  const start = cellAt(cells, from);
  const end = cellAt(cells, to);
  const shown = Math.min(end - start, Math.floor(width / 2));
  if (!cells.cropped && (cells.width <= width || start + shown < width)) return 0;
  return Math.max(0, Math.min(start - Math.floor((width - shown) / 2), start));
}

function crop(cells: Cells, offset: number, width: number): string {
  const left = offset > 0 || cells.cropped;
  const right = cells.width - offset > width;
  const last = offset + width - (right ? 1 : 0);
  let code = '';
  for (const { text, at } of cells.characters) {
    if (at < offset + (left ? 1 : 0)) continue;
    if (at + textWidth(text) > last) break;
    // a wide character at the edge may have left a cell empty
    if (code === '' && left) code = ' '.repeat(at - offset - 1);
    code += text;
  }
  const trimmed = code.trimEnd();
  if (trimmed === '') return '';
  return `${left ? '…' : ''}${right ? code : trimmed}${right ? '…' : ''}`;
}

function underline(cells: Cells, from: number, to: number, offset: number, width: number): string {
  const start = cellAt(cells, from) - offset;
  const end = Math.min(cellAt(cells, to) - offset, width);
  return `${' '.repeat(Math.max(0, start))}${'^'.repeat(Math.max(1, end - start))}`;
}
