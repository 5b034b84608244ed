import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../cli/harness.js';

const ROOT = join(import.meta.dirname, '../..');

/** The small application that the documentation speaks of. `src/answer.ts:9` logs a prompt. */
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "demo", "private": true, "dependencies": { "openai": "^4.0.0" } }\n',
  'src/answer.ts': `import OpenAI from 'openai';
import { instructions } from './instructions.js';

const client = new OpenAI();

export async function answer(question: string) {
  const messages = [instructions(), { role: 'user' as const, content: question }];
  const response = await client.chat.completions.create({ model: 'gpt-4.1-mini', messages });
  console.log('answered', messages);
  return response.choices[0].message.content;
}
`,
  'src/instructions.ts': "export const instructions = () => ({ role: 'system' as const, content: 'Be brief.' });\n",
  'packages/api/index.ts':
    "import { answer } from '../../src/answer.js';\n\nexport const handle = (text: string) => answer(text);\n",
  'spillcheck.config.yaml': 'profile: recommended\n',
  Dockerfile: 'FROM node:22-slim\n',
};

export interface DemoProject {
  readonly root: string;
  /** What commands run with: stand-ins for programs that would reach out of the machine, and spillcheck itself. */
  readonly env: Readonly<Record<string, string>>;
}

/** A checkout of the demo in a folder that is gone after the test, its first commit being `origin/main`. */
export function makeDemoProject(): DemoProject {
  const root = makeFolder(FILES);
  const git = (...argv: string[]) =>
    execFileSync('git', ['-C', root, ...argv], { stdio: 'ignore', env: GIT_ENVIRONMENT });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const programs = makeFolder();
  const home = makeFolder();
  for (const [name, script] of Object.entries(PROGRAMS)) {
    mkdirSync(dirname(join(programs, name)), { recursive: true });
    writeFileSync(join(programs, name), `#!/bin/bash\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  return { root, env: { ...GIT_ENVIRONMENT, PATH: `${programs}:${process.env.PATH}`, HOME: home, NO_COLOR: '1' } };
}

const GIT_ENVIRONMENT = {
  PATH: process.env.PATH ?? '',
  GIT_AUTHOR_NAME: 'demo',
  GIT_AUTHOR_EMAIL: 'demo@example.com',
  GIT_COMMITTER_NAME: 'demo',
  GIT_COMMITTER_EMAIL: 'demo@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

const SPILLCHECK = `exec "${process.execPath}" "${join(ROOT, 'bin/spillcheck.js')}" "$@"`;

const PROGRAMS: Readonly<Record<string, string>> = {
  spillcheck: SPILLCHECK,
  // npx of what is installed: only spillcheck is
  npx: `while [[ "$1" == --* ]]; do shift; done\n[[ "$1" == spillcheck || "$1" == spillcheck@* ]] || exit 97\nshift\n${SPILLCHECK}`,
  npm: '[[ "$1" == install || "$1" == ci || "$1" == test || "$1" == run ]] || exit 97',
  docker: '[[ "$1" == build || "$1" == run ]] || exit 97',
};
