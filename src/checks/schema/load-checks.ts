import { join } from 'node:path';
import type { Checks } from '../check.js';
import { readExport } from '../export/read-export.js';
import type { Glob } from '../glob.js';
import { child, itemsOf, type Node } from '../tree.js';
import { readWorkflow } from '../workflow/read-workflow.js';
import { type CheckFile, type CheckTree, parseCheckFiles, readCheckFiles, readCompiledChecks } from './check-files.js';
import { FILE_KEYS, readCommand, readFiles, readSetting, readVariable } from './read-check.js';
import { readEmbedded } from './read-embedded.js';
import { Reader } from './reader.js';

const SECTIONS = [
  'words',
  'settings',
  'commands',
  'variables',
  'command-sources',
  'variable-sources',
  'embedded',
  'speakers',
  'shells',
  'workflow',
  'exports',
];

/**
 * Reads all checks below `<rulesFolder>/checks`, in code-unit order of their names. Throws a `RequestError` with file, line and column
 * for what does not fit the schema.
 *
 * @param compiledFile what `compileCheckFiles` made in a build; used when it fits the files, else their YAML is parsed, which takes longer
 */
export function loadChecks(
  rulesFolder: string,
  compiledFile: string = join(rulesFolder, '..', 'dist', 'checks.json'),
): Checks {
  const files = readCheckFiles(rulesFolder);
  return readChecks(readCompiledChecks(compiledFile, files) ?? parseCheckFiles(files));
}

/** The same from texts already read. */
export function parseChecks(files: readonly CheckFile[]): Checks {
  return readChecks(parseCheckFiles(files));
}

function readChecks(trees: readonly CheckTree[]): Checks {
  const words = new Map<string, readonly string[]>();
  const globs = new Map<string, Glob>();
  const parsed = trees.map(({ file, text, root }) => ({ root, reader: new Reader(file, text, words, globs) }));
  for (const { root, reader } of parsed) {
    reader.mapping(root, SECTIONS);
    for (const { key, value } of reader.entries(child(root, 'words'))) words.set(key, reader.list(value));
  }
  const all = <T>(section: string, read: (reader: Reader, node: Node) => T): T[] =>
    parsed.flatMap(({ root, reader }) => itemsOf(child(root, section)).map((node) => read(reader, node)));
  return {
    settings: all('settings', readSetting),
    commands: all('commands', readCommand),
    variables: all('variables', readVariable),
    commandSources: all('command-sources', (reader, node) => {
      const fields = reader.mapping(node, [...FILE_KEYS, 'at', 'as', 'before']);
      const as = reader.oneOf(reader.text(fields, 'as', node, 'shell'), ['shell', 'literals', 'word'], node.span);
      return {
        ...readFiles(reader, fields),
        at: reader.paths(fields.get('at')?.value),
        as,
        before: reader.list(fields.get('before')?.value),
      };
    }),
    variableSources: all('variable-sources', (reader, node) => {
      const fields = reader.mapping(node, [...FILE_KEYS, 'at']);
      return { ...readFiles(reader, fields), at: reader.paths(fields.get('at')?.value) };
    }),
    embedded: all('embedded', readEmbedded),
    speakers: new Set(all('speakers', (reader, node) => reader.list(node)).flat()),
    shells: new Set(all('shells', (reader, node) => reader.list(node)).flat()),
    workflow: all('workflow', readWorkflow)[0],
    exports: all('exports', readExport),
  };
}
