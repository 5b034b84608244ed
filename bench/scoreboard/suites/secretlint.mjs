import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Cases whose point is what an option of its own lets through: nothing to others. */
const BY_OPTIONS = /allows$|--enable\w+-(?:true|false)$/;

/**
 * Cases of secretlint's rules: `packages/@secretlint/RULE/test/snapshots/CASE/{input…,output.json}`. The lines of the output's messages hold
 * a secret; an input with an empty output is safe as a whole.
 */
export function readSecretlintSuite(folder) {
  const packages = join(folder, 'packages/@secretlint');
  if (!existsSync(packages)) return [];
  return readdirSync(packages)
    .sort()
    .flatMap((rule) => {
      const snapshots = join(packages, rule, 'test/snapshots');
      if (!existsSync(snapshots)) return [];
      return readdirSync(snapshots)
        .sort()
        .flatMap((name) => readSnapshot(rule, name, join(snapshots, name)));
    });
}

function readSnapshot(rule, name, folder) {
  if (BY_OPTIONS.test(name)) return [];
  const output = join(folder, 'output.json');
  if (!existsSync(output)) return [];
  const { filePath, messages = [] } = JSON.parse(readFileSync(output, 'utf8'));
  const input = join(folder, basename(filePath ?? ''));
  if (!filePath || !existsSync(input)) return [];
  const text = readFileSync(input, 'utf8');
  return [
    { group: `${rule}/${name}`, name: nameOf(basename(input)), text, rule, places: placesOf(rule, messages, text) },
  ];
}

export function placesOf(rule, messages, text) {
  const ends = new Map(messages.map(({ loc }) => [loc.start.line, loc.end.line]));
  if (ends.size === 0) return [{ rule, verdict: 'safe', line: 1, end: text.split('\n').length }];
  return [...ends].sort(([left], [right]) => left - right).map(([line, end]) => ({ rule, verdict: 'true', line, end }));
}

/** `input` is their word for any file; a name that says what a file is stays. */
function nameOf(name) {
  return name.replace(/^input\./, 'settings.').replace(/^input$/, 'settings');
}
