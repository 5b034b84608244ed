import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RequestError } from '../../src/core/errors.js';
import { compileSecretFiles, loadSecretFormats } from '../../src/knowledge/load-secrets.js';
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

async function load(lines: readonly string[]): Promise<string> {
  writeFileSync(join(folder, 'secrets', 'acme.yaml'), `${lines.join('\n')}\n`);
  try {
    const loaded = await loadSecretFormats(folder, compileFormats);
    return loaded.formats.map((format) => format.id).join();
  } catch (error) {
    if (error instanceof RequestError) return error.describe();
    throw error;
  }
}

const replaced = (line: number, text: string) => LINES.map((each, index) => (index === line ? text : each));

test('loads a file', async () => {
  expect(await load(LINES)).toBe('acme');
});

describe('what a build compiled', () => {
  const compiled = () => join(folder, 'secrets.json');

  test('says the same as the files', async () => {
    writeFileSync(compiled(), await compileSecretFiles(rulesFolder, compileFormats));
    expect(await loadSecretFormats(rulesFolder, compileFormats, [], compiled())).toEqual(formats);
  });

  test('is used without judging expressions again', async () => {
    await load(LINES);
    writeFileSync(compiled(), await compileSecretFiles(folder, compileFormats));
    const calls: [number, number][] = [];
    const compile = (data: readonly unknown[], checked: number) => calls.push([data.length, checked]);
    await loadSecretFormats(folder, compile, [], compiled());
    await loadSecretFormats(folder, compile, [], join(folder, 'absent.json'));
    writeFileSync(join(folder, 'own.yaml'), LINES.join('\n').replace('acme', 'own'));
    await loadSecretFormats(folder, compile, [join(folder, 'own.yaml')], compiled());
    expect(calls).toEqual([
      [1, 1],
      [1, 0],
      [2, 1],
    ]);
  });

  test('is not used when it was made from other files', async () => {
    await load(LINES);
    writeFileSync(compiled(), await compileSecretFiles(folder, compileFormats));
    await load(replaced(1, '  - id: other'));
    const loaded = await loadSecretFormats(folder, compileFormats, [], compiled());
    expect(loaded.formats.map(({ id }) => id)).toEqual(['other']);
  });

  test("does not hide a fault in the user's file", async () => {
    writeFileSync(compiled(), await compileSecretFiles(rulesFolder, compileFormats));
    const own = join(folder, 'own.yaml');
    writeFileSync(own, replaced(4, '    expression: "acme_[a-z]+"').join('\n'));
    await expect(loadSecretFormats(rulesFolder, compileFormats, [own], compiled())).rejects.toMatchObject({
      place: { file: own, line: 5, column: 18 },
    });
  });
});

test('loads further files', async () => {
  writeFileSync(join(folder, 'own.yaml'), LINES.join('\n'));
  const all = await loadSecretFormats(rulesFolder, compileFormats, [join(folder, 'own.yaml')]);
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
])('names the place of %s', async (_, lines, expected) => {
  expect(await load(lines)).toContain(expected);
});
