import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeFolder } from './harness.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const BINARY = join(ROOT, 'bin/spillcheck.js');

describe('bin/spillcheck.js', () => {
  test('is built before the tests run', () => {
    expect(existsSync(join(ROOT, 'dist/cli/main.js'))).toBe(true);
  });

  test('prints its version and exits with 0', () => {
    expect(execute(['--version'])).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  test('exits with 2 and one line for an unknown option and a missing path', () => {
    expect(execute(['--zzz'])).toEqual({
      status: 2,
      stdout: '',
      stderr: "spillcheck: unknown option '--zzz'; see spillcheck --help\n",
    });
    expect(execute(['nowhere'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'spillcheck: no such file or folder: nowhere\n',
    });
  });

  test('says so when nothing was scanned', () => {
    expect(execute([makeFolder()])).toMatchObject({
      status: 2,
      stdout: expect.stringMatching(/^No file was scanned, so this says nothing about the code\.\n/),
    });
  });

  test('ends in peace when nobody reads its output', async () => {
    const child = spawn(process.execPath, [BINARY, 'rules'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('says what to do when it is not built', () => {
    const folder = makeFolder({ 'package.json': '{ "type": "module" }' });
    cpSync(BINARY, join(folder, 'bin/spillcheck.js'));
    expect(execute(['--version'], join(folder, 'bin/spillcheck.js'))).toEqual({
      status: 2,
      stdout: '',
      stderr: 'spillcheck is not built: run "npm install" or "npm run build" in its folder first\n',
    });
  });
});

function execute(argv: readonly string[], binary = BINARY) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...argv], { encoding: 'utf8' });
  return { status, stdout, stderr };
}
