/**
 * Which of Semgrep's rules for AI speak of a subject of ours. Rules are matched from the top; one that is not listed is in no family, and
 * the page says so. Only our contract decides: a rule that we have none for counts neither for nor against us, and a rule of ours that their
 * suite does not try is not shown to be better by it.
 */
export const AI_BEST_PRACTICES = [
  // Keys written down are searched for in every text, so their cases in other languages count too.
  { rule: '*-hardcoded-api-key-*', families: ['key'] },
  { rule: 'llm-api-key-in-source-*', families: ['key'] },
  { rule: 'mcp-hardcoded-config-secret-*', families: ['key'] },
  // Python is not read.
  { rule: '*-python', reason: 'Python is not read' },
  { rule: '*-py', reason: 'Python is not read' },
  { rule: '*-user-input-in-system-prompt-*', families: ['injection'] },
  { rule: 'llm-output-to-exec-*', families: ['code'] },
  { rule: 'claude-settings-bypass-permissions-*', families: ['agent'] },
  { rule: 'claude-settings-auto-enable-mcp-*', families: ['agent'] },
  // The rest is about quality (missing limits, system messages, error handling, moderation), about what hooks do, and about
  // settings of editors: no rule of ours.
  { rule: '*-missing-*', reason: 'quality of a request, no leak' },
  { rule: '*-no-error-handling-*', reason: 'quality of a request, no leak' },
  { rule: '*-safety-mode-*', reason: 'quality of a request, no leak' },
  { rule: 'hooks-*', reason: 'what scripts of hooks do is no rule of ours' },
  { rule: 'claude-settings-env-url-override-*', reason: 'another address of a provider is no rule of ours' },
  { rule: 'ide-settings-*', reason: 'settings of editors are no rule of ours' },
  { rule: 'ai-config-hidden-unicode-*', reason: 'hidden characters are no rule of ours' },
];
