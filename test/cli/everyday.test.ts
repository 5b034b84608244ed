import { describe, expect, test } from 'vitest';
import { GitRepository } from './git-repository.js';

const ASK = `import OpenAI from 'openai';

const client = new OpenAI();

export async function ask(question: string) {
  const answer = await client.chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: question }],
  });
  return answer.choices[0].message.content;
}
`;
const START = `import { ask } from './ask.js';

export async function start(question: string) {
  return ask(question);
}
`;
const LEAK = '  console.log(process.env.OPENAI_API_KEY);\n';
const FILES = {
  'package.json': '{ "name": "shop", "dependencies": { "openai": "^4.0.0" } }\n',
  'src/ask.ts': ASK,
  'src/start.ts': START,
};
const CLEAN = { code: 0, findings: [], suppressed: [], upkeep: [] };

/** A repository without findings into which a credential has just been leaked, on line 4 of src/start.ts. */
async function leakyRepository(): Promise<GitRepository> {
  const repository = new GitRepository(FILES);
  expect(await repository.scan()).toEqual(CLEAN);
  repository.edit('src/start.ts', '  return', `${LEAK}  return`);
  return repository;
}

describe('a leak, from its introduction to its end', () => {
  test('it fails the run and is all that is named, in the branch and in the pull request', async () => {
    const repository = await leakyRepository();
    const named = { ...CLEAN, code: 1, findings: ['src/start.ts:4 secret-to-log'] };
    expect(await repository.scan()).toEqual(named);
    expect(await repository.scan(['--since', 'HEAD'])).toEqual(named);
  });

  test('a suppression without a reason is refused, one with a reason counts', async () => {
    const repository = await leakyRepository();
    repository.edit('src/start.ts', LEAK, `  // spillcheck-ignore-next-line secret-to-log\n${LEAK}`);
    expect(await repository.scan()).toEqual({
      code: 1,
      findings: ['src/start.ts:5 secret-to-log'],
      suppressed: [],
      upkeep: ['src/start.ts:4 spillcheck-ignore-next-line gives no reason: write -- and the reason behind the rules'],
    });
    repository.edit(
      'src/start.ts',
      'secret-to-log\n',
      'secret-to-log -- a tool for developers, on their own machines\n',
    );
    expect(await repository.scan()).toEqual({ ...CLEAN, suppressed: ['src/start.ts:5 secret-to-log comment'] });
    const { stdout } = await repository.run(['--no-cache']);
    expect(stdout).toContain('Nothing found.\nSuppressed 1 finding: 1 by comments.\n');
  });

  test('a baseline holds through edits above, a renamed function and a moved file', async () => {
    const repository = await leakyRepository();
    expect(await repository.run(['baseline', '--no-cache'])).toMatchObject({
      code: 0,
      stdout: '.spillcheck/baseline.json holds 1 finding (1 added).\n',
      stderr: '',
    });
    const baselined = (line: number, file = 'src/start.ts') => ({
      ...CLEAN,
      suppressed: [`${file}:${line} secret-to-log baseline`],
    });
    expect(await repository.scan()).toEqual(baselined(4));
    repository.edit('src/start.ts', 'export', '// Where everything\n// begins.\n\nexport');
    expect(await repository.scan()).toEqual(baselined(7));
    repository.edit('src/start.ts', 'function start', 'function begin');
    expect(await repository.scan()).toEqual(baselined(7));
    repository.move('src/start.ts', 'src/app/begin.ts');
    repository.edit('src/app/begin.ts', './ask.js', '../ask.js');
    expect(await repository.scan()).toEqual(baselined(7, 'src/app/begin.ts'));
  });

  test('once mended its entry is stale, and --prune takes it out', async () => {
    const repository = await leakyRepository();
    await repository.run(['baseline', '--no-cache']);
    repository.edit('src/start.ts', LEAK, '');
    const stale =
      /^src\/start\.ts `secret-to-log` [0-9a-f]{12} is found no more: spillcheck baseline --prune takes it out$/;
    expect(await repository.scan()).toEqual({ ...CLEAN, upkeep: [expect.stringMatching(stale)] });
    expect(await repository.run(['baseline', '--prune', '--no-cache'])).toMatchObject({
      code: 0,
      stdout: '.spillcheck/baseline.json is empty now: delete it.\n',
    });
    expect(await repository.scan()).toEqual(CLEAN);
    repository.edit('src/start.ts', '  return', `${LEAK}  return`);
    expect(await repository.scan()).toEqual({ ...CLEAN, code: 1, findings: ['src/start.ts:4 secret-to-log'] });
  });

  test('a suppression that has expired counts no more', async () => {
    const repository = await leakyRepository();
    const comment = '  // spillcheck-ignore-next-line secret-to-log until 2027-01-31 -- gone with the new server\n';
    repository.edit('src/start.ts', LEAK, comment + LEAK);
    const suppressed = { ...CLEAN, suppressed: ['src/start.ts:5 secret-to-log comment'] };
    expect(await repository.scan([], { today: '2027-01-31' })).toEqual(suppressed);
    expect(await repository.scan([], { today: '2027-02-01' })).toEqual({
      code: 1,
      findings: ['src/start.ts:5 secret-to-log'],
      suppressed: [],
      upkeep: ['src/start.ts:4 expired on 2027-01-31: what it suppressed counts again'],
    });
    repository.edit('src/start.ts', LEAK, '');
    expect(await repository.scan([], { today: '2026-12-01' })).toEqual({
      ...CLEAN,
      upkeep: ['src/start.ts:4 suppresses no secret-to-log: take it out'],
    });
  });
});
