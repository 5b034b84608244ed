import { describe, expect, test } from 'vitest';
import { github } from '../../src/report/github.js';
import { HOSTILE_FILE, HOSTILE_RESULT } from './hostile.js';
import { CLEAN, createContext, HARDCODED, RESULT, SECRET_TO_LOG } from './sample.js';

describe('github', () => {
  test('a finding as a workflow command', () => {
    expect(github({ ...RESULT, findings: [SECRET_TO_LOG] }, createContext())).toBe(
      '::error file=api/support.ts,line=5,endLine=5,col=2,endColumn=35,title=spillcheck%3A secret-to-log::' +
        'The environment variable `OPENAI_API_KEY` read at lib/env.ts:2 is written to the console by `handle`.%0A' +
        '1. lib/env.ts:2  `OPENAI_API_KEY` read%0A2. api/support.ts:4  returned to `handle`%0A' +
        '3. api/support.ts:5  passed to `console.log`%0A%0A' +
        'Log that the key is there, not the key:%0Aconsole.log("key loaded", Boolean(key));\n',
    );
  });

  test('the runner reads what was written, whatever stands in names', () => {
    const commands = github(HOSTILE_RESULT, createContext()).trimEnd().split('\n').map(readCommand);
    expect(commands).toEqual([
      {
        command: 'error',
        properties: {
          // the escape sequence and the override of direction are shown, not obeyed
          file: HOSTILE_FILE.replace('\u001b', '\\u{1b}').replace('\u202e', '\\u{202e}'),
          title: 'spillcheck: secret-to-log',
        },
        message: expect.stringContaining('::error file=x::injected\n![p](https://evil.example/p.png)'),
      },
    ]);
  });

  test('columns are given only for a finding on one line', () => {
    const location = { file: 'api/support.ts', start: 0, end: 60 };
    const [command] = github({ ...CLEAN, findings: [{ ...SECRET_TO_LOG, location }] }, createContext()).split('\n');
    expect(readCommand(command!).properties).toEqual({
      file: 'api/support.ts',
      line: '1',
      endLine: '3',
      title: 'spillcheck: secret-to-log',
    });
  });

  test('the gravest come first, and what GitHub hides is counted', () => {
    const note = { ...SECRET_TO_LOG, level: 'note' as const };
    const findings = [note, SECRET_TO_LOG, { ...SECRET_TO_LOG, level: 'warning' as const }, HARDCODED];
    const commands = (result: typeof RESULT) => github(result, createContext()).trimEnd().split('\n');
    expect(
      commands({ ...CLEAN, findings })
        .map(readCommand)
        .map(({ command, properties }) => [command, properties.title]),
    ).toEqual([
      ['error', 'spillcheck: hardcoded-secret'],
      ['error', 'spillcheck: secret-to-log'],
      ['warning', 'spillcheck: secret-to-log'],
      ['notice', 'spillcheck: secret-to-log'],
    ]);
    const many = commands({ ...CLEAN, findings: [...Array.from({ length: 13 }, () => note), HARDCODED] });
    expect(many.at(-1)).toBe('spillcheck: 14 findings; GitHub shows 10 annotations of a kind, 3 are only here.');
  });

  test('nothing found prints nothing', () => {
    expect(github(CLEAN, createContext())).toBe('');
  });
});

interface Command {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads a line as the runner does (`ActionCommand.TryParseV2` of actions/runner): split first, unescape after. */
function readCommand(line: string): Command {
  expect(line.startsWith('::')).toBe(true);
  const end = line.indexOf('::', 2);
  const head = line.slice(2, end);
  const blank = head.indexOf(' ');
  const pairs = head.slice(blank + 1).split(',');
  const properties = pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, unescapeProperty(value.join('='))];
  });
  return {
    command: head.slice(0, blank),
    properties: Object.fromEntries(properties),
    message: unescapeData(line.slice(end + 2)),
  };
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  const once = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',');
  return once.replaceAll('%25', '%');
}
