import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PINNED_ACTIONS } from '../../src/setup/pinned-actions.js';
import { makeFolder } from '../cli/harness.js';
import { validateSarif } from '../report/validate-sarif.js';
import { type Job, runAction } from './runner.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const LEAK = `import OpenAI from 'openai';
const client = new OpenAI();
export async function answer(question: string) {
  const messages = [{ role: 'user' as const, content: question }];
  console.log(messages);
  return client.chat.completions.create({ model: 'm', messages });
}
`;

describe('action.yml', { timeout: 180_000 }, () => {
  test('a leak fails the job, after annotations, summary, SARIF file and upload', () => {
    const { steps, outputs, summary, log, failed, workspace } = run({ 'src/answer.ts': LEAK });
    expect(steps.map(({ name, code, uses }) => [name, code ?? uses])).toEqual([
      ['Restore what was parsed before', 'actions/cache'],
      ['Install', 0],
      ['Scan', 0],
      ['Show in code scanning', 'github/codeql-action/upload-sarif'],
      ['Tell the outcome', 1],
    ]);
    expect(failed).toBe(true);
    expect(outputs).toEqual({ 'exit-code': '1', findings: '1', 'sarif-file': 'spillcheck.sarif' });
    expect(log.split('\n').filter((line) => line.startsWith('::warning '))).toEqual([
      expect.stringMatching(/^::warning file=src\/answer\.ts,line=5,endLine=5,.*title=spillcheck%3A prompt-to-log::/),
    ]);
    expect(summary).toMatch(/^<!-- spillcheck -->\n### spillcheck: 1 warning in 1 file\n/);
    const sarif = readFileSync(join(workspace, 'spillcheck.sarif'), 'utf8');
    expect((JSON.parse(sarif) as Log).runs[0]!.results!.map(({ ruleId }) => ruleId)).toEqual(['prompt-to-log']);
    expect(validateSarif({ action: sarif })).toEqual([]);
    expect(steps[3]!.with).toEqual({ sarif_file: 'spillcheck.sarif', category: '' });
  });

  test('nothing found passes, and says so', () => {
    const { outputs, summary, failed } = run({ 'src/fine.ts': 'export const fine = 1;\n' });
    expect([failed, outputs]).toEqual([false, { 'exit-code': '0', findings: '0', 'sarif-file': 'spillcheck.sarif' }]);
    expect(summary).toContain('### spillcheck: nothing found');
  });

  test('what does not fail is reported all the same', () => {
    const { outputs, failed } = run({ 'src/answer.ts': LEAK }, { 'fail-on': 'error' });
    expect([failed, outputs.findings, outputs['exit-code']]).toEqual([false, '1', '0']);
  });

  test('a request that cannot be carried out fails with its own code, and is not uploaded', () => {
    const { steps, outputs, failed, log } = run({ 'src/answer.ts': LEAK }, { paths: 'nowhere' });
    expect([failed, outputs['exit-code'], outputs['sarif-file']]).toEqual([true, '2', '']);
    expect(steps.map(({ name }) => name)).not.toContain('Show in code scanning');
    expect(log).toContain('no such file or folder: nowhere');
  });

  test('a pull request from a fork is scanned, and nothing is uploaded', () => {
    const { steps, summary } = run({ 'src/answer.ts': LEAK }, {}, true);
    expect(steps.map(({ name }) => name)).not.toContain('Show in code scanning');
    expect(summary).toContain('1 warning');
    expect(run({ 'src/answer.ts': LEAK }, {}, false).steps.map(({ name }) => name)).toContain('Show in code scanning');
  });

  test('annotations, summary, cache and upload can be switched off', () => {
    const off = { annotations: 'false', summary: 'false', cache: 'false', upload: 'false' };
    const { steps, summary, log } = run({ 'src/answer.ts': LEAK }, off);
    expect(steps.map(({ name }) => name)).toEqual(['Install', 'Scan', 'Tell the outcome']);
    expect([summary, log.includes('::warning')]).toEqual(['', false]);
  });

  test('inputs are arguments, never code', () => {
    const { log, workspace } = run(
      { 'src/answer.ts': LEAK, 'a b/$(touch x)/answer.ts': LEAK },
      { paths: 'a b/$(touch x)\n', 'sarif-file': 'out; touch y.sarif', arguments: '--rule\nprompt-to-log' },
    );
    expect(log).toContain('a b/$(touch x)/answer.ts:5:');
    expect(log).not.toContain('src/answer.ts:5:');
    expect(readdirSync(workspace).sort()).toEqual(['.git', 'a b', 'out; touch y.sarif', 'src']);
  });

  test('what is scanned gives the runner no commands', () => {
    const { log } = run({ '::error::injected.ts': LEAK });
    const lines = log.split('\n');
    const [start, end] = [lines.findIndex((line) => line.startsWith('::stop-commands::')), -1];
    const token = lines[start]!.slice('::stop-commands::'.length);
    const stop = lines.indexOf(`::${token}::`, start);
    expect([start >= 0, stop > start, end]).toEqual([true, true, -1]);
    const obeyed = [...lines.slice(0, start), ...lines.slice(stop + 1)].filter((line) => line.startsWith('::'));
    expect(obeyed).toEqual([expect.stringMatching(/^::warning file=%3A%3Aerror%3A%3Ainjected\.ts,/)]);
  });

  test('installs this version by default, and only what its input names', () => {
    const { inputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
    expect(inputs.package.default).toBe(`spillcheck@${version}`);
    const { steps, log } = run({ 'a.ts': '' }, { package: '--global' });
    expect(steps.find(({ name }) => name === 'Install')!.code).toBe(2);
    expect(log).toContain('the input package names no package');
  });
});

describe('workflows and the action', () => {
  const files = ['action.yml', ...readdirSync(join(ROOT, 'examples/github')).map((name) => `examples/github/${name}`)];

  test.each(files)('%s: other actions are pinned to the commits that are known', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const used = [...text.matchAll(/uses: (\S+@.*)/g)].map(([, action]) => action!.trim());
    const known: readonly string[] = [...Object.values(PINNED_ACTIONS), OWN_ACTION];
    expect(used.filter((action) => !known.includes(action))).toEqual([]);
  });

  test.each(files.slice(1))(
    '%s: a job has no permission but what it says, and no text of others in its commands',
    (file) => {
      const workflow = parse(readFileSync(join(ROOT, file), 'utf8'));
      expect([{}, { contents: 'read' }]).toContainEqual(workflow.permissions);
      const steps = Object.values<{ steps: { run?: string }[] }>(workflow.jobs).flatMap((job) => job.steps);
      expect(steps.filter(({ run: command }) => command?.includes('${{'))).toEqual([]);
    },
  );

  test('the workflow that may write to pull requests checks out nothing', () => {
    const text = readFileSync(join(ROOT, 'examples/github/fork-comment.yml'), 'utf8');
    expect(text).not.toContain('actions/checkout');
    expect(Object.keys(parse(text).on)).toEqual(['workflow_run']);
  });

  test('examples run the version that they came with', () => {
    const examples = [...files.slice(1), 'examples/gitlab/.gitlab-ci.yml', 'examples/azure/azure-pipelines.yml'];
    for (const file of examples) {
      const versions = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/spillcheck@(\d+\.\d+\.\d+)/g)];
      expect(versions.filter(([, used]) => used !== version)).toEqual([]);
    }
  });
});

const OWN_ACTION = 'OWNER/spillcheck@COMMIT # where this action is published, at a commit of it';

/** Runs the action over a checkout; npm is a stand-in that installs the built program of this repository. */
function run(files: Readonly<Record<string, string>>, inputs: Job['inputs'] = {}, fork?: boolean) {
  const workspace = makeFolder(files);
  execFileSync('git', ['init', '--quiet', workspace]);
  const programs = makeFolder();
  const npm = join(programs, 'npm');
  writeFileSync(
    npm,
    `#!/bin/bash\nset -e\n[ "$1 $2" = "install --prefix" ]\nmkdir -p "$3/node_modules/.bin"\nln -sf "${join(ROOT, 'bin/spillcheck.js')}" "$3/node_modules/.bin/spillcheck"\n`,
  );
  chmodSync(npm, 0o755);
  expect(existsSync(join(ROOT, 'dist/cli/main.js'))).toBe(true);
  const job: Job = { workspace, temp: join(makeFolder(), 'temp'), action: ROOT, inputs, programs };
  return { ...runAction(fork === undefined ? job : { ...job, fork }), workspace };
}
