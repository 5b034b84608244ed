import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createServices } from '../../src/cli/services.js';
import { FORMATS } from '../../src/report/reporters.js';
import { scanText } from '../../src/secrets/scan-text.js';
import { makeFolder, type Setting, spillcheck } from '../cli/harness.js';
import { expand } from './support/expand.js';
import { formats } from './support/formats.js';

/** Pieces of a value of this length, behind what a mask shows, may stand nowhere either. */
const PIECE = 14;
const SHOWN = 4;

const examples = formats.formats.flatMap((format) => format.examples.map((template) => expand(template)));
const KEY = expand('sk-proj-{w74}T3BlbkFJ{w74}');
const PASSWORD = expand('{A20}');

/** Every example of every format, in each of the places where programs keep keys. */
function makeFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  examples.forEach((example, index) => {
    const literal = JSON.stringify(example);
    files[`src/keys/k${index}.ts`] =
      `export const value = ${literal};\nconnect(${literal}); // ${example.replaceAll('\n', ' ')}\n`;
  });
  return {
    ...files,
    '.env': examples
      .filter((example) => !/["'\s]/.test(example))
      .map((example, i) => `KEY_${i}=${example}`)
      .join('\n'),
    'config.json': JSON.stringify({ keys: examples }, null, 1),
    'config.yaml': `api_key: ${KEY}\npassword: ${PASSWORD}\n`,
    'mcp.json': JSON.stringify({
      mcpServers: { a: { command: 'npx', args: ['-y', 'a', '--api-key', KEY], env: { API_KEY: KEY } } },
    }),
    'public/config.js': `window.key = '${KEY}';\n`,
    'deploy.sh': `curl -u deploy:${PASSWORD} https://api.acme.io\n`,
    'src/broken.ts': `export const = { apiKey: '${KEY}' ,,, ((\n`,
    'src/log.ts': [
      "import OpenAI from 'openai';",
      `const apiKey = '${KEY}';`,
      `const url = 'postgres://app:${PASSWORD}@db.acme.io/app';`,
      'console.log(apiKey, url);',
      `console.log('key ${KEY}');`,
      `throw new Error('no answer for ${KEY}');`,
      `export const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY ?? '${KEY}', dangerouslyAllowBrowser: true });`,
      `export const ask = () => client.chat.completions.create({ model: 'a', messages: [{ role: 'user', content: '${KEY}' + apiKey }] });`,
      `fetch('http://api.acme.io/?key=${KEY}', { headers: { authorization: 'Bearer ${PASSWORD}' } });`,
    ].join('\n'),
    'bundle.min.js': `var a="${KEY}",password="${PASSWORD}";`.repeat(200),
    'notes.md': `The key is ${KEY}.\n`,
  };
}

/** What no output may hold: the values that the search finds in these files, whatever their grade. */
function valuesIn(files: Readonly<Record<string, string>>): string[] {
  const found = Object.entries(files).flatMap(([path, text]) =>
    scanText(path, text, formats).map(({ value }) => value),
  );
  return [...new Set(found)].filter((value) => value.length >= 8);
}

/** Pieces of values that an output holds. */
function leaksIn(output: string): string[] {
  const found = new Set<string>();
  for (let at = 0; at + PIECE <= output.length; at++) {
    const piece = output.slice(at, at + PIECE);
    if (pieces.has(piece)) found.add(piece);
  }
  for (const value of values) if (value.length < SHOWN + PIECE + 2 && output.includes(value)) found.add(value);
  return [...found];
}

const files = makeFiles();
const values = valuesIn(files);
const pieces = new Set(
  values.flatMap((value) => {
    const hidden = value.slice(SHOWN, -2);
    return Array.from({ length: Math.max(0, hidden.length - PIECE + 1) }, (_, at) => hidden.slice(at, at + PIECE));
  }),
);
const cwd = makeRepository();

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function makeRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['add', '-A', '-f'], { cwd: folder });
  return folder;
}

function run(argv: readonly string[], setting: Setting = {}) {
  return spillcheck(argv, { cwd, env: { PATH: process.env.PATH! }, services: createServices(), ...setting });
}

function readAll(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return `${entry.name}\n${bytes.toString('latin1')}\n${bytes.toString('utf16le')}`;
    });
}

test('the repository is full of keys', () => {
  expect(values.length).toBeGreaterThan(200);
  expect(leaksIn(Object.values(files).join('\n')).length).toBeGreaterThan(values.length);
});

test('a scan writes no value into any format, the progress, or the cache', { timeout: 240_000 }, async () => {
  const out = makeFolder();
  const cache = makeFolder();
  const outputs = FORMATS.flatMap((format) => ['--output', `${format}=${join(out, format)}`]);
  const options = ['--profile', 'strict', '--include-suppressed', '--cache-dir', cache, ...outputs];
  for (const terminal of [true, false]) {
    const { code, stdout, stderr } = await run(['scan', ...options], { terminal });
    expect(code).toBe(1);
    expect(leaksIn(stdout + stderr)).toEqual([]);
  }
  const written = readAll(out);
  expect(written).toHaveLength(FORMATS.length);
  for (const text of written) {
    expect(text.length).toBeGreaterThan(1_000);
    expect(leaksIn(text)).toEqual([]);
  }
  const kept = readAll(cache);
  expect(kept.length).toBeGreaterThan(0);
  for (const text of kept) expect(leaksIn(text)).toEqual([]);
});

test.each([[[]], [['--staged']]])('secrets %j writes no value into any format', { timeout: 120_000 }, async (mode) => {
  const out = makeFolder();
  const outputs = FORMATS.flatMap((format) => ['--output', `${format}=${join(out, format)}`]);
  const { code, stdout, stderr } = await run(['secrets', ...mode, '--profile', 'strict', ...outputs]);
  expect(code).toBe(1);
  expect(stdout).toContain('hardcoded-secret');
  for (const text of [stdout, stderr, ...readAll(out)]) expect(leaksIn(text)).toEqual([]);
});

test('nor do other commands', { timeout: 240_000 }, async () => {
  const input = Object.values(files).join('\n');
  const commands: [string[], Setting?][] = [
    [['secrets', '-', '--profile', 'strict'], { input }],
    [['explain', 'src/log.ts:4', '--no-cache']],
    [['explain', 'src/log.ts:2', '--no-cache']],
    [['tools', '--no-cache']],
    [['doctor', '--no-cache']],
    [['baseline', '--profile', 'strict', '--no-cache']],
  ];
  for (const [argv, setting] of commands) {
    const { stdout, stderr } = await run(argv, setting);
    expect(leaksIn(stdout + stderr), argv.join(' ').slice(0, 30)).toEqual([]);
  }
  expect(leaksIn(readFileSync(join(cwd, '.spillcheck/baseline.json'), 'utf8'))).toEqual([]);
});
