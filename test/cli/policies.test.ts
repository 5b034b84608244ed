import { describe, expect, test } from 'vitest';
import { GitRepository } from './git-repository.js';

const MANIFEST = { 'package.json': '{ "dependencies": { "openai": "^4.0.0", "nodemailer": "^6.0.0" } }\n' };
const RECIPIENTS = `recipients:
  azure-eu: { provider: OpenAI, host: ["*.openai.azure.com"] }
  internal: { host: ["*.corp.example", local] }
`;

/** A service that sends e-mail addresses to a client made in each of these ways. */
function service(clients: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(clients).map(([name, client]) => [
      `${name}.ts`,
      `import OpenAI, { AzureOpenAI } from 'openai';
${client}
export async function reply(user: { email: string }) {
  await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: user.email }] });
}
`,
    ]),
  );
}

async function scan(files: Readonly<Record<string, string>>, configuration: string, argv: readonly string[] = []) {
  return new GitRepository({ ...MANIFEST, ...files, 'spillcheck.config.yaml': configuration }).scan(argv);
}

/** Findings with their level and what the message says of policies. */
async function verdicts(files: Readonly<Record<string, string>>, configuration: string, argv: readonly string[] = []) {
  const repository = new GitRepository({ ...MANIFEST, ...files, 'spillcheck.config.yaml': configuration });
  const { stdout, stderr } = await repository.run([...argv, '--no-cache', '--jobs', '1', '--format', 'json']);
  if (stdout === '') throw new Error(stderr);
  const rows = JSON.parse(stdout).findings as {
    ruleId: string;
    level: string;
    message: string;
    location: { file: string; start: { line: number } };
  }[];
  return rows.map(({ ruleId, level, message, location }) => {
    const policy = /The policy (.*)\.$/.exec(message)?.[1] ?? '';
    return `${location.file}:${location.start.line} ${level} ${ruleId} ${policy}`.trim();
  });
}

describe('who the recipient is', () => {
  test('a host counts where it stands in the code, whichever way the client was made', async () => {
    const files = service({
      azure: "const client = new AzureOpenAI({ endpoint: 'https://shop.openai.azure.com' });",
      built: `const NAME = 'shop';\nconst client = new OpenAI({ baseURL: \`https://\${NAME}.openai.azure.com/v1\` });`,
      elsewhere: "const client = new OpenAI({ baseURL: 'https://proxy.example.com/v1' });",
      environment: 'const client = new OpenAI({ baseURL: process.env.BASE_URL });',
      fallback: "const client = new OpenAI({ baseURL: process.env.BASE_URL ?? 'https://shop.openai.azure.com' });",
      open: `declare const name: string;\nconst client = new OpenAI({ baseURL: \`https://x.openai.azure.com\${name}\` });`,
      plain: 'const client = new OpenAI();',
      trick: "const client = new OpenAI({ baseURL: 'https://shop.openai.azure.com.example.com' });",
    });
    const configuration = `${RECIPIENTS}policies:\n  - { name: ours, data: { personal.contact: [azure-eu] } }\n`;
    const only = 'error personal-data-to-model `ours` forbids it: personal.contact only to azure-eu';
    expect(await verdicts(files, configuration)).toEqual([
      `elsewhere.ts:4 ${only}`,
      `environment.ts:4 ${only}; which host this goes to is not known`,
      `fallback.ts:4 ${only}; which host this goes to is not known`,
      `open.ts:5 ${only}; which host this goes to is not known`,
      `plain.ts:4 ${only}; which host this goes to is not known`,
      `trick.ts:4 ${only}`,
    ]);
  });

  test('a client from another file, a field, a function that makes it', async () => {
    const files = {
      'client.ts':
        "import OpenAI from 'openai';\nexport const shared = new OpenAI({ baseURL: 'https://llm.corp.example/v1' });\nexport const make = () => new OpenAI({ baseURL: 'https://llm.corp.example/v1' });\n",
      'x.ts': `import OpenAI from 'openai';
import { make, shared } from './client.js';
class Service {
  client = new OpenAI({ baseURL: 'https://llm.corp.example/v1' });
  ask(user: { email: string }) {
    return this.client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: user.email }] });
  }
}
export const service = new Service();
export const one = (user: { email: string }) =>
  shared.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: user.email }] });
export const two = (user: { email: string }) =>
  make().chat.completions.create({ model: 'm', messages: [{ role: 'user', content: user.email }] });
export function three(user: { email: string }) {
  const client = new OpenAI({ baseURL: 'https://llm.corp.example/v1' });
  return [1].map(() => client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: user.email }] }));
}
`,
    };
    const allowed =
      'recipients: { internal: { host: "*.corp.example" } }\npolicies: [{ name: ours, data: { personal.email: [internal] } }]\n';
    expect(await verdicts(files, allowed)).toEqual([]);
    expect((await verdicts(files, '{}')).map((row) => row.split(' ')[0])).toEqual([
      'x.ts:6',
      'x.ts:11',
      'x.ts:13',
      'x.ts:16',
    ]);
  });

  test('providers and kinds of sinks', async () => {
    const files = {
      'x.ts':
        'export const f = (user: { email: string; phone: string }) => {\n  console.log(user.email);\n  console.error(user.phone);\n};\n',
    };
    const ours = (data: string) => verdicts(files, `policies: [{ name: ours, data: ${data} }]\n`);
    expect(await ours('{ personal: [log] }')).toEqual([]);
    expect(await ours('{ personal: any }')).toEqual([]);
    expect(await ours('{ personal: [Console] }')).toEqual([]);
    expect(await ours('{ personal.phone: [sentry] }')).toEqual([
      'x.ts:2 warning personal-data-to-log',
      'x.ts:3 error personal-data-to-log `ours` forbids it: personal.phone only to Sentry',
    ]);
    expect(await ours('{ personal: { never: [log.console] } }')).toEqual([
      'x.ts:2 error personal-data-to-log `ours` forbids it: personal never to log.console',
      'x.ts:3 error personal-data-to-log `ours` forbids it: personal never to log.console',
    ]);
    expect(await ours('{ personal: { never: [telemetry, OpenAI] } }')).toEqual([
      'x.ts:2 warning personal-data-to-log',
      'x.ts:3 warning personal-data-to-log',
    ]);
    expect(await ours('{ personal: never, personal.email: any }')).toEqual([
      'x.ts:3 error personal-data-to-log `ours` forbids it: personal never',
    ]);
    expect(await ours('{ personal.contact: never, personal.phone: [log] }')).toEqual([
      'x.ts:2 error personal-data-to-log `ours` forbids it: personal.contact never',
    ]);
  });
});

describe('policies among themselves and with rules', () => {
  const files = { 'x.ts': 'export const f = (user: { diagnosis: string }) => console.log(user.diagnosis);\n' };

  test('the strictest answer counts; a shipped policy names itself', async () => {
    const both = 'policies: [{ name: ours, data: { personal: any } }, gdpr-special-categories]\n';
    expect(await verdicts(files, both)).toEqual([
      'x.ts:1 error personal-data-to-log `gdpr-special-categories` forbids it: personal.special never to log',
    ]);
  });

  test('what is forbidden is an error, though the rule is off or has another level; --rule and suppressions still count', async () => {
    const off = 'policies: [hipaa]\nrules: { personal-data-to-log: off }\n';
    expect(await verdicts(files, off)).toEqual([
      'x.ts:1 error personal-data-to-log `hipaa` forbids it: personal.health never to log',
    ]);
    expect(await verdicts(files, off, ['--rule', 'secret-to-log'])).toEqual([]);
    const suppressed = {
      'x.ts': `// spillcheck-ignore-next-line personal-data-to-log -- a made-up patient\n${files['x.ts']}`,
    };
    expect(await scan(suppressed, off)).toMatchObject({ code: 0, suppressed: ['x.ts:2 personal-data-to-log comment'] });
  });

  test('what no rule reports is a violation; storage counts only where it is named', async () => {
    const mail = {
      'x.ts': `import nodemailer from 'nodemailer';
import { writeFileSync } from 'node:fs';
const transport = nodemailer.createTransport({});
export function f(patient: { diagnosis: string; cardNumber: string }) {
  transport.sendMail({ to: 'a@example.com', text: patient.diagnosis });
  writeFileSync('cards.txt', patient.cardNumber);
  writeFileSync('cards.txt', patient.diagnosis);
}
`,
    };
    expect(await verdicts(mail, '{}')).toEqual([]);
    expect(await verdicts(mail, 'policies: [{ name: ours, data: { personal.health: never } }, pci-dss]\n')).toEqual([
      'x.ts:5 error policy-violation `ours` forbids it: personal.health never',
      'x.ts:6 error policy-violation `pci-dss` forbids it: personal.financial.card never to storage',
    ]);
  });

  test('an allowed flow is silent, also where a rule of another kind would speak', async () => {
    const secret = { 'x.ts': 'console.log(process.env.OPENAI_API_KEY);\n' };
    expect(await verdicts(secret, 'policies: [{ name: ours, data: { secret: [log] } }]\n')).toEqual([]);
    expect(await verdicts(secret, 'policies: [{ name: ours, data: { secret: never } }]\n')).toEqual([
      'x.ts:1 error secret-to-log `ours` forbids it: secret never',
    ]);
  });

  test('no policy allows a command: what data does is no question of who receives it', async () => {
    const shell = {
      'x.ts': `import OpenAI from 'openai';
import { exec } from 'node:child_process';
const client = new OpenAI();
export async function f() {
  const answer = await client.chat.completions.create({ model: 'm', messages: [] });
  exec(answer.choices[0].message.content);
}
`,
    };
    expect(await verdicts(shell, 'policies: [{ name: ours, data: { completion: any } }]\n')).toEqual([
      expect.stringMatching(/^x\.ts:6 error [a-z]+-(?:to-)?shell(?:-access)?$/),
    ]);
  });
});

test('SARIF names the rule of violations', async () => {
  const repository = new GitRepository({
    ...MANIFEST,
    'x.ts':
      "import { writeFileSync } from 'node:fs';\nexport const f = (user: { email: string }) => writeFileSync('x', user.email);\n",
    'spillcheck.config.yaml': 'policies: [{ name: ours, data: { personal: { never: [storage] } } }]\n',
  });
  const { stdout } = await repository.run(['--format', 'sarif', '--no-cache']);
  const [run] = JSON.parse(stdout).runs;
  const [result] = run.results;
  expect(result.ruleId).toBe('policy-violation');
  expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({
    id: 'policy-violation',
    help: { text: expect.stringContaining('# policy-violation') },
  });
});
