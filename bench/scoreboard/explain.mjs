import { FLAGGED, MISSED, reasonFor } from './reasons.mjs';
import { matchesGlob } from './scope.mjs';

/** What is said of a place that no reason fits. */
export const UNEXPLAINED = 'not explained';

/**
 * Why places are missed and flagged: `{ missed, flagged, limits, ours }`, reasons with how many places they explain, the known limits among
 * them, and how many places are missed that should not be.
 */
export function explainSuite(suite, cases, { places, stray }) {
  const missed = new Map();
  const flagged = new Map();
  const limits = new Set();
  let ours = 0;
  const add = (reasons, entries, { rule, group, line }) => {
    const entry = reasonFor(entries, { suite, rule, group, line }, matchesGlob);
    const reason = entry?.reason ?? UNEXPLAINED;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (entry?.limit) limits.add(entry.limit);
    if (entries === MISSED && (!entry || entry.limit)) ours += 1;
  };
  for (const place of places) {
    const line = textOf(cases[indexOf(place.file)], place);
    if (place.verdict === 'true' && !place.found) add(missed, MISSED, { ...place, line });
    if (place.verdict === 'safe' && place.found) add(flagged, FLAGGED, { ...place, line });
  }
  for (const finding of stray) add(flagged, FLAGGED, { ...finding, rule: finding.group, line: '' });
  return { missed, flagged, limits, ours };
}

/**
 * What our contract makes of the places of a suite: one text for each, why it does not count, or undefined where it does. A secret does not
 * count where spillcheck leaves it out on purpose, a safe place where it holds a whole key of another kind than the one the rule is about.
 */
export function contractOf(suite, cases, { places }) {
  return places.map((place) => {
    const context = { suite, rule: place.rule, group: place.group, line: textOf(cases[indexOf(place.file)], place) };
    if (place.verdict === 'safe') {
      const entry = reasonFor(FLAGGED, context, matchesGlob);
      return entry?.secret ? entry.reason : undefined;
    }
    if (place.found) return undefined;
    const entry = reasonFor(MISSED, context, matchesGlob);
    return entry && !entry.limit ? entry.reason : undefined;
  });
}

function textOf({ text }, { line, end }) {
  return text
    .split('\n')
    .slice(line - 1, end)
    .join('\n');
}

/** Cases lie in folders that are numbered. */
function indexOf(file) {
  return Number(/^c(\d+)\//.exec(file)[1]);
}
