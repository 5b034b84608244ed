import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { match } from './match.mjs';
import { scopeOf } from './scope.mjs';

/** How many lines a finding may lie from an annotated line: a call may begin on the line before. */
const SLACK = 1;

/**
 * Runs a scan over the cases of a suite, each in a folder of its own so that none sees another, and holds the findings against what the suite
 * says of its lines. `scan` takes a folder and returns findings.
 *
 * Returns the places in scope, each with `found`; those out of scope by reason; and findings of a family that the case is about, where the
 * suite expects nothing.
 */
export function runSuite({ cases, scope, scan, scratch }) {
  const folder = join(scratch, 'cases');
  const places = placesInScope(cases, scope);
  write(
    folder,
    cases.map((each, index) => ({ ...each, file: fileOf(each, index) })),
  );
  const findings = scan(folder);
  rmSync(folder, { recursive: true, force: true });
  const families = new Set(places.inside.map(({ file, family }) => `${file}\0${family}`));
  const concerning = findings.filter(({ file, family }) => families.has(`${file}\0${family}`));
  const { hit, stray } = match(places.inside, concerning, SLACK);
  const group = new Map(cases.map((each, index) => [fileOf(each, index), each.group]));
  return {
    places: places.inside.map((place) => ({ ...place, found: hit.has(place) })),
    stray: stray.map((finding) => ({ ...finding, group: group.get(finding.file) })),
    outside: places.outside,
  };
}

/** The places of all cases, apart by whether a scope has them; a place of two families is two. */
export function placesInScope(cases, scope) {
  const outside = new Map();
  const inside = cases.flatMap((each, index) =>
    each.places.flatMap((place) => {
      const { families = [], reason, before, after } = scopeOf(scope, place.rule, each.group);
      if (families.length === 0) outside.set(reason, (outside.get(reason) ?? 0) + 1);
      return families.map((family) => ({
        ...place,
        ...(before && { before }),
        ...(after && { after }),
        family,
        file: fileOf(each, index),
        group: each.group,
      }));
    }),
  );
  return { inside, outside };
}

/** The name of a folder must say nothing: a place called test or example counts less. */
function fileOf({ name }, index) {
  return `c${String(index).padStart(5, '0')}/${name}`;
}

function write(folder, cases) {
  rmSync(folder, { recursive: true, force: true });
  for (const { file, text } of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}
