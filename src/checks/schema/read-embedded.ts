import type { EmbeddedSource } from '../check.js';
import type { Node } from '../tree.js';
import { FILE_KEYS, readFiles } from './read-check.js';
import type { Reader } from './reader.js';

export function readEmbedded(reader: Reader, node: Node): EmbeddedSource {
  const fields = reader.mapping(node, [...FILE_KEYS, 'at', 'path']);
  return {
    ...readFiles(reader, fields),
    at: reader.paths(fields.get('at')?.value),
    path: reader.text(fields, 'path', node),
  };
}
