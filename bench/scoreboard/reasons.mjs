/**
 * Why a place of a suite is missed, or flagged though the suite calls it safe. The first that fits counts; `suite` is the beginning of a
 * suite's name, `rule` and `group` are globs, `line` an expression on the line that is meant. `limit` marks what is ours to mend: it goes into the page of known limits.
 * `secret` marks what a suite calls safe because the rule at hand is about another kind of key. Whatever is not here is printed as not
 * explained.
 */
export const MISSED = [
  { rule: '*-client-id', reason: 'an identifier, no credential' },
  { rule: 'sumologic-access-id', reason: 'an identifier, no credential' },
  { rule: 'generic-api-key', line: /client_?id/i, reason: 'an identifier, no credential' },
  { line: /AWS_ACCOUNT_ID|tenant_id|CLIENT_ID|apps\.googleusercontent\.com/i, reason: 'an identifier, no credential' },
  { rule: '*-pub-api-key', reason: 'a publishable key' },
  { rule: '*-public-key', reason: 'a publishable key' },
  { rule: 'jwt-base64', reason: 'a token whose header names no algorithm, or none at all: no service takes it' },
  { rule: 'jwt', reason: 'a sample token, or three parts that are no token' },
  { rule: 'detected-jwt-token', reason: 'a sample token of documentation, or two parts of one' },
  { rule: 'github-*', reason: 'its checksum does not hold: a note, in strict only' },
  { rule: 'npm-access-token', reason: 'its checksum does not hold: a note, in strict only' },
  { rule: 'grafana-service-account-token', reason: 'its checksum does not hold: a note, in strict only' },
  {
    line: /[-_]test[-_]|EZTK|flw.{0,80}_TEST|lob.*test_|stripe/i,
    rule: '*-*',
    suite: 'gitleaks',
    reason: 'a key for test data: a note, in strict only',
  },
  { rule: 'age-secret-key', reason: 'a made-up value' },
  {
    line: /abcdefg|1234567|IOSFODNN7|K7MDENG|0123456|234567890|EXAMPLE|xxxx|([A-Za-z0-9])\1{7}|111111|deadbeef|cafebabe|abc123|SECRETSKEY|7SECRETS|12e4|abcd1234|TXXXXX|Sample/i,
    reason: 'a made-up value: a sequence, a repetition, or the word example',
  },
  {
    line: /secretHardcodedString|some-?secret|mySecretKey|"oops"|HARDCODED-SECRET|CorrectHorse|secret: '?(?:a|foo)'?,|TestSource|blah/i,
    reason: 'plain words where a key belongs, which the contract calls a placeholder',
  },
  { line: /BEGIN [A-Z ]*PRIVATE KEY/, reason: 'a header without a key behind it' },
  {
    rule: 'detected-username-and-password-in-uri',
    line: /\{get_user_name\}/,
    reason: 'a template for the user, text for the password',
    limit: 'A password in an address whose user name is a template.',
  },
  { line: /user(?:name)?:[^@]*@|example\.com/i, reason: 'a sample address, a local host, or a stock password' },
  {
    line: /clientID:|FACEBOOK_APP_SECRET|^\s*\{\s*$/,
    rule: 'hardcoded-passport-secret',
    reason: 'plain words where a key belongs, which the contract calls a placeholder',
  },
  { rule: 'secretlint-rule-gcp', reason: 'a binary file', limit: 'Key stores in binary form (PKCS #12).' },
  {
    rule: 'secretlint-rule-secp256k1-privatekey',
    reason: '64 hexadecimal digits without a name that tells what they are',
    limit: 'Keys of wallets that no name announces.',
  },
  { rule: 'secretlint-rule-tailscale', reason: 'a made-up value' },
  { rule: 'secretlint-rule-slack', reason: 'a made-up value' },
  { rule: 'secretlint-rule-stripe', reason: 'a made-up value' },
  {
    rule: 'kubernetes-secret-yaml',
    reason: 'a stock password',
  },
  { rule: 'curl-auth-*', reason: 'no password, or a stock one, or an identifier without a scheme' },
  { rule: 'sidekiq-secret', reason: 'a made-up value' },
  { rule: 'sonar-api-token', reason: 'a made-up value' },
  { rule: 'nuget-config-password', reason: 'plain words where a key belongs, which the contract calls a placeholder' },
  {
    rule: '*-api-key',
    line: /[0-9a-f]{8}-[0-9a-f]{4}-/i,
    reason: 'a UUID whose name does not tell that it is a key: a note, in strict only',
  },
  {
    line: /[0-9a-f]{8}-[0-9a-f]{4}-/i,
    reason: 'a UUID whose name does not tell that it is a key: a note, in strict only',
  },
  { rule: 'algolia-api-key', reason: 'a bare value in a source file', limit: 'Values without quotes in source files.' },
  { rule: 'slack-user-token', reason: 'a token in the query of an address of a file' },
  { rule: 'detected-aws-session-token', reason: 'a sample of documentation, partly crossed out' },
  { rule: 'finnhub-access-token', reason: 'a literal that does not end' },
  { rule: 'detected-google-*', reason: 'no complete key' },
  { rule: 'detected-outlook-team', reason: 'no complete address' },
  { rule: 'google-maps-apikeyleak', reason: 'a key for maps, made to be shown' },
  {
    rule: 'jfrog-identity-token',
    reason: 'a pair whose name is that of a product',
    limit: "A provider's name and a key as two arguments of a call.",
  },
  { rule: 'claude-settings-bypass-permissions-*', line: /"bypassPermissions"/, reason: 'no setting of that program' },
  {
    rule: 'claude-settings-bypass-permissions-*',
    reason: 'loosens the sandbox; the program still asks: no rule of ours',
  },
  {
    rule: 'javascript_*',
    line: /gtag\(|dataLayer|ReactGA|setContext\(context\)|client\.event\(|Rollbar\.critical|trackUserInteractions|logger\.child\(ctx\);/,
    reason: 'constants written in the file, or a setting: no data of a person',
  },
  {
    rule: 'javascript_*',
    line: /ip_?addr|segment|job_title|airbrake\.notify\(\{|client\.track\(\{|analytics\.group/i,
    reason: 'an IP address or a job: low by the contract',
  },
  { rule: 'javascript_lang_logger', line: /user\.name/, reason: '`user.name` may be a user name: low by the contract' },
  {
    rule: 'javascript_third_parties_sentry',
    reason: 'a callback of a global that is not imported',
    limit: 'Callbacks of `Sentry` and `Bugsnag` where they are globals and not imported.',
  },
  {
    rule: 'javascript_third_parties_bugsnag',
    reason: 'a callback of a global that is not imported',
    limit: 'Callbacks of `Sentry` and `Bugsnag` where they are globals and not imported.',
  },
  {
    rule: 'javascript_*secret*',
    line: /sign\(|foo\(|jwt2?\(|session|createPrivateKey|privateDecrypt|privateEncrypt|SignJWT|passport|sign/i,
    reason: 'a secret that takes a way that the search for credentials does not follow',
    limit: 'Signing secrets that reach the call through objects, fields, other modules or renamed imports.',
  },
  {
    rule: '*secret*',
    line: /sign\(|passport|secret/i,
    reason: 'a secret that takes a way that the search for credentials does not follow',
    limit: 'Signing secrets that reach the call through objects, fields, other modules or renamed imports.',
  },
  { rule: '*', line: /artifactory|_password=/i, reason: 'plain words, or no complete key' },
  { suite: 'gitleaks', reason: 'random text that only fits its shape: no structure, or not enough of it' },
];

/** Alarms on what a suite calls safe. */
export const FLAGGED = [
  {
    suite: 'gitleaks',
    rule: 'anthropic-api-key',
    line: /sk-ant-admin/,
    reason: 'a whole key that another rule takes',
    secret: true,
  },
  {
    suite: 'gitleaks',
    rule: 'curl-auth-header',
    line: /eyJ/,
    reason: 'a whole key that another rule takes',
    secret: true,
  },
  {
    suite: 'gitleaks',
    rule: 'mailchimp-*',
    line: /token: [0-9a-f]{32}-us[0-9]/,
    reason: 'a whole key of that provider, without quotes',
    secret: true,
  },
  {
    suite: 'gitleaks',
    rule: 'nuget-config-password',
    line: /ClearTextPassword" value="[^"%]*[0-9!][^"%]*"/,
    reason: 'a password in a file whose name is written otherwise',
    secret: true,
  },
  { suite: 'gitleaks', rule: 'gcp-api-key', reason: 'made up, but of full shape: told with little confidence' },
  { suite: 'gitleaks', rule: 'generic-api-key', reason: 'the key of a search box, which its name does not tell apart' },
  { suite: 'gitleaks', reason: 'random text that is called a key' },
  {
    suite: 'secretlint',
    rule: 'secretlint-rule-openai',
    reason: 'a key whose fixed middle was overwritten: anyone can restore it',
    secret: true,
  },
  {
    suite: 'secretlint',
    reason: 'a secret of another rule, or a default password of a local service: a note, in strict only',
  },
  { suite: 'semgrep', rule: 'detected-*', reason: 'a key with one character more, or a token under another name' },
  { suite: 'semgrep', rule: 'generic-api-key', reason: 'a publishable token that its name does not tell apart' },
  { suite: 'semgrep', reason: 'a key of another kind than the rule that the file is about' },
  { suite: 'Bearer', reason: 'a secret that the file is not about' },
];

/** The entry that explains a place; undefined where none does. */
export function reasonFor(entries, { suite, rule, group, line }, matchesGlob) {
  return entries.find(
    (entry) =>
      (!entry.suite || suite.startsWith(entry.suite)) &&
      (!entry.rule || matchesGlob(entry.rule, rule)) &&
      (!entry.group || matchesGlob(entry.group, group)) &&
      (!entry.line || entry.line.test(line)),
  );
}
