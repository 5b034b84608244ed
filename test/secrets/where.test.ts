import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LineIndex } from '../../src/core/span.js';
import { scanSecrets } from '../../src/secret-scan.js';
import { expand } from './support/expand.js';
import { formats } from './support/formats.js';

const KEY = expand('sk-proj-{w74}T3BlbkFJ{w74}');
const TOKEN = expand('{A40}');
const PASSWORD = expand('{A20}');
const json = (value: unknown) => JSON.stringify(value, null, 1);

/** A file of each kind that keeps keys; the line on which the key stands, if it is not the first that holds it. */
const FILES: Readonly<Record<string, string>> = {
  'src/argument.ts': `connect('${KEY}');\n`,
  'src/header.ts': `fetch(url, { headers: { Authorization: 'Bearer ${TOKEN}' } });\n`,
  'src/option.ts': `new Client({ apiKey: '${TOKEN}' });\n`,
  'src/fallback.ts': `const key = process.env.API_KEY ?? '${TOKEN}';\n`,
  'src/default.py': `API_KEY = os.getenv("API_KEY", "${TOKEN}")\n`,
  '.env.production': `API_TOKEN=${TOKEN}\n`,
  'settings.json': json({ apiKey: TOKEN }),
  'settings.jsonc': `{ // local\n "apiKey": "${TOKEN}" }\n`,
  'settings.yaml': `service:\n  api_key: ${TOKEN}\n`,
  'settings.toml': `[service]\napi_key = "${TOKEN}"\n`,
  'settings.ini': `[service]\napi_key = ${TOKEN}\n`,
  Dockerfile: `FROM node\nENV API_TOKEN=${TOKEN}\n`,
  'compose.yaml': `services:\n  app:\n    environment:\n      - API_TOKEN=${TOKEN}\n`,
  '.github/workflows/ci.yml': `jobs:\n  a:\n    env:\n      API_TOKEN: ${TOKEN}\n`,
  'cells.ipynb': json({ cells: [{ cell_type: 'code', source: [`api_key = "${TOKEN}"\n`], outputs: [] }] }),
  'outputs.ipynb': json({ cells: [{ source: [], outputs: [{ text: [`using ${KEY}\n`] }] }] }),
  'n8n.json': json({
    nodes: [{ parameters: { headerParameters: { parameters: [{ name: 'X-Api-Key', value: TOKEN }] } } }],
  }),
  'flowise.json': json({ nodes: [{ data: { inputs: { openAIApiKey: TOKEN } } }] }),
  'session.har': json({
    log: { entries: [{ request: { headers: [{ name: 'Authorization', value: `Bearer ${TOKEN}` }] } }] },
  }),
  'calls.http': `GET https://api.acme.io/v1\nX-Api-Key: ${TOKEN}\n`,
  'acme.postman_collection.json': json({ auth: { apikey: [{ key: 'value', value: KEY }] } }),
  'notes.md': `Run it with \`${KEY}\`.\n`,
  'package-lock.json': json({ packages: { a: { resolved: `https://ci:${PASSWORD}@npm.acme.io/a.tgz` } } }),
  'yarn.lock': `a@1:\n  resolved "https://ci:${PASSWORD}@npm.acme.io/a.tgz"\n`,
  'dist/app.js.map': json({ version: 3, sourcesContent: [`const key = '${KEY}';`] }),
  'dist/app.js': `/******/ (() => { // webpackBootstrap\nvar key = "${KEY}";\n})();\n`,
  'src/__snapshots__/a.test.ts.snap': `exports[\`a\`] = \`"${KEY}"\`;\n`,
  'rows.csv': `name,key\nacme,${KEY}\n`,
  'database.ts': `export const url = 'postgres://app:${PASSWORD}@db.acme.io:5432/app';\n`,
  'deploy.sh': `curl -u deploy:${PASSWORD} https://api.acme.io\n`,
  '.mcp.json': json({ mcpServers: { search: { command: 'npx', args: ['-y', 'a'], env: { API_KEY: TOKEN } } } }),
  '.npmrc': `//registry.acme.io/:_authToken=${TOKEN}\n`,
};

const root = mkdtempSync(join(tmpdir(), 'where-'));
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
afterAll(() => rmSync(root, { recursive: true }));

const rules = ['client-exposed-secret', 'hardcoded-secret'];
const { findings } = scanSecrets(
  { root, paths: [], exclude: [], profile: 'recommended', jobs: 1, rules, from: { kind: 'tree' } },
  { formats, rules: rules.map((id) => ({ id, profile: 'recommended' })) },
).result;

test.each(Object.keys(FILES))('%s', (path) => {
  const text = FILES[path]!;
  const line = text.split('\n').findIndex((each) => [KEY, TOKEN, PASSWORD].some((value) => each.includes(value))) + 1;
  const lines = new LineIndex(text);
  const found = findings.filter(({ location }) => location.file === path);
  expect(found.map(({ location }) => lines.position(location.start).line)).toEqual([line]);
});

test('agent configuration is reported with the path of the key', () => {
  const finding = findings.find(({ location }) => location.file === '.mcp.json');
  expect(finding!.message).toContain('given to `mcpServers.search.env.API_KEY`');
});
