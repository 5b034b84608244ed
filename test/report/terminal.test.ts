import { describe, expect, test } from 'vitest';
import type { DiagnosticKind } from '../../src/core/diagnostic.js';
import { compact } from '../../src/report/compact.js';
import { terminal } from '../../src/report/terminal.js';
import { CLEAN, createContext, FAKE_KEY, HARDCODED, NOTHING_SCANNED, RESULT, SECRET_TO_LOG } from './sample.js';

describe('terminal', () => {
  test('a result with findings and diagnostics', () => {
    expect(terminal(RESULT, createContext())).toMatchInlineSnapshot(`
      "api/support.ts

        error  secret-to-log  5:2
        The environment variable \`OPENAI_API_KEY\` read at lib/env.ts:2 is written to the console by
        \`handle\`.

          4 |   const key = loadKey();
        > 5 |   console.log('starting with', key);
            |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          6 | }

        How it gets there
          1  lib/env.ts:2      \`OPENAI_API_KEY\` read
          2  api/support.ts:4    returned to \`handle\`
          3  api/support.ts:5    passed to \`console.log\`

        How sure  Medium: a call on the way has no model, and is taken to return something of what it is
          given.
        What to do  Log that the key is there, not the key:
            console.log("key loaded", Boolean(key));

      lib/naïve client#1.ts

        error  hardcoded-secret  1:44
        A live-looking OpenAI key (sk-p******************************************Ij) stands in the source.

        > 1 | export const client = new OpenAI({ apiKey: 'sk-p******************************************I…
            |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        See also  lib/env.ts:2  read from the environment here

        How sure  High: it stands in the file as shown.
        What to do  Revoke it, and read it from the environment.

      Found 2 errors in 2 files.
      Scanned 3 files, 1,234 lines, 2 functions in 1.2 s.
      Left out 2,001 files and folders: 2,000 dependency, 1 minified.
      Calls resolved: 82.5 % (33 of 40).
      Not, or not fully, analysed:
        1 syntax error
          lib/broken.ts:3:7  Unexpected token
        1 unreadable file or folder
          A folder could not be read
        1 import that leads nowhere
          api/support.ts:1  \`./missing\` leads nowhere
        12 bounds of the analysis reached
          api/support.ts  too many facts in one value (12 times)
      "
    `);
  });

  test('a clean result', () => {
    expect(terminal(CLEAN, createContext())).toMatchInlineSnapshot(`
      "Nothing found.
      Scanned 3 files, 1,234 lines, 2 functions in 1.2 s.
      Calls resolved: 82.5 % (33 of 40).
      "
    `);
  });

  test('a clean result with a blind spot does not look clean', () => {
    const first = (kind: DiagnosticKind) =>
      terminal({ ...CLEAN, diagnostics: [{ kind, message: 'Words' }] }, createContext()).split('\n')[0];
    expect([first('syntax-error'), first('unreadable'), first('unresolved-import')]).toEqual([
      'Nothing found in what could be analysed.',
      'Nothing found in what could be analysed.',
      'Nothing found.',
    ]);
  });

  test('a scan that saw no file does not look clean', () => {
    expect(terminal(NOTHING_SCANNED, createContext())).toMatchInlineSnapshot(`
      "No file was scanned, so this says nothing about the code.
      Left out 4 files and folders: 4 ignored.
      "
    `);
  });

  test('without a summary, a clean result prints nothing', () => {
    expect(terminal(CLEAN, createContext({ terminal: { color: false, width: 100, summary: false } }))).toBe('');
  });

  test('a file that is gone: no code, no lines', () => {
    const result = { ...RESULT, findings: [SECRET_TO_LOG], diagnostics: [] };
    const settings = { color: false, width: 100, summary: false };
    expect(terminal(result, createContext({ texts: () => undefined, terminal: settings }))).toMatchInlineSnapshot(`
      "api/support.ts

        error  secret-to-log
        The environment variable \`OPENAI_API_KEY\` read at lib/env.ts:2 is written to the console by
        \`handle\`.
        How it gets there
          1  lib/env.ts      \`OPENAI_API_KEY\` read
          2  api/support.ts    returned to \`handle\`
          3  api/support.ts    passed to \`console.log\`

        How sure  Medium: a call on the way has no model, and is taken to return something of what it is
          given.
        What to do  Log that the key is there, not the key:
            console.log("key loaded", Boolean(key));
      "
    `);
  });

  test('colours only when asked for', () => {
    const settings = { color: true, width: 100, summary: true };
    const colored = terminal(RESULT, createContext({ terminal: settings }));
    const plain = terminal(RESULT, createContext({ terminal: { ...settings, color: false } }));
    expect(plain).not.toContain('\u001b');
    expect(stripColors(colored)).toBe(plain);
    expect(colored).toContain('\u001b[1m\u001b[31merror\u001b[39m\u001b[22m');
  });

  test('obeys no control characters of file names and messages', () => {
    const finding = {
      ...HARDCODED,
      location: { ...HARDCODED.location, file: 'a\u001b[2J.ts' },
      message: 'Bell \u0007 and\nbreak.',
    };
    const text = terminal({ ...RESULT, findings: [finding] }, createContext());
    expect(text).toContain('a\\u{1b}[2J.ts\n');
    expect(text).toContain('Bell \\u{7} and break.');
    expect(text).not.toContain('\u001b');
  });

  test('masks with the detector that it is given', () => {
    const findSecrets = (text: string) =>
      [...text.matchAll(/starting with/g)].map(({ index }) => ({ start: index, end: index + 13 }));
    const text = terminal({ ...RESULT, findings: [SECRET_TO_LOG] }, createContext({ findSecrets }));
    expect(text).toContain("console.log('******** ****', key);");
  });

  test('lists five places of a kind of diagnostic, and counts the rest', () => {
    const diagnostics = Array.from({ length: 7 }, (_, index) => ({
      kind: 'syntax-error' as const,
      message: 'Unexpected token',
      file: `${index}.ts`,
    }));
    const text = terminal({ ...CLEAN, diagnostics }, createContext());
    expect(text.slice(text.indexOf('Not, or'))).toMatchInlineSnapshot(`
      "Not, or not fully, analysed:
        7 syntax errors
          0.ts  Unexpected token
          1.ts  Unexpected token
          2.ts  Unexpected token
          3.ts  Unexpected token
          4.ts  Unexpected token
          and 2 more; --format json lists all
      "
    `);
  });
});

describe('compact', () => {
  test('one line a finding', () => {
    expect(compact(RESULT, createContext())).toMatchInlineSnapshot(`
      "api/support.ts:5:2: error secret-to-log: The environment variable \`OPENAI_API_KEY\` read at lib/env.ts:2 is written to the console by \`handle\`. [medium]
      lib/naïve client#1.ts:1:44: error hardcoded-secret: A live-looking OpenAI key (sk-p******************************************Ij) stands in the source. [high]
      "
    `);
  });

  test('nothing for nothing', () => {
    expect(compact(CLEAN, createContext())).toBe('');
  });
});

test('no report for people shows the key', () => {
  for (const reporter of [terminal, compact])
    expect(reporter(RESULT, createContext())).not.toContain(FAKE_KEY.slice(0, 10));
});

function stripColors(text: string): string {
  const start = `${String.fromCharCode(27)}\\[`;
  return text.replace(new RegExp(`${start}\\d+m`, 'g'), '');
}
