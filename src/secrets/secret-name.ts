/**
 * What a name promises of its value:
 * - `issued`: a key or token that a provider hands out: only random text can be one
 * - `own`: a secret that the program itself checks (signing, session, encryption): any text is one
 * - `password`: chosen by people
 * - `key`: "key" with an unknown qualifier, weak evidence
 */
export type NameClass = 'issued' | 'own' | 'password' | 'key';

/** Words behind the noun that do not change what it is: `API_KEY_PROD`, `passwordDefault`, `secret_do_not_commit`. */
const NEUTRAL_TAIL =
  /^(?:value|val|default|prod|production|staging|stage|dev|development|live|test|testing|local|new|old|current|primary|secondary|main|backup|raw|plain|plaintext|text|str|string|b64|base64|hex|v?\d+|one|two|do|not|commit|share)$/;

const OWN_QUALIFIER: ReadonlySet<string> = new Set(
  'jwt session sessions cookie cookies webhook signing signature sign hmac csrf xsrf nextauth encryption encrypt encrypting crypto aes fernet cipher salt pepper app application flask django rails laravel express shared cron internal verify verification access refresh token master'.split(
    ' ',
  ),
);
const KEY_QUALIFIER: ReadonlySet<string> = new Set(
  'api apis access secret private auth authorization authentication service admin account subscription license licence storage write ingest ingestion write role deploy integration bot functions function host ssh consumer app application client server developer partner rest project project user team org organization personal management connection sas shared primary secondary instrumentation license'.split(
    ' ',
  ),
);
const ANTI_WORD: ReadonlySet<string> = new Set(
  'public publishable anon anonymous pub site sitekey cache cached primary foreign sort partition hash range index object map dictionary dict idempotency query search shortcut hot keyboard row column field json dom react i18n translation locale label message msg text storage_key local theme feature flag config setting settings option prop props attribute attr header cookie_name param params path route menu item list tree node group lookup composite unique dedupe dedup event topic stream bucket object_key s3 file filename prefix suffix name names id ids type types kind url uri link endpoint placeholder hint title description regex pattern format schema min max length size count limit limits usage total input output prompt completion reasoning cached budget cost price rate per page next prev previous continuation cursor sync cancel cancellation abort design csrf xsrf authenticity verification captcha nonce eos bos pad unk sep cls mask stop special start end delimiter keyword syntax lexer parse parser current peek nft erc20 mint symbol address contract device push fcm apns ref reference selector position offset variable env var vars alias'.split(
    ' ',
  ),
);
/** The name itself says that the value opens nothing. */
const DENIAL: ReadonlySet<string> = new Set(
  'non not invalid wrong bad malformed expired revoked bogus fake dummy mocked'.split(' '),
);
const PASSWORDS: ReadonlySet<string> = new Set(
  'password passwd passphrase passcode pwd passwort contrasena senha pass pw'.split(' '),
);
const SECRETS: ReadonlySet<string> = new Set('secret secrets'.split(' '));
const TOKENS: ReadonlySet<string> = new Set(
  'token tokens pat bearer authorization credential credentials creds apitoken authtoken accesstoken'.split(' '),
);
const JOINED_KEYS: ReadonlySet<string> = new Set(
  'apikey secretkey accesskey privatekey authkey licensekey apisecret clientsecret dsn webhookurl'.split(' '),
);

/** Splits an identifier, header or environment name into lower-case words. */
export function splitWords(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

/** What a name says of its value; undefined where it names no secret. Dots and brackets separate: only the last part counts. */
export function classifySecretName(name: string): NameClass | undefined {
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
  const words = splitWords(last);
  while (words.length > 1 && NEUTRAL_TAIL.test(words.at(-1)!)) words.pop();
  const noun = words.at(-1);
  if (noun === undefined) return undefined;
  const before = words.slice(0, -1);
  if (before.some((word) => DENIAL.has(word))) return undefined;
  const qualifier = before.at(-1) ?? '';
  if (PASSWORDS.has(noun))
    return (noun === 'pass' || noun === 'pw') && before.length === 0 ? undefined : passwordClass(before);
  if (SECRETS.has(noun))
    return before.some((word) => OWN_QUALIFIER.has(word)) ? 'own' : hasAnti(before) ? undefined : 'issued';
  if (TOKENS.has(noun) || JOINED_KEYS.has(noun)) {
    if (noun === 'pat' && before.length === 0) return undefined;
    if (noun === 'tokens' || hasAnti(before)) return undefined;
    return 'issued';
  }
  if (noun === 'key' || noun === 'keys') return keyClass(before, qualifier, last);
  return undefined;
}

/** Whether a name ends in a noun of secrets, whatever stands before it. */
export function hasSecretNoun(name: string): boolean {
  const noun = splitWords(name).at(-1) ?? '';
  return PASSWORDS.has(noun) || SECRETS.has(noun) || TOKENS.has(noun) || JOINED_KEYS.has(noun) || noun === 'key';
}

function passwordClass(before: readonly string[]): NameClass | undefined {
  return before.some((word) =>
    /^(?:has|is|show|hide|toggle|reset|forgot|forgotten|confirm|min|max|no|require|required|hash|hashed|encrypted|wrong|invalid)$/.test(
      word,
    ),
  )
    ? undefined
    : 'password';
}

function keyClass(before: readonly string[], qualifier: string, name: string): NameClass | undefined {
  // the key of a table, where nothing tells whose key it is
  if (before.length === 0 || (before.length === 1 && /^(?:primary|secondary)$/.test(qualifier))) return undefined;
  if (
    /^(?:signing|signature|encryption|encrypt|jwt|hmac|fernet|aes|cookie|session|secret|crypto|cipher)$/.test(qualifier)
  ) {
    if (!hasAnti(before)) return 'own';
  }
  if (KEY_QUALIFIER.has(qualifier))
    return before.some((word) => /^(?:public|publishable|anon|anonymous|pub)$/.test(word)) ? undefined : 'issued';
  if (hasAnti(before)) return undefined;
  // OPENAI_KEY, groqKey: a qualifier that may name a provider
  return /^[A-Z0-9_]+$/.test(name) || before.length >= 1 ? 'key' : undefined;
}

function hasAnti(words: readonly string[]): boolean {
  return words.some((word) => ANTI_WORD.has(word));
}
