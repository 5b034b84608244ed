import { readSarif } from '../sarif.mjs';

/**
 * Semgrep with rules of category security from its public rules for AI, JavaScript, TypeScript and secrets. The rules are read from a file, so
 * that a run needs no network: `SCOREBOARD_SEMGREP_RULES` names it.
 *
 * Its rules on injection ask whether a request, not a model's words, reaches a dangerous place. Where a label says that a model's words do,
 * a finding of theirs at the same place counts as found: the place is right, and that is what people see. Nothing counts against it in
 * families that it has no rule for: logs, personal data, prompts beyond system messages, settings of MCP servers.
 */
export const SEMGREP = {
  name: 'semgrep',
  command: 'semgrep',
  version: ['--version'],
  taint: true,
  needs: 'SCOREBOARD_SEMGREP_RULES',
  args: ({ folder, report }) => [
    ...['scan', '--config', process.env.SCOREBOARD_SEMGREP_RULES, '--metrics', 'off', '--disable-version-check'],
    ...['--no-git-ignore', '--jobs', '1', '--quiet', '--sarif', '--output', report, folder],
  ],
  read: readSarif,
  claims: ['key', 'code', 'sql', 'html', 'path', 'url', 'injection', 'agent', 'tls'],
  families: [
    { rule: '*hardcoded*', family: 'key' },
    { rule: '*jwt-hardcode*', family: 'key' },
    { rule: '*detected-*', family: 'key' },
    { rule: '*generic.secrets*', family: 'key' },
    { rule: '*llm-api-key-in-source*', family: 'key' },
    { rule: '*user-input-in-system-prompt*', family: 'injection' },
    { rule: '*claude-settings-*', family: 'agent' },
    { rule: '*hooks-*', family: 'agent' },
    { rule: '*llm-output-to-exec*', family: 'code' },
    { rule: '*langchain-dangerous-exec*', family: 'code' },
    { rule: '*mcp-command-injection*', family: 'code' },
    { rule: '*mcp-ssrf*', family: 'url' },
    { rule: '*child-process*', family: 'code' },
    { rule: '*spawn*', family: 'code' },
    { rule: '*shelljs*', family: 'code' },
    { rule: '*eval*', family: 'code' },
    { rule: '*code-string-concat*', family: 'code' },
    { rule: '*vm2*', family: 'code' },
    { rule: '*vm-*', family: 'code' },
    { rule: '*deno-dangerous-run*', family: 'code' },
    { rule: '*sqli*', family: 'sql' },
    { rule: '*sql-string*', family: 'sql' },
    { rule: '*sequelize-raw*', family: 'sql' },
    { rule: '*sequelize-injection*', family: 'sql' },
    { rule: '*dangerouslysetinnerhtml*', family: 'html' },
    { rule: '*innerhtml*', family: 'html' },
    { rule: '*insecure-document-method*', family: 'html' },
    { rule: '*xss*', family: 'html' },
    { rule: '*raw-html*', family: 'html' },
    { rule: '*react-unsanitized*', family: 'html' },
    { rule: '*avoid-v-html*', family: 'html' },
    { rule: '*path-join-resolve*', family: 'path' },
    { rule: '*non-literal-fs-filename*', family: 'path' },
    { rule: '*ssrf*', family: 'url' },
    { rule: '*goto-injection*', family: 'url' },
    { rule: '*bypass-tls*', family: 'tls' },
    { rule: '*insecure-websocket*', family: 'tls' },
    { rule: '*insecure-request*', family: 'tls' },
    { rule: '*insecure-transport*', family: 'tls' },
    { rule: '*http-request*', family: 'tls' },
    { rule: '*rest-http-client*', family: 'tls' },
  ],
};
