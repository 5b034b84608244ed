import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { RequestError } from '../core/errors.js';
import { Knowledge, type KnowledgeData } from './knowledge.js';
import { parseLexicon } from './lexicon.js';
import { parseModelFile } from './model-file.js';
import { parseRules, type RuleData } from './rules.js';

/** A file of the rules folder: its POSIX path below the folder, and its text. */
type RulesFile = readonly [name: string, text: string];

/** `KnowledgeData` as the build writes it, with the digest of the files that it was made from. */
interface Compiled {
  readonly digest: string;
  readonly data: KnowledgeData;
}

/**
 * Loads the rules folder, and model files of the user's beside it. See `README.md` of the rules folder for the language of those files.
 *
 * @param rulesFolder absolute path of the folder that holds `rules.yaml`, `models/**.yaml` and `lexicon/*.yaml`
 * @param userFiles paths of further model files; their statements add to those of the shipped files about the same package
 * @param compiledFile path of what `compileKnowledge` wrote; used when it fits the files, else the files are parsed, which takes longer
 * @throws RequestError with file, line and column for whatever is wrong with a file
 */
export function loadKnowledge(
  rulesFolder: string,
  userFiles: readonly string[] = [],
  compiledFile: string = join(rulesFolder, '..', 'dist', 'knowledge.json'),
): Knowledge {
  const files = readRulesFolder(rulesFolder);
  const data = readCompiled(compiledFile, digest(files)) ?? parse(files);
  const own = userFiles.map((path) => parseModelFile(path, read(path)));
  return new Knowledge(own.length === 0 ? data : { ...data, models: [...data.models, ...own] });
}

/** The rules of the contract alone. */
export function loadRules(rulesFolder: string): readonly RuleData[] {
  return parseRules('rules.yaml', read(join(rulesFolder, 'rules.yaml')));
}

/** The text that the build writes to `dist/knowledge.json`: everything parsed, so that a start needs no YAML. */
export function compileKnowledge(rulesFolder: string): string {
  const files = readRulesFolder(rulesFolder);
  const compiled: Compiled = { digest: digest(files), data: parse(files) };
  return JSON.stringify(compiled);
}

/** Parses the files of the rules folder, which come in code-unit order of their names. */
function parse(files: readonly RulesFile[]): KnowledgeData {
  const below = (folder: string) => files.filter(([name]) => name.startsWith(folder));
  return {
    models: below('models/').map(([name, text]) => parseModelFile(name, text)),
    lexicon: parseLexicon(below('lexicon/')),
    rules: below('rules.yaml').flatMap(([name, text]) => parseRules(name, text)),
  };
}

function readRulesFolder(rulesFolder: string): readonly RulesFile[] {
  const paths = ['models', 'lexicon'].flatMap((folder) => yamlFiles(join(rulesFolder, folder)));
  paths.push(join(rulesFolder, 'rules.yaml'));
  return paths
    .map((path): RulesFile => [relative(rulesFolder, path).split(sep).join('/'), read(path)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function digest(files: readonly RulesFile[]): string {
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}

/** What the build compiled, undefined where there is none or it was made from other files. */
function readCompiled(file: string, expected: string): KnowledgeData | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  // The digest stands first, so that a file made from other rules need not be parsed.
  if (!text.startsWith(`{"digest":"${expected}"`)) return undefined;
  return (JSON.parse(text) as Compiled).data;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RequestError(`cannot be read (${code ?? 'unknown error'})`, { file: path });
  }
}
