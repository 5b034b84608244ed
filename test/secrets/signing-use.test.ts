import { describe, expect, test } from 'vitest';
import { loadShippedFormats } from '../../src/secret-formats.js';
import { DisjointSpans } from '../../src/secrets/disjoint-spans.js';
import { scanText } from '../../src/secrets/scan-text.js';

const formats = await loadShippedFormats();
const found = (code: string) =>
  scanText('src/sign.ts', code, formats).map(({ value, profile }) => `${profile}: ${value}`);

describe('secrets that the code signs with', () => {
  test.each([
    ["jwt.sign(payload, 'shhhhhhared-secret')", 'recommended: shhhhhhared-secret'],
    ["jwt.sign({ a: [1, 2], b: f('x, y') }, 'shhhhh')", 'strict: shhhhh'],
    ["jsonwebtoken.verify(token, 'shhhhhhared-secret', done)", 'recommended: shhhhhhared-secret'],
    ["const phrase = 'shhhhhhared-secret';\njwt.sign(payload, phrase)", 'recommended: shhhhhhared-secret'],
    ["createHmac('sha256', 'Shhhhhhared')", 'recommended: Shhhhhhared'],
    ["createSecretKey(Buffer.from('Shhhhhhared'), 'utf8')", 'recommended: Shhhhhhared'],
    ["app.use(session({ resave: false, secret: 'shhhhhhared-cat-7' }))", 'recommended: shhhhhhared-cat-7'],
    ["new Strategy({ secretOrKey: 'shhhhhhared-cat-7' })", 'recommended: shhhhhhared-cat-7'],
  ])('%s', (code, hit) => {
    expect(found(code)).toEqual([hit]);
  });

  test.each([
    'jwt.sign(payload, process.env.JWT_SECRET)',
    'jwt.sign(payload, config.secret)',
    'jwt.sign(payload, phrase)',
    "const phrase = 'shhhhhhared-secret';\nlet phrase = 'other';\njwt.sign(payload, phrase)",
    "jwt.sign('shhhhhhared-secret', key)",
    "const phrase = 'shhhhhhared-' + rest;\njwt.sign(payload, phrase)",
    "rows.sign(payload, 'shhhhhhared-secret')",
    "createHmac('sha256', 'patients')",
    "createHash('sha256', 'Shhhhhhared')",
    "jwt.sign(payload, 'your-secret-key')",
    "form({ secret: 'shhhhhhared-cat' })",
  ])('nothing in %s', (code) => {
    expect(found(code)).toEqual([]);
  });

  test('the names of many constants are read once', () => {
    const text = `${"const name = 'x' + y; ".repeat(5_000)}${'jwt.sign(a, name); '.repeat(5_000)}`;
    const start = performance.now();
    expect(found(text)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('DisjointSpans', () => {
  test('takes what overlaps nothing', () => {
    const spans = new DisjointSpans();
    const taken = [
      [0, 10],
      [10, 20],
      [5, 6],
      [15, 2_000],
      [2_000, 2_001],
      [1_999, 2_000],
      [300, 301],
      [20, 300],
    ].filter(([start, end]) => spans.add(start!, end!));
    expect(taken).toEqual([
      [0, 10],
      [10, 20],
      [2_000, 2_001],
      [1_999, 2_000],
      [300, 301],
      [20, 300],
    ]);
  });
});

describe('values that only their names tell', () => {
  const inSettings = (text: string) => scanText('app/strings.xml', text, formats).map(({ value }) => value);

  test('a name in an attribute', () => {
    const key = 'ac4fbb5fa9ae7de11f4c8150394ac543';
    expect(inSettings(`<string name="service_api_key">${key}</string>`)).toEqual([key]);
    expect(inSettings(`<string name="service_api_key">Enter the key</string>`)).toEqual([]);
    expect(inSettings(`<string id="api_key" name="title">${key}</string>`)).toEqual([]);
  });

  test('a number too long for an identifier is graded as any other value', () => {
    const found = scanText('.env', 'DISCORD_TOKEN=82031824797323821925958458421074', formats);
    expect(found.map(({ formatId, profile }) => [formatId, profile])).toEqual([['generic-api-key', 'recommended']]);
  });
});
