import { describe, expect, it } from 'vitest';
import type { VariableCheck } from '../../../src/checks/check.js';
import { casesOf } from './cases.js';
import type { Tree } from './render.js';
import { CHECKS, count } from './run-check.js';

const cases = casesOf('variables');

it('every case belongs to a check', () => {
  const known = new Set(CHECKS.variables.map(({ id }) => id));
  expect([...cases.keys()].filter((id) => !known.has(id))).toEqual([]);
});

describe.each(CHECKS.variables)('$id', (check) => {
  const { fires, silent } = cases.get(check.id) ?? { fires: [], silent: [] };
  const found = (only: VariableCheck, tree: Tree, path = '.env') => count(path, tree, { variables: [only] }) > 0;

  it('fires for each of its cases, and is silent for each', () => {
    expect(fires.filter((tree) => !found(check, tree))).toEqual([]);
    expect(silent.filter((tree) => found(check, tree))).toEqual([]);
    expect(silent.length).toBeGreaterThan(0);
  });

  it('fires for each name and value that it lists', () => {
    const values = (check.test.in ?? []).map((value): [string, VariableCheck] => [
      value,
      { ...check, test: { ...check.test, in: [value] } },
    ]);
    const names = check.names.map((name): [string, VariableCheck] => [name, { ...check, names: [name] }]);
    const unproven = [...names, ...values].filter(([, only]) => !fires.some((tree) => found(only, tree)));
    expect(unproven.map(([name]) => name)).toEqual([]);
  });

  it('is silent for another value of each name', () => {
    const unproven = check.names.filter((name) => {
      const any = { ...check, names: [name], test: {}, with: [], without: [] };
      return !silent.some((tree) => found(any, tree));
    });
    expect(unproven).toEqual([]);
  });

  it('is silent by each of its conditions', () => {
    const others = <T>(all: readonly T[], one: T) => all.filter((each) => each !== one);
    const wider = [
      ...check.with.map((one) => ({ ...check, with: others(check.with, one) })),
      ...check.without.flatMap((one) =>
        one.names.map((name) => ({
          ...check,
          without: check.without.map((each) => (each === one ? { ...one, names: others(one.names, name) } : each)),
        })),
      ),
    ];
    expect(wider.filter((each) => !silent.some((tree) => found(each, tree)))).toEqual([]);
    const isExample = check.exclude.length > 0;
    expect(fires.filter((tree) => found(check, tree, '.env.example') === isExample)).toEqual([]);
  });
});
