import { describe, expect, test } from 'vitest';
import type { Span } from '../../src/core/span.js';
import { findDirectives } from '../../src/suppress/find-directives.js';

const RULES = ['prompt-to-log', 'secret-to-log', 'hardcoded-secret', 'mcp-unpinned-server'];

/** What is found in a text: `comment line: first-last rules (reason) until day`, and faults as `line! message`. */
function find(path: string, lines: readonly string[], comments?: readonly Span[]): string[] {
  const { directives, faults } = findDirectives({ path, text: lines.join('\n'), comments }, RULES);
  return [
    ...directives.map(
      ({ line, first, last, rules, reason, until }) =>
        `${line}: ${first}-${last} ${rules.join(',')} (${reason})${until === undefined ? '' : ` until ${until}`}`,
    ),
    ...faults.map(({ line, message }) => `${line}! ${message}`),
  ];
}

const NEXT = 'spillcheck-ignore-next-line hardcoded-secret -- why';

describe('every syntax of comments', () => {
  test.each([
    ['x.unknown', `// ${NEXT}`],
    ['x.jsonc', `  // ${NEXT}`],
    ['x.java', `/* ${NEXT} */`],
    ['x.yaml', `    # ${NEXT}`],
    ['x.toml', `# ${NEXT}`],
    ['x.sh', `## ${NEXT}`],
    ['.env', `#${NEXT}`],
    ['Dockerfile', `# ${NEXT}`],
    ['x.ini', `; ${NEXT}`],
    ['x.sql', `-- ${NEXT}`],
    ['x.html', `<!-- ${NEXT} -->`],
    ['x.md', `<!-- ${NEXT} -->`],
    ['x.jsx', `  {/* ${NEXT} */}`],
    ['x.ipynb', `    "# ${NEXT}\\n",`],
  ])('%s: %s', (path, comment) => {
    expect(find(path, [comment, 'value'])).toEqual(['1: 2-2 hardcoded-secret (why)']);
  });

  test('text that is no comment is none', () => {
    expect(find('x.yaml', [`key: "${NEXT}"`, 'value'])).toEqual([]);
    expect(find('x.md', [`# ${NEXT}`, 'value'])).toEqual([]);
    expect(find('x.md', ['```ts', `// ${NEXT}`, '```', '~~~html', `<!-- ${NEXT} -->`, '~~~'])).toEqual([]);
  });

  test('in code that was parsed, the parser says what a comment is', () => {
    const lines = ['const text = `', `// ${NEXT}`, '`;', `// ${NEXT}`, 'const a = 1;'];
    const start = lines.slice(0, 3).join('\n').length + 1;
    expect(find('x.ts', lines, [{ start, end: start + lines[3]!.length }])).toEqual(['4: 5-5 hardcoded-secret (why)']);
    expect(find('x.vue', [`<!-- ${NEXT} -->`, '<script>'], [])).toEqual(['1: 2-2 hardcoded-secret (why)']);
  });

  test('a comment behind code is told', () => {
    const text = `f(); // ${NEXT}`;
    expect(find('x.ts', [text, 'g();'], [{ start: 5, end: text.length }])).toEqual([
      '1! spillcheck-ignore stands behind code: put it on a line of its own',
    ]);
  });
});

describe('what is covered', () => {
  test('the next line that says anything', () => {
    expect(find('x.sh', [`# ${NEXT}`, '', `# spillcheck-ignore-next-line secret-to-log -- too`, 'value'])).toEqual([
      '1: 4-4 hardcoded-secret (why)',
      '3: 4-4 secret-to-log (too)',
    ]);
    expect(find('x.sh', [`# ${NEXT}`])).toEqual(['1: 2-2 hardcoded-secret (why)']);
  });

  test('a file, from anywhere in it', () => {
    expect(find('x.sh', ['a', '# spillcheck-ignore-file hardcoded-secret, secret-to-log -- samples', 'b'])).toEqual([
      '2: 1-3 hardcoded-secret,secret-to-log (samples)',
    ]);
  });

  test('blocks, one in another', () => {
    const start = (rule: string) => `# spillcheck-ignore-start ${rule} -- ${rule[0]}`;
    expect(
      find('x.sh', [
        start('hardcoded-secret'),
        start('secret-to-log'),
        'a',
        '# spillcheck-ignore-end hardcoded-secret',
        'b',
        '# spillcheck-ignore-end',
      ]),
    ).toEqual(['1: 1-4 hardcoded-secret (h)', '2: 2-6 secret-to-log (s)']);
  });

  test('a block without its other end', () => {
    expect(find('x.sh', ['# spillcheck-ignore-end', '# spillcheck-ignore-start hardcoded-secret -- a'])).toEqual([
      '1! spillcheck-ignore-end has no spillcheck-ignore-start before it',
      '2! spillcheck-ignore-start is ended by no spillcheck-ignore-end, so it suppresses nothing',
    ]);
  });
});

describe('what a comment says', () => {
  test.each([
    ['hardcoded-secret secret-to-log -- why', '1: 2-2 hardcoded-secret,secret-to-log (why)'],
    ['hardcoded-secret,secret-to-log -- a -- b', '1: 2-2 hardcoded-secret,secret-to-log (a -- b)'],
    ['hardcoded-secret — why', '1: 2-2 hardcoded-secret (why)'],
    ['hardcoded-secret until 2027-01-31 -- why', '1: 2-2 hardcoded-secret (why) until 2027-01-31'],
    ['hardcoded-secret -- why, until 2027-01-31', '1: 2-2 hardcoded-secret (why, until 2027-01-31) until 2027-01-31'],
    ['hardcoded-secret -- why (until 2028-02-29)', '1: 2-2 hardcoded-secret (why (until 2028-02-29)) until 2028-02-29'],
    [
      'hardcoded-secret -- not before the migration, so until then',
      '1: 2-2 hardcoded-secret (not before the migration, so until then)',
    ],
  ])('%s', (text, found) => {
    expect(find('x.sh', [`# spillcheck-ignore-next-line ${text}`, 'a'])).toEqual([found]);
  });

  test.each([
    [
      '-next-line hardcoded-secret',
      'spillcheck-ignore-next-line gives no reason: write -- and the reason behind the rules',
    ],
    [
      '-next-line hardcoded-secret --',
      'spillcheck-ignore-next-line gives no reason: write -- and the reason behind the rules',
    ],
    [
      '-next-line hardcoded-secret -- until 2027-01-31',
      'spillcheck-ignore-next-line gives no reason: write -- and the reason behind the rules',
    ],
    ['-next-line -- why', 'spillcheck-ignore-next-line names no rule: write the rules behind it'],
    ['-next-line', 'spillcheck-ignore-next-line names no rule: write the rules behind it'],
    ['-next-line hardcoded-secrets -- why', "there is no rule 'hardcoded-secrets', did you mean hardcoded-secret?"],
    ['-next-line hardcoded-secret it is a sample', "there is no rule 'it'; a reason stands behind --"],
    ['-next-line hardcoded-secret until 2027-02-29 -- why', "'until 2027-02-29' is no day such as 2027-01-31"],
    ['-next-line hardcoded-secret -- why, until 31.01.2027', "'until 31.01.2027' is no day such as 2027-01-31"],
    [
      '-nextline hardcoded-secret -- why',
      'there is no spillcheck-ignore-nextline, did you mean spillcheck-ignore-next-line?',
    ],
    [' hardcoded-secret -- why', 'there is no spillcheck-ignore, did you mean spillcheck-ignore-next-line?'],
    ['-line hardcoded-secret -- why', 'there is no spillcheck-ignore-line, did you mean spillcheck-ignore-next-line?'],
  ])('spillcheck-ignore%s', (text, message) => {
    expect(find('x.sh', [`# spillcheck-ignore${text}`, 'a'])).toEqual([`1! ${message}`]);
  });
});
