import { gzipSync } from 'node:zlib';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import { loadDocumentedRules } from '../../src/cli/load-rules.js';
import type { Finding, ScanResult } from '../../src/core/finding.js';
import { createSarifReporter, sarif } from '../../src/report/sarif.js';
import { GITHUB_LIMITS } from '../../src/report/sarif-limits.js';
import { CLEAN, createContext, FAKE_KEY, HARDCODED, NOTHING_SCANNED, RESULT, RULES, SECRET_TO_LOG } from './sample.js';
import { validateSarif } from './validate-sarif.js';

const PROVENANCE = {
  repositoryUri: 'https://example.com/owner/name',
  revisionId: '0123456789012345678901234567890123456789',
  branch: 'main',
};

describe('sarif', () => {
  test('a flow as a result', () => {
    expect(results(RESULT)[0]).toMatchInlineSnapshot(`
      {
        "codeFlows": [
          {
            "threadFlows": [
              {
                "locations": [
                  {
                    "location": {
                      "logicalLocations": [
                        {
                          "fullyQualifiedName": "loadKey",
                          "kind": "function",
                        },
                      ],
                      "message": {
                        "text": "\`OPENAI_API_KEY\` read",
                      },
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "lib/env.ts",
                          "uriBaseId": "%SRCROOT%",
                        },
                        "region": {
                          "endColumn": 36,
                          "endLine": 2,
                          "startColumn": 10,
                          "startLine": 2,
                        },
                      },
                    },
                    "nestingLevel": 0,
                  },
                  {
                    "location": {
                      "logicalLocations": [
                        {
                          "fullyQualifiedName": "handle",
                          "kind": "function",
                        },
                      ],
                      "message": {
                        "text": "returned to \`handle\`",
                      },
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "api/support.ts",
                          "uriBaseId": "%SRCROOT%",
                        },
                        "region": {
                          "endColumn": 23,
                          "endLine": 4,
                          "startColumn": 14,
                          "startLine": 4,
                        },
                      },
                    },
                    "nestingLevel": 1,
                  },
                  {
                    "location": {
                      "logicalLocations": [
                        {
                          "fullyQualifiedName": "handle",
                          "kind": "function",
                        },
                      ],
                      "message": {
                        "text": "passed to \`console.log\`",
                      },
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "api/support.ts",
                          "uriBaseId": "%SRCROOT%",
                        },
                        "region": {
                          "endColumn": 35,
                          "endLine": 5,
                          "startColumn": 2,
                          "startLine": 5,
                        },
                      },
                    },
                    "nestingLevel": 1,
                  },
                ],
              },
            ],
          },
        ],
        "level": "error",
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "api/support.ts",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "endColumn": 35,
                "endLine": 5,
                "startColumn": 2,
                "startLine": 5,
              },
            },
          },
        ],
        "message": {
          "text": "The environment variable \`OPENAI_API_KEY\` read at lib/env.ts:2 is written to the console by \`handle\`.",
        },
        "partialFingerprints": {
          "flow/v1": "0123456789abcdef0123456789abcdef",
          "primaryLocationLineHash": "249df4a9d70e490a:1",
        },
        "properties": {
          "advice": "Log that the key is there, not the key:
      console.log("key loaded", Boolean(key));",
          "confidence": "medium",
          "data": {
            "element": "OPENAI_API_KEY",
            "kind": "secret.env",
          },
          "features": [
            "unmodelled-call",
          ],
          "recipient": {
            "kind": "log.console",
            "name": "console",
          },
        },
        "rank": 58,
        "ruleId": "secret-to-log",
        "ruleIndex": 1,
      }
    `);
  });

  test('a rule as a descriptor', () => {
    expect(run(RESULT).tool.driver.rules?.[0]).toMatchInlineSnapshot(`
      {
        "defaultConfiguration": {
          "level": "error",
        },
        "fullDescription": {
          "text": "A credential in source code is known to everyone who can read the code, and stays in its history.",
        },
        "help": {
          "markdown": "# hardcoded-secret

      Read it from the environment.
      ",
          "text": "# hardcoded-secret

      Read it from the environment.
      ",
        },
        "id": "hardcoded-secret",
        "name": "HardcodedSecret",
        "properties": {
          "precision": "high",
          "problem.severity": "error",
          "security-severity": "9.1",
          "tags": [
            "security",
            "external/cwe/cwe-798",
            "external/owasp/llm02-2025",
          ],
        },
        "shortDescription": {
          "text": "A live-looking credential stands in the source.",
        },
      }
    `);
  });

  test('everything of a run but rules, notification kinds and results', () => {
    const { results, tool, ...others } = run(RESULT, { provenance: PROVENANCE });
    const { rules, notifications, ...driver } = tool.driver;
    expect({ ...others, driver }).toMatchInlineSnapshot(`
      {
        "automationDetails": {
          "id": "spillcheck/",
        },
        "columnKind": "utf16CodeUnits",
        "driver": {
          "informationUri": "pkg:npm/spillcheck",
          "name": "spillcheck",
          "semanticVersion": "0.1.0",
          "version": "0.1.0",
        },
        "invocations": [
          {
            "executionSuccessful": true,
            "toolExecutionNotifications": [
              {
                "descriptor": {
                  "id": "syntax-error",
                  "index": 0,
                },
                "level": "warning",
                "locations": [
                  {
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "lib/broken.ts",
                        "uriBaseId": "%SRCROOT%",
                      },
                      "region": {
                        "startColumn": 7,
                        "startLine": 3,
                      },
                    },
                  },
                ],
                "message": {
                  "text": "Unexpected token.",
                },
              },
              {
                "descriptor": {
                  "id": "unresolved-import",
                  "index": 5,
                },
                "level": "note",
                "locations": [
                  {
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "api/support.ts",
                        "uriBaseId": "%SRCROOT%",
                      },
                      "region": {
                        "startLine": 1,
                      },
                    },
                  },
                ],
                "message": {
                  "text": "\`./missing\` leads nowhere.",
                },
              },
              {
                "descriptor": {
                  "id": "limit",
                  "index": 7,
                },
                "level": "note",
                "locations": [
                  {
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "api/support.ts",
                        "uriBaseId": "%SRCROOT%",
                      },
                    },
                  },
                ],
                "message": {
                  "text": "too many facts in one value (12 times).",
                },
              },
              {
                "descriptor": {
                  "id": "unreadable",
                  "index": 3,
                },
                "level": "warning",
                "message": {
                  "text": "A folder could not be read.",
                },
              },
            ],
          },
        ],
        "newlineSequences": [
          "
      ",
          "
      ",
          "
      ",
          " ",
          " ",
        ],
        "originalUriBaseIds": {
          "%SRCROOT%": {
            "description": {
              "text": "The root of the scanned code.",
            },
          },
        },
        "versionControlProvenance": [
          {
            "branch": "main",
            "mappedTo": {
              "uriBaseId": "%SRCROOT%",
            },
            "repositoryUri": "https://example.com/owner/name",
            "revisionId": "0123456789012345678901234567890123456789",
          },
        ],
      }
    `);
  });

  test('refers to rules by their index', () => {
    const { tool, results } = run(RESULT);
    expect(results?.map(({ ruleId, ruleIndex }) => [ruleId, tool.driver.rules?.[ruleIndex!]?.id])).toEqual([
      ['secret-to-log', 'secret-to-log'],
      ['hardcoded-secret', 'hardcoded-secret'],
    ]);
  });

  test('percent-encodes paths and has no absolute ones', () => {
    const uris = results(RESULT).map((result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    expect(uris).toEqual(['api/support.ts', 'lib/na%C3%AFve%20client%231.ts']);
  });

  test('masks keys everywhere', () => {
    expect(sarif(RESULT, createContext())).not.toContain(FAKE_KEY.slice(0, 10));
  });

  test('keeps what looks like an embedded link from being one', () => {
    const finding = { ...SECRET_TO_LOG, message: 'Sent as `messages[](0)`' };
    expect(results({ ...RESULT, findings: [finding] })[0]?.message.text).toBe('Sent as `messages[] (0)`.');
  });

  test('ranks by severity and confidence', () => {
    const findings = [
      HARDCODED,
      SECRET_TO_LOG,
      { ...SECRET_TO_LOG, confidence: 'low' as const },
      { ...SECRET_TO_LOG, ruleId: 'provider-retention', level: 'note' as const, confidence: 'high' as const },
    ];
    expect(results({ ...RESULT, findings }).map(({ rank }) => rank)).toEqual([86, 58, 39, 25]);
  });

  test('places a finding in a file that is gone at its first line, without a line hash', () => {
    const [result] = (JSON.parse(sarif(RESULT, createContext({ texts: () => undefined }))) as Log).runs[0]!.results!;
    expect(result?.locations?.[0]?.physicalLocation?.region).toEqual({ startLine: 1 });
    expect(result?.partialFingerprints).toEqual({ 'flow/v1': SECRET_TO_LOG.fingerprints['flow/v1'] });
  });

  test('a byte order mark counts for the hash of the line and not for columns', () => {
    const finding: Finding = { ...HARDCODED, location: { file: 'a.ts', start: 0, end: 4 } };
    const [plain, marked] = ['key()\n', '\ufeffkey()\n'].map((text) => {
      const report = sarif({ ...RESULT, findings: [finding] }, createContext({ texts: () => text }));
      return (JSON.parse(report) as Log).runs[0]!.results![0]!;
    });
    expect(marked?.locations).toEqual(plain?.locations);
    expect(marked?.partialFingerprints?.primaryLocationLineHash).not.toBe(
      plain?.partialFingerprints?.primaryLocationLineHash,
    );
  });
});

describe('limits', () => {
  test('results: keeps those of the highest rank in the order of the report, and says what was cut', () => {
    const findings = [
      { ...SECRET_TO_LOG, confidence: 'low' as const },
      SECRET_TO_LOG,
      { ...SECRET_TO_LOG, message: 'Second.' },
      HARDCODED,
    ];
    const cut = cutRun({ ...CLEAN, findings }, { results: 3 });
    expect(cut.results?.map(({ rank, message }) => [rank, message.text])).toEqual([
      [58, SECRET_TO_LOG.message],
      [58, 'Second.'],
      [86, expect.stringMatching(/^A live-looking/)],
    ]);
    expect(notices(cut)).toEqual(['1 of 4 findings, those of the lowest rank, are left out of this file.']);
  });

  test('thread flows: keeps both ends, and says how many steps are missing', () => {
    const [step] = SECRET_TO_LOG.steps;
    const steps = Array.from({ length: 9 }, (_, index) => ({ ...step!, message: `step ${index + 1}` }));
    const cut = cutRun({ ...CLEAN, findings: [{ ...SECRET_TO_LOG, steps }] }, { threadFlowLocations: 4 });
    const locations = cut.results?.[0]?.codeFlows?.[0]?.threadFlows[0]?.locations;
    expect(locations?.map(({ location }) => location?.message?.text)).toEqual([
      'step 1',
      'step 2 (5 steps behind this one are left out)',
      'step 8',
      'step 9',
    ]);
  });

  test('notifications', () => {
    expect(notices(cutRun(RESULT, { notifications: 1 }))).toEqual([
      '3 of 4 notifications are left out of this file.',
      'Unexpected token.',
    ]);
  });

  test('compressed size', () => {
    const findings = Array.from({ length: 200 }, (_, index) => ({
      ...SECRET_TO_LOG,
      fingerprints: { 'flow/v1': String(index * 0.123456789) },
    }));
    const compressedBytes = 8_000;
    const text = createSarifReporter({ ...GITHUB_LIMITS, compressedBytes })({ ...CLEAN, findings }, createContext());
    const kept = (JSON.parse(text) as Log).runs[0]!.results!.length;
    expect(gzipSync(text).length).toBeLessThanOrEqual(compressedBytes);
    expect(kept).toBeGreaterThan(50);
    expect(notices((JSON.parse(text) as Log).runs[0]!)).toEqual([
      `${200 - kept} of 200 findings, those of the lowest rank, are left out of this file.`,
    ]);
  });

  test('30,000 findings make a file that a code-scanning service accepts', () => {
    const findings = Array.from({ length: 30_000 }, (_, index) => ({
      ...(index % 2 ? SECRET_TO_LOG : HARDCODED),
      fingerprints: { 'flow/v1': String(index) },
    }));
    const text = sarif({ ...CLEAN, findings }, createContext());
    expect((JSON.parse(text) as Log).runs[0]!.results).toHaveLength(25_000);
    expect(gzipSync(text).length).toBeLessThanOrEqual(10 * 1024 * 1024);
  });
});

test('the SARIF Multitool has neither errors nor warnings', async () => {
  const manySteps = { ...SECRET_TO_LOG, steps: Array.from({ length: 1_200 }, () => SECRET_TO_LOG.steps[0]!) };
  expect(
    validateSarif({
      full: sarif(RESULT, createContext({ provenance: PROVENANCE })),
      'no-checkout': sarif(RESULT, createContext()),
      'one-rule': sarif({ ...RESULT, findings: [HARDCODED] }, createContext({ rules: RULES.slice(0, 1) })),
      'shipped-rules': sarif(RESULT, createContext({ rules: await loadDocumentedRules() })),
      clean: sarif(CLEAN, createContext()),
      nothing: sarif(NOTHING_SCANNED, createContext()),
      'no-texts': sarif(RESULT, createContext({ texts: () => undefined })),
      cut: createSarifReporter({ ...GITHUB_LIMITS, results: 1, notifications: 1 })(RESULT, createContext()),
      'many-steps': sarif({ ...RESULT, findings: [manySteps] }, createContext()),
    }),
  ).toEqual([]);
});

test('the validator sees what is wrong', () => {
  const broken = sarif(RESULT, createContext()).replace('"uri": "api/support.ts"', '"uri": "/api/support.ts"');
  expect(validateSarif({ broken }).map((line) => line.split(': ')[1])).toContain('SARIF1004');
});

function run(result: ScanResult, changes: Parameters<typeof createContext>[0] = {}): Run {
  return (JSON.parse(sarif(result, createContext(changes))) as Log).runs[0]!;
}

function results(result: ScanResult): Result[] {
  return run(result).results!;
}

function cutRun(result: ScanResult, limits: Partial<typeof GITHUB_LIMITS>): Run {
  const report = createSarifReporter({ ...GITHUB_LIMITS, ...limits })(result, createContext());
  return (JSON.parse(report) as Log).runs[0]!;
}

function notices({ invocations }: Run): (string | undefined)[] {
  return invocations![0]!.toolExecutionNotifications!.map(({ message }) => message.text);
}
