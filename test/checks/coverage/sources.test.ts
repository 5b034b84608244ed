import { describe, expect, it } from 'vitest';
import type { CommandSource, VariableSource } from '../../../src/checks/check.js';
import type { FileFilter } from '../../../src/checks/check-text.js';
import { formatOf } from '../../../src/checks/parse-tree.js';
import type { TreePath } from '../../../src/checks/tree-path.js';
import { dockerfile, placed } from './place.js';
import { samplesOf, type Tree } from './render.js';
import { CHECKS, count } from './run-check.js';

const nameOf = ({ files, mentions }: FileFilter) => [files[0]!.source, ...mentions].join(' ');

describe.each(CHECKS.commandSources.map((source, i) => ({ name: `${i} ${nameOf(source)}`, source })))(
  'command lines in $name',
  ({ source }) => {
    const paths = source.files.flatMap((glob) => samplesOf(glob.source));
    const found = (path: string, at: TreePath | undefined, value: string) => {
      const only: CommandSource = { ...source, at: at ? [at] : [] };
      return count(path, treeOf(path, source, at, value), { commandSources: [only], commands: CHECKS.commands }) > 0;
    };

    it('are read in each file and at each place', () => {
      const [broad, narrow] = commandsFor(source);
      for (const at of source.at.length > 0 ? source.at : [undefined]) {
        expect(paths.filter((path) => !found(path, at, broad))).toEqual([]);
        expect(paths.filter((path) => found(path, at, narrow))).toEqual([]);
      }
    });
  },
);

describe.each(CHECKS.variableSources.map((source, i) => ({ name: `${i} ${nameOf(source)}`, source })))(
  'variables in $name',
  ({ source }) => {
    const paths = source.files.flatMap((glob) => samplesOf(glob.source));

    it('are read in each file and at each place', () => {
      for (const at of source.at) {
        const only: VariableSource = { ...source, at: [at] };
        const found = (path: string, value: string) =>
          count(path, variableTree(path, source, at, value), {
            variableSources: [only],
            commandSources: [],
            variables: CHECKS.variables,
          }) > 0;
        expect(paths.filter((path) => !found(path, 'true'))).toEqual([]);
        expect(paths.filter((path) => found(path, 'false'))).toEqual([]);
      }
    });
  },
);

describe.each(CHECKS.embedded.map((source, i) => ({ name: `${i} ${nameOf(source)}`, source })))(
  'settings within $name',
  ({ source }) => {
    const paths = source.files.flatMap((glob) => samplesOf(glob.source));
    const [broad, narrow] = SETTINGS[source.path]!;

    it('are read in each file and at each place', () => {
      for (const at of source.at) {
        const found = (path: string, value: Tree) => {
          const tree = mentioning(source, placed(at, JSON.stringify(value)));
          return count(path, tree, { embedded: [{ ...source, at: [at] }], settings: CHECKS.settings }) > 0;
        };
        expect(paths.filter((path) => !found(path, broad))).toEqual([]);
        expect(paths.filter((path) => found(path, narrow))).toEqual([]);
      }
    });
  },
);

/** Settings that fire, and settings that do not, by the file that they would stand in. */
const SETTINGS: Readonly<Record<string, readonly [Tree, Tree]>> = {
  '.claude/settings.json': [
    { permissions: { defaultMode: 'bypassPermissions' } },
    { permissions: { defaultMode: 'plan' } },
  ],
  '.gemini/settings.json': [{ general: { defaultApprovalMode: 'yolo' } }, { general: { defaultApprovalMode: 'plan' } }],
  '.mcp.json': [
    { mcpServers: { docs: { command: 'npx', args: ['-y', 'docs-server'] } } },
    { mcpServers: { docs: { command: 'npx', args: ['-y', 'docs-server@1.4.2'] } } },
  ],
  'custom-server.mcp': [
    { command: 'npx', args: ['-y', 'docs-server'] },
    { command: 'npx', args: ['-y', 'docs-server@1.4.2'] },
  ],
};

/** A command line, or the arguments that stand where the program is known, that fires, and one that does not. */
function commandsFor(source: CommandSource): readonly [string, string] {
  const arguments_ = source.before.join(' ');
  if (arguments_ === '') return ['claude --dangerously-skip-permissions -p work', 'claude -p work'];
  if (arguments_.endsWith('allowedTools') || arguments_.endsWith('allowed-tools')) return ['Bash', 'Read'];
  return arguments_.startsWith('codex')
    ? ['--sandbox danger-full-access', '--sandbox read-only']
    : ['--dangerously-skip-permissions', '--permission-mode plan'];
}

function treeOf(path: string, source: CommandSource, at: TreePath | undefined, value: string): Tree {
  if (!at) return `#!/bin/sh\n${value}\n`;
  if (formatOf(path) === 'dockerfile') return dockerfile(at.source.replace('[]', '').toUpperCase(), value);
  return mentioning(source, placed(at, source.as === 'literals' ? `run("${value}")` : value));
}

function variableTree(path: string, source: VariableSource, at: TreePath, value: string): Tree {
  if (formatOf(path) === 'dockerfile') return dockerfile('ENV', `LANGSMITH_TRACING=${value}`);
  return mentioning(source, placed(at, { LANGSMITH_TRACING: value }));
}

/** The tree with the word that tells what the file is. */
function mentioning({ mentions }: FileFilter, tree: Tree): Tree {
  const [word = ''] = mentions;
  const [key, value] = word.split(': ');
  if (value !== undefined) return { [key!]: value, ...(tree as object) };
  return word === '' ? tree : { note: word, ...(tree as object) };
}
