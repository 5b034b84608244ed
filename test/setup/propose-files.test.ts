import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PINNED_ACTIONS } from '../../src/setup/pinned-actions.js';
import { proposeFiles } from '../../src/setup/propose-files.js';

describe('proposeFiles', () => {
  test.each<[string, readonly string[], string | undefined, readonly string[]]>([
    [
      'an empty repository',
      [],
      '.git/hooks',
      ['spillcheck.config.yaml', '.github/workflows/spillcheck.yml', '.git/hooks/pre-commit'],
    ],
    ['a configuration', ['spillcheck.config.json'], undefined, ['.github/workflows/spillcheck.yml']],
    ['GitLab', ['.gitlab-ci.yml'], '.husky', ['spillcheck.config.yaml', '.gitlab/spillcheck.yml', '.husky/pre-commit']],
    [
      'Azure and pre-commit',
      ['azure-pipelines.yml', '.pre-commit-config.yaml'],
      '.git/hooks',
      ['spillcheck.config.yaml'],
    ],
  ])('%s', (_, present, hooksFolder, expected) => {
    const { files } = proposeFiles({
      exists: (path) => present.includes(path),
      hooksFolder,
      defaultBranch: 'main',
      version: '1.2.3',
    });
    expect(files.map(({ path }) => path)).toEqual(expected);
  });

  test('says what cannot be done by writing a file', () => {
    const present = ['azure-pipelines.yml', '.pre-commit-config.yaml', 'spillcheck.config.yml'];
    const { hints } = proposeFiles({
      exists: (path) => present.includes(path),
      hooksFolder: undefined,
      defaultBranch: 'main',
      version: '1.2.3',
    });
    expect(hints).toHaveLength(3);
  });

  test('jobs run the version that wrote them, and the workflow may write nothing but results', () => {
    const read = (present: string) =>
      proposeFiles({
        exists: (path) => path === present,
        hooksFolder: undefined,
        defaultBranch: 'main',
        version: '1.2.3',
      }).files.at(-1)!.text;
    const workflow = parse(read(''));
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.spillcheck.permissions).toEqual({ contents: 'read', 'security-events': 'write' });
    expect(read('')).toContain('npx --yes spillcheck@1.2.3 ');
    expect(parse(read('.gitlab-ci.yml')).spillcheck.script[0]).toMatch(/^npx --yes spillcheck@1\.2\.3 /);
  });

  test('the configuration names its schema where that is installed', () => {
    const text = (present: readonly string[]) =>
      proposeFiles({
        exists: (path) => present.includes(path),
        hooksFolder: undefined,
        defaultBranch: 'main',
        version: '1.2.3',
      }).files[0]!.text;
    const schema = 'node_modules/spillcheck/rules/schema/config.json';
    expect(text([schema]).split('\n')[0]).toBe(`# yaml-language-server: $schema=./${schema}`);
    expect(text([])).not.toContain('yaml-language-server');
  });

  test('the workflow runs on the branch that others start from, whatever it is called', () => {
    const branches = (defaultBranch: string) => {
      const facts = { exists: () => false, hooksFolder: undefined, defaultBranch, version: '1.2.3' };
      return parse(proposeFiles(facts).files.at(-1)!.text).on.push.branches;
    };
    expect(['release/2.x', 'a, b]', '"'].map(branches)).toEqual([['release/2.x'], ['a, b]'], ['"']]);
  });

  test('only the hook is executable', () => {
    const { files } = proposeFiles({
      exists: () => false,
      hooksFolder: '.git/hooks',
      defaultBranch: 'main',
      version: '1.2.3',
    });
    expect(files.filter(({ executable }) => executable).map(({ path }) => path)).toEqual(['.git/hooks/pre-commit']);
  });
});

test('actions are pinned to commits, each with its version', () => {
  for (const action of Object.values(PINNED_ACTIONS)) {
    expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});
