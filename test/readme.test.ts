import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadDocumentedRules } from '../src/cli/load-rules.js';
import { createProgram, parseArguments } from '../src/cli/program.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

describe('README', () => {
  test('the first two command lines scan the example and run the tests', () => {
    expect(codeBlocks('sh')[0]).toEqual([
      'npm ci && node bin/spillcheck.js fixtures/projects/support-desk',
      'npm ci && npm test',
    ]);
    expect(existsSync(join(ROOT, 'fixtures/projects/support-desk/package.json'))).toBe(true);
  });

  test('the table of rules is that of the rules file', async () => {
    const rows = (await loadDocumentedRules()).map(
      ({ id, shortDescription, level, profile, cwe, owasp }) =>
        `| \`${id}\` | ${shortDescription.replaceAll('|', '\\|')} | ${level} | ${profile} | ${cwe} | ${owasp} |`,
    );
    const [, table = ''] = /<!-- rules:.*?-->\n([\s\S]*?)<!-- end of rules -->/.exec(README) ?? [];
    const head = ['| Rule | What it reports | Level | Profile | CWE | OWASP LLM |', '|---|---|---|---|---|---|'];
    expect(table.trim().split('\n')).toEqual([...head, ...rows]);
  });

  test('the table of options is that of the program', () => {
    const scan = createProgram(() => undefined).commands.find((command) => command.name() === 'scan')!;
    const documented = [...README.matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, flags]) => flags);
    expect(documented.sort()).toEqual(scan.options.map((option) => option.flags).sort());
  });

  test('every example of the command line is understood', () => {
    const examples = codeBlocks('sh')
      .flat()
      .filter((line) => line.startsWith('spillcheck'))
      .map((line) => line.replace(/ *#.*/, '').split(' ').slice(1));
    expect(examples.length).toBeGreaterThan(5);
    for (const argv of examples) expect(parseArguments(argv).command).toMatch(/^(?:scan|rules|explain)$/);
  });

  test('links lead to files', () => {
    const links = [...README.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !link.includes('://') && !existsSync(join(ROOT, link)))).toEqual([]);
  });
});

/** The lines of the code blocks of a language. */
function codeBlocks(language: string): string[][] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm'))].map(([, text]) =>
    text!.split('\n'),
  );
}
