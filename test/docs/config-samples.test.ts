import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkText } from '../checks/check-text.js';
import { CONFIG_RULES } from '../checks/config-rules.js';
import { parseExpectations } from '../fixtures/expectations.js';

const DOCS = join(import.meta.dirname, '../../rules/docs');
const SECTIONS = ['What it finds', 'Why it matters', 'Fires', 'Silent', 'How to fix', 'Known limits'];
const SAMPLE = /^```\w+ file=(\S+) (fires|silent)\n(.*?)^```$/gms;

interface Sample {
  readonly file: string;
  readonly state: string;
  readonly text: string;
}

describe.each(CONFIG_RULES)('docs of %s', (rule) => {
  const page = readFileSync(join(DOCS, `${rule}.md`), 'utf8');
  const samples = [...page.matchAll(SAMPLE)].map(
    ([, file = '', state = '', text = '']): Sample => ({ file, state, text }),
  );

  it('have their sections in order', () => {
    expect(page.split('\n')[0]).toBe(`# ${rule}`);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(SECTIONS);
  });

  it('have samples of both states, each with a file of its own', () => {
    const names = samples.map(({ file, state }) => `${state} ${file}`);
    expect(new Set(samples.map(({ state }) => state))).toEqual(new Set(['fires', 'silent']));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(samples.filter(({ state }) => state === 'fires'))('$file fires', ({ file, text }) => {
    const { lines, diagnostics } = checkText(file, text);
    expect(diagnostics).toEqual([]);
    expect(new Set(lines.map((line) => line.split(' ')[1]))).toEqual(new Set([rule]));
    // JSON and Dockerfiles hold no comments behind a value; where a sample marks its lines, the marks are exact.
    const marked = parseExpectations(file, text).map((expected) => `${expected.line} ${expected.rule}`);
    if (marked.length > 0) expect(lines).toEqual(marked);
  });

  it.each(samples.filter(({ state }) => state === 'silent'))('$file stays silent', ({ file, text }) => {
    expect(checkText(file, text)).toMatchObject({ lines: [], diagnostics: [] });
  });
});
