import { describe, expect, test } from 'vitest';
import { createServices } from '../../src/cli/services.js';
import { makeFolder, spillcheck } from './harness.js';

/** A leak that must be found whatever else lies beside it. */
const LEAK = { 'src/leak.ts': "import 'some-package';\nconsole.log(process.env.OPENAI_API_KEY);\n" };

describe('bad input leaves the rest of the scan intact', () => {
  test.each<readonly [name: string, files: Readonly<Record<string, string>>, diagnostics: readonly string[]]>([
    ['nothing bad', {}, []],
    ['a syntax error', { 'src/broken.ts': 'const x = ; console.log(\n' }, ['syntax-error src/broken.ts:1']],
    ['a broken tsconfig.json', { 'tsconfig.json': '{ "compilerOptions": {' }, ['configuration tsconfig.json:1']],
    ['a broken package.json', { 'package.json': '{ "name": ' }, ['configuration package.json:1']],
    ['a file of 20 MB', { 'src/big.js': `f(${'1234567,\n'.repeat(2_300_000)});\n` }, ['skipped-file src/big.js']],
    ['a binary file', { 'src/image.ts': 'a\0b'.repeat(99) }, []],
    ['an import that leads nowhere', { 'src/a.ts': "import './nowhere';\n" }, ['unresolved-import src/a.ts']],
  ])('%s', async (_name, files, diagnostics) => {
    const { code, stdout, stderr } = await scanFolder({ ...LEAK, ...files }, ['--format', 'json']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const report = JSON.parse(stdout);
    const findings = report.findings as { ruleId: string; location: { file: string } }[];
    expect(findings.map(({ ruleId, location }) => `${ruleId} ${location.file}`)).toEqual(['secret-to-log src/leak.ts']);
    const rows = report.diagnostics as { kind: string; file?: string; line?: number }[];
    const places = rows.map(({ kind, file, line }) => `${kind} ${[file, line].filter(Boolean).join(':')}`);
    expect(places.filter((place) => !diagnostics.some((expected) => place.startsWith(expected)))).toEqual([]);
    expect(diagnostics.filter((expected) => !places.some((place) => place.startsWith(expected)))).toEqual([]);
  });

  test('an empty folder', async () => {
    expect(await scanFolder({}, [])).toMatchObject({
      code: 2,
      stdout: 'No file was scanned, so this says nothing about the code.\n',
      stderr: '',
    });
  });

  test('a folder of which everything is left out', async () => {
    expect(await scanFolder({ 'node_modules/x/index.js': 'f();\n' }, [])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^No file was scanned, so this says nothing about the code\.\nLeft out 1 /),
    });
  });
});

function scanFolder(files: Readonly<Record<string, string>>, argv: readonly string[]) {
  return spillcheck(argv, { cwd: makeFolder(files), services: createServices() });
}
