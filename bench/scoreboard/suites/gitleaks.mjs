import { existsSync, readFileSync } from 'node:fs';

/**
 * Cases of gitleaks' rules. They are made in Go when its configuration is generated, so they are read from JSON lines
 * `{ "rule", "path", "text", "tp" }`; a line in its `utils.Validate` that appends each input to a file writes them out.
 */
export function readGitleaksSuite(file) {
  if (!existsSync(file)) return [];
  const inputs = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  // a negative of one rule that is a positive of another is a secret
  const secrets = new Set(inputs.filter(({ tp }) => tp).map(({ text }) => text));
  return inputs
    .filter(({ text, tp }) => tp || !secrets.has(text))
    .map(({ rule, path, text, tp }) => ({
      group: rule,
      name: path || 'settings',
      text,
      rule,
      places: [{ rule, verdict: tp ? 'true' : 'safe', line: 1, end: text.split('\n').length }],
    }));
}
