import { describe, expect, it } from 'vitest';
import type { SettingCheck, Test } from '../../../src/checks/check.js';
import { CHECK_LIMITS } from '../../../src/checks/limits.js';
import { formatOf, parseTree } from '../../../src/checks/parse-tree.js';
import { find, parseTreePath } from '../../../src/checks/tree-path.js';
import { type Case, casesOf } from './cases.js';
import { expand, render, samplesOf, type Tree } from './render.js';
import { CHECKS, count } from './run-check.js';

const cases = casesOf('settings');

it('every case belongs to a check', () => {
  const known = new Set(CHECKS.settings.map(({ id }) => id));
  expect([...cases.keys()].filter((id) => !known.has(id))).toEqual([]);
});

describe.each(CHECKS.settings)('$id', (check) => {
  const { fires, silent } = cases.get(check.id) ?? NO_CASE;
  const paths = check.files.flatMap(({ source }) => samplesOf(source));
  const counts = (each: SettingCheck, trees: readonly Tree[]) =>
    paths.flatMap((path) => trees.map((tree) => count(path, tree, { settings: [each] })));
  const anyFires = (each: SettingCheck, trees: readonly Tree[]) => counts(each, trees).some((found) => found > 0);

  it('fires in each file that it reads, and is silent in each', () => {
    expect(fires.length).toBeGreaterThan(0);
    expect(silent.length).toBeGreaterThan(0);
    for (const path of paths) {
      for (const tree of fires) expect([path, tree, count(path, tree, { settings: [check] })]).not.toContain(0);
      for (const tree of silent) expect([path, tree, count(path, tree, { settings: [check] })]).toContain(0);
    }
  });

  it('fires for each alternative that it lists', () => {
    const unproven = alternatives(check).filter(([, only]) => !anyFires(only, fires));
    expect(unproven.map(([name]) => name)).toEqual([]);
  });

  it('is silent for another value of each key that it lists', () => {
    const unproven = keysOf(check).filter(
      (key) => !paths.some((path) => silent.some((tree) => holds(check, path, tree, key))),
    );
    expect(unproven).toEqual([]);
  });

  it('is silent by each of its conditions', () => {
    const unproven = withoutOne(check).filter(([, wider]) => !anyFires(wider, silent));
    expect(unproven.map(([name]) => name)).toEqual([]);
  });
});

const NO_CASE: Case<Tree> = { fires: [], silent: [] };

/** The check with only one of the keys or values that it lists. */
function alternatives(check: SettingCheck): [string, SettingCheck][] {
  const { test } = check;
  const values = (key: 'in' | 'matches' | 'key') =>
    (test[key] ?? []).map((value): [string, SettingCheck] => [
      `${key} ${value}`,
      { ...check, test: { ...test, [key]: [value] } },
    ]);
  const permission = test.permission;
  const tools = (permission?.tools ?? []).map((tool): [string, SettingCheck] => [
    `tool ${tool}`,
    { ...check, test: { ...test, permission: { ...permission!, tools: [tool], folders: [] } } },
  ]);
  const folders = (permission?.folders ?? []).map((tool): [string, SettingCheck] => [
    `folder of ${tool}`,
    { ...check, test: { ...test, permission: { ...permission!, tools: ['none'], folders: [tool] } } },
  ]);
  return [
    ...check.each.map((path): [string, SettingCheck] => [`each ${path.source}`, { ...check, each: [path] }]),
    ...check.find.flatMap((path) =>
      expand(path.source).map((source): [string, SettingCheck] => [
        `find ${source}`,
        { ...check, find: [parseTreePath(source)] },
      ]),
    ),
    ...values('in'),
    ...values('matches'),
    ...values('key'),
    ...tools,
    ...folders,
  ];
}

/** The check without one of the conditions that keep it silent. */
function withoutOne(check: SettingCheck): [string, SettingCheck][] {
  const others = <T>(all: readonly T[], one: T) => all.filter((each) => each !== one);
  const { not, ...plain }: Test = check.test;
  return [
    ...check.with.map((one): [string, SettingCheck] => [
      `with ${one.at.map(({ source }) => source).join(', ')}`,
      { ...check, with: others(check.with, one) },
    ]),
    ...check.without.flatMap((one) =>
      one.at.map((path): [string, SettingCheck] => [
        `without ${path.source}`,
        {
          ...check,
          without: check.without.map((each) => (each === one ? { ...one, at: others(one.at, path) } : each)),
        },
      ]),
    ),
    ...(not ? [['not', { ...check, test: plain }] as [string, SettingCheck]] : []),
  ];
}

/** Every way to the value, braces written out. */
function keysOf(check: SettingCheck): string[] {
  return check.find.flatMap(({ source }) => expand(source));
}

/** Whether a tree has the key, below one of the entries that are looked at. */
function holds(check: SettingCheck, path: string, tree: Tree, key: string): boolean {
  const root = parseTree(path, render(path, tree), formatOf(path)!, CHECK_LIMITS, () => {});
  const entries = root ? check.each.flatMap((each) => find(root, each)) : [];
  return entries.some(({ node }) => key === '' || find(node, parseTreePath(key)).length > 0);
}
