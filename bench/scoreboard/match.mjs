/**
 * Findings held against what is known of places. A place is `{ file, line, end, family, verdict }`, its verdict `true` or `safe`; a finding is
 * `{ file, line, end, family }`. A finding counts for the nearest place of its file and family, at most `slack` lines away (or `before` above it and `after` below it, where the place has
 * them), for
 * that alone:
 * an alarm beside a safe line is no alarm on it where the leak that it means stands nearer.
 *
 * Returns the places that were hit, and the findings that are near none.
 */
export function match(places, findings, slack) {
  const hit = new Set();
  const stray = [];
  for (const finding of findings) {
    const near = places
      .filter((place) => place.file === finding.file && place.family === finding.family)
      .map((place) => ({ place, rank: rank(place, finding) }))
      .filter(
        ({ place }) =>
          finding.line <= place.end + (place.after ?? slack) && finding.end >= place.line - (place.before ?? slack),
      );
    if (near.length === 0) stray.push(finding);
    const least = Math.min(...near.map((each) => each.rank));
    for (const { place, rank } of near) if (rank === least) hit.add(place);
  }
  return { hit, stray };
}

/** How far apart the beginnings are; a finding that begins inside the place is at it. */
function rank({ line, end }, finding) {
  if (line <= finding.line && finding.line <= end) return 0;
  return Math.min(Math.abs(finding.line - line), Math.abs(finding.line - end));
}
