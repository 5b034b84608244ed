import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FLOW_RULES, SINGLE_RULES } from '../fixtures/flow-rules.js';
import { compareFixture } from '../fixtures/scan-fixture.js';

const DOCS = join(import.meta.dirname, '../../rules/docs');
const SECTIONS = ['What it finds', 'Why it matters', 'Fires', 'Silent', 'How to fix', 'Known limits'];
const SAMPLE = /^```\w+ file=(\S+) (fires|silent)\n(.*?)^```$/gms;
/** Its own fixtures are those of the search for credentials. */
const RULES = [...FLOW_RULES, ...SINGLE_RULES, 'client-exposed-secret'];
const folder = mkdtempSync(join(tmpdir(), 'samples-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the samples of one state of a page into a folder of their own, which is then scanned as one project. */
function writeSamples(rule: string, state: 'fires' | 'silent'): { root: string; files: string[] } {
  const root = join(folder, rule, state);
  const page = readFileSync(join(DOCS, `${rule}.md`), 'utf8');
  const samples = [...page.matchAll(SAMPLE)].filter(([, , of]) => of === state);
  for (const [, file = '', , text = ''] of samples) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const alone = !(FLOW_RULES as readonly string[]).includes(rule);
  if (alone) writeFileSync(join(root, 'fixture.json'), JSON.stringify({ rules: [rule] }));
  return { root, files: samples.map(([, file = '']) => file) };
}

describe.each(RULES)('docs of %s', (rule) => {
  it('have their sections in order', () => {
    const page = readFileSync(join(DOCS, `${rule}.md`), 'utf8');
    expect(page.split('\n')[0]).toBe(`# ${rule}`);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(SECTIONS);
  });

  it('have samples that fire where they say so', async () => {
    const { root, files } = writeSamples(rule, 'fires');
    const { reported, expected } = await compareFixture(root);
    expect(reported).toEqual(expected);
    expect(
      files.filter((file) => !expected.some((line) => line.startsWith(`${file}:`) && line.endsWith(` ${rule}`))),
    ).toEqual([]);
    expect(new Set(files).size).toBe(files.length);
  });

  it('have samples that stay silent', async () => {
    const { root, files } = writeSamples(rule, 'silent');
    const { reported, expected } = await compareFixture(root);
    expect([...reported, ...expected]).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
    expect(new Set(files).size).toBe(files.length);
  });
});
