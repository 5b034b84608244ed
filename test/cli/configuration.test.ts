import { describe, expect, test } from 'vitest';
import { GitRepository } from './git-repository.js';

const NAME = 'spillcheck.config.yaml';
const LOG = 'console.log(process.env.OPENAI_API_KEY);\n';
const MAIL = 'export function note(user: { email: string }) {\n  console.log(user.email);\n}\n';

/** What a scan of files reports, in short. */
async function scan(files: Readonly<Record<string, string>>, argv: readonly string[] = []) {
  return new GitRepository(files).scan(argv);
}

describe('what a configuration asks for is done', () => {
  test('include, exclude: of which files findings are reported', async () => {
    const files = { 'a/x.ts': LOG, 'b/x.ts': LOG, 'b/gen/x.ts': LOG };
    const found = async (configuration: string) => (await scan({ ...files, [NAME]: configuration })).findings;
    expect(await found('include: [b]\n')).toEqual(['b/gen/x.ts:1 secret-to-log', 'b/x.ts:1 secret-to-log']);
    expect(await found('exclude: [gen]\n')).toEqual(['a/x.ts:1 secret-to-log', 'b/x.ts:1 secret-to-log']);
    expect(await found('include: ["{a,b}/*.ts"]\nexclude: [/a]\n')).toEqual(['b/x.ts:1 secret-to-log']);
  });

  test('profile and rules: levels, off, and on against the profile', async () => {
    const files = {
      'x.ts': `${LOG}import OpenAI from 'openai';\nnew OpenAI().chat.completions.create({ store: true, model: 'x', messages: [] });\n`,
      'package.json': '{ "dependencies": { "openai": "^4.0.0" } }',
    };
    const found = async (configuration: string) => scan({ ...files, [NAME]: configuration });
    expect((await found('{}')).findings).toEqual(['x.ts:1 secret-to-log']);
    expect((await found('profile: strict\n')).findings).toEqual(['x.ts:1 secret-to-log', 'x.ts:3 provider-retention']);
    expect((await found('rules: { provider-retention: note }\n')).findings).toContain('x.ts:3 provider-retention');
    expect(await found('rules: { secret-to-log: off }\n')).toMatchObject({ code: 0, findings: [] });
    expect(await found('rules: { secret-to-log: note }\n')).toMatchObject({
      code: 0,
      findings: ['x.ts:1 secret-to-log'],
    });
    expect(await found('rules: { secret-to-log: note }\nfailOn: note\n')).toMatchObject({ code: 1 });
  });

  test('flags count more than the configuration', async () => {
    const files = { 'x.ts': LOG, [NAME]: 'failOn: never\nprofile: strict\nrules: { secret-to-log: off }\n' };
    expect(await scan(files, ['--no-config'])).toMatchObject({ code: 1, findings: ['x.ts:1 secret-to-log'] });
    expect(await scan(files, ['--rule', 'secret-to-log'])).toMatchObject({
      code: 0,
      findings: ['x.ts:1 secret-to-log'],
    });
    expect(await scan(files, ['--rule', 'secret-to-log', '--fail-on', 'error'])).toMatchObject({ code: 1 });
  });

  test('overrides: levels for some files', async () => {
    const overrides =
      'overrides:\n  - { files: scripts, rules: { secret-to-log: off } }\n  - { files: [scripts/deploy.ts], rules: { secret-to-log: note } }\n';
    expect(await scan({ 'scripts/x.ts': LOG, 'scripts/deploy.ts': LOG, [NAME]: overrides })).toMatchObject({
      code: 0,
      findings: ['scripts/deploy.ts:1 secret-to-log'],
    });
  });

  test('models, lexicon, data: own sinks and own sensitive names', async () => {
    const files = {
      'models.yaml':
        'package: "@acme/audit"\nrecipient: the audit trail\nsinks:\n  - { at: "record(0)", kind: telemetry.audit }\n',
      'names.yaml': 'classes:\n  - { kind: personal.member-id, names: ["member code"] }\n',
      'x.ts':
        "import { record } from '@acme/audit';\nexport const f = (user: { tagNumber: string; memberCode: string; plan: string }) => {\n  record(user.tagNumber);\n  record(user.memberCode);\n  record(user.plan);\n};\n",
    };
    expect((await scan({ ...files, [NAME]: 'models: models.yaml\n' })).findings).toEqual([]);
    const all = 'models: models.yaml\nlexicon: names.yaml\ndata: { personal.patient-id: [tag number] }\n';
    expect((await scan({ ...files, [NAME]: all })).findings).toEqual([
      'x.ts:3 personal-data-to-telemetry',
      'x.ts:4 personal-data-to-telemetry',
    ]);
  });

  test('secrets: own formats', async () => {
    const format = `formats:
  - id: acme-key
    name: Acme key
    keywords: [acme_]
    expression: acme_[a-z0-9]{24}
    grants: opens the warehouse
`;
    const key = `acme_${'q7w2e9r4t1y8u3i6o5p0a7s2'}`;
    const files = {
      'x.ts': `export const key = '${key}';\n`,
      'formats.yaml': format,
      [NAME]: 'secrets: formats.yaml\n',
    };
    expect((await scan(files)).findings).toEqual(['x.ts:1 hardcoded-secret']);
  });

  test('redactors: functions of a package and of a file, methods, by what they clear', async () => {
    const files = {
      'mask.ts':
        'export const scrub = (text: string) => text.trim();\nexport class Mask {\n  apply(text: string) { return text.trim(); }\n}\n',
      'x.ts': `import { hide } from '@acme/privacy';
import { Mask, scrub } from './mask.js';
const mask = new Mask();
export const f = (user: { email: string }) => {
  console.log(hide(user.email));
  console.log(scrub(user.email));
  console.log(mask.apply(user.email));
  console.log(user.email);
};
`,
    };
    const lines = async (configuration: string) => {
      const { findings, ...others } = await scan({ ...files, [NAME]: configuration });
      expect(others.suppressed).toEqual([]);
      return findings.map((finding) => Number(/:(\d+)/.exec(finding)![1]));
    };
    expect(await lines('{}')).toEqual([5, 6, 7, 8]);
    expect(await lines('redactors: [{ package: "@acme/privacy", name: hide, clears: [personal] }]\n')).toEqual([
      6, 7, 8,
    ]);
    expect(await lines('redactors: [{ file: mask.ts, name: scrub, clears: [personal] }]\n')).toEqual([5, 7, 8]);
    expect(await lines('redactors: [{ file: mask.ts, name: Mask.apply, clears: [all] }]\n')).toEqual([5, 6, 8]);
    expect(await lines('redactors: [{ file: mask.ts, name: scrub, clears: [secret] }]\n')).toEqual([5, 6, 7, 8]);
  });

  test('a trusted function that is not there is told', async () => {
    const repository = new GitRepository({
      'x.ts': LOG,
      [NAME]: '\nredactors: [{ file: x.ts, name: scrub, clears: [all] }]\n',
    });
    const { stdout } = await repository.run(['--format', 'json', '--no-cache']);
    expect(JSON.parse(stdout).diagnostics).toEqual([
      { kind: 'configuration', file: NAME, line: 2, message: 'the trusted function `scrub` is not in x.ts' },
    ]);
  });

  test('suppressions, by rule and file, and by fingerprint', async () => {
    const mcp = '{ "mcpServers": { "a": { "command": "npx", "args": ["-y", "some-server"] } } }\n';
    const one = 'suppressions:\n  - { rule: mcp-unpinned-server, files: .mcp.json, reason: pinned by the image }\n';
    expect(await scan({ '.mcp.json': mcp, [NAME]: one })).toEqual({
      code: 0,
      findings: [],
      suppressed: ['.mcp.json:1 mcp-unpinned-server configuration'],
      upkeep: [],
    });
    const repository = new GitRepository({ 'x.ts': MAIL });
    const { stdout } = await repository.run(['--format', 'json', '--no-cache']);
    const fingerprint = JSON.parse(stdout).findings[0].fingerprints['flow/v1'];
    repository.write(
      NAME,
      `suppressions:\n  - { fingerprint: ${fingerprint}, reason: the address of the shop }\n  - { fingerprint: ${'a'.repeat(32)}, reason: gone }\n`,
    );
    expect(await repository.scan()).toEqual({
      code: 0,
      findings: [],
      suppressed: ['x.ts:2 personal-data-to-log configuration'],
      upkeep: [`${NAME}:3 suppresses nothing: take it out`],
    });
  });
});

describe('what a stranger’s configuration may not ask for is refused, by the program as a whole', () => {
  test.each([
    [
      'a link as configuration',
      { link: NAME },
      'spillcheck: spillcheck.config.yaml: leads out of the repository through a link\n',
    ],
    ['a slow expression', { [NAME]: 'secrets: formats.yaml\n' }, /^spillcheck: formats\.yaml:2:\d+: .*\n$/],
    ['a model that does not parse', { [NAME]: 'models: models.yaml\n' }, /^spillcheck: models\.yaml:\d+:\d+: .*\n$/],
  ])('%s', async (_name, files, message) => {
    const repository = new GitRepository({
      'x.ts': LOG,
      'formats.yaml': 'formats:\n  - { id: a-b, name: A, keywords: [abc], expression: "abc(a+)+$", grants: nothing }\n',
      'models.yaml': 'package: a\nsinkz: []\n',
    });
    for (const [path, text] of Object.entries(files)) {
      if (path === 'link') repository.link('/etc/hosts', text);
      else repository.write(path, text);
    }
    const outcome = await repository.run(['--no-cache']);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    if (typeof message === 'string') expect(outcome.stderr).toBe(message);
    else expect(outcome.stderr).toMatch(message);
  });
});

test('--config names a file, also outside of the repository, and one that is not there is told', async () => {
  const repository = new GitRepository({ 'app/x.ts': LOG, 'app/.git/HEAD': '' });
  repository.write('strict.yaml', 'rules: { secret-to-log: off }\n');
  expect(await repository.scan(['app', '--config', 'strict.yaml'])).toMatchObject({ code: 0, findings: [] });
  expect(await repository.run(['--config', 'nowhere.yaml'])).toMatchObject({
    code: 2,
    stderr: 'spillcheck: there is no configuration nowhere.yaml\n',
  });
});
