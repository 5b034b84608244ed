import { describe, expect, it } from 'vitest';
import type { ExportRules, NodeCheck } from '../../../src/checks/export/export-rules.js';
import { casesOf } from './cases.js';
import { asksStanding, exported } from './graph.js';
import type { Tree } from './render.js';
import { CHECKS, count } from './run-check.js';

type Parameters = { readonly [key: string]: Tree };

const cases = casesOf('nodes');
const checks = CHECKS.exports.flatMap((rules) => rules.nodes.map((check) => ({ id: check.id, check, rules })));

it('every case belongs to a check', () => {
  const known = new Set(checks.map(({ id }) => id));
  expect([...cases.keys()].filter((id) => !known.has(id))).toEqual([]);
});

describe.each(checks)('$id', ({ check, rules }) => {
  const fires = (cases.get(check.id)?.fires ?? []) as readonly Parameters[];
  const silent = (cases.get(check.id)?.silent ?? []) as readonly Parameters[];
  const types = check.types.map((type) => type.replaceAll('*', 'X'));

  it('fires for each of its cases as a node of each type, and is silent for each', () => {
    for (const type of types) {
      expect(fires.filter((parameters) => !isFound(rules, check, type, parameters))).toEqual([]);
      expect(silent.filter((parameters) => isFound(rules, check, type, parameters))).toEqual([]);
    }
    expect(fires.length).toBeGreaterThan(0);
    expect(silent.length > 0 || check.parameters.length + check.when.length === 0).toBe(true);
  });

  it('fires for each type, parameter and value that it lists', () => {
    const values = check.when.flatMap((condition) =>
      condition.in.map((value): [string, NodeCheck] => [
        `${condition.parameter.source} ${value}`,
        { ...check, when: check.when.map((each) => (each === condition ? { ...each, in: [value] } : each)) },
      ]),
    );
    const parameters = check.parameters.map((parameter): [string, NodeCheck] => [
      parameter.source,
      { ...check, parameters: [parameter] },
    ]);
    const unproven = [...values, ...parameters].filter(
      ([, only]) => !fires.some((given) => isFound(rules, only, types[0]!, given)),
    );
    expect(unproven.map(([name]) => name)).toEqual([]);
  });

  it('is silent where the node stands otherwise, is another, or by each condition', () => {
    if (asksStanding(check)) {
      expect(fires.filter((parameters) => isAlone(rules, check, types[0]!, parameters))).toEqual([]);
    }
    expect(fires.filter((parameters) => isFound(rules, check, 'n8n-nodes-base.noOp', parameters))).toEqual([]);
    const unproven = check.when.filter((condition) => {
      const wider = { ...check, when: check.when.filter((other) => other !== condition) };
      return !silent.some((parameters) => isFound(rules, wider, types[0]!, parameters));
    });
    expect(unproven.map(({ parameter }) => parameter.source)).toEqual([]);
  });
});

describe('the nodes around', () => {
  const rules = CHECKS.exports.find(({ format }) => format === 'n8n')!;
  const isBeside = (id: string, name: string, other: { readonly type: string; readonly parameters?: Parameters }) => {
    const check = rules.nodes.find((node) => node.id === id)!;
    const parameters = cases.get(id)!.fires[0] as Parameters;
    const tree = exported(rules.format, check.types[0]!, parameters, check.stands, { [name]: other });
    return count('flow.json', tree, { exports: [{ ...rules, nodes: [check] }] }) > 0;
  };
  const models = [...rules.models, ...rules.agents].map((type) => ({ type: type.replaceAll('*', 'X') }));
  const requests = rules.modelHosts.map((host) => ({
    type: 'n8n-nodes-base.httpRequest',
    parameters: { url: `https://${host}/v1/chat` },
  }));
  const triggers = rules.triggers.map((type) => ({ type: type.replaceAll('*', 'x') }));
  const programs = rules.programs.map((program) => ({
    type: 'n8n-nodes-base.executeCommand',
    parameters: { command: `${program} --print "work"` },
  }));

  it.each([
    ['answer-to-shell', 'Model', [...models, ...requests]],
    ['public-chat-model', 'Model', [...models, ...requests]],
    ['outsider-instructions', 'Trigger', triggers],
    ['data-to-shell', 'Model', programs],
  ] as const)('of %s: each kind of %s counts, and no other node', (id, name, others) => {
    expect(others.filter((other) => !isBeside(id, name, other))).toEqual([]);
    expect(isBeside(id, name, { type: 'n8n-nodes-base.set' })).toBe(false);
  });
});

function isFound(rules: ExportRules, check: NodeCheck, type: string, parameters: Parameters): boolean {
  const tree = exported(rules.format, type, parameters, check.stands);
  return count('flow.json', tree, { exports: [{ ...rules, nodes: [check] }] }) > 0;
}

function isAlone(rules: ExportRules, check: NodeCheck, type: string, parameters: Parameters): boolean {
  const tree = exported(rules.format, type, parameters, []);
  return count('flow.json', tree, { exports: [{ ...rules, nodes: [check] }] }) > 0;
}
