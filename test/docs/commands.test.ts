import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { FORMATS } from '../../src/report/reporters.js';
import { makeDemoProject } from './demo-project.js';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = [
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'README.md',
].sort();
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** Pages have up to twenty commands, each of which starts the program anew, perhaps on a busy machine. */
const PATIENCE = { timeout: 600_000 };

describe.each(PAGES.filter((page) => commandsOf(read(page)).length > 0))('%s', PATIENCE, (page) => {
  test('every command does what it is said to do', () => {
    const { root, env } = makeDemoProject();
    const failed = commandsOf(read(page)).flatMap((command) => {
      const { status, stderr, stdout } = spawnSync('bash', ['-c', command], { cwd: root, env, encoding: 'utf8' });
      const isScan = /^(?:npx )?spillcheck\b/.test(command);
      // findings are an outcome; a command that could not be carried out is a mistake in the page
      return status === 0 || (status === 1 && isScan && stderr === '') ? [] : [{ command, status, stderr, stdout }];
    });
    expect(failed).toEqual([]);
  });
});

describe.each(PAGES)('%s', (page) => {
  test('links lead to files and headings', () => {
    const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const broken = links.filter((link) => {
      if (link.includes('://')) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe('docs/commands.md', () => {
  const program = createProgram(() => undefined);

  test('has every option of every command, and no other', () => {
    const documented = [...read('docs/commands.md').matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, flags]) => flags!);
    const flags = program.commands.flatMap(({ options }) => options.map((option) => option.flags));
    expect([...new Set(documented)].sort()).toEqual([...new Set(flags)].sort());
  });

  test('has every command', () => {
    const documented = [...read('docs/commands.md').matchAll(/^\| `spillcheck \[?(\w+)\]?/gm)].map(([, name]) => name!);
    expect([...new Set(documented)].sort()).toEqual(program.commands.map((command) => command.name()).sort());
  });

  test('every option is in a command that is executed', () => {
    const executed = PAGES.flatMap((page) => commandsOf(read(page))).join('\n');
    const flags = program.commands.flatMap(({ options }) => options.map(({ long }) => long!));
    expect([...new Set(flags)].filter((flag) => !new RegExp(`${flag}(?![\\w-])`).test(executed))).toEqual([]);
  });
});

test('docs/output-formats.md has every format', () => {
  const documented = [...read('docs/output-formats.md').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name!);
  expect(FORMATS.filter((format) => !documented.includes(format))).toEqual([]);
});

/** The commands of the shell blocks of a page: one for each line, lines that end in a backslash joined, comments left out. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
  return (
    blocks
      .flatMap((block) => block.replace(/\\\n\s*/g, '').split('\n'))
      .map((line) => line.replace(/(?:^|\s+)#\s.*$/, '').trim())
      // those for a checkout of spillcheck itself are another test's
      .filter((line) => line !== '' && !line.startsWith('npm ci && '))
  );
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
