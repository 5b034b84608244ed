import { expect, test } from 'vitest';
import { json } from '../../src/report/json.js';
import { createContext, FAKE_KEY, RESULT, SECRET_TO_LOG } from './sample.js';

test('a finding as data', () => {
  const report = JSON.parse(json({ ...RESULT, findings: [SECRET_TO_LOG] }, createContext()));
  expect(report).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        {
          "column": 7,
          "file": "lib/broken.ts",
          "kind": "syntax-error",
          "line": 3,
          "message": "Unexpected token",
        },
        {
          "file": "api/support.ts",
          "kind": "unresolved-import",
          "line": 1,
          "message": "\`./missing\` leads nowhere",
        },
        {
          "count": 12,
          "file": "api/support.ts",
          "kind": "limit",
          "message": "too many facts in one value",
        },
        {
          "kind": "unreadable",
          "message": "A folder could not be read",
        },
      ],
      "findings": [
        {
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
          "fingerprints": {
            "flow/v1": "0123456789abcdef0123456789abcdef",
          },
          "level": "error",
          "location": {
            "end": {
              "column": 35,
              "line": 5,
            },
            "file": "api/support.ts",
            "start": {
              "column": 2,
              "line": 5,
            },
          },
          "message": "The environment variable \`OPENAI_API_KEY\` read at lib/env.ts:2 is written to the console by \`handle\`.",
          "recipient": {
            "kind": "log.console",
            "name": "console",
          },
          "related": [],
          "ruleId": "secret-to-log",
          "steps": [
            {
              "function": "loadKey",
              "location": {
                "end": {
                  "column": 36,
                  "line": 2,
                },
                "file": "lib/env.ts",
                "start": {
                  "column": 10,
                  "line": 2,
                },
              },
              "message": "\`OPENAI_API_KEY\` read",
              "nesting": 0,
            },
            {
              "function": "handle",
              "location": {
                "end": {
                  "column": 23,
                  "line": 4,
                },
                "file": "api/support.ts",
                "start": {
                  "column": 14,
                  "line": 4,
                },
              },
              "message": "returned to \`handle\`",
              "nesting": 1,
            },
            {
              "function": "handle",
              "location": {
                "end": {
                  "column": 35,
                  "line": 5,
                },
                "file": "api/support.ts",
                "start": {
                  "column": 2,
                  "line": 5,
                },
              },
              "message": "passed to \`console.log\`",
              "nesting": 1,
            },
          ],
        },
      ],
      "schemaVersion": 1,
      "statistics": {
        "calls": 40,
        "callsResolved": 33,
        "filesScanned": 3,
        "filesSkipped": {
          "dependency": 2000,
          "ignored": 0,
          "minified": 1,
        },
        "functions": 2,
        "lines": 1234,
      },
      "tool": {
        "name": "spillcheck",
        "version": "0.1.0",
      },
    }
  `);
});

test('no key in it, and the same text every time', () => {
  const text = json(RESULT, createContext());
  expect(text).not.toContain(FAKE_KEY.slice(0, 10));
  expect(json(RESULT, createContext())).toBe(text);
});
