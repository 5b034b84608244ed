import { describe, expect, test } from 'vitest';
import { csv } from '../../src/report/csv.js';
import { HOSTILE_RESULT } from './hostile.js';
import { CLEAN, createContext, RESULT } from './sample.js';

const HEAD =
  'rule,level,confidence,file,line,column,end line,end column,message,advice,data kind,data,recipient kind,recipient,cwe,owasp,fingerprint\r\n';

describe('csv', () => {
  test('a record a finding, under a head line', () => {
    const [head, row] = readRecords(csv(RESULT, createContext()));
    expect(Object.fromEntries(head!.map((name, index) => [name, row![index]]))).toEqual({
      rule: 'secret-to-log',
      level: 'error',
      confidence: 'medium',
      file: 'api/support.ts',
      line: '5',
      column: '2',
      'end line': '5',
      'end column': '35',
      message: 'The environment variable `OPENAI_API_KEY` read at lib/env.ts:2 is written to the console by `handle`.',
      advice: 'Log that the key is there, not the key: console.log("key loaded", Boolean(key));',
      'data kind': 'secret.env',
      data: 'OPENAI_API_KEY',
      'recipient kind': 'log.console',
      recipient: 'console',
      cwe: 'CWE-532',
      owasp: 'LLM02:2025',
      fingerprint: '0123456789abcdef0123456789abcdef',
    });
  });

  test('as many fields in every record, whatever stands in names, and no formula', () => {
    const records = readRecords(csv(HOSTILE_RESULT, createContext()));
    expect(records.map((record) => record.length)).toEqual([17, 17]);
    expect(records.flat().filter((field) => /^[=+\-@\t]/.test(field))).toEqual([]);
    expect(records[1]).toContain("'@SUM(A1)");
  });

  test('the head line alone when nothing was found', () => {
    expect(csv(CLEAN, createContext())).toBe(HEAD);
  });
});

/** Reads CSV by the grammar of RFC 4180, and fails where the text is not of it. */
function readRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length; ) {
    const [whole, quoted, plain, end] = /("(?:[^"]|"")*")?([^",\r\n]*)(,|\r\n)/y.exec(text.slice(at)) ?? [];
    if (whole === undefined || (quoted !== undefined && plain !== '')) throw new Error(`no CSV at ${at}`);
    record.push(quoted === undefined ? plain! : quoted.slice(1, -1).replaceAll('""', '"'));
    if (end === '\r\n') {
      records.push(record);
      record = [];
    }
    at += whole.length;
  }
  return records;
}
