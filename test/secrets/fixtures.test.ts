import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LineIndex } from '../../src/core/span.js';
import { scanText } from '../../src/secrets/scan-text.js';
import { formats } from './support/formats.js';

const folder = fileURLToPath(new URL('../../fixtures/rules', import.meta.url));
const EXPECTATION = /(?:\/\/|#|<!--)\s*expect ([a-z -]+?)\s*(?:-->)?\s*$/;

/** Files in the folder of a rule that hold no comments say what they expect in its `expected.json`. */
function listedExpectations(rule: string): string[] {
  try {
    const rows = JSON.parse(readFileSync(join(folder, rule, 'expected.json'), 'utf8')) as {
      file: string;
      line: number;
      rule: string;
    }[];
    return rows.map((row) => `${row.file}:${row.line} ${row.rule}`);
  } catch {
    return [];
  }
}

test.each(['hardcoded-secret', 'client-exposed-secret'])('%s is found exactly where its fixtures say so', (rule) => {
  const root = join(folder, rule);
  const expected = listedExpectations(rule);
  const found: string[] = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'expected.json') continue;
    const path = relative(root, join(entry.parentPath, entry.name));
    const text = readFileSync(join(root, path), 'utf8');
    text.split('\n').forEach((line, index) => {
      for (const id of EXPECTATION.exec(line)?.[1]?.split(' ') ?? []) expected.push(`${path}:${index + 1} ${id}`);
    });
    const lines = new LineIndex(text);
    for (const hit of scanText(path, text, formats)) {
      if (hit.profile === 'recommended') found.push(`${path}:${lines.position(hit.span.start).line} ${hit.ruleId}`);
    }
  }
  expect(found.sort()).toEqual(expected.sort());
  expect(expected.length).toBeGreaterThan(2);
});
