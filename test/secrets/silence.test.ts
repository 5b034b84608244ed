import { describe, expect, test } from 'vitest';
import { scanText } from '../../src/secrets/scan-text.js';
import { expand } from './support/expand.js';
import { formats } from './support/formats.js';

function found(path: string, template: string) {
  return scanText(path, expand(template), formats)
    .filter((hit) => hit.profile === 'recommended')
    .map((hit) => `${hit.formatId} ${hit.level}`);
}

describe('silent in the default profile', () => {
  test.each([
    ['a placeholder', 'src/a.ts', 'const apiKey = "sk-your-api-key-goes-here-1234";'],
    ['angle brackets', 'src/a.ts', 'const apiKey = "<COHERE_API_KEY>";'],
    ['capitals', 'src/a.ts', 'const apiKey = process.env.API_TOKEN ?? "YOUR_API_TOKEN";'],
    ['dots', 'README.md', 'export OPENAI_API_KEY=sk-proj-...'],
    ['crosses', 'src/a.ts', 'const token = "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";'],
    ['an environment variable', 'src/a.ts', 'const apiKey = process.env.OPENAI_API_KEY!;'],
    [
      'a reference in a workflow',
      '.github/workflows/a.yml',
      '    env:\n      API_KEY: {ref { secrets.API_KEY_2024_PROD }}',
    ],
    ['a reference in JSON', 'mcp.json', '{ "env": { "GITHUB_TOKEN": "{ref GITHUB_TOKEN}" } }'],
    ['an expression of n8n', 'flow.json', '{ "name": "X-Api-Key", "value": "={{ $json.apiKey12345678 }}" }'],
    ['a template literal', 'src/a.ts', 'const apiKey = `{ref prefix}-{A32}`;'],
    ['a name for a name', 'src/a.ts', 'const fields = { apiKey: "openai-api-key", password: "passwordField" };'],
    ['a hash', 'src/a.ts', 'const passwordHash = "$2b$10{ref A}";'],
    ['an integrity string', 'package-lock.json', '{ "integrity": "sha512-{b86}==" }'],
    ['a UUID', 'src/a.ts', 'const sessionToken = "{u}";'],
    ['a commit', 'src/a.ts', 'const commit = "{h40}";'],
    ['a cache key', 'src/a.ts', 'const cacheKey = "{A40}";'],
    ['a page token', 'src/a.ts', 'const nextPageToken = "{A40}";'],
    ['a public key', 'src/a.ts', 'const publicKey = "{b60}";'],
    ['a picture', 'src/a.ts', 'const token = "data:image/png;base64,{b400}";'],
    ['a key inside Base64', 'src/a.ts', 'const blob = "{b60}/AKIA{216}{b60}";'],
    ['a model name', 'src/a.ts', 'const token = "gpt-4o-mini-2024-07-18-preview-v2";'],
    ['a header name', 'src/a.ts', 'const apiKeyHeader = "x-api-key-{A20}";'],
    ['a path', 'src/a.ts', 'const privateKey = "/etc/ssl/private/server-2024-{A20}.key";'],
    ['a message', 'src/a.ts', 'const password = "Enter your 12 character password";'],
    ['a comparison', 'src/a.ts', 'if (token === "{A32}") done();'],
    ['a call on the literal', 'src/a.ts', 'const secret = "{A32}".repeat(2);'],
    ['concatenation', 'src/a.ts', 'const apiKey = "{A32}" + suffix;'],
    ['a type', 'src/a.ts', 'interface Options { apiKey: string; password: Password123 }'],
    ['an AWS documentation key', 'src/a.ts', 'const id = "AKIAIOSFODNN7EXAMPLE";'],
    [
      'a Firebase web key',
      'src/a.ts',
      'const firebaseConfig = { apiKey: "AIza{w35}", authDomain: "a.firebaseapp.com" };',
    ],
    ['a Stripe publishable key', 'src/a.ts', 'loadStripe("pk_live_{A24}");'],
    ['a PostHog project key', 'src/a.ts', 'posthog.init("phc_{A43}");'],
    ['a Sentry address', 'src/a.ts', 'Sentry.init({ dsn: "https://{h32}@o123.ingest.sentry.io/456" });'],
    [
      'a Mapbox public token',
      'src/a.ts',
      'mapboxgl.accessToken = "pk.{b64({"u":"someone","a":"ckabcdefghijklmnopqrstuvw"})}.{w22}";',
    ],
    [
      'default local passwords',
      'compose.yaml',
      'DATABASE_URL: postgres://postgres:postgres@db:5432/app\nPOSTGRES_PASSWORD: postgres',
    ],
    ['a template URL', 'src/a.ts', 'const url = `postgres://{ref user}:{ref password}@{ref host}/app`;'],
    ['a sample URL', 'docs/setup.md', 'DATABASE_URL=postgresql://user:password@your-host.example.com:5432/db'],
    ['a private key of a test', 'test/fixtures/server.key', '{pem RSA PRIVATE KEY}'],
    ['a random value in a test', 'src/a.test.ts', 'const apiKey = "{A40}";'],
    ['a sequence in a test', 'tests/setup.ts', 'process.env.OPENAI_API_KEY = "sk-1234567890abcdef1234567890abcdef";'],
    [
      'an alphabet in an example',
      '.env.example',
      'OPENAI_API_KEY=sk-proj-abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGH',
    ],
    ['a minified bundle', 'dist/app.min.js', 'var apiKey="{A32}",secret="{A40}"'],
    [
      'a token of John Doe',
      'src/a.ts',
      'verify("{jwt sub=1234567890x name=x}".replace("x", "y"), "{A1}");'.replace(
        '{jwt sub=1234567890x name=x}',
        `${['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9', Buffer.from('{"sub":"1234567890","name":"John Doe"}').toString('base64url'), 'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c'].join('.')}`,
      ),
    ],
  ])('%s', (_, path, template) => {
    expect(found(path, template)).toEqual([]);
  });
});

describe('reported', () => {
  test.each([
    [
      'a fallback',
      'src/a.ts',
      'const key = process.env.WEBHOOK_SECRET || "whsec_default_token";',
      ['generic-own-secret warning'],
    ],
    [
      'a default in a schema',
      'src/a.ts',
      'JWT_SECRET: z.string().default("blue-harbour-42"),',
      ['generic-own-secret warning'],
    ],
    ['a default in Python', 'a.py', 'KEY = os.getenv("SIGNING_SECRET", "{A32}")', ['generic-own-secret error']],
    ['a header', 'src/a.ts', 'headers: { "x-api-key": "{A32}" }', ['generic-api-key error']],
    ['a header that is set', 'src/a.ts', 'headers.set("x-api-key", "{A32}")', ['generic-api-key error']],
    ['a bearer token', 'src/a.ts', 'headers: { Authorization: "Bearer {A40}" }', ['generic-api-key error']],
    [
      'a bearer token on a command line',
      'run.sh',
      'curl -H "Authorization: Bearer {A40}" https://api.acme.io',
      ['generic-api-key error'],
    ],
    ['a flag', 'run.sh', 'tool --api-key {A32}', ['generic-api-key error']],
    ['an environment file', '.env', 'SERVICE_TOKEN={A40}', ['generic-api-key error']],
    ['a Dockerfile', 'Dockerfile', 'ENV SERVICE_TOKEN={A40}', ['generic-api-key error']],
    [
      'a compose default',
      'run.sh',
      'export JWT_SECRET={ref JWT_SECRET:-blue-harbour-42}',
      ['generic-own-secret warning'],
    ],
    ['YAML', 'config.yaml', 'service:\n  token: {A40}\n', ['generic-api-key error']],
    ['TOML', 'config.toml', '[service]\ntoken = "{A40}"\n', ['generic-api-key error']],
    ['a notebook', 'a.ipynb', '{"cells":[{"source":["api_key = \\"{A32}\\"\\n"]}]}', ['generic-api-key error']],
    ['a HAR file', 'a.har', '{"headers":[{"name":"Authorization","value":"Bearer {A40}"}]}', ['generic-api-key error']],
    ['a request file', 'a.http', 'GET https://api.acme.io\nX-Api-Key: {A32}\n', ['generic-api-key error']],
    ['MCP arguments', '.mcp.json', '{"args":["--api-key", "{A32}"]}', ['generic-api-key error']],
    ['a comment', 'src/a.ts', '// old: sk-proj-{w74}T3BlbkFJ{w74}', ['openai-project error']],
    ['an npmrc', '.npmrc', '//registry.acme.io/:_authToken=npm_{A30}{crc62:13}'.replace('{crc62:13}', '{A6}'), []],
    [
      'a password with three kinds of characters',
      'src/a.ts',
      'const dbPassword = "Tr1cky-Harbour";',
      ['generic-password warning'],
    ],
    [
      'a made-up key of full shape',
      'src/a.ts',
      'const key = "sk-proj-AbCdEfGhIjKlMnOpQrStUvWxYz1234567890AbCdEfGhIjKl";',
      ['openai-unmarked warning'],
    ],
    [
      'a real shape in a test',
      'src/a.test.ts',
      'const key = "sk-proj-{w74}T3BlbkFJ{w74}";',
      ['openai-project warning'],
    ],
    ['code that does not parse', 'src/a.ts', 'const = { apiKey: "{A32}" ,,, ((', ['generic-api-key error']],
  ])('%s', (_, path, template, expected) => {
    expect(found(path, template)).toEqual(expected);
  });
});

describe('client exposure', () => {
  const rules = (path: string, template: string) =>
    scanText(path, expand(template), formats).map((hit) => `${hit.ruleId} ${hit.profile}`);

  test('a variable with a public prefix', () => {
    expect(rules('.env', 'NEXT_PUBLIC_OPENAI_API_KEY=sk-proj-{w74}T3BlbkFJ{w74}')).toEqual([
      'client-exposed-secret recommended',
    ]);
    expect(rules('.env.production', 'VITE_SERVICE_TOKEN={A40}')).toEqual(['client-exposed-secret recommended']);
    expect(rules('.env', 'OPENAI_API_KEY=sk-proj-{w74}T3BlbkFJ{w74}')).toEqual(['hardcoded-secret recommended']);
  });

  test('not what is public by design', () => {
    expect(rules('.env', 'NEXT_PUBLIC_SUPABASE_ANON_KEY={jwt role=anon iss=supabase}')).toEqual([]);
    expect(rules('.env', 'NEXT_PUBLIC_STRIPE_KEY=pk_live_{A24}')).toEqual([]);
  });

  test('a file that is served as it stands', () => {
    expect(rules('public/config.js', 'const key = "sk-proj-{w74}T3BlbkFJ{w74}";')).toEqual([
      'client-exposed-secret recommended',
    ]);
  });
});
