import { describe, expect, test } from 'vitest';
import { GitRepository } from './git-repository.js';

const FILES = {
  'package.json': '{ "dependencies": { "openai": "^4.0.0" } }\n',
  'src/ask.ts': `import OpenAI from 'openai';
import { mystery } from 'some-package';

const client = new OpenAI();

export async function ask(user: { email: string }, text: string, ids: string[]) {
  const prompt = buildPrompt(text);
  mystery(user.email);
  console.log('asking', ids.length);
  console.log(ids);
  console.log(user.email);
  return client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: prompt }] });
}

function buildPrompt(text: string) {
  return text;
}
// the end
`,
};

async function explain(subject: string, repository = new GitRepository(FILES)) {
  const { code, stdout, stderr } = await repository.run(['explain', subject, '--no-cache', '--jobs', '1']);
  return { code, text: stdout + stderr };
}

describe('explain file:line', () => {
  test('a finding, in full, and what becomes of it', async () => {
    const { code, text } = await explain('src/ask.ts:11');
    expect(code).toBe(0);
    expect(text).toMatch(/^src\/ask\.ts\n {2}warning {2}personal-data-to-log {2}11:3\n/);
    expect(text).toContain('How it gets there');
    expect(text).toMatch(
      /What becomes of it {2}It is reported as a warning\.\n {2}Fingerprint {2}[0-9a-f]{32}\n {2}More {2}spillcheck explain personal-data-to-log\n/,
    );
  });

  test('a line that data passes on its way', async () => {
    const repository = new GitRepository({
      ...FILES,
      'src/log.ts':
        'export function read() {\n  return process.env.API_KEY;\n}\nconst key = read();\nconsole.log(key);\n',
    });
    expect((await explain('src/log.ts:2', repository)).text).toMatch(
      /^Data passes this line on its way to:\n- src\/log\.ts:5 secret-to-log \(spillcheck explain [0-9a-f]{12}\)\n\nNothing is reported at src\/log\.ts:2\.\n/,
    );
  });

  test('why nothing is reported: calls, what they call, and what arrives', async () => {
    expect((await explain('src/ask.ts:7')).text).toBe(
      'Nothing is reported at src/ask.ts:7.\nIt belongs to `ask`.\n- `buildPrompt(text)` calls `buildPrompt` in src/ask.ts, which is followed.\n',
    );
    expect((await explain('src/ask.ts:8')).text).toBe(
      'Nothing is reported at src/ask.ts:8.\nIt belongs to `ask`.\n- `mystery(user.email)` calls something of which nothing is known: no model, and no code of this repository. A model file can describe it.\n',
    );
    expect((await explain('src/ask.ts:9')).text).toMatch(
      /^Nothing is reported at src\/ask\.ts:9\.\nIt belongs to `ask`\.\n- `console\.log\('asking', ids\.length\)` calls the interface .*: a sink \(log\.console\)\.\nOnly constants, or values that are no content/,
    );
    expect((await explain('src/ask.ts:10')).text).toContain(
      'What reaches the sinks here:\n- `ids` reaches log.console. It comes in as an argument: it counts as what callers hand over; nothing says that it is sensitive; no rule forbids it.\n',
    );
  });

  test('lines and files without code', async () => {
    expect((await explain('src/ask.ts:3')).text).toBe('Nothing is reported at src/ask.ts:3.\nThe line is empty.\n');
    expect((await explain('src/ask.ts:18')).text).toContain('No code that runs stands at this line');
    expect((await explain('package.json:1')).text).toContain(
      'no code that is followed. It was searched for credentials',
    );
    const repository = new GitRepository({ ...FILES, '.spillcheckignore': 'src\n' });
    expect((await explain('src/ask.ts:11', repository)).text).toContain('The file was not scanned');
  });

  test.each([
    ['src/nowhere.ts:1', 'spillcheck: no such file or folder: src/nowhere.ts\n'],
    ['src/ask.ts:99', 'spillcheck: src/ask.ts has 19 lines\n'],
    ['src:1', 'spillcheck: src:1: no file that can be read\n'],
    ['0123456789ab', 'spillcheck: nothing that is found now has the fingerprint 0123456789ab\n'],
  ])('%s', async (subject, message) => {
    expect(await explain(subject)).toEqual({ code: 2, text: message });
  });
});

describe('explain fingerprint', () => {
  test('by its beginning, also where it is suppressed, in the baseline, switched off or in another profile', async () => {
    const repository = new GitRepository(FILES);
    const report = async () => JSON.parse((await repository.run(['--format', 'json', '--no-cache'])).stdout);
    const print = (await report()).findings[0].fingerprints['flow/v1'] as string;
    const status = async () =>
      /What becomes of it {2}(.*)\n/.exec((await explain(print.slice(0, 12), repository)).text)?.[1];
    expect(await status()).toBe('It is reported as a warning.');
    await repository.run(['baseline', '--no-cache']);
    expect(await status()).toBe('It is in the baseline, so it is not reported.');
    repository.edit(
      'src/ask.ts',
      '  console.log(user.email)',
      '  // spillcheck-ignore-next-line personal-data-to-log -- own address\n  console.log(user.email)',
    );
    expect(await status()).toBe('It is suppressed at src/ask.ts:11: own address');
    repository.write('spillcheck.config.yaml', 'rules: { personal-data-to-log: off }\n');
    expect(await status()).toBe('It is not reported: spillcheck.config.yaml switches it off here.');
  });
});

test('explain policy-violation is a page', async () => {
  expect((await explain('policy-violation')).text).toMatch(/^# policy-violation\n/);
});
