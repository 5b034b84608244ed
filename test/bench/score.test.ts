import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scoreboard } from './scoreboard-module.js';

const { match } = await scoreboard('match');
const { addScores, scoreTree } = await scoreboard('labels');
const { placesInScope, runSuite } = await scoreboard('run-suite');
const { readSarif } = await scoreboard('sarif');
const { verdict } = await scoreboard('page');
const { explainSuite } = await scoreboard('explain');

const scratch = mkdtempSync(join(tmpdir(), 'score-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const at = (line: number, more: object = {}) => ({ file: 'a.ts', line, end: line, family: 'key', ...more });

describe('match', () => {
  test('a finding counts for the nearest place of its file and family alone', () => {
    const [leak, safe, other] = [at(10), at(12), at(10, { family: 'tls' })];
    expect(match([leak, safe, other], [at(11), at(10)], 2).hit).toEqual(new Set([leak, safe]));
    expect(match([leak, safe, other], [at(10)], 2).hit).toEqual(new Set([leak]));
  });

  test('what is near nothing is stray', () => {
    const far = at(20);
    expect(match([at(10)], [far], 2)).toEqual({ hit: new Set(), stray: [far] });
    expect(match([at(10, { after: 10 })], [far], 2).stray).toEqual([]);
    expect(match([at(30, { before: 10 })], [far], 2).stray).toEqual([]);
    expect(match([at(20, { file: 'b.ts' })], [far], 2).stray).toEqual([far]);
  });
});

test('labels of a group are one leak, and scores add up', () => {
  const label = (line: number, more: object) => at(line, { verdict: 'true', group: null, ...more });
  const labels = [
    label(1, { group: 'g' }),
    label(10, { group: 'g' }),
    label(20, {}),
    label(30, { verdict: 'safe' }),
    label(40, { verdict: 'safe' }),
  ];
  const score = scoreTree(labels, [at(10), at(30)]);
  expect([...score]).toEqual([['key', { found: 1, true: 2, flagged: 1, safe: 2 }]]);
  expect([...addScores([score, score])]).toEqual([['key', { found: 2, true: 4, flagged: 2, safe: 4 }]]);
});

describe('a suite', () => {
  const cases = [
    {
      group: 'x.js',
      name: 'source.js',
      text: 'a\nb\nc\n',
      places: [
        { rule: 'mine', verdict: 'true', line: 1, end: 1 },
        { rule: 'mine', verdict: 'safe', line: 3, end: 3 },
        { rule: 'other', verdict: 'true', line: 2, end: 2 },
      ],
    },
  ];
  const scope = [
    { rule: 'mine', families: ['key', 'tls'] },
    { rule: 'other', reason: 'no rule of ours' },
  ];

  test('places out of scope are counted by their reason', () => {
    const { inside, outside } = placesInScope(cases, scope);
    expect(inside.map(({ family, line }: { family: string; line: number }) => [family, line])).toEqual([
      ['key', 1],
      ['tls', 1],
      ['key', 3],
      ['tls', 3],
    ]);
    expect([...outside]).toEqual([['no rule of ours', 1]]);
  });

  test('only findings of a family that the case is about count, and each miss has its reason', () => {
    const findings = [
      { file: 'c00000/source.js', line: 3, end: 3, family: 'key' },
      { file: 'c00000/source.js', line: 1, end: 1, family: 'store' },
    ];
    const result = runSuite({ cases, scope, scan: () => findings, scratch });
    expect(result.places.map(({ found }: { found: boolean }) => found)).toEqual([false, false, true, false]);
    expect(result.stray).toEqual([]);
    const { missed, flagged } = explainSuite('own', cases, result);
    expect([...missed]).toEqual([['not explained', 2]]);
    expect([...flagged]).toEqual([['not explained', 1]]);
  });
});

test('SARIF is read relative to the folder, rules by their index too', () => {
  const place = (uri: string) => [
    { physicalLocation: { artifactLocation: { uri }, region: { startLine: 4, endLine: 5 } } },
  ];
  const log = {
    runs: [
      {
        tool: { driver: { rules: [{ id: 'zero' }] } },
        results: [
          { ruleId: 'one', locations: place('file:///scanned/src/a%20b.ts') },
          { ruleIndex: 0, locations: place('src/c.ts') },
          { ruleId: 'none' },
        ],
      },
    ],
  };
  expect(readSarif(JSON.stringify(log), '/scanned')).toEqual([
    { file: 'src/a b.ts', line: 4, end: 5, rule: 'one' },
    { file: 'src/c.ts', line: 4, end: 5, rule: 'zero' },
  ]);
});

test('ahead is who finds more with no more false alarms, or as much with fewer', () => {
  const score = (found: number, flagged: number) => ({ found, flagged });
  expect(verdict(score(2, 0), score(1, 0))).toBe('ahead');
  expect(verdict(score(2, 1), score(2, 1))).toBe('even');
  expect(verdict(score(2, 1), score(1, 0))).toBe('mixed');
  expect(verdict(score(1, 1), score(1, 0))).toBe('behind');
});
