import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RequestError } from '../../src/core/errors.js';
import { scan } from '../../src/scan.js';

const SUPPORT_DESK = fileURLToPath(new URL('../../fixtures/projects/support-desk', import.meta.url));

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a scan says, as text. */
async function report(root: string, cacheDir?: string, jobs = 1): Promise<string> {
  const options = { root, paths: [], exclude: [], profile: 'strict', jobs } as const;
  return JSON.stringify(await scan({ ...options, ...(cacheDir !== undefined && { cacheDir }) }));
}

/** Everything that stands in the files of a folder. */
function bytesIn(folder: string): Buffer {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(names.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
}

describe('a scan with a cache', () => {
  it('says the same without one, cold, warm, after an edit and after its undoing', async () => {
    const root = makeFolder();
    cpSync(SUPPORT_DESK, root, { recursive: true });
    const cache = makeFolder();
    const plain = await report(root);
    expect(plain).toContain('personal-data-to-log');
    expect(await report(root, cache)).toBe(plain);
    expect(await report(root, cache)).toBe(plain);
    const [file] = (JSON.parse(plain) as { findings: { location: { file: string } }[] }).findings.map(
      ({ location }) => location.file,
    );
    const text = readFileSync(join(root, file!), 'utf8');
    writeFileSync(join(root, file!), `// one line more\n${text}`);
    const edited = await report(root);
    expect(edited).not.toBe(plain);
    expect(await report(root, cache)).toBe(edited);
    expect(await report(root, cache)).toBe(edited);
    writeFileSync(join(root, file!), text);
    expect(await report(root, cache)).toBe(plain);
  });

  it('says the same after the cache was damaged', async () => {
    const cache = makeFolder();
    const plain = await report(SUPPORT_DESK, cache);
    for (const damage of [
      (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1),
      (bytes: Buffer) => bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 9),
      () => Buffer.from('[]'),
    ]) {
      for (const name of readdirSync(cache)) {
        writeFileSync(join(cache, name), damage(readFileSync(join(cache, name))));
      }
      expect(await report(SUPPORT_DESK, cache)).toBe(plain);
    }
  });

  it('refuses a folder within the scanned one', async () => {
    const root = makeFolder();
    writeFileSync(join(root, 'a.ts'), 'f();\n');
    mkdirSync(join(root, '.cache'));
    const link = join(makeFolder(), 'link');
    symlinkSync(join(root, '.cache'), link);
    for (const cache of [join(root, '.cache'), join(root, 'new', 'cache'), root, link]) {
      await expect(report(root, cache)).rejects.toThrow(RequestError);
    }
    expect(readdirSync(root).sort()).toEqual(['.cache', 'a.ts']);
  });
});

describe('credentials', () => {
  /** In the shape of keys, made here so that none stands in this file. */
  const random = (length: number) =>
    Array.from({ length }, (_, i) => 'aZ3kQ9xW7bLmR2dT'[(i * 7 + length) % 16]).join('');
  const keys = {
    plain: `sk-proj-${random(48)}`,
    escaped: `sk-ant-api03-${random(93)}AA`,
    placeholder: `ghp_${random(36)}`,
    named: 'Tr0ub4dor-N7x-Quartz',
    configured: `hf_${random(34)}`,
    type: `AIza${random(35)}`,
    url: `xoxb-123456789012-1234567890123-${random(24)}`,
  };

  it('are in no byte of the cache, however they are written', async () => {
    const root = makeFolder();
    const escaped = [...keys.escaped].map((c) => `\\x${c.charCodeAt(0).toString(16)}`).join('');
    const files = {
      'plain.ts': `export const client = new OpenAI({ apiKey: '${keys.plain}' });\n`,
      'escaped.ts': `export const client = new Anthropic({ apiKey: '${escaped}' });\n`,
      'test/placeholder.test.ts': `// example: ${keys.placeholder}\nexport const token = 'EXAMPLE ${keys.placeholder}';\n`,
      'type.ts': `export type Key = '${keys.type}'; import 'https://x.example/a.js?token=${keys.url}';\n`,
      'named.ts': `export const databasePassword = '${keys.named}';\n`,
      'settings.json': JSON.stringify({ mcpServers: { a: { command: 'npx', env: { HF_TOKEN: keys.configured } } } }),
      'harmless.ts': 'export const harmlessLiteral = "nothing to hide";\n',
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(root, name, '..'), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const cache = makeFolder();
    const cold = await report(root, cache);
    expect(await report(root, cache)).toBe(cold);
    const bytes = bytesIn(cache);
    expect(bytes.includes('nothing to hide')).toBe(true);
    for (const [name, key] of Object.entries(keys)) {
      for (const encoding of ['latin1', 'utf16le'] as const) {
        expect(bytes.includes(Buffer.from(key, encoding)), name).toBe(false);
        expect(bytes.includes(Buffer.from(key.slice(0, 20), encoding)), name).toBe(false);
      }
    }
    // the search has seen them, but for the escaped one, which only the lowered file shows
    expect(cold.match(/"ruleId":"hardcoded-secret"/g)?.length).toBeGreaterThanOrEqual(3);
  });
});
