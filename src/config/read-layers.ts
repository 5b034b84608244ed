import { dirname, relative, sep } from 'node:path';
import { RequestError } from '../core/errors.js';
import { containedFile, PathFault, readContained } from './contained-file.js';
import { describeIssue } from './describe-issue.js';
import { ConfigDocument, type DocumentPath } from './document.js';
import { toSchemaNode } from './json-schema.js';
import { type ConfigurationSource, configurationSchema, type Vocabulary } from './schema.js';

/** A configuration file, as it stands. */
export interface Layer {
  readonly document: ConfigDocument;
  readonly source: ConfigurationSource;
  /** Absolute path of the folder that its paths start at. */
  readonly folder: string;
}

/** Files that extend one another. Why: three are an organisation's, a repository's and a package's. */
const MOST_LAYERS = 16;

/**
 * A configuration and what it extends, the one that was asked for last.
 *
 * @param root absolute path of the folder that no file may lie outside of
 * @param file absolute real path of the configuration
 * @throws RequestError with file, line and column for whatever is wrong with any of them
 */
export function readLayers(root: string, file: string, vocabulary: Vocabulary): Layer[] {
  const layers: Layer[] = [];
  const open: string[] = [];
  const add = (path: string): void => {
    const layer = readLayer(root, path, vocabulary);
    open.push(path);
    for (const [base, place] of placed(layer.source.extends, ['extends'])) {
      const target = resolveFile(root, layer, base, place);
      if (open.includes(target))
        throw layer.document.error({ message: `'${base}' extends this file itself`, path: place, atKey: false });
      if (layers.length >= MOST_LAYERS)
        throw layer.document.error({ message: 'extends too many files', path: place, atKey: false });
      add(target);
    }
    open.pop();
    layers.push(layer);
  };
  add(file);
  return layers;
}

function readLayer(root: string, path: string, vocabulary: Vocabulary): Layer {
  const top = path.endsWith(`${sep}package.json`) ? ['spillcheck'] : [];
  const document = new ConfigDocument(nameFile(root, path), readContained(path), top);
  const folder = dirname(path);
  if (!document.isPresent) {
    if (top.length > 0) throw new RequestError("has no key 'spillcheck'", { file: document.file });
    return { document, source: {}, folder };
  }
  const schema = configurationSchema(vocabulary);
  const result = schema.safeParse(document.data ?? {}, { reportInput: true });
  if (!result.success) {
    const node = toSchemaNode(schema);
    const { issues } = result.error;
    // What is said of a whole (it names neither this nor that) follows from what is wrong within it.
    const plain = issues.filter(({ code }) => code !== 'custom');
    throw document.firstError((plain.length > 0 ? plain : issues).flatMap((issue) => describeIssue(issue, node)));
  }
  return { document, source: result.data, folder };
}

/** The absolute path of a file that a layer names; a fault has its place in the layer. */
export function resolveFile(root: string, layer: Layer, path: string, place: DocumentPath): string {
  try {
    return containedFile(root, layer.folder, path);
  } catch (error) {
    if (!(error instanceof PathFault)) throw error;
    throw layer.document.error({ message: error.message, path: place, atKey: false });
  }
}

/** One or several texts, each with its place. */
export function placed(
  texts: string | readonly string[] | undefined,
  path: DocumentPath,
): (readonly [text: string, path: DocumentPath])[] {
  if (texts === undefined) return [];
  if (typeof texts === 'string') return [[texts, path]];
  return texts.map((text, index) => [text, [...path, index]] as const);
}

/** A file as messages name it: relative to the root where it lies in it. */
export function nameFile(root: string, path: string): string {
  const way = relative(root, path);
  return way.startsWith('..') ? path : way.split(sep).join('/');
}
