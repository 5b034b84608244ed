import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RequestError } from '../../src/core/errors.js';
import { loadSecretFormats, readSecretData } from '../../src/knowledge/load-secrets.js';
import { compileFormats } from '../../src/secrets/compile.js';
import { formats, rulesFolder } from './support/formats.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'formats-'));
  mkdirSync(join(folder, 'secrets'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const LINES = [
  'formats:',
  '  - id: acme',
  '    name: Acme key',
  '    keywords: [acme_]',
  '    expression: "acme_[a-z]{20}"',
  '    grants: opens Acme',
];

function load(lines: readonly string[]): string {
  writeFileSync(join(folder, 'secrets', 'acme.yaml'), `${lines.join('\n')}\n`);
  try {
    return loadSecretFormats(folder, compileFormats)
      .formats.map((format) => format.id)
      .join();
  } catch (error) {
    if (error instanceof RequestError) return error.describe();
    throw error;
  }
}

const replaced = (line: number, text: string) => LINES.map((each, index) => (index === line ? text : each));

test('loads a file', () => {
  expect(load(LINES)).toBe('acme');
});

test('hands out the data for a build', () => {
  expect(compileFormats(JSON.parse(JSON.stringify(readSecretData(rulesFolder)))).formats).toHaveLength(
    formats.formats.length,
  );
});

test('loads further files', () => {
  writeFileSync(join(folder, 'own.yaml'), LINES.join('\n'));
  const all = loadSecretFormats(rulesFolder, compileFormats, [join(folder, 'own.yaml')]);
  expect(all.formats).toHaveLength(formats.formats.length + 1);
});

test.each([
  ['a missing field', LINES.slice(0, 5), 'secrets/acme.yaml:2:5: grants is missing'],
  ['an unknown field', [...LINES, '    colour: red'], "secrets/acme.yaml:7:13: unknown field 'colour'"],
  [
    'a broken expression',
    replaced(4, '    expression: "acme_["'),
    'secrets/acme.yaml:5:18: expression is no regular expression',
  ],
  [
    'a slow expression',
    replaced(4, '    expression: "acme_[a-z]+"'),
    'secrets/acme.yaml:5:18: the expression repeats without bound',
  ],
  ['a wrong identifier', replaced(1, '  - id: Acme Key'), 'secrets/acme.yaml:2:9: id must be in kebab case'],
  ['a short keyword', replaced(3, '    keywords: [a]'), "secrets/acme.yaml:4:15: the keyword 'a'"],
  ['an unknown power', [...LINES, '    power: total'], 'secrets/acme.yaml:7:12: power must be one of'],
  [
    'an identifier used twice',
    [...LINES, ...LINES.slice(1)],
    "secrets/acme.yaml:7:9: the format id 'acme' is used twice",
  ],
  ['broken YAML', ['formats: [', '  - x: : :'], 'secrets/acme.yaml:'],
])('names the place of %s', (_, lines, expected) => {
  expect(load(lines)).toContain(expected);
});
