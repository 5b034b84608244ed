import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scan } from '../../src/scan.js';

const NUMBERS = Array.from({ length: 150 }, (_, i) => i);

/** A server that dispatches to so many tools, each of which asks a service for a thing by its id. */
const SERVER = `
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
const server = new Server({ name: 'many', version: '1.0.0' }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, async () => ({
  tools: [${NUMBERS.map((i) => `{ name: 't${i}', inputSchema: { type: 'object', properties: { id${i}: {} } } }`).join()}],
}));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  const args = request.params.arguments as Record<string, string>;
  switch (request.params.name) {
${NUMBERS.map((i) => `    case 't${i}': return get${i}(args.id${i});`).join('\n')}
  }
});
${NUMBERS.map((i) => `async function get${i}(id: string) { return fetch(\`https://a.example.org/${i}/\${id}\`); }`).join('\n')}
`;

test('what the model chooses is known of every tool of a server with very many', async () => {
  const root = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, 'index.ts'), SERVER);
  const { tools = [], diagnostics } = await scan({ root, paths: [], exclude: [], profile: 'strict', jobs: 1 });
  const controls = tools
    .filter(({ kind }) => kind === 'tool')
    .map(({ capabilities }) => capabilities.map(({ kind, control }) => `${kind} by ${control}`).join());
  expect(controls).toEqual(NUMBERS.map(() => 'uses the network by model'));
  expect(diagnostics).toEqual([]);
});
