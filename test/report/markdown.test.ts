import { describe, expect, test } from 'vitest';
import { escapeMarkdown } from '../../src/report/escape-markdown.js';
import { createMarkdownReporter, markdown } from '../../src/report/markdown.js';
import { HOSTILE_RESULT } from './hostile.js';
import { CLEAN, createContext, HARDCODED, NOTHING_SCANNED, RESULT, SECRET_TO_LOG } from './sample.js';

const PROVENANCE = {
  repositoryUri: 'https://github.com/owner/name',
  revisionId: '0123456789012345678901234567890123456789',
};

describe('markdown', () => {
  test('a comment for a pull request', () => {
    expect(
      markdown({ ...RESULT, findings: [SECRET_TO_LOG] }, createContext({ provenance: PROVENANCE })),
    ).toMatchInlineSnapshot(`
      "<!-- spillcheck -->
      ### spillcheck: 1 error in 1 file

      **error** \`secret-to-log\` [\`api/support.ts:5\`](https://github.com/owner/name/blob/0123456789012345678901234567890123456789/api/support.ts#L5)<br>
      The environment variable \`OPENAI_API_KEY\` read at lib/env.ts:2 is written to the console by \`handle\`.

      <details><summary>Why, and what to do</summary>

      **How it gets there**

      1. \`lib/env.ts:2\` \`OPENAI_API_KEY\` read
      2. \`api/support.ts:4\` returned to \`handle\`
      3. \`api/support.ts:5\` passed to \`console.log\`

      **How sure** Medium: a call on the way has no model, and is taken to return something of what it is given.

      **What to do** Log that the key is there, not the key:

          console.log("key loaded", Boolean(key));

      </details>

      <sub>spillcheck 0.1.0: 3 files, 1,234 lines; 82.5 % of calls resolved.
      Not, or not fully, analysed: 1 syntax error, 1 unreadable file or folder, 1 import that leads nowhere and 12 bounds of the analysis reached.</sub>
      "
    `);
  });

  test('starts with its marker, whatever was found', () => {
    expect(
      [CLEAN, NOTHING_SCANNED, RESULT].map((result) => markdown(result, createContext()).split('\n').slice(0, 2)),
    ).toEqual([
      ['<!-- spillcheck -->', '### spillcheck: nothing found'],
      ['<!-- spillcheck -->', '### spillcheck: no file was scanned'],
      ['<!-- spillcheck -->', '### spillcheck: 2 errors in 2 files'],
    ]);
  });

  test('counts what was suppressed', () => {
    const overruled = { finding: HARDCODED, by: 'comment' as const, reason: 'a test key', place: 'a.ts:1' };
    const title = (result: typeof RESULT) => markdown(result, createContext()).split('\n')[1];
    expect(title({ ...CLEAN, suppressed: [overruled] })).toBe('### spillcheck: nothing found, 1 suppressed');
    expect(title({ ...RESULT, suppressed: [overruled] })).toBe('### spillcheck: 2 errors in 2 files, 1 suppressed');
  });

  test('stays within what GitHub takes as a comment, the gravest first, and counts the rest', () => {
    const findings = [...Array.from({ length: 500 }, () => SECRET_TO_LOG), HARDCODED];
    const text = markdown({ ...CLEAN, findings }, createContext());
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.length).toBeGreaterThan(60_000);
    const shown = text.match(/<details>/g)!.length;
    expect(text).toContain(`\nand ${501 - shown} more findings that did not fit here.\n`);
    expect(text.indexOf('hardcoded-secret')).toBeLessThan(text.indexOf('secret-to-log'));
    expect(text.match(/<\/details>/g)).toHaveLength(shown);
  });

  test('with no room at all it is still a verdict', () => {
    expect(createMarkdownReporter(100)(RESULT, createContext())).toContain(
      'and 2 more findings that did not fit here.',
    );
  });

  test('links lead to the scanned revision, percent-encoded', () => {
    expect(markdown({ ...CLEAN, findings: [HARDCODED] }, createContext({ provenance: PROVENANCE }))).toContain(
      `(https://github.com/owner/name/blob/${PROVENANCE.revisionId}/lib/na%C3%AFve%20client%231.ts#L1)`,
    );
    for (const repositoryUri of [
      'https://github.com/a)b',
      'https://example.com/owner/name',
      'https://notgithub.com/a/b',
    ]) {
      const text = markdown(RESULT, createContext({ provenance: { ...PROVENANCE, repositoryUri } }));
      expect(text).not.toContain('https://');
    }
    const own = { ...PROVENANCE, repositoryUri: 'https://gitlab.example.com/group/owner/name' };
    expect(markdown(RESULT, createContext({ provenance: own }))).toContain(
      'https://gitlab.example.com/group/owner/name/blob/',
    );
  });

  test('names from the code make no markup outside of code', () => {
    const outside = withoutCode(markdown(HOSTILE_RESULT, createContext({ provenance: PROVENANCE })));
    expect(outside).not.toMatch(/<(?!!-- -->|!-- spillcheck -->|\/?details>|\/?summary>|\/?sub>|br>)/);
    expect(outside).not.toMatch(/(?<!\\)!?\[[^\]]*(?<!\\)\]\(/);
    expect(outside).not.toMatch(/@\w|(?<!<sub)#\d|:\/\/|www\./);
  });
});

describe('escapeMarkdown', () => {
  test.each([
    ['sent by `handle`', 'sent by `handle`'],
    ['an `odd one', 'an \\`odd one'],
    ['`a` and `b` and `', '`a` and `b` and \\`'],
    ['<b> & *bold* _it_ [x](y) ![z](y)', '&lt;b\\> &amp; \\*bold\\* \\_it\\_ \\[x\\](y) \\!\\[z\\](y)'],
    ['@team #12 !3 ~label', '@<!-- -->team \\#<!-- -->12 \\!<!-- -->3 \\~<!-- -->label'],
    ['see https://a.example and www.b.example', 'see https:<!-- -->//a.example and www<!-- -->.b.example'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['two\nlines', 'two lines'],
  ])('%s', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});

/** What a reader of Markdown does not take literally: everything but code spans, indented code and links of ours. */
function withoutCode(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('    '))
    .join('\n')
    .replace(/(?<![`\\])(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, 'CODE')
    .replace(/\[CODE\]\(https:\/\/github\.com\/owner\/name\/blob\/[0-9a-f]{40}\/[\w%./~-]*(?:#L\d+)?\)/g, 'LINK');
}
