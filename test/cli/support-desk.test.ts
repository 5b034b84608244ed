import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { expect, test } from 'vitest';
import { validateSarif } from '../report/validate-sarif.js';
import { makeFolder } from './harness.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const BINARY = join(ROOT, 'bin/spillcheck.js');
const PROJECT = join(ROOT, 'fixtures/projects/support-desk');

test('the command line of the README for a checkout prints findings and exits with 1', () => {
  const { status, stdout, stderr } = execute(['fixtures/projects/support-desk'], ROOT);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(/^Found \d+ errors? and \d+ warnings? in \d+ files\.\nScanned \d+ files, /m);
});

test('one worker or two, from here or there: the same bytes, and a SARIF file without a fault', () => {
  const folder = makeFolder();
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const outputs = (name: string) =>
    ['sarif', 'json'].flatMap((format) => ['--output', `${format}=${join(folder, name)}.${format}`]);
  const options = ['--profile', 'strict', '--quiet', '--fail-on', 'never'];
  expect(execute(['.', '--jobs', '1', ...options, ...outputs('one')], PROJECT).status).toBe(0);
  expect(execute([relative(tmpdir(), PROJECT), '--jobs', '2', ...options, ...outputs('two')], tmpdir()).status).toBe(0);
  expect(read('two.sarif') === read('one.sarif')).toBe(true);
  expect(read('two.json') === read('one.json')).toBe(true);
  expect(read('one.sarif')).not.toContain(ROOT);
  expect((JSON.parse(read('one.sarif')) as Log).runs[0]!.results!.length).toBeGreaterThan(5);
  expect(validateSarif({ 'support-desk': read('one.sarif') })).toEqual([]);
});

function execute(argv: readonly string[], cwd: string) {
  return spawnSync(process.execPath, [BINARY, ...argv], { cwd, encoding: 'utf8' });
}
