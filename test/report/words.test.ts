import { expect, test } from 'vitest';
import type { Confidence, Step } from '../../src/core/finding.js';
import { printable } from '../../src/report/printable.js';
import { textWidth } from '../../src/report/width.js';
import { count, enumerate, explainConfidence } from '../../src/report/words.js';
import { wrap } from '../../src/report/wrap.js';
import { SECRET_TO_LOG } from './sample.js';

test('count', () => {
  expect([0, 1, 2, 999, 1_000, 1_234_567].map((number) => count(number, 'file', 'files'))).toEqual([
    '0 files',
    '1 file',
    '2 files',
    '999 files',
    '1,000 files',
    '1,234,567 files',
  ]);
});

test('enumerate', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(enumerate)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});

test('explainConfidence names every feature', () => {
  expect(explainConfidence({ confidence: 'low', features: ['name-guess', 'shared-state'], steps: [] })).toBe(
    'Low: the data was recognised by its name alone; the data passes through state that several functions share.',
  );
});

test('explainConfidence says what stands behind a finding without features', () => {
  const [step] = SECRET_TO_LOG.steps;
  const explain = (confidence: Confidence, steps: readonly Step[]) =>
    explainConfidence({ confidence, features: [], steps });
  expect([explain('high', [step!]), explain('medium', [step!]), explain('high', []), explain('low', [])]).toEqual([
    'High: every step was followed in the code.',
    'Medium: every step was followed in the code, but what the data is, or who receives it, is a guess.',
    'High: it stands in the file as shown.',
    'Low: it looks like it, and could be something harmless.',
  ]);
});

test('wrap breaks at blanks, keeps long words and line breaks', () => {
  expect(wrap('aaa bbb cccccccccc d\ne', 7)).toEqual(['aaa bbb', 'cccccccccc', 'd', 'e']);
});

test('textWidth counts cells', () => {
  expect(['abc', 'é', 'e\u0301', '漢字', 'ｱ', '👍🏽', 'a\u200bb'].map(textWidth)).toEqual([3, 1, 1, 4, 1, 4, 2]);
});

test('printable escapes controls, direction marks and lone surrogates', () => {
  expect(printable('a\tb\r\nc\u009b\u2066\ud800é👍')).toBe('a b c\\u{9b}\\u{2066}\\u{d800}é👍');
});
