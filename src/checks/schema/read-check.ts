import type { CommandCheck, PermissionTest, PlacedTest, SettingCheck, Test, VariableCheck } from '../check.js';
import type { CheckText, FileFilter } from '../check-text.js';
import { isPredicate, PREDICATE_NAMES } from '../predicates/predicates.js';
import { type Entry, itemsOf, type Node } from '../tree.js';
import { parseTreePath } from '../tree-path.js';
import type { Reader } from './reader.js';

type Fields = ReadonlyMap<string, Entry>;

export const TEXT_KEYS = ['id', 'rule', 'level', 'confidence', 'message', 'advice', 'snippet'];
export const FILE_KEYS = ['files', 'exclude', 'mentions'];
const TEST_KEYS = ['in', 'matches', 'key', 'is', 'key-is', 'permission', 'not', 'present'];

export function readText(reader: Reader, fields: Fields, node: Node): CheckText {
  const level = reader.text(fields, 'level', node, 'warning');
  const confidence = reader.text(fields, 'confidence', node, 'high');
  return {
    id: reader.text(fields, 'id', node),
    rule: reader.text(fields, 'rule', node),
    level: reader.oneOf(level, ['error', 'warning', 'note'], fields.get('level')?.value.span ?? node.span),
    confidence: reader.oneOf(confidence, ['high', 'medium', 'low'], fields.get('confidence')?.value.span ?? node.span),
    message: reader.text(fields, 'message', node),
    advice: reader.text(fields, 'advice', node),
    snippet: reader.text(fields, 'snippet', node, ''),
  };
}

export function readFiles(reader: Reader, fields: Fields): FileFilter {
  return {
    files: reader.globs(fields.get('files')?.value),
    exclude: reader.globs(fields.get('exclude')?.value),
    mentions: reader.list(fields.get('mentions')?.value),
  };
}

export function readSetting(reader: Reader, node: Node): SettingCheck {
  const keys = [...TEXT_KEYS, ...FILE_KEYS, 'each', 'find', 'test', 'with', 'without', 'decision'];
  const fields = reader.mapping(node, keys);
  return {
    ...readText(reader, fields, node),
    ...readFiles(reader, fields),
    each: pathsOrSelf(reader, fields, 'each'),
    find: pathsOrSelf(reader, fields, 'find'),
    test: fields.has('test') ? readTest(reader, fields.get('test')!.value) : {},
    with: itemsOf(fields.get('with')?.value).map((item) => readPlaced(reader, item)),
    without: itemsOf(fields.get('without')?.value).map((item) => readPlaced(reader, item)),
    decision: fields.has('decision') ? reader.text(fields, 'decision', node) : undefined,
  };
}

function readPlaced(reader: Reader, node: Node): PlacedTest {
  const fields = reader.mapping(node, ['at', ...TEST_KEYS]);
  return { at: pathsOrSelf(reader, fields, 'at'), test: testOf(reader, fields) };
}

function pathsOrSelf(reader: Reader, fields: Fields, key: string) {
  const value = fields.get(key)?.value;
  return value ? reader.paths(value) : [parseTreePath('')];
}

export function readTest(reader: Reader, node: Node): Test {
  return testOf(reader, reader.mapping(node, TEST_KEYS));
}

function testOf(reader: Reader, fields: Fields): Test {
  const value = (key: string) => fields.get(key)?.value;
  return {
    ...(fields.has('in') && { in: reader.list(value('in')).map((text) => text.toLowerCase()) }),
    ...(fields.has('matches') && { matches: reader.list(value('matches')) }),
    ...(fields.has('key') && { key: reader.list(value('key')) }),
    ...(fields.has('is') && { is: predicates(reader, value('is')!) }),
    ...(fields.has('key-is') && { keyIs: predicates(reader, value('key-is')!) }),
    ...(fields.has('permission') && { permission: readPermission(reader, value('permission')!) }),
    ...(fields.has('not') && { not: readTest(reader, value('not')!) }),
    ...(fields.has('present') && { present: reader.flag(fields, 'present') }),
  };
}

function predicates(reader: Reader, node: Node): string[] {
  const names = reader.list(node);
  const unknown = names.find((name) => !isPredicate(name));
  if (unknown === undefined) return names;
  return reader.fail(`unknown predicate '${unknown}' (known: ${PREDICATE_NAMES.join(', ')})`, node.span);
}

function readPermission(reader: Reader, node: Node): PermissionTest {
  const fields = reader.mapping(node, ['tools', 'commands', 'folders', 'prefix', 'key']);
  return {
    tools: reader.list(fields.get('tools')?.value),
    commands: reader.list(fields.get('commands')?.value),
    folders: reader.list(fields.get('folders')?.value),
    prefix: reader.flag(fields, 'prefix'),
    key: reader.flag(fields, 'key'),
  };
}

export function readCommand(reader: Reader, node: Node): CommandCheck {
  const fields = reader.mapping(node, [...TEXT_KEYS, 'programs', 'subcommand', 'flags', 'without', 'permission']);
  const permission = fields.get('permission')?.value;
  return {
    ...readText(reader, fields, node),
    programs: reader.list(fields.get('programs')?.value),
    subcommand: reader.list(fields.get('subcommand')?.value),
    flags: reader.list(fields.get('flags')?.value),
    without: reader.list(fields.get('without')?.value),
    ...(permission && { permission: readPermission(reader, permission) }),
  };
}

export function readVariable(reader: Reader, node: Node): VariableCheck {
  const fields = reader.mapping(node, [...TEXT_KEYS, ...FILE_KEYS, 'names', 'test', 'with', 'without', 'decision']);
  const beside = (key: string) =>
    itemsOf(fields.get(key)?.value).map((item) => {
      const own = reader.mapping(item, ['names', ...TEST_KEYS]);
      return { names: reader.list(own.get('names')?.value), test: testOf(reader, own) };
    });
  return {
    ...readText(reader, fields, node),
    ...readFiles(reader, fields),
    names: reader.list(fields.get('names')?.value),
    test: fields.has('test') ? readTest(reader, fields.get('test')!.value) : {},
    with: beside('with'),
    without: beside('without'),
    decision: fields.has('decision') ? reader.text(fields, 'decision', node) : undefined,
  };
}
