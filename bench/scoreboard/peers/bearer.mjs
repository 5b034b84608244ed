import { relative } from 'node:path';

/**
 * Bearer with its public rules for JavaScript, read from a folder so that a run needs no network: `SCOREBOARD_BEARER_RULES` names it.
 *
 * Its logger rules ask whether personal or other sensitive data reaches a log, by the names of fields; a finding of theirs where a prompt is
 * logged counts as found. Its rules on injection ask whether a request reaches a dangerous place, as Semgrep's do.
 */
export const BEARER = {
  name: 'bearer',
  command: 'bearer',
  version: ['version'],
  taint: true,
  needs: 'SCOREBOARD_BEARER_RULES',
  args: ({ folder, report }) => [
    ...['scan', folder, '--disable-default-rules', '--external-rule-dir', process.env.SCOREBOARD_BEARER_RULES],
    ...['--scanner', 'sast', '--format', 'json', '--output', report, '--exit-code', '0', '--force'],
    ...['--skip-test=false', '--skip-git-ignore', '--quiet', '--hide-progress-bar', '--disable-version-check'],
  ],
  read: (text, folder) =>
    Object.values(JSON.parse(text || '{}'))
      .flat()
      .map(({ id, full_filename, source, sink, line_number }) => {
        const line = sink?.start || line_number || source?.start;
        return { file: relative(folder, full_filename).replaceAll('\\', '/'), line, end: sink?.end || line, rule: id };
      }),
  claims: ['key', 'content', 'code', 'sql', 'html', 'path', 'url', 'model', 'tls'],
  families: [
    { rule: '*hardcoded_secret*', family: 'key' },
    { rule: 'javascript_lang_logger*', family: 'content' },
    { rule: 'javascript_lang_exception', family: 'content' },
    { rule: 'javascript_third_parties_openai', family: 'model' },
    { rule: 'javascript_third_parties_dynamodb_query_injection', family: 'sql' },
    { rule: 'javascript_third_parties_dom_purify', family: 'html' },
    { rule: 'javascript_third_parties_marked', family: 'html' },
    { rule: 'javascript_third_parties_*', family: 'content' },
    { rule: 'javascript_react_google_analytics', family: 'content' },
    { rule: '*eval_user_input', family: 'code' },
    { rule: '*os_command*', family: 'code' },
    { rule: '*import_using_user_input', family: 'code' },
    { rule: '*unsafe_deserialization', family: 'code' },
    { rule: '*sql_injection', family: 'sql' },
    { rule: '*html*', family: 'html' },
    { rule: '*cross_site_scripting', family: 'html' },
    { rule: '*handlebars_no_escape', family: 'html' },
    { rule: '*path_traversal', family: 'path' },
    { rule: '*fs_filename', family: 'path' },
    { rule: '*file_generation', family: 'path' },
    { rule: '*server_side_request_forgery', family: 'url' },
    { rule: '*external_resource', family: 'url' },
    { rule: '*http_url_using_user_input', family: 'url' },
    { rule: '*http_insecure', family: 'tls' },
    { rule: '*https_protocol_missing', family: 'tls' },
    { rule: '*websocket_insecure', family: 'tls' },
    { rule: '*tls_validation', family: 'tls' },
  ],
};
