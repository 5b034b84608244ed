import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileCheckFiles, readCheckFiles } from '../../src/checks/schema/check-files.js';
import { loadChecks, parseChecks } from '../../src/checks/schema/load-checks.js';
import { RequestError } from '../../src/core/errors.js';

function errorOf(text: string): string {
  try {
    parseChecks([{ file: 'checks/x.yaml', text }]);
  } catch (error) {
    if (error instanceof RequestError) return error.describe();
    throw error;
  }
  return 'no error';
}

const SETTING = 'settings:\n  - id: a\n    rule: r\n    message: m\n    advice: d\n    files: "**/*.json"\n';

describe('parseChecks', () => {
  it.each([
    ['unknown: 1\n', /^checks\/x\.yaml:1:1: unknown key 'unknown' \(known: words, settings, /],
    ['settings:\n  - rule: r\n', /^checks\/x\.yaml:2:5: missing key 'id'$/],
    [`${SETTING}    level: fatal\n`, /^checks\/x\.yaml:7:12: 'fatal' is none of error, warning, note$/],
    [`${SETTING}    test: { is: broad }\n`, /^checks\/x\.yaml:7:17: unknown predicate 'broad' \(known: all-hosts, /],
    [`${SETTING}    find: "a..b"\n`, /^checks\/x\.yaml:7:11: empty step in path 'a\.\.b'$/],
    [`${SETTING}    test: { in: $nothing }\n`, /^checks\/x\.yaml:7:17: unknown list '\$nothing'$/],
    [`${SETTING}    rule: again\n`, /^checks\/x\.yaml:7:5: key 'rule' is given twice$/],
    ['settings:\n  - a\n', /^checks\/x\.yaml:2:5: expected a mapping$/],
    ['settings: [\n', /^checks\/x\.yaml:2:1: not valid YAML: /],
    ['exports:\n  - format: dify\n', /^checks\/x\.yaml:2:5: 'dify' is none of n8n, flowise$/],
  ])('%j', (text, message) => expect(errorOf(text)).toMatch(message));

  it('replaces named lists, also across files and within lists', () => {
    const { settings } = parseChecks([
      { file: 'a.yaml', text: 'words:\n  one: [a, b]\n' },
      { file: 'b.yaml', text: `words:\n  two: [$one, c]\n${SETTING}    test: { in: $two }\n` },
    ]);
    expect(settings[0]!.test.in).toEqual(['a', 'b', 'c']);
  });
});

describe('our own checks', () => {
  const checks = loadChecks(join(import.meta.dirname, '../../rules'));
  const all = [
    ...checks.settings,
    ...checks.commands,
    ...checks.variables,
    ...checks.exports.flatMap(({ nodes }) => nodes),
    checks.workflow!.untrusted,
    checks.workflow!.shell,
    checks.workflow!.script,
  ];

  it('are many, with names of their own', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(new Set(checks.settings.map(({ id }) => id)).size).toBe(checks.settings.length);
    expect(new Set(checks.commands.map(({ id }) => id)).size).toBe(checks.commands.length);
    expect(new Set(checks.variables.map(({ id }) => id)).size).toBe(checks.variables.length);
  });

  it('fill in only placeholders that exist', () => {
    const known = ['value', 'text', 'key', 'path', 'name'];
    const used = all.flatMap(({ message, advice }) =>
      [...`${message} ${advice}`.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name!),
    );
    expect([...new Set(used)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('end their sentences', () => {
    const endings = all.flatMap(({ message, advice }) => [message, advice]).filter((text) => !text.endsWith('.'));
    expect(endings).toEqual([]);
  });
});

describe('what a build compiled', () => {
  const rules = join(import.meta.dirname, '../../rules');
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'checks-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('says the same as the files', () => {
    const compiled = join(folder, 'checks.json');
    writeFileSync(compiled, compileCheckFiles(readCheckFiles(rules)));
    expect(loadChecks(rules, compiled)).toEqual(loadChecks(rules, join(folder, 'absent.json')));
  });

  it('is not used when it was made from other files', () => {
    const stale = join(folder, 'stale.json');
    writeFileSync(stale, '{"digest":"0000","trees":[]}');
    expect(loadChecks(rules, stale).settings).not.toEqual([]);
  });
});
