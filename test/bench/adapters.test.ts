import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scoreboard } from './scoreboard-module.js';

const { readSemgrepAnnotations, readSemgrepSuite } = await scoreboard('suites/semgrep');
const { readBearerPlaces, readBearerSuite } = await scoreboard('suites/bearer');
const { readSecretlintSuite } = await scoreboard('suites/secretlint');
const { readGitleaksSuite } = await scoreboard('suites/gitleaks');

const folder = mkdtempSync(join(tmpdir(), 'adapters-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('Semgrep', () => {
  test('an annotation means the next line of code', () => {
    const text = [
      '// ruleid: one, two',
      '',
      'log(a);',
      '// ok: one',
      '// ruleid: two',
      'log(b);',
      '// todoruleid: one',
      'log(c); // ruleid: one',
    ].join('\n');
    expect(readSemgrepAnnotations(text)).toEqual([
      { rule: 'one', verdict: 'true', line: 3, end: 3 },
      { rule: 'two', verdict: 'true', line: 3, end: 3 },
      { rule: 'one', verdict: 'safe', line: 6, end: 6 },
      { rule: 'two', verdict: 'true', line: 6, end: 6 },
    ]);
  });

  test('a suite is the files beside the rules, under names that say nothing', () => {
    write('semgrep/part/rule.yaml', '# ruleid: one\nrules: []\n');
    write('semgrep/part/rule.js', '// ruleid: one\nlog(a);\n');
    write('semgrep/part/bypass.settings.json', '{\n  // ok: one\n  "a": 1\n}\n');
    write('semgrep/part/plain.js', 'log(a);\n');
    write('semgrep/other/rule.js', '// ruleid: one\nlog(a);\n');
    const cases = readSemgrepSuite(join(folder, 'semgrep'), ['part']);
    expect(cases.map(({ group, name }: { group: string; name: string }) => [group, name])).toEqual([
      ['part/bypass.settings.json', '.claude/settings.json'],
      ['part/rule.js', 'source.js'],
    ]);
  });
});

describe('Bearer', () => {
  test('what is not announced in a file is safe, where nothing is announced the whole file', () => {
    expect(readBearerPlaces('a();\n// bearer:expected javascript_lang_logger\nlog(b);', 'own')).toEqual([
      { rule: 'javascript_lang_logger', verdict: 'true', line: 3, end: 3 },
    ]);
    expect(readBearerPlaces('a();\nb();', 'own')).toEqual([{ rule: 'own', verdict: 'safe', line: 1, end: 2 }]);
  });

  test('the folder tells the rule', () => {
    write('bearer/tests/javascript/lang/logger/testdata/ok.js', 'log(1);');
    write('bearer/tests/javascript/lang/logger/test.js', 'no case');
    expect(readBearerSuite(join(folder, 'bearer'))).toMatchObject([
      { group: 'lang/logger/testdata/ok.js', rule: 'javascript_lang_logger', name: 'source.js' },
    ]);
    expect(readBearerSuite(join(folder, 'nothing'))).toEqual([]);
  });
});

test('secretlint: the lines of the messages of a snapshot, and inputs without any', () => {
  const snapshots = 'secretlint/packages/@secretlint/secretlint-rule-x/test/snapshots';
  const message = (line: number) => ({ loc: { start: { line }, end: { line: line + 1 } } });
  const output = (messages: unknown[]) => JSON.stringify({ filePath: '[SNAPSHOT]/a/input.env', messages });
  write(`${snapshots}/ng.two/input.env`, 'a\nb\nc\nd\n');
  write(`${snapshots}/ng.two/output.json`, output([message(3), message(1), message(1)]));
  write(`${snapshots}/ok.none/input.env`, 'a\nb');
  write(`${snapshots}/ok.none/output.json`, output([]));
  write(`${snapshots}/ok.allows/input.env`, 'a');
  write(`${snapshots}/ok.allows/output.json`, output([]));
  const cases = readSecretlintSuite(join(folder, 'secretlint'));
  expect(cases.map(({ group, name, places }: Record<string, unknown>) => ({ group, name, places }))).toEqual([
    {
      group: 'secretlint-rule-x/ng.two',
      name: 'settings.env',
      places: [
        { rule: 'secretlint-rule-x', verdict: 'true', line: 1, end: 2 },
        { rule: 'secretlint-rule-x', verdict: 'true', line: 3, end: 4 },
      ],
    },
    {
      group: 'secretlint-rule-x/ok.none',
      name: 'settings.env',
      places: [{ rule: 'secretlint-rule-x', verdict: 'safe', line: 1, end: 2 }],
    },
  ]);
});

test('gitleaks: a negative of one rule that is a positive of another is no negative', () => {
  const inputs = [
    { rule: 'a', path: '', text: 'x', tp: true },
    { rule: 'b', path: '', text: 'x', tp: false },
    { rule: 'b', path: 'main.go', text: 'y\nz', tp: false },
  ];
  write('gitleaks.jsonl', `${inputs.map((each) => JSON.stringify(each)).join('\n')}\n`);
  expect(readGitleaksSuite(join(folder, 'gitleaks.jsonl'))).toMatchObject([
    { name: 'settings', places: [{ rule: 'a', verdict: 'true', line: 1, end: 1 }] },
    { name: 'main.go', places: [{ rule: 'b', verdict: 'safe', line: 1, end: 2 }] },
  ]);
});
