import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestError } from '../../core/errors.js';
import type { Checks } from '../check.js';
import { readExport } from '../export/read-export.js';
import type { Glob } from '../glob.js';
import { CHECK_LIMITS } from '../limits.js';
import { parseTree } from '../parse-tree.js';
import { child, itemsOf, type Node } from '../tree.js';
import { readWorkflow } from '../workflow/read-workflow.js';
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
 */
export function loadChecks(rulesFolder: string): Checks {
  const folder = join(rulesFolder, 'checks');
  const names = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  return parseChecks(names.map((name) => ({ file: `checks/${name}`, text: readFileSync(join(folder, name), 'utf8') })));
}

/** The same from texts already read. */
export function parseChecks(files: readonly { readonly file: string; readonly text: string }[]): Checks {
  const words = new Map<string, readonly string[]>();
  const globs = new Map<string, Glob>();
  const parsed = files.flatMap(({ file, text }) => {
    const root = parseRules(file, text);
    return root ? [{ root, reader: new Reader(file, text, words, globs) }] : [];
  });
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

function parseRules(file: string, text: string): Node | undefined {
  return parseTree(file, text, 'yaml', CHECK_LIMITS, ({ message, line, column }) => {
    throw new RequestError(message, { file, line: line ?? 1, column: column ?? 1 });
  });
}
