/**
 * Which lines of a new text are lines of an old one, in order. Common ends are taken off; between them, lines that occur once in both texts
 * anchor the rest (patience diff), and small pieces without anchors are compared exactly. A large piece without any counts as changed.
 *
 * @returns for each new line the index of the old line that it is, -1 for a line that is new or changed
 */
export function matchLines(oldLines: readonly string[], newLines: readonly string[]): Int32Array {
  const matches = new Int32Array(newLines.length).fill(-1);
  const work: Piece[] = [{ oldStart: 0, oldEnd: oldLines.length, newStart: 0, newEnd: newLines.length }];
  for (let piece = work.pop(); piece; piece = work.pop()) {
    let { oldStart, oldEnd, newStart, newEnd } = piece;
    while (oldStart < oldEnd && newStart < newEnd && oldLines[oldStart] === newLines[newStart]) {
      matches[newStart++] = oldStart++;
    }
    while (oldStart < oldEnd && newStart < newEnd && oldLines[oldEnd - 1] === newLines[newEnd - 1]) {
      matches[--newEnd] = --oldEnd;
    }
    if (oldStart === oldEnd || newStart === newEnd) continue;
    const rest = { oldStart, oldEnd, newStart, newEnd };
    const anchors = findAnchors(oldLines, newLines, rest);
    if (anchors.length === 0) matchExactly(oldLines, newLines, rest, matches);
    else {
      for (const { oldAt, newAt } of anchors) {
        work.push({ oldStart, oldEnd: oldAt, newStart, newEnd: newAt });
        matches[newAt] = oldAt;
        oldStart = oldAt + 1;
        newStart = newAt + 1;
      }
      work.push({ oldStart, oldEnd, newStart, newEnd });
    }
  }
  return matches;
}

interface Piece {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

interface Anchor {
  readonly oldAt: number;
  readonly newAt: number;
}

/** Cells of the exact comparison. Why: about a thousand lines on either side, a hundredth of a second. */
const LARGEST_TABLE = 1_000_000;

/** The longest run of lines, ascending in both texts, that each occur once in both pieces. */
function findAnchors(oldLines: readonly string[], newLines: readonly string[], piece: Piece): Anchor[] {
  const once = new Map<string, number>();
  for (let i = piece.oldStart; i < piece.oldEnd; i++) once.set(oldLines[i]!, once.has(oldLines[i]!) ? -1 : i);
  const seen = new Map<string, number>();
  for (let i = piece.newStart; i < piece.newEnd; i++) seen.set(newLines[i]!, seen.has(newLines[i]!) ? -1 : i);
  const pairs: Anchor[] = [];
  for (const [line, newAt] of seen) {
    const oldAt = once.get(line);
    if (newAt >= 0 && oldAt !== undefined && oldAt >= 0) pairs.push({ oldAt, newAt });
  }
  pairs.sort((a, b) => a.newAt - b.newAt);
  return longestAscending(pairs);
}

/** Of pairs sorted by their new lines, the longest subsequence whose old lines ascend. */
function longestAscending(pairs: readonly Anchor[]): Anchor[] {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  for (const [i, { oldAt }] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]!]!.oldAt < oldAt) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[i] = tails[low - 1]!;
    tails[low] = i;
  }
  const result: Anchor[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]!) result.push(pairs[i]!);
  return result.reverse();
}

/** Longest common subsequence of a small piece. */
function matchExactly(
  oldLines: readonly string[],
  newLines: readonly string[],
  { oldStart, oldEnd, newStart, newEnd }: Piece,
  matches: Int32Array,
): void {
  const height = oldEnd - oldStart;
  const width = newEnd - newStart;
  if (height * width > LARGEST_TABLE) return;
  const lengths = new Int32Array((height + 1) * (width + 1));
  const at = (row: number, column: number) => row * (width + 1) + column;
  for (let row = height - 1; row >= 0; row--) {
    for (let column = width - 1; column >= 0; column--) {
      lengths[at(row, column)] =
        oldLines[oldStart + row] === newLines[newStart + column]
          ? lengths[at(row + 1, column + 1)]! + 1
          : Math.max(lengths[at(row + 1, column)]!, lengths[at(row, column + 1)]!);
    }
  }
  for (let row = 0, column = 0; row < height && column < width; ) {
    if (oldLines[oldStart + row] === newLines[newStart + column]) matches[newStart + column++] = oldStart + row++;
    else if (lengths[at(row + 1, column)]! >= lengths[at(row, column + 1)]!) row++;
    else column++;
  }
}
