import { readFileSync, writeFileSync } from 'node:fs';

const MARKS = /(<!-- misses: npm run scoreboard -->\n)[\s\S]*?(<!-- end of misses -->)/;

/** Writes what suites showed to be missing between the marks of the page of known limits. */
export function writeLimits(file, suites) {
  const limits = [...new Set(suites.flatMap((suite) => [...suite.limits]))].sort();
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(MARKS, (_, start, end) => `${start}\n${limits.map((each) => `- ${each}`).join('\n')}\n\n${end}`),
  );
}
