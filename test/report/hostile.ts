import type { Finding, ScanResult } from '../../src/core/finding.js';
import { CLEAN, FAKE_KEY, SECRET_TO_LOG } from './sample.js';

/** A file name that tries to end the line, the field, the tag and the command that it stands in. */
export const HOSTILE_FILE = 'src/a,b:c"d<e>&f|g](h)`i%0A\n::error::@team #12/\u001b[31m\u202e.ts';

/** What code can smuggle into a message through names: markup, mentions, commands, escape sequences, halves of characters. */
export const HOSTILE_TEXT = [
  `The key ${FAKE_KEY} read in \`a\u0060b|c\` (<img src=x onerror=alert(1)>) goes to @octocat, #123 and [x](https://evil.example/?q=1)`,
  '::error file=x::injected\r\n![p](https://evil.example/p.png)\t\u001b[2J\u0000\ud800 ]]> & www.evil.example =cmd()',
].join('\n');

export const HOSTILE: Finding = {
  ...SECRET_TO_LOG,
  location: { file: HOSTILE_FILE, start: 0, end: 3 },
  message: HOSTILE_TEXT,
  advice: `=HYPERLINK("https://evil.example")\n  ${HOSTILE_TEXT}`,
  data: { kind: 'secret.env', element: `=${FAKE_KEY}` },
  recipient: { kind: 'log.console', name: '@SUM(A1)' },
  steps: [{ location: { file: HOSTILE_FILE, start: 0, end: 3 }, message: HOSTILE_TEXT, nesting: 0, function: 'f' }],
};

export const HOSTILE_RESULT: ScanResult = {
  ...CLEAN,
  findings: [HOSTILE],
  diagnostics: [{ kind: 'syntax-error', message: HOSTILE_TEXT, file: HOSTILE_FILE, line: 1, column: 1 }],
};
