import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scan } from '../../src/scan.js';

async function scanText(text: string) {
  const root = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, 'a.ts'), text);
  const { findings, diagnostics } = await scan({ root, paths: [], exclude: [], profile: 'strict', jobs: 1 });
  return { rules: findings.map(({ ruleId }) => ruleId), diagnostics };
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A function that logs so many of its parameter's fields. */
const logging = (count: number) =>
  `export function log(o: Record<string, string>) {\n${numbers(count)
    .map((i) => `  console.log(o.f${i});`)
    .join('\n')}\n}\nlog({ f0: process.env.OPENAI_API_KEY! });\n`;

test('a function with room for all that it does is followed without a word', async () => {
  expect(await scanText(logging(20))).toEqual({ rules: ['secret-to-log'], diagnostics: [] });
});

test('one that does more than its summary holds is named, and what is kept is reported', async () => {
  expect(await scanText(logging(400))).toEqual({
    rules: ['secret-to-log'],
    diagnostics: [
      {
        kind: 'limit',
        message:
          '1 function has more ways through it than the 128 that are kept; some of what callers hand to it is not followed: `log` (a.ts)',
      },
    ],
  });
});
