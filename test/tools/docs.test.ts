import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareFixture } from '../fixtures/scan-fixture.js';
import { TOOL_RULES } from './tool-rules.js';

const DOCS = join(import.meta.dirname, '../../rules/docs');
const SECTIONS = ['What it finds', 'Why it matters', 'Fires', 'Silent', 'How to fix', 'Known limits'];
const SAMPLE = /^```\w+ file=(\S+) (fires|silent)\n(.*?)^```$/gms;
const folder = mkdtempSync(join(tmpdir(), 'tool-samples-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the samples of one state of a page into a folder of their own, which is scanned for the rule alone. */
function writeSamples(rule: string, state: 'fires' | 'silent'): { root: string; files: string[] } {
  const root = join(folder, rule, state);
  const page = readFileSync(join(DOCS, `${rule}.md`), 'utf8');
  const samples = [...page.matchAll(SAMPLE)].filter(([, , of]) => of === state);
  for (const [, file = '', , text = ''] of samples) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  writeFileSync(join(root, 'fixture.json'), JSON.stringify({ rules: [rule] }));
  return { root, files: samples.map(([, file = '']) => file) };
}

describe.each(TOOL_RULES)('docs of %s', (rule) => {
  it('have their sections in order', () => {
    const page = readFileSync(join(DOCS, `${rule}.md`), 'utf8');
    expect(page.split('\n')[0]).toBe(`# ${rule}`);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(SECTIONS);
  });

  it('have samples that fire where they say so', async () => {
    const { root, files } = writeSamples(rule, 'fires');
    const { reported, expected } = await compareFixture(root);
    expect(reported).toEqual(expected);
    expect(files.filter((file) => !expected.some((line) => line.startsWith(`${file}:`)))).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
  });

  it('have samples that stay silent', async () => {
    const { root, files } = writeSamples(rule, 'silent');
    const { reported, expected } = await compareFixture(root);
    expect([...reported, ...expected]).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
  });
});
