/** Which of gitleaks' rules speak of a subject of ours; see `ai-best-practices.mjs` for how it is read. */
export const GITLEAKS = [
  // Its configuration has one rule for files of a kind, without content.
  { rule: 'pkcs12-file', reason: 'that a file is there, whatever it holds' },
  { rule: '*', families: ['key'] },
];
