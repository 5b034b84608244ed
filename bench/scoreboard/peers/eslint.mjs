import { relative } from 'node:path';

/**
 * ESLint with plugins about AI, all their rules on: `SCOREBOARD_ESLINT_CONFIG` names a configuration that loads those for the AI SDK, OpenAI,
 * Anthropic, Gemini and MCP. Their rules on timeouts, limits of tokens, error handling, auditing and schemas have no counterpart. The rule on
 * unsafe output is about code, SQL and HTML under one name; most of it is about code.
 */
export const ESLINT = {
  name: 'eslint',
  command: 'eslint',
  version: ['--version'],
  needs: 'SCOREBOARD_ESLINT_CONFIG',
  /** What lies outside the working directory is not linted. */
  inFolder: true,
  args: ({ report }) => [
    ...['--config', process.env.SCOREBOARD_ESLINT_CONFIG, '--no-error-on-unmatched-pattern'],
    ...['--format', 'json', '--output-file', report, '.'],
  ],
  read: (text, folder) =>
    JSON.parse(text).flatMap(({ filePath, messages }) =>
      messages
        .filter(({ ruleId }) => ruleId)
        .map(({ ruleId, line, endLine }) => ({
          file: relative(folder, filePath).replaceAll('\\', '/'),
          line,
          end: endLine ?? line,
          rule: ruleId,
        })),
    ),
  claims: ['key', 'client', 'code', 'model', 'injection', 'loop'],
  families: [
    { rule: '*/no-hardcoded-api-key*', family: 'key' },
    { rule: '*/no-browser-api-key-exposure', family: 'client' },
    { rule: '*/no-command-injection-in-tool', family: 'code' },
    { rule: '*/no-unsafe-output-handling', family: 'code' },
    { rule: '*/no-sensitive-in-prompt', family: 'model' },
    { rule: '*/no-dynamic-system-prompt', family: 'injection' },
    { rule: '*/no-untrusted-content-in-prompt', family: 'injection' },
    { rule: '*/require-max-steps', family: 'loop' },
  ],
};
