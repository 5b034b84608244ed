import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { familyOfKind } from './families.mjs';
import { match } from './match.mjs';

/** How many lines a finding may lie outside a labelled statement. */
const SLACK = 2;

/**
 * Labels of real repositories: `labels.jsonl` with `{ repo, file, line, end_line, kind, verdict, strength, lang, group }` a line, `repo` being
 * `owner/name` and the repository's folder `owner__name`. Only clear ones count, and not those in Python, which is not read.
 */
export function readLabels(folder) {
  const file = join(folder, 'labels.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map((label) => ({
      ...label,
      end: label.end_line,
      family: familyOfKind(label.kind),
      tree: label.repo.replace('/', '__'),
    }))
    .filter(({ family, strength, lang }) => family && strength === 'clear' && lang !== 'py');
}

/**
 * Scores findings of one tree, by family: `{ found, true, flagged, safe }`. Labels of one `group` are one leak that shows in several places:
 * found where one of them is.
 */
export function scoreTree(labels, findings) {
  const { hit } = match(labels, findings, SLACK);
  const scores = new Map();
  const groups = new Map();
  for (const label of labels) {
    const score = scores.get(label.family) ?? { found: 0, true: 0, flagged: 0, safe: 0 };
    scores.set(label.family, score);
    const isHit = hit.has(label);
    if (label.verdict === 'safe') {
      score.safe += 1;
      if (isHit) score.flagged += 1;
    } else if (!label.group || !groups.has(label.group)) {
      score.true += 1;
      if (isHit) score.found += 1;
    } else if (isHit && !groups.get(label.group)) score.found += 1;
    if (label.verdict !== 'safe' && label.group) groups.set(label.group, groups.get(label.group) || isHit);
  }
  return scores;
}

/** Adds scores up, by family. */
export function addScores(all) {
  const sum = new Map();
  for (const [family, score] of all.flatMap((scores) => [...scores])) {
    const known = sum.get(family) ?? { found: 0, true: 0, flagged: 0, safe: 0 };
    sum.set(family, known);
    for (const key of Object.keys(known)) known[key] += score[key];
  }
  return sum;
}
