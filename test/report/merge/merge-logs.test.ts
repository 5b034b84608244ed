import { gzipSync } from 'node:zlib';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import { mergeLogs } from '../../../src/report/merge/merge-logs.js';
import { sarif } from '../../../src/report/sarif.js';
import { GITHUB_FILE_LIMITS, type SarifFileLimits } from '../../../src/report/sarif-limits.js';
import { CLEAN, createContext, DIAGNOSTICS, HARDCODED, RESULT, RULES, SECRET_TO_LOG } from '../sample.js';
import { validateSarif } from '../validate-sarif.js';

describe('runs of the same tool and category', () => {
  const one = report([SECRET_TO_LOG], 0, 2);
  const two = report([HARDCODED], 2);

  test('become one run with the rules, results and notifications of all', () => {
    const { run } = mergeTwo(one, two);
    expect(run.tool.driver.rules?.map(({ id }) => id).sort()).toEqual(RULES.map(({ id }) => id).sort());
    expect(run.results?.map(({ ruleId, ruleIndex }) => [ruleId, run.tool.driver.rules?.[ruleIndex!]?.id])).toEqual([
      ['secret-to-log', 'secret-to-log'],
      ['hardcoded-secret', 'hardcoded-secret'],
    ]);
    const notifications = run.invocations!.flatMap((each) => each.toolExecutionNotifications ?? []);
    expect(notifications).toHaveLength(DIAGNOSTICS.length);
    for (const { descriptor } of notifications) {
      expect(run.tool.driver.notifications?.[descriptor!.index!]?.id).toBe(descriptor!.id);
    }
  });

  test('in any order, with the same bytes', () => {
    expect(merge([one, two]).texts).toEqual(merge([two, one]).texts);
  });

  test('the same result in both is there once', () => {
    const { run } = mergeTwo(report([SECRET_TO_LOG, HARDCODED]), report([HARDCODED]));
    expect(run.results).toHaveLength(2);
  });

  test('a file alone stays what it is', () => {
    const text = sarif(RESULT, createContext());
    expect(mergeLogs([{ name: 'a', log: JSON.parse(text) as Log }], GITHUB_FILE_LIMITS).texts).toEqual([text]);
  });

  test('numbers of another tool are resolved before they would mean something else', () => {
    const other = (file: string, rule: string): Run => ({
      tool: { driver: { name: 'Other', rules: [{ id: rule }] } },
      artifacts: [{ location: { uri: file } }, { location: { uri: `lib/${file}`, index: 1 }, parentIndex: 0 }],
      logicalLocations: [{ fullyQualifiedName: `${file}::f` }],
      threadFlowLocations: [
        { location: { physicalLocation: { artifactLocation: { index: 1 }, region: { startLine: 7 } } } },
      ],
      results: [
        {
          ruleIndex: 0,
          message: { text: file },
          locations: [{ physicalLocation: { artifactLocation: { index: 0 } }, logicalLocations: [{ index: 0 }] }],
          codeFlows: [{ threadFlows: [{ locations: [{ index: 0 }] }] }],
        },
      ],
    });
    const { run } = mergeTwo(other('b.c', 'B'), other('a.c', 'A'));
    const step = (uri: string) => ({
      location: { physicalLocation: { artifactLocation: { uri }, region: { startLine: 7 } } },
    });
    const result = (file: string, ruleId: string) => ({
      ruleId,
      ruleIndex: run.tool.driver.rules!.findIndex(({ id }) => id === ruleId),
      message: { text: file },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: file } },
          logicalLocations: [{ fullyQualifiedName: `${file}::f` }],
        },
      ],
      codeFlows: [{ threadFlows: [{ locations: [step(`lib/${file}`)] }] }],
    });
    expect(run.results).toEqual([result('a.c', 'A'), result('b.c', 'B')]);
    expect(run.logicalLocations).toBeUndefined();
    expect(run.artifacts?.map(({ location }) => location?.uri).sort()).toEqual(['a.c', 'b.c', 'lib/a.c', 'lib/b.c']);
  });

  test('invocations that results name are counted over all runs', () => {
    const run = (name: string): Run => ({
      tool: { driver: { name: 'Other' } },
      invocations: [{ executionSuccessful: true, commandLine: name }],
      results: [{ message: { text: name }, provenance: { invocationIndex: 0 } }],
    });
    const { run: joined } = mergeTwo(run('a'), run('b'));
    expect(joined.results?.map(({ message, provenance }) => [message.text, provenance?.invocationIndex])).toEqual(
      joined.invocations?.map(({ commandLine }, index) => [commandLine, index]),
    );
  });

  test.each([
    [
      'versions',
      { tool: { driver: { name: 'Other', version: '2' } } },
      'they come from different versions of the tool',
    ],
    [
      'extensions',
      { tool: { driver: { name: 'Other', version: '1' }, extensions: [{ name: 'x' }] } },
      'their tool extensions differ',
    ],
    ['roots', { originalUriBaseIds: { ROOT: { uri: 'file:///b/' } } }, 'their originalUriBaseIds differ'],
    ['graphs', { graphs: [{}] }, 'their graphs differ'],
  ])('with different %s are refused, and the message says what to do', (_, changes, reason) => {
    const run: Run = { tool: { driver: { name: 'Other', version: '1' } }, results: [] };
    expect(() => merge([run, { ...run, ...changes } as Run])).toThrow(
      new RegExp(
        `^the runs of Other in \\d\\.sarif and \\d\\.sarif cannot be joined, since ${reason}; give them categories`,
      ),
    );
  });
});

describe('runs of other tools and categories', () => {
  test('stand side by side, sorted', () => {
    const { texts } = merge([named('B'), named('A', 'web/1'), named('A', 'api/1'), named('A', 'api/2')]);
    expect(
      read(texts[0]!).runs.map(({ tool, automationDetails }) => [tool.driver.name, automationDetails?.id]),
    ).toEqual([
      ['A', 'api/'],
      ['A', 'web/1'],
      ['B', undefined],
    ]);
  });
});

describe('limits', () => {
  test('GitHub takes twenty runs: twenty-one make two files', () => {
    const { texts } = merge(Array.from({ length: 21 }, (_, index) => named(`tool-${String(index).padStart(2, '0')}`)));
    expect(texts.map((text) => read(text).runs.length)).toEqual([20, 1]);
  });

  test('25,000 results a run, of which 5,000 are shown: both are said', () => {
    const result = (index: number, level: Result['level'] & string): Result => ({
      ruleId: 'r',
      level,
      message: { text: String(index) },
    });
    const half = (level: 'error' | 'note', from: number) =>
      named(
        'tool',
        undefined,
        Array.from({ length: 13_000 }, (_, index) => result(from + index, level)),
      );
    const { texts, notices } = merge([half('note', 0), half('error', 13_000)]);
    const { results } = read(texts[0]!).runs[0]!;
    expect(results).toHaveLength(25_000);
    expect(results!.filter(({ level }) => level === 'error')).toHaveLength(13_000);
    expect(notices).toEqual([
      'tool: 1,000 of 26,000 results, the slightest, are left out.',
      'tool: of its 25,000 results GitHub shows the 5,000 gravest.',
    ]);
  });

  test('1,000 locations of a result, 1,000 steps of its flows, 20 tags of a rule', () => {
    const location = { physicalLocation: { artifactLocation: { uri: 'a' } } };
    const step = (index: number) => ({ location: { ...location, id: index } });
    const run: Run = {
      tool: {
        driver: {
          name: 'tool',
          rules: [{ id: 'r', properties: { tags: Array.from({ length: 30 }, (_, i) => `t${i}`) } }],
        },
      },
      results: [
        {
          ruleId: 'r',
          message: { text: 'm' },
          locations: Array.from({ length: 1_500 }, () => location),
          relatedLocations: Array.from({ length: 1_500 }, () => location),
          codeFlows: [
            { threadFlows: [{ locations: Array.from({ length: 700 }, (_, index) => step(index)) }] },
            { threadFlows: [{ locations: Array.from({ length: 700 }, (_, index) => step(1_000 + index)) }] },
            { threadFlows: [{ locations: [step(5_000)] }] },
          ],
        },
      ],
    };
    const { texts, notices } = merge([run]);
    const [fitted] = read(texts[0]!).runs;
    const [result] = fitted!.results!;
    expect(fitted!.tool.driver.rules?.[0]?.properties?.tags).toHaveLength(20);
    expect([result!.locations!.length, result!.relatedLocations!.length]).toEqual([1_000, 1_000]);
    const flows = result!.codeFlows!.map(({ threadFlows }) =>
      threadFlows[0]!.locations.map((each) => each.location!.id),
    );
    expect(flows.map(({ length }) => length)).toEqual([700, 300]);
    expect([flows[1]![149], flows[1]![150], flows[1]!.at(-1)]).toEqual([1_149, 1_550, 1_699]);
    expect(notices).toEqual(['tool: 1 result was shortened to what GitHub takes of locations.']);
  });

  test('10 MB compressed: first other files, then the slightest results', () => {
    // texts that do not compress
    const results = (seed: number): Result[] =>
      Array.from({ length: 400 }, (_, index) => ({
        ruleId: 'r',
        level: index < 50 ? 'error' : 'note',
        message: { text: noise(seed * 1_000 + index) },
      }));
    const limits = { ...GITHUB_FILE_LIMITS, compressedBytes: 60_000 };
    const { texts, notices } = merge([named('a', undefined, results(1)), named('b', undefined, results(2))], limits);
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(gzipSync(text).length).toBeLessThanOrEqual(60_000);
    const kept = texts.map((text) => read(text).runs[0]!.results!);
    for (const each of kept) expect(each.filter(({ level }) => level === 'error')).toHaveLength(50);
    expect(notices).toEqual(
      kept.map(
        ({ length }, index) =>
          `${'ab'[index]}: ${400 - length} of 400 results, the slightest, are left out, since the compressed file would be too large.`,
      ),
    );
  });

  test('of GitHub, on a report that is far too large', () => {
    const results = Array.from(
      { length: 24_000 },
      (_, index): Result => ({
        ruleId: 'r',
        level: index % 2 ? 'error' : 'note',
        message: { text: noise(index) },
      }),
    );
    const { texts } = merge([named('tool', undefined, results)]);
    expect(gzipSync(texts[0]!).length).toBeLessThanOrEqual(10 * 1024 * 1024);
    expect(read(texts[0]!).runs[0]!.results!.length).toBeGreaterThan(10_000);
  });

  test('more rules or tool extensions than it takes are refused', () => {
    const rules = Array.from({ length: 5 }, (_, index) => ({ id: `r${index}` }));
    expect(() => merge([{ tool: { driver: { name: 'tool', rules } } }], { ...GITHUB_FILE_LIMITS, rules: 4 })).toThrow(
      'tool has 5 rules, and GitHub takes 4 of a run',
    );
  });
});

test('the SARIF Multitool has neither errors nor warnings about what was merged', () => {
  const shards = merge([report([SECRET_TO_LOG], 0, 2), report([HARDCODED], 2)]);
  const web = { ...report([SECRET_TO_LOG]), automationDetails: { id: 'spillcheck/web/' } };
  const categories = merge([report([HARDCODED]), web]);
  expect(validateSarif({ shards: shards.texts[0]!, categories: categories.texts[0]! })).toEqual([]);
});

function report(findings: typeof RESULT.findings, from = 0, to = DIAGNOSTICS.length): Run {
  const rules =
    findings.length === 2 ? RULES : RULES.filter(({ id }) => id !== 'hardcoded-secret' || findings[0] === HARDCODED);
  const result = { ...CLEAN, findings, diagnostics: DIAGNOSTICS.slice(from, to) };
  return read(sarif(result, createContext({ rules }))).runs[0]!;
}

function named(name: string, id?: string, results: Result[] = []): Run {
  return { tool: { driver: { name } }, ...(id !== undefined && { automationDetails: { id } }), results };
}

function merge(runs: readonly Run[], limits: SarifFileLimits = GITHUB_FILE_LIMITS) {
  const logs = runs.map((run, index) => ({ name: `${index}.sarif`, log: { version: '2.1.0' as const, runs: [run] } }));
  return mergeLogs(logs, limits);
}

function mergeTwo(one: Run, two: Run): { run: Run } {
  const { texts } = merge([one, two]);
  const { runs } = read(texts[0]!);
  expect([texts.length, runs.length]).toEqual([1, 1]);
  return { run: runs[0]! };
}

function read(text: string): Log {
  return JSON.parse(text) as Log;
}

/** Some 900 characters in which a compressor finds nothing, the same ones for the same seed. */
function noise(seed: number): string {
  let state = seed * 2_654_435_761 + 12_345;
  let text = '';
  for (let i = 0; i < 150; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += state.toString(36).slice(-6).padStart(6, '0');
  }
  return text;
}
