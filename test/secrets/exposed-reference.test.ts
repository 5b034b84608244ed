import { describe, expect, test } from 'vitest';
import { findExposedReferences } from '../../src/secrets/exposed-reference.js';
import { toReferenceFinding } from '../../src/secrets/reference-finding.js';

function found(path: string, text: string): string[] {
  return findExposedReferences(path, text).map(({ name, level, span }) => {
    expect(text.slice(span.start, span.end)).toBe(name);
    return `${name} ${level}`;
  });
}

describe('the configuration of a bundler', () => {
  test.each([
    ['vite.config.ts', "define: { 'process.env.API_KEY': JSON.stringify(env.GEMINI_API_KEY) }", ['GEMINI_API_KEY']],
    ['vite.config.ts', "define: { __KEY__: JSON.stringify(process.env['OPENAI_API_KEY']) }", ['OPENAI_API_KEY']],
    ['web/vite.config.mts', "define: { 'process.env': process.env }", ['process.env']],
    ['webpack.prod.js', "new webpack.DefinePlugin({ 'process.env': JSON.stringify(process.env) })", ['process.env']],
    ['webpack.config.js', "new webpack.EnvironmentPlugin(['NODE_ENV', 'OPENAI_API_KEY'])", ['OPENAI_API_KEY']],
    [
      'next.config.js',
      'module.exports = { env: { OPENAI_API_KEY: process.env.OPENAI_API_KEY, MODE: process.env.MODE } }',
      ['OPENAI_API_KEY'],
    ],
    [
      'next.config.mjs',
      'export default { publicRuntimeConfig: { key: process.env.STRIPE_SECRET_KEY } }',
      ['STRIPE_SECRET_KEY'],
    ],
    [
      'nuxt.config.ts',
      'runtimeConfig: { secret: process.env.JWT_SECRET, public: { key: process.env.OPENAI_API_KEY } }',
      ['OPENAI_API_KEY'],
    ],
  ])('%s: %s', (path, text, names) => {
    expect(found(path, text)).toEqual(names.map((name) => `${name} error`));
  });

  test.each([
    [
      'vite.config.ts',
      'define: { __VERSION__: JSON.stringify(process.env.npm_package_version), __MODE__: env.NODE_ENV }',
    ],
    ['vite.config.ts', "define: { 'process.env.MAPS': JSON.stringify(env.GOOGLE_MAPS_API_KEY) }"],
    ['vite.config.ts', "define: { 'process.env.POSTHOG': env.POSTHOG_KEY, a: env.STRIPE_PUBLISHABLE_KEY }"],
    ['vite.config.ts', 'server: { proxy: { headers: { authorization: process.env.OPENAI_API_KEY } } }'],
    ['nuxt.config.ts', 'runtimeConfig: { openaiKey: process.env.OPENAI_API_KEY, public: { mode: 1 } }'],
    ['src/config.ts', 'export const define = { define: { key: process.env.OPENAI_API_KEY } }'],
    ['next.config.js', 'const env = process.env; module.exports = { images: {} }'],
  ])('silent: %s: %s', (path, text) => expect(found(path, text)).toEqual([]));
});

test('page properties', () => {
  const page = (props: string, name = 'getServerSideProps') =>
    `export async function ${name}() {\n  return { props: { ${props} } };\n}\n`;
  expect(found('pages/index.tsx', page('apiKey: process.env.OPENAI_API_KEY'))).toEqual(['OPENAI_API_KEY error']);
  expect(found('pages/index.jsx', page('env: process.env', 'getStaticProps'))).toEqual(['process.env error']);
  expect(found('pages/index.tsx', page('mode: process.env.NODE_ENV, model: process.env.MODEL'))).toEqual([]);
  expect(found('pages/index.tsx', page('hasKey: Boolean(process.env.OPENAI_API_KEY)', 'loadThings'))).toEqual([]);
  expect(found('examples/pages/index.tsx', page('apiKey: process.env.OPENAI_API_KEY'))).toEqual([
    'OPENAI_API_KEY warning',
  ]);
  expect(found('pages/index.test.tsx', page('apiKey: process.env.OPENAI_API_KEY'))).toEqual([]);
});

describe('HTTP responses of Python', () => {
  test.each([
    ['return jsonify({"mode": MODE, "openai_key": config.OPENAI_API_KEY})', ['OPENAI_API_KEY']],
    ['return jsonify(key=OPENAI_API_KEY)', ['OPENAI_API_KEY']],
    ['return JSONResponse({"key": os.environ["OPENAI_API_KEY"]})', ['OPENAI_API_KEY']],
    ['return JSONResponse(content={"key": os.getenv("STRIPE_SECRET_KEY"), "a": 1})', ['STRIPE_SECRET_KEY']],
    ['return jsonify(dict(os.environ))', ['dict(os.environ)']],
    ['return jsonify({**os.environ})', ['**os.environ']],
  ])('%s', (text, names) => expect(found('app.py', text)).toEqual(names.map((name) => `${name} error`)));

  test.each([
    'return jsonify({"has_key": bool(config.OPENAI_API_KEY)})',
    'return jsonify({"key": config.OPENAI_API_KEY[:4] + "****"})',
    'return jsonify({"key": config.OPENAI_API_KEY is not None})',
    'return jsonify({"public": config.STRIPE_PUBLISHABLE_KEY, "error": MISSING_KEY_MESSAGE})',
    'client = OpenAI(api_key=config.OPENAI_API_KEY)',
  ])('silent: %s', (text) => expect(found('app.py', text)).toEqual([]));
});

test('the finding says what gets out, and how', () => {
  const [reference] = findExposedReferences('vite.config.ts', 'define: { a: env.GEMINI_API_KEY }');
  expect(toReferenceFinding('vite.config.ts', reference!)).toMatchObject({
    ruleId: 'client-exposed-secret',
    level: 'error',
    message: 'The key in `GEMINI_API_KEY` is written into the bundle that every visitor loads.',
    location: { file: 'vite.config.ts', start: 17, end: 31 },
  });
});
