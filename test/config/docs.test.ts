import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findConfiguration } from '../../src/config/find-configuration.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { configurationSchema } from '../../src/config/schema.js';
import { loadShippedPolicies, policyNames } from '../../src/config/shipped-policies.js';
import { loadKnowledge } from '../../src/knowledge/load.js';
import { loadRules } from '../../src/knowledge/load-rules.js';
import { readVocabulary } from '../../src/knowledge/vocabulary.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import { RULES_FOLDER } from '../../src/rules-folder.js';
import { makeRepository } from './support.js';

const DOCS = join(RULES_FOLDER, '../docs');
const read = (page: string) => readFileSync(join(DOCS, page), 'utf8');
const vocabulary = {
  rules: (await loadRules(RULES_FOLDER)).map(({ id }) => id),
  policies: policyNames(RULES_FOLDER),
};
const words = readVocabulary(loadKnowledge(RULES_FOLDER).data);
const shipped = loadShippedPolicies(RULES_FOLDER);

/** The YAML blocks of the pages that are configurations, each with the files that it names. */
const SAMPLES = readdirSync(DOCS)
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) =>
    [...read(page).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
      .map(([, text]) => text!)
      .filter(
        (text) =>
          /^(?:profile|rules|redactors|recipients|policies|suppressions|extends|overrides):/m.test(text) &&
          !/^(?:jobs|on|include|steps):\s*$/m.test(text),
      )
      .map((text, i) => [`${page} ${i + 1}`, text] as const),
  );

test.each(SAMPLES)('the sample %s is accepted', (_name, text) => {
  const files = [...text.matchAll(/file: ([\w/.-]+)/g)].map(([, path]) => [path!, ''] as const);
  const root = makeRepository({ 'spillcheck.config.yaml': text, ...Object.fromEntries(files) });
  const file = findConfiguration(root, root)!;
  expect(() =>
    loadConfiguration({ root, file, boundary: root, vocabulary, policyWords: () => words, shipped: () => shipped }),
  ).not.toThrow();
});

test('there are samples on each of the pages', () => {
  const pages = new Set(SAMPLES.map(([name]) => name.split(' ')[0]));
  expect(
    ['configuration.md', 'policies.md', 'suppressions-and-baseline.md'].filter((page) => !pages.has(page)),
  ).toEqual([]);
});

describe('docs/configuration.md', () => {
  test('has every setting, and no other', () => {
    const [, table = ''] = /## Settings\n([\s\S]*?)\n\n\*\*Globs/.exec(read('configuration.md')) ?? [];
    const rows = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell]) =>
      [...cell!.matchAll(/`(\w+)`/g)].map(([, key]) => key),
    );
    const keys = Object.keys(configurationSchema(vocabulary).shape).filter((key) => key !== '$schema');
    expect(rows.sort()).toEqual(keys.sort());
  });
});

describe('docs/policies.md', () => {
  const page = read('policies.md');

  test('has every policy that ships, and no other', () => {
    const [, table = ''] = /## Policies that ship\n([\s\S]*)$/.exec(page) ?? [];
    const names = [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(names).toEqual(policyNames(RULES_FOLDER));
    expect(shipped.policies.map(({ name }) => name)).toEqual(names);
  });

  test('has the groups of data classes', () => {
    const rows = [...page.matchAll(/^\| `(personal\.\w+)` \| (`.*`) \|$/gm)].map(([, name, cell]) => [
      name!,
      [...cell!.matchAll(/`([\w.-]+)`/g)].map(([, kind]) => kind),
    ]);
    expect(Object.fromEntries(rows)).toEqual(shipped.groups);
  });
});

test('shipped policies and groups speak of data and recipients that there are', () => {
  const policyWords = { ...words, groups: shipped.groups, recipients: shipped.recipients };
  expect(() => shipped.policies.map((policy) => resolvePolicy(policy, policyWords))).not.toThrow();
  const kinds = Object.values(shipped.groups).flat();
  expect(kinds.filter((kind) => !words.kinds.includes(kind))).toEqual([]);
});
