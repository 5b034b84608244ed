import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstScan } from '../../scripts/first-scan.mjs';
import { knownLimits } from '../../scripts/known-limits.mjs';
import { rulesIndex } from '../../scripts/rules-index.mjs';
import { plainText, terminalPicture } from '../../scripts/terminal-picture.mjs';
import { loadDocumentedRules } from '../../src/cli/load-rules.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { readXml } from '../report/read-xml.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('what scripts/write-docs.mjs writes is current', { timeout: 180_000 }, () => {
  test('docs/rules.md', async () => {
    const hasPage = (id: string) => existsSync(join(ROOT, 'rules/docs', `${id}.md`));
    const rules = await loadDocumentedRules();
    expect(read('docs/rules.md')).toBe(rulesIndex(rules, hasPage));
    for (const { id } of rules) expect(read('docs/rules.md')).toContain(`\`${id}\``);
  });

  test('the list in docs/known-limits.md', () => {
    expect(read('docs/known-limits.md')).toContain(`\n${knownLimits(join(ROOT, 'fixtures/flows'))}\n`);
  });

  test('docs/images/first-scan.svg shows what a scan prints, but for the seconds', () => {
    const { lines, report } = firstScan(ROOT);
    expect(report.length).toBeGreaterThan(lines.length);
    const withoutSeconds = (line: string) => line.replace(/ in \d+\.\d s\.$/, ' in … s.');
    expect(textOf(read('docs/images/first-scan.svg')).map(withoutSeconds)).toEqual(
      lines.map(plainText).map(withoutSeconds),
    );
  });
});

test('docs/known-limits.md names the bounds that there are', () => {
  const { pathDepth, factsPerValue, targetsPerCall, fileBytes } = DEFAULT_LIMITS;
  const page = read('docs/known-limits.md').replaceAll('\n', ' ');
  expect(page).toContain(
    `An access path has at most ${pathDepth} segments, a value at most ${factsPerValue} facts, a call at most ${targetsPerCall} targets,`,
  );
  expect(page).toContain(`files above ${fileBytes / 2 ** 20} MB`);
});

describe('terminalPicture', () => {
  test('draws colours and emphasis, and what it shows is text', () => {
    const picture = terminalPicture(
      ['\u001b[1m\u001b[31merror\u001b[39m\u001b[22m <a & b>', '\u001b[2mfaint\u001b[22m'],
      't',
    );
    expect(textOf(picture)).toEqual(['error <a & b>', 'faint']);
    expect(picture).toContain(
      '<tspan fill="#ff7b72" font-weight="bold">error</tspan><tspan> &lt;a &amp; b&gt;</tspan>',
    );
    expect(picture).toContain('<tspan fill-opacity="0.6">faint</tspan>');
  });

  test('does not guess what it does not know', () => {
    expect(() => terminalPicture(['\u001b[5mblink'], 't')).toThrow('unknown escape sequence 5');
  });
});

/** The lines of text of a picture, read as XML. */
function textOf(picture: string): string[] {
  const rows = picture.match(/^<text .*<\/text>$/gm) ?? [];
  return rows.map((row) =>
    [...row.matchAll(/<tspan[^>]*>(.*?)<\/tspan>/g)].map(([, text]) => readXml(`<t>${text}</t>`).text).join(''),
  );
}
