import { FILE_KEYS, readFiles, readText, TEXT_KEYS } from '../schema/read-check.js';
import type { Reader } from '../schema/reader.js';
import { itemsOf, type Node } from '../tree.js';
import type { ExportRules, NodeCheck, Standing } from './export-rules.js';
import { PARAMETER_TESTS } from './parameter-test.js';

const STANDINGS: readonly Standing[] = [
  'tool',
  'after-model',
  'after-outsider',
  'before-agent',
  'not-before-agent',
  'before-model',
  'model',
  'beside-model',
  'any',
];

export function readExport(reader: Reader, node: Node): ExportRules {
  const fields = reader.mapping(node, [
    ...FILE_KEYS,
    'format',
    'models',
    'agents',
    'triggers',
    'model-hosts',
    'programs',
    'nodes',
  ]);
  const list = (key: string) => reader.list(fields.get(key)?.value);
  return {
    ...readFiles(reader, fields),
    format: reader.oneOf(reader.text(fields, 'format', node), ['n8n', 'flowise'], node.span),
    models: list('models'),
    agents: list('agents'),
    triggers: list('triggers'),
    modelHosts: list('model-hosts'),
    programs: list('programs'),
    nodes: itemsOf(fields.get('nodes')?.value).map((item) => readNode(reader, item)),
  };
}

function readNode(reader: Reader, node: Node): NodeCheck {
  const fields = reader.mapping(node, [...TEXT_KEYS, 'types', 'stands', 'parameters', 'test', 'when']);
  const stands = reader.list(fields.get('stands')?.value);
  return {
    ...readText(reader, fields, node),
    types: reader.list(fields.get('types')?.value),
    stands: stands.map((stand) => reader.oneOf(stand, STANDINGS, fields.get('stands')!.value.span)),
    parameters: reader.paths(fields.get('parameters')?.value),
    test: reader.oneOf(reader.text(fields, 'test', node, 'present'), Object.keys(PARAMETER_TESTS), node.span),
    when: itemsOf(fields.get('when')?.value).map((item) => {
      const own = reader.mapping(item, ['parameter', 'in']);
      const [parameter] = reader.paths(own.get('parameter')?.value);
      if (!parameter) reader.fail("missing key 'parameter'", item.span);
      return { parameter, in: reader.list(own.get('in')?.value) };
    }),
  };
}
