import { expect, test } from 'vitest';
import { FAKE_KEY, NOTHING_SCANNED, RESULT } from '../report/sample.js';
import { makeFolder, spillcheck } from './harness.js';

test('spillcheck doctor tells what is seen, with the options of a scan', async () => {
  const cwd = makeFolder({ 'src/a.ts': '' });
  const { code, stdout, options } = await spillcheck(['doctor', 'src', '--profile', 'strict', '--exclude', 'x'], {
    cwd,
  });
  expect(code).toBe(0);
  expect(stdout).toContain('Configuration  none: the defaults hold\nBaseline       none\nCache          off\n');
  expect(stdout).toContain('Packages that are understood (1)\n  openai 4');
  expect(options).toMatchObject({ profile: 'strict', exclude: ['x'] });
});

test('it shows no credential, and says where the cache lies', async () => {
  const diagnostics = [{ kind: 'syntax-error' as const, message: `Unexpected '${FAKE_KEY}'`, file: 'a.ts' }];
  const cwd = makeFolder({ 'a.ts': '' });
  const cache = makeFolder({ 'a.files': 'x'.repeat(200_000) });
  const setting = { cwd, result: { ...RESULT, diagnostics } };
  const { stdout } = await spillcheck(['doctor', '--cache-dir', cache], setting);
  expect(stdout).not.toContain(FAKE_KEY.slice(0, 10));
  expect(stdout).toContain(`Cache          on, 0.2 MB in ${cache}\n`);
});

test('a folder in which nothing is scanned is no success', async () => {
  expect(await spillcheck(['doctor'], { result: NOTHING_SCANNED })).toMatchObject({ code: 2 });
});
