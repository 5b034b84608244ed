import { describe, expect, test } from 'vitest';
import { scanText } from '../../src/secrets/scan-text.js';
import { expand } from './support/expand.js';
import { formats } from './support/formats.js';

/** Format, level and value of what the default profile reports. */
function found(path: string, template: string) {
  return scanText(path, expand(template), formats)
    .filter((hit) => hit.profile === 'recommended')
    .map((hit) => `${hit.formatId} ${hit.level} ${hit.value}`);
}

describe('a password for curl', () => {
  const PASSWORD = expand('{A16}');
  test.each([
    ['-u', `curl -u deploy:${PASSWORD} https://api.acme.io`],
    ['joined flags', `curl -sSu deploy:${PASSWORD} https://api.acme.io`],
    ['the long flag', `curl --user=deploy:${PASSWORD} https://api.acme.io`],
    ['quotes', `curl -u "deploy:${PASSWORD}" https://api.acme.io`],
    ['quotes around a part', `curl --user deploy:'${PASSWORD}' https://api.acme.io`],
    ['a continuation line', `curl -X POST https://api.acme.io \\\n  -d hello \\\n  -u deploy:${PASSWORD}`],
    ['a token in place of the user', `curl -u "${PASSWORD}:" https://api.acme.io`],
    ['a command in JSON', JSON.stringify({ run: `curl -u "deploy:${PASSWORD}" https://api.acme.io` })],
    ['no address', `curl -u deploy:${PASSWORD}`],
  ])('%s', (_, text) => {
    for (const path of ['deploy.sh', 'src/a.ts', 'package.json', '.github/workflows/a.yml']) {
      expect(found(path, text), path).toEqual([`command-login error ${PASSWORD}`]);
    }
  });

  test.each([
    'curl -u "$USER:$PASSWORD" https://api.acme.io',
    'curl -u deploy https://api.acme.io',
    'curl -u deploy:password https://api.acme.io',
    `curl https://api.acme.io\nuseradd -u deploy:${PASSWORD}`,
    'curl -u <user>:<password> https://api.acme.io',
  ])('not: %s', (text) => expect(found('deploy.sh', text)).toEqual([]));
});

describe('a Kubernetes Secret', () => {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const manifest = (data: string) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\n${data}\n`;
  const VALUE = 'k7Qz2vXw9RtLm4Np8s';

  test.each([
    ['data', manifest(`data:\n  token: ${encoded(VALUE)}`)],
    ['data before the kind', `data:\n  token: "${encoded(VALUE)}"\nkind: Secret\n`],
    ['a block', manifest(`data:\n  token: |\n    ${encoded(VALUE)}`)],
    [
      'the second document',
      `kind: ConfigMap\ndata:\n  a: ${encoded(VALUE)}\n---\n${manifest(`data:\n  token: ${encoded(VALUE)}`)}`,
    ],
  ])('%s', (_, text) => expect(found('deploy/app.yaml', text)).toEqual([`kubernetes-secret error ${encoded(VALUE)}`]));

  test('plain strings, and what is encoded in JSON', () => {
    expect(found('a.yaml', manifest(`stringData:\n  token: ${VALUE}`))).toEqual([
      expect.stringMatching(new RegExp(`^[a-z-]+ error ${VALUE}$`)),
    ]);
    const docker = encoded(`{"auths":{"registry.acme.io":{"auth":"${encoded('a:b')}"}}}`);
    expect(found('a.yaml', manifest(`data:\n  .dockerconfigjson: ${docker}`))).toEqual([
      `kubernetes-secret error ${docker}`,
    ]);
  });

  test.each([
    ['placeholders', manifest(`data:\n  token: ${encoded('changeme')}`)],
    ['certificates', manifest(`data:\n  ca.crt: ${encoded('-----BEGIN CERTIFICATE-----\nMIIC')}`)],
    ['templates', manifest('data:\n  token: {{ .Values.token | b64enc }}')],
    ['other kinds', `kind: ConfigMap\ndata:\n  mode: ${encoded(VALUE)}\n`],
    ['what stands outside of the data', manifest(`immutable: true\nannotations:\n  checksum: ${encoded(VALUE)}`)],
  ])('not %s', (_, text) => expect(found('deploy/app.yaml', text)).toEqual([]));
});

describe('a provider by its name alone', () => {
  test.each([
    ['src/keys.ts', 'const keys = { mistral: "{A32}" };', 'mistral'],
    ['config.yaml', 'cohere: {A40}\n', 'cohere'],
    ['keys.json', '{ "cloudflare": "{w40}" }', 'cloudflare-legacy'],
  ])('%s: %s', (path, template, id) => {
    expect(found(path, template).map((hit) => hit.split(' ')[0])).toEqual([id]);
  });

  test.each(['const models = { mistral: "mistral-large-latest-2024-instruct" };', 'const mistralHash = "{A32}";'])(
    'not: %s',
    (template) => expect(found('src/keys.ts', template)).toEqual([]),
  );
});

test('an attribute of XML that is named by another', () => {
  expect(found('nuget.config', '<add key="ClearTextPassword" value="Tidal-Ox9-Ww4" />')).toEqual([
    'generic-password warning Tidal-Ox9-Ww4',
  ]);
});
