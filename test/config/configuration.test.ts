import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NO_SETTINGS } from '../../src/core/settings.js';
import { load, makeRepository } from './support.js';

const NAME = 'spillcheck.config.yaml';

describe('where a configuration is found', () => {
  test.each([
    ['YAML', { [NAME]: 'profile: strict\n' }, NAME],
    ['YAML by its short name', { 'spillcheck.config.yml': 'profile: strict\n' }, 'spillcheck.config.yml'],
    ['JSON', { 'spillcheck.config.json': '{ "profile": "strict" }' }, 'spillcheck.config.json'],
    [
      'package.json, with tabs and a mark',
      { 'package.json': '\ufeff{\n\t"spillcheck": {\n\t\t"profile": "strict"\n\t}\n}\n' },
      'package.json',
    ],
  ])('%s', (_name, files, file) => {
    expect(load(makeRepository(files))).toMatchObject({ file, profile: 'strict', settings: NO_SETTINGS });
  });

  test('a package.json without the key is none, an empty file asks for nothing', () => {
    expect(() => load(makeRepository({ 'package.json': '{}' }))).toThrow('there is no configuration');
    expect(load(makeRepository({ [NAME]: '# later\n' }))).toEqual({
      file: NAME,
      exclude: [],
      profile: undefined,
      failOn: undefined,
      tests: undefined,
      types: undefined,
      jobs: undefined,
      cache: undefined,
      settings: NO_SETTINGS,
    });
  });

  test('the nearest one upwards counts, and its globs start at its folder', () => {
    const root = makeRepository({
      [NAME]: 'profile: strict\n',
      'packages/a/spillcheck.config.yaml': 'exclude: [dist, /lib/, "src/*.gen.ts", "!src/keep.gen.ts"]\n',
      'packages/a/src/x.ts': '',
      'packages/b/x.ts': '',
    });
    expect(load(root, 'packages/b')).toMatchObject({ file: NAME, profile: 'strict' });
    expect(load(root, 'packages/a/src')).toMatchObject({
      file: 'packages/a/spillcheck.config.yaml',
      profile: undefined,
      exclude: ['/packages/a/**/dist', '/packages/a/lib/', '/packages/a/src/*.gen.ts', '!/packages/a/src/keep.gen.ts'],
    });
  });
});

test('everything that a configuration can say', () => {
  const root = makeRepository({
    [NAME]: `
$schema: ./node_modules/spillcheck/rules/schema/config.json
include: src
exclude: ["**/*.gen.ts"]
profile: strict
failOn: error
tests: true
jobs: 2
cache: false
rules: { prompt-to-log: off, secret-to-log: note }
overrides:
  - files: [test/**]
    rules: { prompt-to-log: error }
models: rules/models.yaml
lexicon: [rules/names.yaml]
secrets: rules/formats.yaml
data:
  personal.patient-id: [patient id|number, mrn]
  none: { names: [patient count], confidence: medium }
redactors:
  - { name: scrub, package: "@acme/privacy", clears: [personal, content] }
  - { name: Mask.apply, file: src/mask.ts, clears: [all] }
recipients:
  azure-eu: { provider: OpenAI, host: ["*.openai.azure.com"] }
policies:
  - pci-dss
  - name: ours
    data:
      personal.contact: [azure-eu, log.console, openai, local]
      personal.patient-id: { never: [telemetry] }
      secret: never
      personal.health: any
suppressions:
  - { rule: mcp-unpinned-server, files: .mcp.json, reason: pinned by the image, until: 2027-01-31 }
  - { fingerprint: 0123456789abcdef0123456789abcdef, reason: known }
types: true
`,
    'rules/models.yaml': '',
    'rules/names.yaml': '',
    'rules/formats.yaml': '',
    'src/mask.ts': '',
  });
  const azure = { name: 'azure-eu', providers: ['OpenAI'], hosts: ['*.openai.azure.com'] };
  const { settings, ...plain } = load(root);
  expect(plain).toEqual({
    file: NAME,
    exclude: ['**/*.gen.ts'],
    profile: 'strict',
    failOn: 'error',
    tests: true,
    types: true,
    jobs: 2,
    cache: false,
  });
  const { policies, ...others } = settings;
  expect(others).toEqual({
    include: ['src'],
    levels: { 'prompt-to-log': 'off', 'secret-to-log': 'note' },
    overrides: [{ files: ['test/**'], levels: { 'prompt-to-log': 'error' } }],
    models: [{ path: join(root, 'rules/models.yaml'), name: 'rules/models.yaml' }],
    lexicons: [{ path: join(root, 'rules/names.yaml'), name: 'rules/names.yaml' }],
    secretFormats: [{ path: join(root, 'rules/formats.yaml'), name: 'rules/formats.yaml' }],
    dataClasses: [
      { kind: 'personal.patient-id', confidence: 'high', names: ['patient id|number', 'mrn'] },
      { kind: 'none', confidence: 'medium', names: ['patient count'] },
    ],
    redactors: [
      {
        name: 'scrub',
        from: { package: '@acme/privacy' },
        clears: ['personal', 'content'],
        place: { file: NAME, line: 21 },
      },
      { name: 'Mask.apply', from: { file: 'src/mask.ts' }, clears: ['all'], place: { file: NAME, line: 22 } },
    ],
    suppressions: [
      {
        rules: ['mcp-unpinned-server'],
        files: ['.mcp.json'],
        reason: 'pinned by the image',
        until: '2027-01-31',
        place: { file: NAME, line: 34 },
      },
      {
        rules: [],
        files: [],
        fingerprint: '0123456789abcdef0123456789abcdef',
        reason: 'known',
        place: { file: NAME, line: 35 },
      },
    ],
  });
  expect(policies.map(({ name }) => name)).toEqual(['pci-dss', 'ours']);
  const contact = {
    className: 'personal.contact',
    effect: 'allow-only',
    recipients: [
      azure,
      { name: 'log.console', sinks: ['log.console'] },
      { name: 'OpenAI', providers: ['OpenAI'] },
      expect.objectContaining({ name: 'local', hosts: expect.arrayContaining(['localhost', '10.0.0.0/8']) }),
    ],
  };
  expect(policies[1]!.rules).toEqual([
    { data: 'personal.email', ...contact },
    { data: 'personal.phone', ...contact },
    { data: 'personal.address', ...contact },
    {
      data: 'personal.patient-id',
      className: 'personal.patient-id',
      effect: 'forbid',
      recipients: [{ name: 'telemetry', sinks: ['telemetry'] }],
    },
    { data: 'secret', className: 'secret', effect: 'allow-only', recipients: [] },
    { data: 'personal.health', className: 'personal.health', effect: 'allow-only', recipients: [{ name: 'anyone' }] },
  ]);
});

describe('extends', () => {
  test('what is extended comes first: plain settings are replaced, lists are joined, rules are merged', () => {
    const root = makeRepository({
      [NAME]:
        'extends: [config/base.yaml, config/more.json]\nprofile: recommended\nrules: { secret-to-log: error }\nexclude: own\n',
      'config/base.yaml':
        'extends: deep/base.yaml\nprofile: strict\nfailOn: note\nexclude: base\nmodels: models.yaml\n',
      'config/deep/base.yaml': 'rules: { secret-to-log: off, prompt-to-log: off }\ninclude: [a]\nexclude: deep\n',
      'config/more.json': '{ "include": ["b", "c"] }',
      'config/models.yaml': '',
    });
    expect(load(root)).toMatchObject({
      file: NAME,
      profile: 'recommended',
      failOn: 'note',
      exclude: ['deep', 'base', 'own'],
      settings: {
        include: ['b', 'c'],
        levels: { 'secret-to-log': 'error', 'prompt-to-log': 'off' },
        models: [{ path: join(root, 'config/models.yaml'), name: 'config/models.yaml' }],
      },
    });
  });

  test('a policy may name recipients of what it extends', () => {
    const root = makeRepository({
      [NAME]: 'extends: base.yaml\npolicies: [{ name: ours, data: { secret: [vault] } }]\n',
      'base.yaml': 'recipients: { vault: { host: "vault.internal" } }\n',
    });
    expect(load(root).settings.policies[0]!.rules[0]!.recipients).toEqual([
      { name: 'vault', hosts: ['vault.internal'] },
    ]);
  });
});

test('what is no plain file is no configuration', () => {
  const root = makeRepository({
    'spillcheck.config.yaml/x': '',
    'package.json': '{ "spillcheck": { "profile": "strict" } }',
  });
  execFileSync('mkfifo', [join(root, 'spillcheck.config.yml')]);
  expect(load(root)).toMatchObject({ file: 'package.json', profile: 'strict' });
});
