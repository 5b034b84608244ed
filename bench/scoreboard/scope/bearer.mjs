/** They report where a secret is used, we where it is written: a literal some lines above counts. */
const FAR = 12;

/**
 * Which of Bearer's rules for JavaScript speak of a subject of ours; see `ai-best-practices.mjs` for how it is read. Their rules on personal data
 * are the nearest that there is to ours. Exceptions and sessions are named in what we were asked to measure, but an error that is thrown is
 * no log (what catches it decides), and personal data in the browser's storage is no rule of ours: it has one for prompts.
 */
export const BEARER = [
  { rule: 'javascript_lang_logger', families: ['content'] },
  { rule: 'javascript_lang_logger_leak', reason: 'any unknown value in a log; ours asks what the value is' },
  { rule: 'javascript_lang_exception', reason: 'an error that is thrown is no log; what catches it decides' },
  { rule: 'javascript_lang_session', reason: "personal data in the browser's storage is no rule of ours" },
  { rule: 'javascript_lang_file_generation', reason: 'personal data in files is no rule of ours' },
  { rule: 'javascript_lang_jwt', reason: 'personal data in tokens is no rule of ours' },
  { rule: 'javascript_lang_hardcoded_secret', families: ['key'] },
  { rule: 'javascript_lang_jwt_hardcoded_secret', families: ['key'], before: FAR },
  { rule: 'javascript_express_hardcoded_secret', families: ['key'], before: FAR },
  { rule: 'javascript_third_parties_passport_hardcoded_secret', families: ['key'], before: FAR },
  { rule: 'javascript_lang_http_insecure', reason: 'a request that carries nothing is no leak by our contract' },
  {
    rule: 'javascript_lang_websocket_insecure',
    reason: 'a connection that carries nothing is no leak by our contract',
  },
  { rule: 'javascript_node_missing_tls_validation', families: ['tls'] },
  { rule: 'javascript_third_parties_openai', families: ['model'] },
  { rule: 'javascript_third_parties_algolia', reason: 'a search index is neither log, nor telemetry, nor model' },
  { rule: 'javascript_third_parties_dom_purify', reason: 'about a request, not about a model' },
  { rule: 'javascript_third_parties_dynamodb_*', reason: 'about a request, not about a model' },
  { rule: 'javascript_third_parties_marked', reason: 'about a request, not about a model' },
  { rule: 'javascript_third_parties_elasticsearch', reason: 'a search index is neither log, nor telemetry, nor model' },
  { rule: 'javascript_third_parties_*', families: ['content'] },
  { rule: 'javascript_react_google_analytics', families: ['content'] },
];
