import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readAnnotations } from '../annotations.mjs';
import { listFiles } from '../list-files.mjs';

const ROOT = 'tests/javascript';
const ANNOTATION = /\bbearer:expected +([\w ,]+)/g;

/** Cases of Bearer's rules for JavaScript: `tests/javascript/GROUP/RULE/testdata/**`. What is not announced in a file is safe there. */
export function readBearerSuite(folder) {
  if (!existsSync(join(folder, ROOT))) return [];
  return listFiles(join(folder, ROOT))
    .filter((path) => /\/testdata\/.*\.[cm]?[jt]sx?$/.test(path))
    .map((path) => {
      const rule = `javascript_${path.split('/testdata/')[0].replaceAll('/', '_')}`;
      const text = readFileSync(join(folder, ROOT, path), 'utf8');
      return { group: path, name: `source${extname(path)}`, text, rule, places: readBearerPlaces(text, rule) };
    });
}

/** Announced lines, and as one safe place the whole of a file in which nothing is announced. */
export function readBearerPlaces(text, rule) {
  const announced = readAnnotations(text, (line) =>
    [...line.matchAll(ANNOTATION)].flatMap(([, rules]) =>
      rules
        .split(/[ ,]+/)
        .filter((each) => each.startsWith('javascript_'))
        .map((each) => ({ rule: each, verdict: 'true' })),
    ),
  );
  return announced.length > 0 ? announced : [{ rule, verdict: 'safe', line: 1, end: text.split('\n').length }];
}
