import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadDocumentedRules } from '../src/cli/load-rules.js';
import { FORMATS } from '../src/report/reporters.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

// what stands in tables and is executed is held by test/docs
describe('README', () => {
  test('the two command lines for a checkout scan the example and run the tests', () => {
    expect(README).toContain(
      '```sh\nnpm ci && node bin/spillcheck.js fixtures/projects/support-desk\nnpm ci && npm test\n```',
    );
    expect(existsSync(join(ROOT, 'fixtures/projects/support-desk/package.json'))).toBe(true);
  });

  test('counts what there is', async () => {
    expect(README).toContain(`**${(await loadDocumentedRules()).length} rules**`);
    expect(FORMATS).toHaveLength(10);
    expect(README).toContain('[ten formats]');
  });

  test('fits one screen and a table of contents', () => {
    expect(README.split('\n').length).toBeLessThan(70);
  });
});
