import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scan } from '../../src/scan.js';

it('tells a key that leaves with the properties of a page once, and another one beside it as well', async () => {
  const root = mkdtempSync(join(tmpdir(), 'repeats-'));
  mkdirSync(join(root, 'pages'));
  const page = `
    export async function getServerSideProps() {
      return { props: { apiKey: process.env.OPENAI_API_KEY } };
    }
    export default () => null;
  `;
  writeFileSync(join(root, 'pages/index.tsx'), page);
  writeFileSync(join(root, 'pages/about.tsx'), page.replace('OPENAI_API_KEY', 'ANTHROPIC_API_KEY'));
  const { findings } = await scan({ root, paths: [], exclude: [], profile: 'strict', jobs: 1 });
  expect(findings.map(({ ruleId, location, steps }) => [ruleId, location.file, steps.length > 0])).toEqual([
    ['client-exposed-secret', 'pages/about.tsx', true],
    ['client-exposed-secret', 'pages/index.tsx', true],
  ]);
});
