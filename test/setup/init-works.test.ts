import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeDemoProject } from '../docs/demo-project.js';

const LEAK = 'export function leak(prompt: string) {\n  console.log(process.env.OPENAI_API_KEY, prompt);\n}\n';

describe('what spillcheck init writes works', { timeout: 180_000 }, () => {
  test('the hook stops a leak, and lets pass what is none', () => {
    const { run, write } = begin();
    expect(run('spillcheck init --yes').status).toBe(0);
    expect(run('git add --all && git commit --quiet --message Set-up')).toMatchObject({ status: 0 });
    write('src/leak.ts', LEAK);
    expect(run('git add --all && git commit --quiet --message Leak')).toMatchObject({
      status: 1,
      // git prints what a hook prints as an error
      stderr: expect.stringContaining('secret-to-log'),
    });
    write('src/leak.ts', 'export const fine = 1;\n');
    expect(run('git add --all && git commit --quiet --message Fine')).toMatchObject({ status: 0 });
  });

  test('the configuration is valid, and so is everything in it that is commented out', () => {
    const { root, run, write } = begin();
    expect(run('spillcheck init --yes').status).toBe(0);
    expect(run('spillcheck --quiet')).toMatchObject({ status: 1, stderr: '' });
    const text = readFileSync(join(root, 'spillcheck.config.yaml'), 'utf8');
    const all = text.replace(/^# (?=[a-z]+:$| {2})/gm, '');
    expect(all.match(/^[a-z]\w*:/gim)).toEqual(['profile:', 'failOn:', 'exclude:', 'rules:', 'policies:']);
    write('spillcheck.config.yaml', all);
    // prompt-to-log is an error there
    expect(run('spillcheck --quiet --fail-on error')).toMatchObject({ status: 1, stderr: '' });
  });
});

function begin() {
  const { root, env } = makeDemoProject();
  rmSync(join(root, 'spillcheck.config.yaml'));
  return {
    root,
    run: (command: string) => spawnSync('bash', ['-c', command], { cwd: root, env, encoding: 'utf8' }),
    write: (path: string, text: string) => writeFileSync(join(root, path), text),
  };
}
