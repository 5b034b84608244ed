import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The list of what the engine is known to miss and to flag wrongly, from the files beside the cases; Markdown. */
export function knownLimits(flows) {
  const features = readdirSync(flows)
    .sort()
    .flatMap((feature) => {
      const file = join(flows, feature, 'known-limits.json');
      if (!existsSync(file)) return [];
      const { missed = [], flagged = [] } = JSON.parse(readFileSync(file, 'utf8'));
      return missed.length + flagged.length === 0 ? [] : [{ feature, missed, flagged }];
    });
  const name = (line) => `\`${line.split('/')[0].replace(/\..*$/, '')}\``;
  const list = (lines) => (lines.length === 0 ? 'none' : [...new Set(lines.map(name))].join(', '));
  return [
    '| Feature | Cases with a missed line | Cases with a wrongly flagged line |',
    '|---|---|---|',
    ...features.map(({ feature, missed, flagged }) => `| ${feature} | ${list(missed)} | ${list(flagged)} |`),
  ].join('\n');
}
