import type { DiagnosticSink } from '../core/diagnostic.js';
import { nestsDeeperThan } from '../core/nesting.js';
import { LineIndex } from '../core/span.js';
import { parseDockerfile } from './formats/dockerfile.js';
import { parseFrontMatter } from './formats/front-matter.js';
import { parseIni } from './formats/ini.js';
import { parseJson } from './formats/json.js';
import { Budget, type ParsedTree } from './formats/parsed-tree.js';
import { parseToml } from './formats/toml.js';
import { parseYaml } from './formats/yaml.js';
import type { CheckLimits } from './limits.js';
import type { Node } from './tree.js';

export type Format = 'json' | 'yaml' | 'toml' | 'ini' | 'dockerfile' | 'front-matter';

const PARSERS: Readonly<Record<Format, (text: string, budget: Budget) => ParsedTree>> = {
  json: parseJson,
  yaml: parseYaml,
  toml: parseToml,
  ini: parseIni,
  dockerfile: parseDockerfile,
  'front-matter': parseFrontMatter,
};

const EXTENSIONS: Readonly<Record<string, Format>> = {
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  mcp: 'json',
  'code-workspace': 'json',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  ini: 'ini',
  cfg: 'ini',
  md: 'front-matter',
  mdc: 'front-matter',
  prompty: 'front-matter',
};

/** Formats whose parsers follow the nesting of the text. */
const RECURSIVE: ReadonlySet<Format> = new Set(['json', 'yaml', 'toml', 'front-matter']);

/** The format of a file, by its name; undefined for one that is no tree. */
export function formatOf(path: string): Format | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(?:Dockerfile|Containerfile)(?:\..+)?$|\.(?:dockerfile|containerfile)$/i.test(name)) return 'dockerfile';
  if (/^\.?env(?:\..+)?$|\.env$/i.test(name)) return 'ini';
  return EXTENSIONS[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
}

/**
 * Reads a configuration file as a tree. What is broken in it is one diagnostic with its place, and the rest is read; undefined where
 * nothing could be read.
 */
export function parseTree(
  path: string,
  text: string,
  format: Format,
  limits: CheckLimits,
  report: DiagnosticSink,
): Node | undefined {
  if (text.length > limits.treeCharacters) {
    report({ kind: 'skipped-file', file: path, message: 'too large to be read as configuration' });
    return undefined;
  }
  if (RECURSIVE.has(format) && nestsDeeperThan(text, limits.textDepth)) {
    report({ kind: 'limit', file: path, message: 'nested too deeply to be read as configuration' });
    return undefined;
  }
  const budget = new Budget(limits);
  try {
    const { root, problem } = PARSERS[format](text, budget);
    if (problem) {
      const { line, column } = new LineIndex(text).position(Math.min(problem.offset, text.length));
      report({ kind: 'configuration', file: path, line, column, message: problem.message });
    }
    if (budget.exhausted) report({ kind: 'limit', file: path, message: 'more values or deeper nesting than is read' });
    return root;
  } catch (error) {
    // The parsers recurse: nesting that no settings file has overflows the stack.
    if (!(error instanceof RangeError)) throw error;
    report({ kind: 'limit', file: path, message: 'nested too deeply to be read as configuration' });
    return undefined;
  }
}
