import { describe, expect, test } from 'vitest';
import { LineIndex } from '../../src/core/span.js';
import { frame } from '../../src/report/frame.js';
import { textWidth } from '../../src/report/width.js';

describe('frame', () => {
  test('shows a line of context on either side', () => {
    expect(show('one\ntwo three\nfour\nfive\n', 'three')).toEqual(['1 one', '2 two three', '      ^^^^^', '3 four']);
  });

  test('has no context outside of the file, and leaves out empty lines', () => {
    expect(show('call()', 'call')).toEqual(['1 call()', '  ^^^^']);
    expect(show('\ncall()\n\nnext()\n', 'call')).toEqual(['2 call()', '  ^^^^']);
  });

  test('underlines the first line of a span of several', () => {
    expect(show('log(\n  value,\n);', 'log(\n  value,\n)')).toEqual(['1 log(', '  ^^^^', '2   value,']);
  });

  test('underlines at least one cell', () => {
    expect(frame(new LineIndex('ab'), { start: 2, end: 2 }, 80)).toEqual([{ number: 1, code: 'ab', underline: '  ^' }]);
  });

  test('counts tabs, wide and combining characters in cells', () => {
    expect(show('\t"漢字", e\u0301, key', 'key')).toEqual(['1   "漢字", e\u0301, key', '               ^^^']);
  });

  test('escapes what would steer a terminal or hide code', () => {
    expect(show('a\u001b[2Jb\u202e key', 'key')).toEqual(['1 a\\u{1b}[2Jb\\u{202e} key', '                      ^^^']);
  });

  test('crops a long line around the span', () => {
    const line = `${'x'.repeat(300)} key ${'y'.repeat(300)}`;
    const [code, underline] = show(line, 'key', 30) as [string, string];
    expect(code).toBe('1 …xxxxxxxxxxx key yyyyyyyyyyyy…');
    expect(code.indexOf('key')).toBe(underline.indexOf('^^^'));
  });

  test('crops at the right only, when the span is in sight', () => {
    expect(show(`key ${'y'.repeat(300)}`, 'key', 20)).toEqual(['1 key yyyyyyyyyyyyyyy…', '  ^^^']);
  });

  test('shows the start of a span that is wider than the frame', () => {
    const [code, underline] = show(`${'x'.repeat(90)}${'k'.repeat(90)}`, 'k'.repeat(90), 40) as [string, string];
    expect(code).toBe(`1 …${'x'.repeat(9)}${'k'.repeat(29)}…`);
    expect(underline).toBe(`  ${' '.repeat(10)}${'^'.repeat(30)}`);
  });

  test('keeps the columns of wide characters at a cropped edge', () => {
    for (let before = 40; before < 44; before++) {
      const [code, underline] = show(`${'x'.repeat(before)}${'漢'.repeat(20)}key`, 'key', 20) as [string, string];
      expect(textWidth(code.slice(0, code.indexOf('key')))).toBe(underline.indexOf('^'));
    }
  });

  test('looks at the surroundings of the span only, in a line of a million characters', () => {
    const line = `${'漢'.repeat(500_000)}key${'漢'.repeat(500_000)}`;
    const lines = new LineIndex(line);
    const [shown] = frame(lines, { start: 500_000, end: 500_003 }, 20);
    expect(shown).toEqual({ number: 1, code: '… 漢漢漢key漢漢漢漢…', underline: '        ^^^' });
  });
});

/** Printed lines of a frame around the first occurrence of a part. */
function show(text: string, part: string, width = 80): string[] {
  const start = text.indexOf(part);
  return frame(new LineIndex(text), { start, end: start + part.length }, width).flatMap(
    ({ number, code, underline }) =>
      underline === undefined ? [`${number} ${code}`] : [`${number} ${code}`, `  ${underline}`],
  );
}
