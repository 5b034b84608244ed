import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { survey } from '../../src/doctor/survey.js';
import { makeFolder } from '../cli/harness.js';

test('packages by name and major version, and whether they are understood', () => {
  const root = makeFolder({
    'package.json': '{ "workspaces": ["packages/*"], "dependencies": { "openai": "^4.1.0", "left-pad": "1" } }',
    'packages/a/package.json': '{ "name": "@own/a", "dependencies": { "openai": "^5.0.0" } }',
    'packages/a/index.ts':
      "import OpenAI from 'openai';\nimport { x } from 'openai/resources';\nexport default OpenAI;\n",
    'src/a.ts': "import OpenAI from 'openai';\nimport a from '@own/a';\nimport fs from 'node:fs';\nimport './b.js';\n",
    'src/b.ts': "const pad = require('left-pad');\nimport type { Chat } from 'openai/resources/chat';\n",
    'src/c.ts': "import { unknown } from 'no-version';\n",
  });
  let time = 0;
  const { packages, files } = survey({
    root,
    paths: [],
    exclude: [],
    limits: DEFAULT_LIMITS,
    knowledge: { module: (specifier) => (specifier === 'openai' ? 1 : 0) },
    clock: () => (time += 5),
  });
  expect(packages).toEqual([
    { name: 'left-pad', major: 1, files: 1, modelled: false },
    { name: 'no-version', major: undefined, files: 1, modelled: false },
    { name: 'openai', major: 4, files: 2, modelled: true },
    { name: 'openai', major: 5, files: 1, modelled: true },
  ]);
  expect(files).toEqual([
    { file: 'packages/a/index.ts', milliseconds: 5 },
    { file: 'src/a.ts', milliseconds: 5 },
    { file: 'src/b.ts', milliseconds: 5 },
    { file: 'src/c.ts', milliseconds: 5 },
  ]);
});
