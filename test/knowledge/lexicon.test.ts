import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { covers } from '../../src/core/kinds.js';
import { Lexicon, parseLexicon } from '../../src/knowledge/lexicon.js';
import { describeError } from './describe-error.js';

const FOLDER = join(import.meta.dirname, '../../rules/lexicon');
const lexicon = new Lexicon(
  parseLexicon(
    readdirSync(FOLDER)
      .sort()
      .map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const),
  ),
);

interface Row {
  readonly id: string;
  readonly pos: readonly string[];
  readonly neg: readonly string[];
}

const taxonomy: readonly Row[] = JSON.parse(readFileSync(join(import.meta.dirname, 'taxonomy.json'), 'utf8'));

/** The taxonomy's classes under our names. */
const KIND_OF_CLASS: Readonly<Record<string, string>> = {
  'cred.password': 'secret',
  'cred.key': 'secret',
  'cred.token': 'secret',
  'cred.connstr': 'secret.connection-string',
  'pii.name': 'personal.name',
  'pii.name.weak': 'personal.display-name',
  'pii.email': 'personal.email',
  'pii.phone': 'personal.phone',
  'pii.address': 'personal.address',
  'pii.dob': 'personal.birth-date',
  'gov.id': 'personal.government-id',
  'pci.card': 'personal.financial.card',
  'fin.account': 'personal.financial.account',
  'fin.person': 'personal.financial.income',
  phi: 'personal.health',
  'loc.precise': 'personal.location',
  bio: 'personal.biometric',
  special: 'personal.special-category',
  'demo.weak': 'personal.demographic',
  'online.id': 'personal.online-id',
  edu: 'personal.education',
  child: 'personal.child',
  comms: 'content',
};

describe('the taxonomy', () => {
  test('has all its identifiers', () => {
    expect(taxonomy.flatMap((row) => [...row.pos, ...row.neg])).toHaveLength(336);
    expect(taxonomy.map((row) => row.id).sort()).toEqual(Object.keys(KIND_OF_CLASS).sort());
  });

  test.each(taxonomy)('$id', ({ id, pos, neg }) => {
    const isOfClass = (name: string) => covers(KIND_OF_CLASS[id]!, lexicon.classify(name)?.kind ?? '');
    expect(pos.filter((name) => !isOfClass(name))).toEqual([]);
    expect(neg.filter(isOfClass)).toEqual([]);
  });
});

/** Identifiers of public repositories, read one by one; '-' says nothing. */
const REAL: Readonly<Record<string, readonly string[]>> = {
  'secret.key high': [
    'openAIApiKey',
    'azure_openai_api_key',
    'qianfanSecretKey',
    'LANGSMITH_API_KEY',
    'SUPABASE_SERVICE_ROLE_KEY',
    'HUGGINGFACEHUB_API_KEY',
    'langFuseSecretKey',
    'callbackSecret',
    'clientSecret',
    'apikeys',
    'bot_model_api_key',
    'watsonxAIApikey',
    'secretAccessKey',
    'webhookSecret',
  ],
  'secret.key medium': ['credentials', 'oauthCredentials', 'creds'],
  'secret.token high': [
    'refresh_token',
    'ssoRefreshToken',
    'HF_TOKEN',
    'telegram_bot_token',
    'slack_auth_token',
    'UPSTASH_REDIS_REST_TOKEN',
    'hfAccessToken',
    'authHeader',
    'REPLICATE_API_TOKEN',
    'idToken',
  ],
  'secret.token low': ['token', 'sessionId', 'cookies'],
  'secret.password high': [
    'milvusPassword',
    'SMTP_PASSWORD',
    'confirmPassword',
    'basicAuthPassword',
    'redisCachePwd',
    'repeatPassword',
  ],
  'secret.connection-string high': [
    'postgresUrl',
    'AZURE_BLOB_STORAGE_CONNECTION_STRING',
    'MONGODB_URL',
    'connectionString',
  ],
  'exposed.key high': [
    'NEXT_PUBLIC_OPENAI_API_KEY',
    'VITE_GEMINI_API_KEY',
    'REACT_APP_OPENAI_KEY',
    'EXPO_PUBLIC_ANTHROPIC_API_KEY',
  ],
  'personal.email high': ['leadEmail', 'user_email', 'emailAddress', 'primaryEmail', 'SENDER_EMAIL'],
  'personal.phone high': ['whatsapp_phone_number', 'whitelistedPhoneNumbers', 'Phone'],
  'personal.name high': ['fullName', 'full_name', 'firstName'],
  'personal.display-name low': ['userDisplayName', 'preferred_username', 'handle'],
  'personal.online-id low': ['ipAddress', 'user_agent', 'deviceId'],
  'personal.location high': ['geolocation', 'userLocation'],
  'content low': ['chat_history', 'userMessage', 'systemPrompt', 'messageContent'],
  'neutral high': [
    'chatflowId',
    'modelName',
    'toolName',
    'createdAt',
    'total_tokens',
    'maxTokens',
    'finish_reason',
    'statusCode',
    'isDarkMode',
    'usageMetadata',
    'temperature',
    'topK',
    'mimeType',
    'conversationId',
    'role',
    'hasPassword',
    'password_hash',
    'durationMs',
  ],
  'technical high': ['filePath', 'baseURL', 'tempDir', 'fileName', 'azure_openai_endpoint'],
  '-': [
    'name',
    'title',
    'message',
    'content',
    'address',
    'key',
    'code',
    'location',
    'text',
    'cacheKey',
    'foreignKeyName',
    'idempotencyKey',
    'nextPageToken',
    'firstTokenReceived',
    'sanitizeFileName',
    'getCookie',
    'resetPassword',
    'hashedPassword',
    'shiftKey',
    'partitionKey',
    'csrfToken',
    'microphone',
    'diagnostics',
    'NEXT_PUBLIC_SUPABASE_ANON_KEY',
    'POSTHOG_PUBLIC_API_KEY',
    'findUserByEmail',
    'iPhone',
    'mockEmail',
    'INVALID_USER_EMAIL',
    'memoryKey',
    'langFusePublicKey',
    'emailMessage',
    'validateEmail',
    'expressSession',
    'cookieStore',
    'birthtime',
    'OTel',
    'swift',
    'whatsapp',
    'pages',
  ],
};

test.each(Object.entries(REAL))('real identifiers: %s', (expected, names) => {
  const described = names.map((name) => {
    const found = lexicon.classify(name);
    return `${name}: ${found ? `${found.kind} ${found.confidence}` : '-'}`;
  });
  expect(described).toEqual(names.map((name) => `${name}: ${expected}`));
});

test('at least a hundred real identifiers are tested', () => {
  expect(Object.values(REAL).flat().length).toBeGreaterThanOrEqual(100);
});

/** A second hundred, judged before the lexicon was asked; '-' says nothing that needs care. */
const JUDGED: Readonly<Record<string, readonly string[]>> = {
  'personal.email': [
    'userEmail',
    'senderEmail',
    'ownerEmail',
    'candidateEmail',
    'guestEmail',
    'accountantEmail',
    'customerEmail',
    'uploaderEmail',
    'toEmail',
  ],
  'personal.phone': ['candidatePhone', 'customerPhone', 'phoneNumber'],
  'personal.name': ['candidateName', 'guestName', 'participantName', 'spouse_name', 'customer_name', 'contactName'],
  'personal.birth-date': ['dateOfBirth'],
  'personal.address': ['street_name'],
  'personal.demographic': ['gender'],
  'personal.financial.account': ['iban', 'accountNumber', 'account_number', 'routingNumber', 'wire_routing_number'],
  'personal.financial.income': ['baseSalary', 'currentSalary', 'expectedSalary', 'yearly_income', 'income'],
  'personal.health': [
    'medicalHistory',
    'medicalConditions',
    'medications',
    'allergies',
    'bloodGroup',
    'surgeries',
    'systolicPressure',
    'diastolicPressure',
    'restingHeartRate',
    'stressLevel',
    'sleepQuality',
    'sleepHours',
    'sleepIssues',
  ],
  'personal.location': ['latitude', 'longitude'],
  'personal.online-id': ['clientIp'],
  'secret.key': [
    'signingSecret',
    'appSecret',
    'oauthClientSecret',
    'googleClientSecret',
    'twoFaEmailSecret',
    'secret_access_key',
    'llmApiKey',
    'groq_api_key',
    'e_invoice_api_key',
    'licenseKey',
    'IMAGE_PROXY_SIGNING_SECRET',
    'BEDROCK_AWS_ACCESS_KEY',
  ],
  'secret.private-key': ['signingKey', 'private_key'],
  'secret.token': [
    'mfaSecret',
    'whatsapp_access_token',
    'botToken',
    'sessionToken',
    'passwordResetToken',
    'emailVerificationToken',
    'inviteToken',
    'tenant_access_token',
    'scimToken',
    'qstashToken',
    'HUGGINGFACE_TOKEN',
    'AI_GATEWAY_TOKEN',
    'whatsappVerifyToken',
  ],
  'secret.password': ['user_password', 'currentPassword', 'sipPassword', 'sasl_password'],
  'secret.connection-string': ['databaseUrl'],
  '-': [
    'emailAccountId',
    'invoiceNumber',
    'bankAccountId',
    'bank_connection_id',
    'bankName',
    'merchantName',
    'pageToken',
    'continuationToken',
    'idempotencyToken',
    'promptTokens',
    'maxOutputTokens',
    'tokensActivated',
    'tokensUsed',
    'storageKey',
    'resumeStorageKey',
    'propertyKey',
    'nameKey',
    'dataKey',
    'labelKey',
    'deduplicationKey',
    'keyFindings',
    'keywords',
    // The address from which a program writes, as a rule.
    'fromEmail',
    'emailSubject',
    'emailHeading',
    'emailButtonText',
    'sendEmail',
    'lastProcessedEmailAt',
    'phone_number_id',
    'noZipCodeMessage',
    'preferredContactTime',
    'requestFingerprint',
    'systemFingerprint',
    'bypassCache',
    'dimensionBandPassRate',
    'secretKeyId',
    'secretId',
    'oauthClientId',
    'token_endpoint_auth_method',
    'authorizationURL',
    'passwordResetTokenExpires',
    'encryptedPassword',
    'LANGFUSE_PUBLIC_KEY',
    'salaryCurrency',
    'salaryRangeRaw',
    'voiceId',
    'sourceAuthorId',
    'cardHeaderClassName',
    'stripeCustomerId',
    'disabledReason',
    'degradedThreshold',
    'taxRate',
    'minHeight',
  ],
};
/** Classes of names that need no care: what an application calls its own parts. */
const HARMLESS = new Set(['neutral', 'technical']);

test.each(Object.entries(JUDGED))('judged identifiers: %s', (expected, names) => {
  const described = names.map((name) => {
    const kind = lexicon.classify(name)?.kind ?? '-';
    return `${name}: ${HARMLESS.has(kind) ? '-' : kind}`;
  });
  expect(described).toEqual(names.map((name) => `${name}: ${expected}`));
});

test('another hundred are tested', () => {
  const names = Object.values(JUDGED).flat();
  const before = new Set([...Object.values(REAL).flat(), ...taxonomy.flatMap((row) => [...row.pos, ...row.neg])]);
  expect(names.filter((name) => !before.has(name)).length).toBeGreaterThanOrEqual(100);
  expect(new Set(names).size).toBe(names.length);
});

describe('a lexicon file', () => {
  const parse = (text: string) => () => parseLexicon([['own.yaml', text]]);

  test.each([
    ['classes:\n  - kind: a\n    names: ["Email"]', "own.yaml:3:14: 'Email' is no word of small letters and digits"],
    ['classes:\n  - kind: a\n    names: [x, "b @people"]', "own.yaml:3:19: there is no word list '@people'"],
    ['classes:\n  - kind: a\n    names: ["a? b?"]', 'own.yaml:3:14: a pattern needs a word that is not optional'],
    ['classes:\n  - kind: a\n    names: ["get ..."]', "own.yaml:3:18: '...' needs '^' at the start"],
    ['classes:\n  - kind: a\n    names: ["^ get ... x"]', "own.yaml:3:24: nothing can follow '...'"],
    [
      'classes:\n  - kind: a\n    confidence: sure\n    names: [x]',
      'own.yaml:3:17: Invalid option: expected one of "high"|"medium"|"low"',
    ],
  ])('%j is refused', (text, message) => {
    expect(describeError(parse(text))).toBe(message);
  });

  test('word lists, compounds, optional and open patterns', () => {
    const own = new Lexicon(
      parseLexicon([
        [
          'own.yaml',
          'words: { who: [user, staff] }\nclasses:\n  - { kind: a, names: ["@who? badge number|no", "^ badge_one|two ..."] }\n  - { kind: none, names: ["old badge no"] }',
        ],
      ]),
    );
    const kinds = [
      'badgeNumber',
      'userBadgeNo',
      'USER_BADGE_NO',
      'badgenumber',
      'oldBadgeNo',
      'badgeOneColor',
      'myBadgeTwo',
      'badge',
    ];
    expect(kinds.map((name) => own.classify(name)?.kind)).toEqual([
      'a',
      'a',
      'a',
      'a',
      undefined,
      'a',
      undefined,
      undefined,
    ]);
  });
});
