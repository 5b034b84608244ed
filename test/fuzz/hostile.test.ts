import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { scan } from '../../src/scan.js';
import { HOSTILE_CASES, makeCase } from './hostile-cases.js';

/** A leak that must be found whatever lies beside it. */
const LEAK = 'leak-of-our-own.ts';

it.each(HOSTILE_CASES)('$name', { timeout: 300_000 }, async (hostile) => {
  const root = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  makeCase(root, hostile);
  writeFileSync(join(root, LEAK), 'console.log(process.env.OPENAI_API_KEY);\n');
  const { findings, diagnostics } = await scan({ root, paths: [], exclude: [], profile: 'strict', jobs: 1 });
  expect(findings.filter(({ location }) => location.file === LEAK).map(({ ruleId }) => ruleId)).toEqual([
    'secret-to-log',
  ]);
  for (const { file, message } of diagnostics) {
    expect(file?.startsWith('/') ?? false).toBe(false);
    expect(message).not.toContain(root);
  }
});
