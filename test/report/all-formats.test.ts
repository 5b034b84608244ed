import { describe, expect, test } from 'vitest';
import { FORMATS, type Format, loadReporter } from '../../src/report/reporters.js';
import { HOSTILE_RESULT } from './hostile.js';
import { CLEAN, createContext, FAKE_KEY, NOTHING_SCANNED, RESULT } from './sample.js';

describe.each(FORMATS)('%s', (format) => {
  test('shows no credential whole, nor more of it than a mask leaves', async () => {
    for (const result of [RESULT, HOSTILE_RESULT])
      expect(await print(format, result)).not.toContain(FAKE_KEY.slice(0, 10));
  });

  test('gives the same text every time, and does not depend on what is installed around it', async () => {
    expect(await print(format, RESULT)).toBe(await print(format, RESULT));
  });

  test('holds no control character but line breaks, and ends in one', async () => {
    for (const result of [RESULT, HOSTILE_RESULT, CLEAN, NOTHING_SCANNED]) {
      const text = await print(format, result);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(text).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(text).toMatch(/^$|\n$/);
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }
  });

  test('copes with files that are gone', async () => {
    const reporter = await loadReporter(format);
    expect(reporter(RESULT, createContext({ texts: () => undefined }))).not.toContain('undefined');
  });
});

async function print(format: Format, result: typeof RESULT): Promise<string> {
  return (await loadReporter(format))(result, createContext());
}
