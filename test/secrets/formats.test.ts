import { describe, expect, test } from 'vitest';
import { scanText } from '../../src/secrets/scan-text.js';
import { expand } from './support/expand.js';
import { formats } from './support/formats.js';

/** What a scan of the program's own settings reports in the default profile. */
function reported(text: string): string[] {
  return scanText('src/settings.ts', text, formats)
    .filter((hit) => hit.profile === 'recommended')
    .map((hit) => hit.formatId);
}

/** Bare credentials stand alone in a literal; texts with a name around them are code as they are. */
function asCode(text: string): string {
  return /["'\s=]|:\/\//.test(text)
    ? text.replace(/^([A-Z][A-Z0-9_]*)=(?!["'])(.*)$/, '$1="$2"')
    : `connect("${text}");`;
}

describe.each(formats.formats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  test('is public, or has examples', () => {
    expect(format.power === 'public' || format.examples.length > 0).toBe(true);
    expect(format.counterExamples).not.toHaveLength(0);
  });

  test.each(format.examples)('finds %s', (template) => {
    expect(reported(asCode(expand(template)))).toEqual([id]);
  });

  test.each(format.counterExamples)('leaves %s alone', (template) => {
    expect(reported(asCode(expand(template)))).not.toContain(id);
  });
});
