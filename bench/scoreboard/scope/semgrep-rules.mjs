/** They report where a secret is used, we where it is written: a literal some lines above counts. */
const FAR = 12;
/** They report where an object begins, we the member in it. */
const LONG = 8;

/**
 * Which of Semgrep's public AI, JavaScript, TypeScript and secrets rules speak of a subject of ours; see `ai-best-practices.mjs` for how it is
 * read. Their rules on injection (CWE 22, 78, 79, 89, 94, 918) ask whether a *request* reaches a dangerous place. Ours ask whether a *model's*
 * words do. No case of theirs holds a model, so none of them is in scope, in either direction.
 */

export const SEMGREP_RULES = [
  { rule: 'detected-aws-account-id', reason: 'no credential' },
  { rule: 'detected-bcrypt-hash', reason: 'a hash is no credential by our contract' },
  { rule: 'detected-etc-shadow', reason: 'a hash is no credential by our contract' },
  { rule: 'detected-*', families: ['key'] },
  // Their copy of gitleaks' rules, by the folder that it lies in.
  { group: 'generic/secrets/gitleaks/*', families: ['key'] },
  { group: 'generic/secrets/*', families: ['key'] },
  { rule: 'hardcoded-jwt-secret', families: ['key'], before: FAR },
  { rule: 'express-jwt-hardcoded-secret', families: ['key'], before: FAR },
  { rule: 'express-session-hardcoded-secret', families: ['key'], before: FAR },
  { rule: 'hardcoded-hmac-key', families: ['key'], before: FAR },
  { rule: 'hardcoded-passport-secret', families: ['key'], before: FAR },
  { rule: 'bypass-tls-verification', families: ['tls'], after: LONG },
  // Ours is about content and keys on the way, not about each request: a page that is fetched with nothing in it is no leak.
  { rule: 'rest-http-client-support', reason: 'a request that carries nothing is no leak by our contract' },
  { rule: 'react-insecure-request', reason: 'a request that carries nothing is no leak by our contract' },
  { rule: 'http-request', reason: 'a request that carries nothing is no leak by our contract' },
  { rule: 'detect-insecure-websocket', reason: 'a connection that carries nothing is no leak by our contract' },
  { rule: 'using-http-server', reason: 'servers behind a proxy speak plain HTTP; no rule of ours' },
  { rule: '*-request', reason: 'other protocols are no rule of ours' },
  { rule: 'disallow-old-tls-*', reason: 'versions of TLS are no rule of ours' },
  { rule: 'sequelize-*', reason: 'versions of TLS, or unencrypted connections to a database; no rule of ours' },
  { group: 'ai/*', reason: 'says that a model is used, which is an inventory' },
];
