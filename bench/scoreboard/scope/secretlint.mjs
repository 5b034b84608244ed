/** Which of secretlint's rules speak of a subject of ours; see `ai-best-practices.mjs` for how it is read. */
export const SECRETLINT = [
  // Presets run the rules' own cases again.
  { rule: 'secretlint-rule-preset-*', reason: 'the same cases again' },
  { rule: 'secretlint-rule-pattern', reason: "patterns of the user's own" },
  { rule: 'secretlint-rule-filter-comments', reason: 'how its own comments are read' },
  { rule: 'secretlint-rule-internal-*', reason: 'how it tests itself' },
  { rule: 'secretlint-rule-example', reason: 'how it tests itself' },
  { rule: 'config-loader', reason: 'how it tests itself' },
  { rule: 'secretlint-rule-no-homedir', reason: 'a path is no credential' },
  { rule: 'secretlint-rule-no-dotenv', reason: 'that a file is there, whatever it holds' },
  { rule: 'secretlint-rule-no-k8s-kind-secret', reason: 'that a manifest is there, whatever it holds' },
  { rule: 'secretlint-rule-*', families: ['key'] },
];
